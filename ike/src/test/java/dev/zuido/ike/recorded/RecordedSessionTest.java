package dev.zuido.ike.recorded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.NatDetectionHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.recorded.RecordedSession.Datagram;
import dev.zuido.ike.recorded.SessionDecoder.Decoded;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strongSwan sent, byte for byte and key for key. */
final class RecordedSessionTest {
  static Stream<RecordedSession> sessions() {
    return RecordedSession.all();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void everyMessageEncodesToTheSameBytes(RecordedSession session) throws Exception {
    List<Decoded> messages = new SessionDecoder(session).decode();
    assertTrue(messages.size() >= 13, "only " + messages.size() + " messages");
    for (Decoded decoded : messages) {
      byte[] expected = decoded.datagram().message().clone();
      System.arraycopy(decoded.plaintext(), 0, expected, 28, decoded.plaintext().length);
      assertArrayEquals(expected, encode(decoded.message()));
      IsakmpMessage rebuilt =
          IsakmpMessage.of(
              decoded.message().header().initiatorCookie(),
              decoded.message().header().responderCookie(),
              decoded.message().header().exchangeType(),
              decoded.message().header().flags(),
              decoded.message().header().messageId(),
              decoded.message().chain());
      assertArrayEquals(expected, encode(rebuilt));
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void encryptedMessagesEncryptToTheSameBytes(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    for (Decoded decoded : decoder.decode()) {
      if (decoded.isEncrypted()) {
        PhaseOneKeys keys = decoder.keys();
        byte[] plaintext = decoded.message().chain().toBytes();
        byte[] ciphertext = keys.cipher().encrypt(keys.cipherKey(), decoded.iv(), plaintext);
        assertArrayEquals(decoded.ciphertext(), ciphertext);
        // strongSwan adds a whole block of zeros where none would do.
        int length = decoded.message().chain().padding().length();
        assertTrue(length > 0 && length <= keys.cipher().blockLength());
        assertEquals(
            ByteString.of(new byte[length]), decoded.message().chain().padding(), "padding");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void keysOfPhaseOne(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    decoder.decode();
    PhaseOneKeys keys = decoder.keys();
    assertEquals(
        Cookie.parse(session.text("ike.initiator_cookie")), decoder.exchange().initiatorCookie());
    assertEquals(
        Cookie.parse(session.text("ike.responder_cookie")), decoder.exchange().responderCookie());
    assertEquals(session.secret("ike.skeyid"), keys.skeyid());
    assertEquals(session.secret("ike.skeyid_d"), keys.skeyidD());
    assertEquals(session.secret("ike.skeyid_a"), keys.skeyidA());
    assertEquals(session.secret("ike.skeyid_e"), keys.skeyidE());
    assertEquals(session.secret("ike.encryption_key"), keys.cipherKey());
    assertHex(session.text("ike.initial_iv"), keys.initialIv());
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void hashesOfPhaseOne(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    List<Decoded> messages = decoder.decode();
    PhaseOneKeys keys = decoder.keys();
    Map<Boolean, ByteString> ids = new HashMap<>();
    int checked = 0;
    for (Decoded decoded : messages) {
      int exchange = decoded.message().header().exchangeType();
      if (exchange != ExchangeType.IDENTITY_PROTECTION && exchange != ExchangeType.AGGRESSIVE) {
        continue;
      }
      boolean initiator = decoded.fromInitiator();
      decoded
          .message()
          .payload(Identification.class)
          .ifPresent(id -> ids.put(initiator, id.body()));
      for (Hash hash : decoded.message().payloads(Hash.class)) {
        byte[] expected = initiator ? keys.hashI(ids.get(true)) : keys.hashR(ids.get(false));
        assertTrue(PhaseOneKeys.matches(expected, hash.data()));
        assertHex(session.text(initiator ? "ike.hash_i" : "ike.hash_r"), expected);
        checked++;
      }
    }
    assertEquals(2, checked);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void hashesOfPhaseTwo(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    Map<Integer, List<ByteString>> nonces = new HashMap<>();
    int checked = 0;
    int phaseTwo = 0;
    for (Decoded decoded : decoder.decode()) {
      PayloadChain chain = decoded.message().chain();
      int messageId = decoded.message().header().messageId();
      if (messageId == 0) {
        continue;
      }
      phaseTwo++;
      List<ByteString> seen = nonces.computeIfAbsent(messageId, id -> new ArrayList<>());
      chain.payload(Nonce.class).ifPresent(nonce -> seen.add(nonce.data()));
      byte[] afterHash =
          PayloadChain.of(chain.payloads().subList(1, chain.payloads().size())).toBytes();
      PhaseOneKeys keys = decoder.keys();
      byte[] expected =
          switch (seen.size() * (chain.payloads().size() > 1 ? 1 : 2)) {
            case 0, 1 -> keys.hash1(messageId, afterHash);
            case 2 -> keys.hash2(messageId, seen.get(0), afterHash);
            case 4 -> keys.hash3(messageId, seen.get(0), seen.get(1));
            default -> throw new AssertionError("unexpected quick mode");
          };
      assertTrue(PhaseOneKeys.matches(expected, ((Hash) chain.payloads().get(0)).data()));
      checked++;
    }
    assertEquals(phaseTwo, checked);
    assertTrue(checked > 3);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void keysOfEsp(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    Map<Integer, List<IsakmpMessage>> quickModes = new HashMap<>();
    for (Decoded decoded : decoder.decode()) {
      if (decoded.message().header().exchangeType() == ExchangeType.QUICK_MODE) {
        quickModes
            .computeIfAbsent(decoded.message().header().messageId(), id -> new ArrayList<>())
            .add(decoded.message());
      }
    }
    Map<String, ByteString> keymats = new HashMap<>();
    for (List<IsakmpMessage> quickMode : quickModes.values()) {
      ByteString ni = quickMode.get(0).payload(Nonce.class).orElseThrow().data();
      ByteString nr = quickMode.get(1).payload(Nonce.class).orElseThrow().data();
      boolean pfs = quickMode.get(0).payload(KeyExchange.class).isPresent();
      Secret shared = pfs ? session.secret("quick_mode.dh_secret") : null;
      for (IsakmpMessage message : quickMode.subList(0, 2)) {
        var proposal = message.payload(SecurityAssociation.class).orElseThrow().proposals().get(0);
        Secret keymat =
            decoder.keys().keymat(proposal.protocolId(), proposal.spi(), ni, nr, shared, 64);
        keymats.put("0x" + proposal.spi(), ByteString.of(keymat.toArray()));
      }
    }
    int sas = 0;
    for (int i = 1; session.keys().containsKey("esp." + i + ".spi"); i++) {
      String prefix = "esp." + i + ".";
      String keys =
          session.keys().containsKey(prefix + "aead_key")
              ? session.text(prefix + "aead_key")
              : session.text(prefix + "enc_key") + session.text(prefix + "auth_key");
      ByteString keymat = keymats.get(session.text(prefix + "spi"));
      assertEquals(keys, keymat.toString().substring(0, keys.length()));
      sas++;
    }
    assertEquals(2 * quickModes.size(), sas);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void natDetection(RecordedSession session) throws Exception {
    SessionDecoder decoder = new SessionDecoder(session);
    int checked = 0;
    for (Decoded decoded : decoder.decode()) {
      List<NatDetection> payloads = decoded.message().payloads(NatDetection.class);
      if (payloads.isEmpty()) {
        continue;
      }
      assertEquals(2, payloads.size());
      Datagram datagram = decoded.datagram();
      // Behind the NAT of that session, site a is 200.1.1.254 for site b.
      boolean translated = session.name().equals("nat-t-tunnel-lan") && !decoded.fromInitiator();
      Ipv4Address destination =
          translated ? Ipv4Address.of(200, 1, 1, 254) : datagram.destination();
      assertEquals(
          natHash(decoder, destination, datagram.destinationPort()), payloads.get(0).hash());
      // Who wants UDP encapsulation without a NAT lies about his own address.
      assertEquals(
          !session.name().equals("nat-t"),
          natHash(decoder, datagram.source(), datagram.sourcePort())
              .equals(payloads.get(1).hash()));
      checked++;
    }
    assertEquals(2, checked);
  }

  private static ByteString natHash(SessionDecoder decoder, Ipv4Address address, int port) {
    PhaseOneExchange exchange = decoder.exchange();
    return ByteString.of(
        NatDetectionHash.of(
            decoder.keys().hash(),
            exchange.initiatorCookie(),
            exchange.responderCookie(),
            address,
            port));
  }

  private static byte[] encode(IsakmpMessage message) {
    ByteBuf out = Unpooled.buffer();
    message.encode(out);
    assertEquals(message.encodedLength(), out.readableBytes());
    return ByteString.read(out, out.readableBytes()).toArray();
  }

  private static void assertHex(String expected, byte[] actual) {
    assertEquals(expected, HexFormat.of().formatHex(actual));
  }
}
