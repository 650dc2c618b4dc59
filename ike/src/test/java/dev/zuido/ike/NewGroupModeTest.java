package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New group mode (RFC 2409 section 5.6) is read, told, and refused. */
class NewGroupModeTest {
  private static final int MESSAGE_ID = 0x1234_5678;

  private static SecurityAssociation group() {
    byte[] prime = new byte[128];
    prime[0] = -1;
    prime[127] = 1;
    return SecurityAssociation.of(
        List.of(
            new Proposal(
                1,
                ProtocolId.ISAKMP,
                ByteString.EMPTY,
                List.of(
                    new Transform(
                        1,
                        TransformId.KEY_IKE,
                        List.of(
                            DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, 32_768),
                            DataAttribute.of(PhaseOneAttribute.GROUP_TYPE, 1),
                            new DataAttribute.Variable(
                                PhaseOneAttribute.GROUP_PRIME, ByteString.of(prime)),
                            DataAttribute.of(PhaseOneAttribute.GROUP_GENERATOR_ONE, 2)))))));
  }

  /** A message under the keys of the aggressive mode that was made by hand. */
  private static Site.Datagram message(HandInitiator hand, Payload second, boolean authentic) {
    PhaseOneKeys keys = hand.keys();
    List<Payload> covered = List.of(second);
    byte[] hash = keys.hash1(MESSAGE_ID, PayloadChain.of(covered).toBytes());
    hash[0] ^= (byte) (authentic ? 0 : 1);
    byte[] plain =
        PayloadChain.of(new Hash(ByteString.of(hash)), second)
            .padded(keys.cipher().blockLength())
            .toBytes();
    byte[] iv = keys.phaseTwoIv(hand.lastBlock(), MESSAGE_ID);
    byte[] body = keys.cipher().encrypt(keys.cipherKey(), iv, plain);
    ByteBuf out = Unpooled.buffer();
    new IsakmpHeader(
            hand.cookie(),
            hand.peersCookie(),
            8,
            ExchangeType.NEW_GROUP_MODE,
            IsakmpHeader.FLAG_ENCRYPTION,
            MESSAGE_ID,
            IsakmpHeader.LENGTH + body.length)
        .encode(out);
    out.writeBytes(body);
    return new Site.Datagram(
        Endpoint.isakmp(Site.A),
        Endpoint.isakmp(Site.B),
        ByteString.read(out, out.readableBytes()));
  }

  private static HandInitiator established(Site b) throws Exception {
    HandInitiator hand = new HandInitiator(Site.secret("cisco"));
    b.receive(hand.offer(), 0);
    assertTrue(hand.answerIsProved(b.sent.get(0)));
    b.receive(hand.proof(true, false), 0);
    assertEquals("QM_IDLE", b.phaseOnes().get(0).state());
    b.sent.clear();
    b.outputs.clear();
    return hand;
  }

  private static Site responder() {
    return new Site(
        "b", Site.config(false, p -> AggressiveModeTest.mode(p, AggressiveMode.ACCEPT)), 3);
  }

  @Test
  void aGroupIsTraceableAndRefused() throws Exception {
    Site b = responder();
    HandInitiator hand = established(b);
    b.receive(message(hand, group(), true), 0);
    assertEquals(
        List.of(
            "< new group mode 1/2 [HASH, SA]",
            "> informational [HASH, N ATTRIBUTES-NOT-SUPPORTED]"),
        b.trace());
    IkeOutput.Dropped dropped = b.outputs(IkeOutput.Dropped.class).get(0);
    assertEquals(DropReason.UNSUPPORTED_EXCHANGE, dropped.reason());
    assertTrue(
        dropped
            .detail()
            .endsWith(
                "Group Description 32768, Group Type MODP, Group Prime/Irreducible Polynomial of"
                    + " 1024 bits, Group Generator One 2"),
        dropped.detail());
    assertEquals("QM_IDLE", b.phaseOnes().get(0).state());
    // A copy gets no second answer.
    b.sent.clear();
    b.receive(message(hand, group(), true), 0);
    assertTrue(b.sent.isEmpty());
  }

  @Test
  void whatIsNotAuthenticIsNotAnswered() throws Exception {
    Site b = responder();
    HandInitiator hand = established(b);
    b.receive(message(hand, group(), false), 0);
    assertEquals(DropReason.BAD_HASH, b.outputs(IkeOutput.Dropped.class).get(0).reason());
    b.receive(
        message(hand, new dev.zuido.ike.message.Nonce(ByteString.ofHex("0011223344556677")), true),
        0);
    assertEquals(DropReason.BAD_PAYLOADS, b.outputs(IkeOutput.Dropped.class).get(1).reason());
    assertTrue(b.sent.isEmpty());
    // Before there is an ISAKMP SA it is nothing at all.
    Site other = responder();
    other.receive(message(hand, group(), true), 0);
    assertEquals(
        DropReason.UNKNOWN_COOKIES, other.outputs(IkeOutput.Dropped.class).get(0).reason());
    assertEquals(new Cookie(0x1122_3344_5566_7788L), hand.cookie());
  }
}
