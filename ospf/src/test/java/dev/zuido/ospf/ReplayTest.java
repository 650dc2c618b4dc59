package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfAuthentication.Key;
import dev.zuido.ospf.OspfAuthentication.KeyChain;
import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cryptographic sequence numbers: RFC 2328 sections D.3 and D.5.3, RFC 7474 section 2. */
final class ReplayTest {
  private static final ByteString SECRET = ByteString.ofHex("0badc0de");

  static List<OspfAuthentication> cryptographic() {
    return List.of(
        new OspfAuthentication.Cryptographic(1, Algorithm.MD5, SECRET),
        new OspfAuthentication.Cryptographic(1, Algorithm.HMAC_SHA_256, SECRET),
        KeyChain.extended(Key.always(1, Algorithm.HMAC_SHA_512, SECRET)));
  }

  private static Node router(
      SimulatedNet net, int n, OspfAuthentication authentication, OspfStore store) {
    return net.add(
        "r" + n,
        OspfConfig.of(routerId(n), link(1, 1, n).withAuthentication(authentication)),
        store);
  }

  @ParameterizedTest
  @MethodSource("cryptographic")
  void aRouterThatRemembersItsNumbersIsBackAtOnce(OspfAuthentication authentication) {
    SimulatedNet net = new SimulatedNet(61);
    OspfStore store = OspfStore.inMemory();
    Node a = router(net, 1, authentication, store);
    Node b = router(net, 2, authentication, OspfStore.inMemory());
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(300 * SECOND);
    net.restart(a, a.engine.config(), store);
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 15 * SECOND));
    assertEquals(null, b.engine.dropped().get(DropReason.REPLAY));
  }

  @ParameterizedTest
  @MethodSource("cryptographic")
  void aRouterThatForgotItsNumbersIsRefusedForRouterDeadInterval(
      OspfAuthentication authentication) {
    SimulatedNet net = new SimulatedNet(67);
    Node a = router(net, 1, authentication, OspfStore.inMemory());
    Node b = router(net, 2, authentication, OspfStore.inMemory());
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(300 * SECOND);
    net.restart(a, a.engine.config(), OspfStore.inMemory());
    net.run(25 * SECOND);
    if (authentication instanceof OspfAuthentication.Cryptographic) {
      // With AuType 3 a type of packets that is rare may be let pass, but no Hello is.
      assertFalse(a.isFullWith(b));
    }
    assertTrue(b.engine.dropped().get(DropReason.REPLAY) >= 2);
    // "Also set to zero whenever the neighbor's state transitions to Down."
    assertTrue(net.runUntil(() -> b.stateOf(routerId(1)) == NeighborState.DOWN, 20 * SECOND));
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 60 * SECOND));
  }

  @Test
  void theNumberOfTheHelloThatMakesTheNeighborKnownCountsToo() {
    OspfAuthentication md5 = new OspfAuthentication.Cryptographic(1, Algorithm.MD5, SECRET);
    ScriptedPeer peer =
        ScriptedPeer.masterWith(
            OspfConfig.of(ScriptedPeer.ENGINE_ID, link(1, 1, 1).withAuthentication(md5)));
    hello(peer, 10, List.of(ScriptedPeer.ENGINE_ID));
    hello(peer, 9, List.of());
    assertEquals(1, peer.dropped(DropReason.REPLAY));
    assertEquals(NeighborState.EX_START, peer.state());
    hello(peer, 10, List.of());
    assertEquals(NeighborState.INIT, peer.state(), "AuType 2 lets an equal number pass (D.5.3)");
  }

  private static void hello(ScriptedPeer peer, long sequence, List<Ipv4Address> heard) {
    CryptographicKey key = new CryptographicKey(1, Algorithm.MD5, SECRET);
    Ipv4Address none = Ipv4Address.UNSPECIFIED;
    ByteBuf bytes = Unpooled.buffer();
    new HelloPacket(
            peer.header().withAuthentication(key.authentication(sequence)),
            Ipv4Address.of(255, 255, 255, 252),
            10,
            peer.options,
            1,
            40,
            none,
            none,
            heard)
        .encode(bytes);
    key.sign(bytes, 0);
    peer.give(bytes);
  }

  @Test
  void theBootCountIsAskedForAgainWhenThePacketCounterEnds() {
    ExtendedSequence sequence = new ExtendedSequence(OspfStore.inMemory(), 2);
    assertEquals(0x1_0000_0001L, sequence.next());
    assertEquals(0x1_0000_0002L, sequence.next());
    assertEquals(0x2_0000_0001L, sequence.next());
  }
}
