package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Internet between the sites: an IPv4 router with static routes, which forwards by longest
 * prefix, takes one off the TTL, fragments where that is allowed, answers echo requests to itself
 * and sends the ICMP errors of a router unless it is told to be {@linkplain #setSilent silent}.
 *
 * <p>Attach it with {@link VirtualNetwork#attach} and all its ports.
 */
public final class InternetNode implements VirtualNode {
  private record Interface(VirtualPort port, Ipv4Address address) {}

  private record Route(Ipv4Prefix prefix, VirtualPort port, int nextHop) {}

  private final List<Interface> interfaces = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();
  private boolean silent;
  private long forwarded;
  private long dropped;

  /** A router without interfaces. */
  public InternetNode() {}

  /** Adds an interface and the route to its subnet. */
  public void connect(VirtualPort port, Ipv4Address address, int prefixLength) {
    port.addAddress(address);
    interfaces.add(new Interface(port, address));
    route(Ipv4Prefix.containing(address, prefixLength), port, null);
  }

  /**
   * Adds a route; of equal prefixes the first counts.
   *
   * @param nextHop the neighbour on a segment, or null on a point-to-point link
   */
  public void route(Ipv4Prefix prefix, VirtualPort port, @Nullable Ipv4Address nextHop) {
    routes.add(new Route(prefix, port, nextHop == null ? 0 : nextHop.value()));
  }

  /** Whether to send no ICMP errors: with a narrow link that makes a path MTU black hole. */
  public void setSilent(boolean silent) {
    this.silent = silent;
  }

  /** Packets forwarded, each fragment counted. */
  public long forwarded() {
    return forwarded;
  }

  /** Packets not forwarded, for whatever reason. */
  public long dropped() {
    return dropped;
  }

  @Override
  public void run(long nowNanos) {
    for (Interface in : interfaces) {
      PacketBatch batch = new PacketBatch(16, Math.max(in.port.mtu(), 1_500), 0, 0);
      while (in.port.receive(batch) > 0) {
        for (int i = 0; i < batch.size(); i++) {
          handle(in, batch.copy(i));
        }
        batch.clear();
      }
    }
  }

  @Override
  public long nextDeadline() {
    return NO_DEADLINE;
  }

  private void handle(Interface in, byte[] arrived) {
    if (!Ipv4Fields.isWellFormed(arrived, 0, arrived.length)) {
      dropped++;
      return;
    }
    byte[] packet = Arrays.copyOf(arrived, Ipv4Fields.totalLength(arrived, 0));
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(packet, 0));
    if (interfaces.stream().anyMatch(own -> own.address.equals(destination))) {
      answer(packet);
      return;
    }
    if (destination.isMulticast() || destination.equals(Ipv4Address.BROADCAST)) {
      dropped++;
      return;
    }
    Route route = lookUp(destination);
    if (route == null) {
      refuse(in, packet, Ipv4Packets.UNREACHABLE, Ipv4Packets.CODE_NET, 0);
    } else if (Ipv4Fields.ttl(packet, 0) <= 1) {
      refuse(in, packet, Ipv4Packets.TIME_EXCEEDED, 0, 0);
    } else {
      Ipv4Fields.decrementTtl(packet, 0);
      forward(in, packet, route);
    }
  }

  private void forward(Interface in, byte[] packet, Route route) {
    int mtu = route.port.mtu();
    PacketBatch fragments = new PacketBatch(packet.length / Math.max(8, mtu - 67) + 2, mtu, 0, 0);
    switch (fragmenter.fragment(packet, 0, mtu, fragments)) {
      case FITS -> {
        forwarded++;
        route.port.send(packet, route.nextHop);
      }
      case FRAGMENTED -> {
        for (int i = 0; i < fragments.size(); i++) {
          forwarded++;
          route.port.send(fragments.copy(i), route.nextHop);
        }
      }
      case DONT_FRAGMENT ->
          refuse(in, packet, Ipv4Packets.UNREACHABLE, Ipv4Packets.CODE_FRAGMENTATION_NEEDED, mtu);
      case MTU_TOO_SMALL, NO_ROOM -> dropped++;
    }
  }

  private void refuse(Interface in, byte[] packet, int type, int code, int nextHopMtu) {
    dropped++;
    if (!silent && Ipv4Packets.mayCauseError(packet)) {
      byte[] error = Ipv4Packets.icmpError(in.address, type, code, nextHopMtu, packet);
      sendOwn(error);
    }
  }

  private void answer(byte[] packet) {
    byte[] reply = Ipv4Packets.echoReply(packet);
    if (reply == null) {
      dropped++;
    } else {
      sendOwn(reply);
    }
  }

  private void sendOwn(byte[] packet) {
    Route route = lookUp(new Ipv4Address(Ipv4Fields.destination(packet, 0)));
    if (route != null) {
      route.port.send(packet, route.nextHop);
    }
  }

  private @Nullable Route lookUp(Ipv4Address destination) {
    Route best = null;
    for (Route route : routes) {
      if (route.prefix.contains(destination)
          && (best == null || route.prefix.length() > best.prefix.length())) {
        best = route;
      }
    }
    return best;
  }
}
