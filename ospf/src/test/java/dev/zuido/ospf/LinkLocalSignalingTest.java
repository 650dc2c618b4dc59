package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkLocalSignaling;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Link-local signalling: RFC 5613. Whatever the block looks like, the Hello counts. */
final class LinkLocalSignalingTest {
  private static final ByteString SECRET = ByteString.ofHex("00112233445566778899aabbccddeeff");

  private final ScriptedPeer peer = ScriptedPeer.master();

  private static HelloPacket hello(OspfHeader header, @Nullable LinkLocalSignaling block) {
    Ipv4Address none = Ipv4Address.UNSPECIFIED;
    return new HelloPacket(
        header,
        Ipv4Address.of(255, 255, 255, 252),
        10,
        new Options(Options.E | Options.L),
        1,
        40,
        none,
        none,
        List.of(ScriptedPeer.ENGINE_ID),
        block);
  }

  private void giveWithTail(String tail) {
    ByteBuf bytes = Unpooled.buffer();
    hello(peer.header(), null).encode(bytes);
    ByteString.ofHex(tail).write(bytes);
    peer.give(bytes);
  }

  @Test
  void theExtendedOptionsOfAGoodBlockAreKept() {
    peer.give(hello(peer.header(), LinkLocalSignaling.of(ByteString.ofHex("0001000400000003"))));
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(3, peer.neighbor().extendedOptions());
    peer.run(SECOND);
    peer.hello();
    assertEquals(0, peer.neighbor().extendedOptions(), "the next Hello has no block");
  }

  @Test
  void aMalformedBlockIsCountedAndTheHelloCounts() {
    // Nothing, half a header, a wrong length, a TLV that does not end.
    List<String> tails =
        List.of("", "fff6", "fff600020001000400000001", "fff4000300010009" + "00000001");
    for (String tail : tails) {
      giveWithTail(tail);
    }
    assertEquals(tails.size(), peer.dropped(DropReason.LLS_MALFORMED));
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(0, peer.neighbor().extendedOptions());
  }

  @Test
  void aWrongChecksumIsCountedAndTheHelloCounts() {
    giveWithTail("fff700030001000400000001");
    assertEquals(1, peer.dropped(DropReason.LLS_CHECKSUM));
    assertEquals(NeighborState.EX_START, peer.state());
    assertEquals(0, peer.neighbor().extendedOptions());
  }

  @Test
  void theBlockOfADatabaseDescriptionPacketIsToleratedToo() {
    peer.hello();
    peer.options = new Options(Options.E | Options.L);
    peer.describe(ScriptedPeer.I_M_MS, 100);
    assertEquals(NeighborState.EXCHANGE, peer.state());
    assertEquals(1, peer.dropped(DropReason.LLS_MALFORMED));
  }

  @Test
  void withCryptographicAuthenticationTheBlockHasToBeAuthentic() throws Exception {
    OspfAuthentication md5 = new OspfAuthentication.Cryptographic(1, Algorithm.MD5, SECRET);
    ScriptedPeer secured =
        ScriptedPeer.masterWith(
            OspfConfig.of(ScriptedPeer.ENGINE_ID, Configs.link(1, 1, 1).withAuthentication(md5)));
    CryptographicKey key = new CryptographicKey(1, Algorithm.MD5, SECRET);
    LinkLocalSignaling unsigned = new LinkLocalSignaling(0, ByteString.ofHex("0001000400000002"));
    giveSigned(secured, key, 5, unsigned);
    assertEquals(1, secured.dropped(DropReason.LLS_AUTHENTICATION));
    giveSigned(secured, key, 6, signedBlock(7));
    assertEquals(2, secured.dropped(DropReason.LLS_AUTHENTICATION), "another sequence number");
    assertEquals(0, secured.neighbor().extendedOptions());
    giveSigned(secured, key, 7, signedBlock(7));
    assertEquals(2, secured.dropped(DropReason.LLS_AUTHENTICATION));
    assertEquals(2, secured.neighbor().extendedOptions());
    assertEquals(NeighborState.EX_START, secured.state());
  }

  private static void giveSigned(
      ScriptedPeer to, CryptographicKey key, long sequence, LinkLocalSignaling block) {
    ByteBuf bytes = Unpooled.buffer();
    hello(to.header().withAuthentication(key.authentication(sequence)), block).encode(bytes);
    key.sign(bytes, 0);
    to.give(bytes);
  }

  /** Section 2.5: the digest over the block up to AuthData. */
  private static LinkLocalSignaling signedBlock(int sequence) throws Exception {
    ByteString upToDigest =
        ByteString.ofHex("0001000400000002" + "00020014" + String.format("%08x", sequence));
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(ByteString.ofHex("00000009" + upToDigest).toArray());
    return new LinkLocalSignaling(
        0,
        ByteString.ofHex(upToDigest.toString() + ByteString.of(digest.digest(SECRET.toArray()))));
  }
}
