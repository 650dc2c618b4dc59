package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** Two links in virtual time over a channel that can lose, double and reorder. */
final class LinkPair {
  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1000 * MILLISECOND;

  static final Ipv4Address CALLER = Ipv4Address.of(100, 1, 1, 1);
  static final Ipv4Address SERVER = Ipv4Address.of(100, 1, 1, 254);
  static final Credential CREDENTIAL =
      new Credential("cisco@cisco.com", ByteString.of("cisco".getBytes()));

  /** A side: the link, what it has told, what it has sent. */
  static final class Side {
    final String name;
    final PppLink link;
    final List<PppOutput> outputs = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    int ends;
    int endsSeen;

    Side(String name, PppConfig config, long seed) {
      this.name = name;
      this.link = new PppLink(config, new FixedRandom(seed));
    }

    <T extends PppOutput> List<T> all(Class<T> type) {
      return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends PppOutput> T last(Class<T> type) {
      List<T> all = all(type);
      if (all.isEmpty()) {
        throw new AssertionError(name + " has told no " + type.getSimpleName() + ": " + outputs);
      }
      return all.get(all.size() - 1);
    }

    List<String> traces() {
      return all(PppOutput.Trace.class).stream()
          .map(t -> (t.sent() ? "O " : "I ") + t.text())
          .toList();
    }
  }

  private record Flight(Side to, byte[] packet, long at, long order) {}

  final Side caller;
  final Side server;
  long now;
  double loss;
  double duplication;
  long maxDelay = 5 * MILLISECOND;
  long minDelay = 5 * MILLISECOND;

  /** Whether the end of a link takes the lower layer down and up again, as a new session does. */
  boolean reconnects;

  private final Random random;
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
  private long order;

  private final boolean dual;

  LinkPair(PppConfig caller, PppConfig server, long seed) {
    this.dual = caller.ipv6InterfaceId() != null && server.ipv6InterfaceId() != null;
    this.random = new Random(seed);
    this.caller = new Side("caller", caller, random.nextLong());
    this.server = new Side("server", server, random.nextLong());
  }

  static Map<String, ByteString> users() {
    return Map.of(CREDENTIAL.name(), CREDENTIAL.secret());
  }

  static PppConfig callerConfig() {
    return PppConfig.caller(
            CREDENTIAL,
            new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, false, null, false, List.of()))
        .withTrace(true);
  }

  static PppConfig serverConfig() {
    return PppConfig.server(
            "bras", users()::get, new PppConfig.IpcpConfig(SERVER, false, CALLER, false, List.of()))
        .withTrace(true);
  }

  static LinkPair usual() {
    return new LinkPair(callerConfig(), serverConfig(), 1);
  }

  LinkPair start() {
    for (Side side : List.of(caller, server)) {
      side.link.open(now);
      drain(side);
    }
    lowerUp();
    return this;
  }

  void lowerUp() {
    for (Side side : List.of(caller, server)) {
      side.link.lowerUp(now);
      drain(side);
    }
  }

  Side other(Side side) {
    return side == caller ? server : caller;
  }

  void drain(Side side) {
    ByteBuf out = Unpooled.buffer(PppLink.PACKET_CAPACITY, PppLink.PACKET_CAPACITY);
    while (true) {
      out.clear();
      PppOutput output = side.link.poll(out);
      if (output == null) {
        return;
      }
      side.outputs.add(output);
      if (output instanceof PppOutput.Ended) {
        side.ends++;
      }
      if (output instanceof PppOutput.Transmit transmit) {
        byte[] packet = new byte[transmit.length()];
        out.readBytes(packet);
        side.sent.add(packet);
        carry(other(side), packet);
      }
    }
  }

  private void carry(Side to, byte[] packet) {
    int copies = random.nextDouble() < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() >= loss) {
        long delay =
            minDelay + (maxDelay > minDelay ? random.nextLong(maxDelay - minDelay + 1) : 0);
        flights.add(new Flight(to, packet, now + delay, order++));
      }
    }
  }

  void give(Side to, byte[] packet) {
    to.link.handle(Unpooled.wrappedBuffer(packet), now);
    drain(to);
  }

  private void reconnect() {
    if (!reconnects || (caller.ends == caller.endsSeen && server.ends == server.endsSeen)) {
      return;
    }
    flights.clear();
    for (Side side : List.of(caller, server)) {
      side.link.lowerDown(now);
      drain(side);
      side.endsSeen = side.ends;
    }
    lowerUp();
  }

  /** Loses nothing any more; what is on its way is lost. */
  LinkPair heal() {
    loss = 0;
    duplication = 0;
    minDelay = 5 * MILLISECOND;
    maxDelay = minDelay;
    flights.clear();
    return this;
  }

  /** Runs until a moment from now. */
  LinkPair run(long nanos) {
    long end = now + nanos;
    while (true) {
      reconnect();
      long next = Math.min(caller.link.nextDeadline(), server.link.nextDeadline());
      Flight flight = flights.peek();
      if (flight != null && flight.at() <= Math.min(next, end)) {
        flights.remove();
        now = Math.max(now, flight.at());
        give(flight.to(), flight.packet());
      } else if (next <= end) {
        now = Math.max(now, next);
        for (Side side : List.of(caller, server)) {
          if (side.link.nextDeadline() <= now) {
            side.link.handleTimeout(now);
            drain(side);
          }
        }
      } else {
        now = end;
        return this;
      }
    }
  }

  /** Whether all protocols are open on both sides. */
  boolean isUp() {
    return caller.link.isIpv4Up()
        && server.link.isIpv4Up()
        && caller.link.isIpv6Up() == dual
        && server.link.isIpv6Up() == dual;
  }

  boolean isAgreed() {
    PppSnapshot a = caller.link.snapshot(now);
    PppSnapshot b = server.link.snapshot(now);
    return isUp()
        && a.localMru() == b.peerMru()
        && a.peerMru() == b.localMru()
        && a.localMagic() == b.peerMagic()
        && a.peerMagic() == b.localMagic()
        && a.weProve() == b.peerProves()
        && a.localAddress().equals(b.peerAddress())
        && a.peerAddress().equals(b.localAddress());
  }
}
