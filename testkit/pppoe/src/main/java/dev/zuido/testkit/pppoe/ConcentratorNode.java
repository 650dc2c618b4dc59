package dev.zuido.testkit.pppoe;

import dev.zuido.pppoe.AccessConcentrator;
import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeVerdict;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualNode;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider's access router: an {@link AccessConcentrator} on an Ethernet, and an IPv4 router
 * between its callers and the Internet.
 *
 * <p>It routes as {@link dev.zuido.testkit.InternetNode} does: it takes one off the TTL, fragments
 * what is longer than the session or the uplink takes and may be fragmented, sends a router's ICMP
 * errors, and answers echo requests to its own address, which is the one that IPCP tells the
 * callers. What is for no caller's address goes to the uplink, unless it came from there.
 *
 * <pre>{@code
 * Segment line = network.ethernet("line", 1514);
 * ConcentratorNode isp =
 *     new ConcentratorNode(network, "isp", config, line.attach("isp"), internet.a());
 * isp.onEvent(event -> System.out.println(event));
 * }</pre>
 */
public final class ConcentratorNode implements VirtualNode {
  /** Events that are kept for {@link #events}; of more the oldest are forgotten. */
  public static final int MAX_EVENTS = 10_000;

  private static final int BATCH = 16;

  private final AccessConcentrator concentrator;
  private final @Nullable Ipv4Address own;
  private final VirtualPort line;
  private final VirtualPort uplink;
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();
  private final ByteBuf out = Unpooled.buffer(AccessConcentrator.FRAME_CAPACITY);
  private final List<ConcentratorOutput> events = new ArrayList<>();
  private Consumer<ConcentratorOutput> listener = event -> {};
  private long forwarded;
  private long dropped;

  /**
   * Makes the node and attaches it to the network with both its ports.
   *
   * @param network where it runs; cookies, challenges and magic numbers come from its seed
   * @param name its name, from which its random stream is named
   * @param config how the concentrator serves
   * @param line its end of an Ethernet or of a link that carries frames
   * @param uplink its end of the link to the Internet, which carries IP packets
   */
  public ConcentratorNode(
      VirtualNetwork network,
      String name,
      AccessConcentratorConfig config,
      VirtualPort line,
      VirtualPort uplink) {
    this.concentrator = new AccessConcentrator(config, network.secureRandom(name));
    PppConfig.IpcpConfig ipcp = config.ppp().ipcp();
    this.own = ipcp == null ? null : ipcp.local();
    this.line = line;
    this.uplink = uplink;
    network.attach(this, line, uplink);
  }

  /**
   * The concentrator: what is asked of it is done when the node is {@link VirtualNetwork#wake
   * woken}.
   */
  public AccessConcentrator concentrator() {
    return concentrator;
  }

  /** Shows each event, frames that are sent excepted, to an observer. */
  public void onEvent(Consumer<ConcentratorOutput> observer) {
    listener = listener.andThen(observer);
  }

  /** The last events, frames that were sent excepted. */
  public List<ConcentratorOutput> events() {
    return List.copyOf(events);
  }

  /** Datagrams forwarded between callers and the uplink, each fragment counted. */
  public long forwarded() {
    return forwarded;
  }

  /** Datagrams not forwarded, for whatever reason. */
  public long dropped() {
    return dropped;
  }

  @Override
  public void run(long nowNanos) {
    if (concentrator.nextDeadline() <= nowNanos) {
      concentrator.handleTimeout(nowNanos);
    }
    drain();
    PacketBatch frames = new PacketBatch(BATCH, Math.max(line.mtu(), 1_514), 0, 0);
    while (line.receive(frames) > 0) {
      concentrator.decapsulate(frames, nowNanos);
      drain();
      for (int i = 0; i < frames.size(); i++) {
        if (frames.verdict(i) == PppoeVerdict.DECAPSULATED) {
          route(frames.copy(i), true);
        }
      }
      frames.clear();
    }
    PacketBatch packets = new PacketBatch(BATCH, Math.max(uplink.mtu(), 1_500), 0, 0);
    while (uplink.receive(packets) > 0) {
      for (int i = 0; i < packets.size(); i++) {
        route(packets.copy(i), false);
      }
      packets.clear();
    }
  }

  @Override
  public long nextDeadline() {
    return concentrator.nextDeadline();
  }

  private void drain() {
    out.clear();
    for (ConcentratorOutput o = concentrator.poll(out); o != null; o = concentrator.poll(out)) {
      if (o instanceof ConcentratorOutput.Transmit transmit) {
        line.send(ByteString.read(out, transmit.length()).toArray());
      } else {
        if (events.size() == MAX_EVENTS) {
          events.remove(0);
        }
        events.add(o);
        listener.accept(o);
      }
      out.clear();
    }
  }

  private void route(byte[] arrived, boolean fromCaller) {
    if (!Ipv4Fields.isWellFormed(arrived, 0, arrived.length)) {
      dropped++;
      return;
    }
    byte[] packet = Arrays.copyOf(arrived, Ipv4Fields.totalLength(arrived, 0));
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(packet, 0));
    int mtu = concentrator.mtuTo(destination);
    if (destination.equals(own)) {
      answer(packet);
    } else if (destination.isMulticast() || destination.equals(Ipv4Address.BROADCAST)) {
      dropped++;
    } else if (mtu == 0 && !fromCaller) {
      refuse(packet, Ipv4Packets.UNREACHABLE, Ipv4Packets.CODE_NET, 0);
    } else if (Ipv4Fields.ttl(packet, 0) <= 1) {
      refuse(packet, Ipv4Packets.TIME_EXCEEDED, 0, 0);
    } else {
      Ipv4Fields.decrementTtl(packet, 0);
      forward(packet, mtu == 0 ? uplink.mtu() : mtu);
    }
  }

  private void forward(byte[] packet, int mtu) {
    PacketBatch fragments = new PacketBatch(packet.length / Math.max(8, mtu - 67) + 2, mtu, 0, 0);
    switch (fragmenter.fragment(packet, 0, mtu, fragments)) {
      case FITS -> {
        forwarded++;
        send(packet);
      }
      case FRAGMENTED -> {
        for (int i = 0; i < fragments.size(); i++) {
          forwarded++;
          send(fragments.copy(i));
        }
      }
      case DONT_FRAGMENT ->
          refuse(packet, Ipv4Packets.UNREACHABLE, Ipv4Packets.CODE_FRAGMENTATION_NEEDED, mtu);
      case MTU_TOO_SMALL, NO_ROOM -> dropped++;
    }
  }

  private void refuse(byte[] packet, int type, int code, int nextHopMtu) {
    dropped++;
    Ipv4Address from = own;
    if (from != null && Ipv4Packets.mayCauseError(packet)) {
      send(Ipv4Packets.icmpError(from, type, code, nextHopMtu, packet));
    }
  }

  private void answer(byte[] packet) {
    byte[] reply = Ipv4Packets.echoReply(packet);
    if (reply == null) {
      dropped++;
    } else {
      send(reply);
    }
  }

  private void send(byte[] packet) {
    if (concentrator.mtuTo(new Ipv4Address(Ipv4Fields.destination(packet, 0))) == 0) {
      uplink.send(packet);
      return;
    }
    PacketBatch batch = PacketBatch.ofOne(packet.length);
    batch.add(packet, 0, packet.length);
    concentrator.encapsulate(batch);
    line.send(batch);
  }
}
