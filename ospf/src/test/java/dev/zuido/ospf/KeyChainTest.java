package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfAuthentication.Key;
import dev.zuido.ospf.OspfAuthentication.KeyChain;
import dev.zuido.ospf.OspfAuthentication.Lifetime;
import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that follow each other by the wall clock: RFC 2328 sections D.3, D.4.3 and D.5.3. */
final class KeyChainTest {
  private final SimulatedNet net = new SimulatedNet(43);
  private final Segment wire = net.segment();

  /** A node whose wall clock is ahead of the net's. */
  private Node router(int n, OspfAuthentication authentication, long aheadSeconds) {
    Node node =
        net.add(
            "r" + n,
            OspfConfig.of(routerId(n), link(1, 1, n).withAuthentication(authentication)),
            OspfStore.inMemory(() -> net.now / SECOND + aheadSeconds));
    net.attach(wire, node, 1);
    return node;
  }

  private static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Key key(int id, long send, long stopSend, long accept, long stopAccept) {
    return new Key(
        id,
        id % 2 == 0 ? Algorithm.HMAC_SHA_256 : Algorithm.MD5,
        bytes("secret" + id),
        new Lifetime(send, stopSend),
        new Lifetime(accept, stopAccept));
  }

  private List<Integer> keyIdsSentBetween(long from, long to) {
    return wire.sent.stream()
        .filter(sent -> sent.time() >= from * SECOND && sent.time() < to * SECOND)
        .map(sent -> sent.packet()[18] & 0xff)
        .distinct()
        .toList();
  }

  @Test
  void theAdjacencyOutlivesRollOversWithClocksThatDiffer() {
    wire.record = true;
    KeyChain chain =
        KeyChain.of(
            key(1, 0, 100, 0, 130),
            key(2, 100, 200, 70, 230),
            key(3, 200, 1_000_000, 170, 1_000_000));
    Node a = router(1, chain, 0);
    Node b = router(2, chain, 25);
    net.upAll();
    net.run(30 * SECOND);
    assertTrue(a.isFullWith(b) && b.isFullWith(a));
    a.log.clear();
    b.log.clear();
    net.run(400 * SECOND);
    assertEquals(List.of(), a.log(OspfOutput.NeighborChanged.class));
    assertEquals(List.of(), b.log(OspfOutput.NeighborChanged.class));
    assertEquals(List.of(), a.log(OspfOutput.Mismatched.class));
    assertEquals(List.of(1), keyIdsSentBetween(1, 75));
    assertEquals(List.of(2), keyIdsSentBetween(101, 175));
    assertEquals(List.of(3), keyIdsSentBetween(201, 400));
  }

  @Test
  void ofSeveralValidKeysTheOneThatBeganLastIsUsed() {
    wire.record = true;
    KeyChain chain =
        KeyChain.of(key(4, 0, 900, 0, 900), key(6, 20, 900, 0, 900), key(2, 10, 900, 0, 900));
    router(1, chain, 0);
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(List.of(4), keyIdsSentBetween(0, 10));
    assertEquals(List.of(2), keyIdsSentBetween(10, 20));
    assertEquals(List.of(6), keyIdsSentBetween(20, 60));
  }

  @Test
  void theLastKeyStaysInUseWhenItHasExpiredAndThatIsTold() {
    KeyChain chain = KeyChain.of(key(1, 0, 50, 0, 50), key(2, 40, 100, 40, 100));
    Node a = router(1, chain, 0);
    Node b = router(2, chain, 0);
    net.upAll();
    net.run(400 * SECOND);
    assertTrue(a.isFullWith(b) && b.isFullWith(a), "routing is not disrupted");
    assertEquals(
        List.of(new OspfOutput.LastKeyExpired(1, 2)), a.log(OspfOutput.LastKeyExpired.class));
    // A new key ends it.
    KeyChain longer = KeyChain.of(key(2, 40, 100, 40, 100), key(3, 300, 9000, 300, 9000));
    net.command(a, new OspfCommand.Configure(link(1, 1, 1).withAuthentication(longer)));
    net.command(b, new OspfCommand.Configure(link(1, 1, 2).withAuthentication(longer)));
    net.run(60 * SECOND);
    assertTrue(a.isFullWith(b) && b.isFullWith(a));
    assertEquals(1, a.log(OspfOutput.LastKeyExpired.class).size());
  }

  @Test
  void aKeyThatExpiredWhileAnotherIsValidIsNotAccepted() {
    Node a = router(1, KeyChain.of(key(1, 0, 50, 0, 50), key(2, 50, 9000, 50, 9000)), 0);
    Node b = router(2, KeyChain.of(key(1, 0, 9000, 0, 9000)), 0);
    net.upAll();
    net.run(30 * SECOND);
    assertTrue(a.isFullWith(b));
    net.run(100 * SECOND);
    assertFalse(a.isFullWith(b));
    assertEquals(
        "authentication key ID 1 is not valid now",
        a.log(OspfOutput.Mismatched.class).get(0).mismatch().explain());
    assertEquals(
        "authentication key ID 1 against 2",
        b.log(OspfOutput.Mismatched.class).get(0).mismatch().explain());
  }

  @Test
  void beforeTheFirstKeyNothingIsSent() {
    wire.record = true;
    Node a = router(1, KeyChain.of(key(1, 50, 9000, 50, 9000)), 0);
    net.upAll();
    net.run(45 * SECOND);
    assertEquals(List.of(), wire.sent);
    assertEquals(5L, a.engine.dropped().get(DropReason.NO_KEY));
    net.run(20 * SECOND);
    assertEquals(List.of(1), keyIdsSentBetween(0, 100));
  }

  @Test
  void chainsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new KeyChain(List.of(), false));
    assertThrows(
        IllegalArgumentException.class, () -> KeyChain.of(key(1, 0, 1, 0, 1), key(1, 5, 6, 5, 6)));
    assertThrows(IllegalArgumentException.class, () -> KeyChain.extended(key(1, 0, 1, 0, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyChain.of(Key.always(256, Algorithm.HMAC_SHA_1, bytes("s"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Key.always(1L << 32, Algorithm.HMAC_SHA_1, bytes("s")));
    assertThrows(IllegalArgumentException.class, () -> new Lifetime(5, 5));
    assertFalse(KeyChain.of(key(1, 0, 1, 0, 1)).toString().contains("secret1"));
  }

  @Test
  void packetsFitTheMtuWithTheLongestDigest() {
    KeyChain chain = KeyChain.extended(Key.always(9, Algorithm.HMAC_SHA_512, bytes("secret")));
    wire.record = true;
    Node a =
        net.add(
            "a",
            OspfConfig.of(routerId(1), link(1, 1, 1).withMtu(200).withAuthentication(chain)),
            OspfStore.inMemory());
    Node b =
        net.add(
            "b",
            OspfConfig.of(routerId(2), link(1, 1, 2).withMtu(200).withAuthentication(chain)),
            OspfStore.inMemory());
    net.attach(wire, a, 1);
    net.attach(wire, b, 1);
    net.upAll();
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 60 * SECOND));
    assertTrue(wire.sent.stream().allMatch(sent -> sent.packet().length <= 180));
    assertEquals(3, wire.sent.get(0).packet()[15]);
  }
}
