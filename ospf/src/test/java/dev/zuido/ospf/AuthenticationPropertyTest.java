package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfAuthentication.Key;
import dev.zuido.ospf.OspfAuthentication.KeyChain;
import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.SimulatedNet.Sent;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever lacks the key can damage and repeat packets as he likes: only counters move. */
final class AuthenticationPropertyTest {
  private static final ByteString SECRET = ByteString.ofHex("0102030405060708");

  /** Two adjacent routers on a network, with all that a has sent. */
  private static final class Session {
    final SimulatedNet net;
    final Node a;
    final Node b;
    final Segment segment;
    final OspfConfig configOfA;
    final OspfStore storeOfA = OspfStore.inMemory();

    Session(OspfAuthentication authentication, long seed) {
      net = new SimulatedNet(seed);
      configOfA =
          OspfConfig.of(routerId(1), lan(1, 1).withAuthentication(authentication), stub(2, 1));
      a = net.add("a", configOfA, storeOfA);
      b =
          net.add(
              "b",
              OspfConfig.of(routerId(2), lan(1, 2).withAuthentication(authentication), stub(2, 2)));
      segment = net.join(a, 1, b, 1);
      segment.record = true;
      net.upAll();
      settle();
    }

    void settle() {
      net.run(100 * SECOND + SECOND / 2); // Nothing is on its way at such a time.
      assertTrue(a.isFullWith(b) && b.isFullWith(a));
    }

    List<Sent> sentByA() {
      return segment.sent.stream().filter(sent -> sent.from().equals("a")).toList();
    }

    /** All that b knows, but for the counters and explanations. */
    String stateOfB() {
      List<Object> state = new ArrayList<>(Configs.contents(b.engine, net.now));
      for (NeighborSnapshot each : b.engine.neighbors(net.now)) {
        state.add(
            List.of(
                each.routerId(),
                each.address(),
                each.state(),
                each.deadNanos(),
                each.retransmissions(),
                each.requests(),
                each.stateChanges()));
      }
      state.add(b.engine.interfaces(net.now).get(0).state());
      state.add(b.engine.routes());
      return state.toString();
    }

    /** Gives b a packet as if it came from an address; the reason for which it was dropped. */
    DropReason give(byte[] packet, Ipv4Address source, Ipv4Address destination) {
      b.log.clear();
      b.engine.handle(1, Unpooled.wrappedBuffer(packet), source, destination, 1, net.now);
      net.drain(b);
      List<OspfOutput> outputs =
          b.log.stream().filter(output -> !(output instanceof OspfOutput.Mismatched)).toList();
      assertEquals(1, outputs.size(), outputs::toString);
      return ((OspfOutput.Dropped) outputs.get(0)).reason();
    }
  }

  @Provide
  Arbitrary<OspfAuthentication> cryptographic() {
    return Arbitraries.of(
        Stream.of(Algorithm.values())
            .flatMap(
                algorithm ->
                    algorithm == Algorithm.MD5
                        ? Stream.of(new OspfAuthentication.Cryptographic(3, algorithm, SECRET))
                        : Stream.of(
                            new OspfAuthentication.Cryptographic(3, algorithm, SECRET),
                            KeyChain.extended(Key.always(0x1_0003, algorithm, SECRET))))
            .toList());
  }

  /** Each bit of a packet of each type. */
  @Property(tries = 12)
  void noBitOfAPacketCanBeChanged(
      @ForAll("cryptographic") OspfAuthentication authentication, @ForAll long seed) {
    Session session = new Session(authentication, seed);
    String before = session.stateOfB();
    Ipv4Address source = Configs.ip("10.0.0.1");
    for (int type = 1; type <= 5; type++) {
      int wanted = type;
      List<Sent> ofType =
          session.sentByA().stream().filter(sent -> sent.packet()[1] == wanted).toList();
      assertTrue(!ofType.isEmpty(), "no packet of type " + type);
      Sent last = ofType.get(ofType.size() - 1);
      for (int bit = 0; bit < 8 * last.packet().length; bit++) {
        byte[] damaged = last.packet().clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        session.give(damaged, source, last.destination());
      }
    }
    assertEquals(before, session.stateOfB());
  }

  /** All that was ever sent, before and after a restart, in any order. */
  @Property(tries = 12)
  void noPacketCanBeRepeatedWithExtendedSequenceNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    KeyChain chain = KeyChain.extended(Key.always(1, Algorithm.HMAC_SHA_256, SECRET));
    Session session = new Session(chain, seed);
    session.net.restart(session.a, session.configOfA, session.storeOfA);
    session.settle();
    String before = session.stateOfB();
    List<Sent> all = session.sentByA();
    for (int i = 0; i < 200; i++) {
      Sent again = all.get(random.nextInt(all.size()));
      assertEquals(
          DropReason.REPLAY,
          session.give(again.packet(), Configs.ip("10.0.0.1"), again.destination()));
      // The address is part of the digest: nobody else can have sent it either.
      assertEquals(
          DropReason.AUTHENTICATION,
          session.give(again.packet(), Configs.ip("10.0.0.9"), again.destination()));
    }
    assertEquals(before, session.stateOfB());
  }

  /** With AuType 2, what is older than the last packet (D.5.3: "less than" the number recorded). */
  @Property(tries = 12)
  void noOlderPacketCanBeRepeatedWithAuType2(@ForAll long seed) {
    Random random = new Random(seed);
    Session session =
        new Session(new OspfAuthentication.Cryptographic(1, Algorithm.MD5, SECRET), seed);
    String before = session.stateOfB();
    List<Sent> all = session.sentByA();
    for (int i = 0; i < 200; i++) {
      Sent again = all.get(random.nextInt(all.size() - 1));
      assertEquals(
          DropReason.REPLAY,
          session.give(again.packet(), Configs.ip("10.0.0.1"), again.destination()));
    }
    assertEquals(before, session.stateOfB());
  }
}
