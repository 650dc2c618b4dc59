package dev.zuido.ike.vectors;

import static dev.zuido.ike.vectors.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.vectors.Vectors.Document;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * NIST's key derivation cases, hashes of real gateways, and a recorded handshake with its private
 * value.
 */
final class KeyDerivationVectorsTest {
  @Test
  void nistCases() {
    int cases = 0;
    for (Document document : Vectors.documents("ikev1")) {
      for (Json group : document.json().get("groups").items().toList()) {
        IkeHash hash = hashOf(group.get("hash").text());
        for (Json test : group.get("tests").items().toList()) {
          PhaseOneExchange exchange = exchange(test, "", "", "");
          Secret gxy = Secret.owning(hex(test.get("gxy")));
          try (PhaseOneKeys keys =
              test.has("psk")
                  ? PhaseOneKeys.ofPresharedKey(
                      hash,
                      IkeCipher.AES_128_CBC,
                      exchange,
                      Secret.owning(hex(test.get("psk"))),
                      gxy)
                  : PhaseOneKeys.ofSignatures(hash, IkeCipher.AES_128_CBC, exchange, gxy)) {
            assertSecret(test.get("skeyid"), keys.skeyid());
            assertSecret(test.get("skeyidD"), keys.skeyidD());
            assertSecret(test.get("skeyidA"), keys.skeyidA());
            assertSecret(test.get("skeyidE"), keys.skeyidE());
          }
          cases++;
        }
      }
    }
    assertTrue(cases >= 170, "only " + cases + " cases");
  }

  @Test
  void hashesOfAggressiveMode() throws Exception {
    int cases = 0;
    for (Document document : Vectors.documents("ikev1")) {
      for (Json vector : document.json().get("vectors").items().toList()) {
        if (!vector.has("hashR")) {
          continue;
        }
        PhaseOneExchange exchange =
            exchange(
                vector,
                vector.get("gxi").text(),
                vector.get("gxr").text(),
                vector.get("saiBody").text());
        // The shared secret is not known; SKEYID does not depend on it.
        PhaseOneKeys keys =
            PhaseOneKeys.ofPresharedKey(
                hashOf(vector.get("hash").text()),
                IkeCipher.TRIPLE_DES_CBC,
                exchange,
                ascii(vector.get("pskAscii")),
                Secret.copyOf(new byte[1]));
        assertSecret(vector.get("skeyid"), keys.skeyid());
        ByteString id = ByteString.of(hex(vector.get("idirBody")));
        assertEquals(vector.get("hashR").text(), HexFormat.of().formatHex(keys.hashR(id)));
        assertOffer(vector);
        cases++;
      }
    }
    assertTrue(cases >= 2, "only " + cases + " cases");
  }

  /** What was offered and who answered are what the gateways' own notes say. */
  private static void assertOffer(Json vector) throws MalformedPacketException {
    ByteString body = ByteString.of(hex(vector.get("saiBody")));
    Payload sa =
        Payload.decodeBody(
            PayloadType.SECURITY_ASSOCIATION, Unpooled.wrappedBuffer(body.toArray()));
    assertEquals(body, sa.body());
    Transform transform = ((SecurityAssociation) sa).proposals().get(0).transforms().get(0);
    assertEquals(1, transform.number(PhaseOneAttribute.AUTHENTICATION_METHOD).orElseThrow());
    assertEquals(28_800, transform.number(PhaseOneAttribute.LIFE_DURATION).orElseThrow());
    ByteString idBody = ByteString.of(hex(vector.get("idirBody")));
    Payload id =
        Payload.decodeBody(PayloadType.IDENTIFICATION, Unpooled.wrappedBuffer(idBody.toArray()));
    assertEquals(idBody, id.body());
    assertEquals(
        new Identity.Ipv4(Ipv4Address.of(172, 16, 2, 2)), ((Identification) id).identity());
  }

  @Test
  void handshakes() throws Exception {
    int cases = 0;
    for (Document document : Vectors.documents("ikev1")) {
      for (Json handshake : document.json().get("handshakes").items().toList()) {
        handshake(handshake);
        cases++;
      }
    }
    assertTrue(cases >= 1, "no handshakes");
  }

  private static void handshake(Json handshake) throws Exception {
    Json dh = handshake.get("dh");
    Secret gxy;
    try (var pair = DhGroup.MODP_1024.ofPrivateValue(hex(dh.get("privateInitiatorHex")))) {
      assertEquals(dh.get("gxi").text(), pair.publicValue().toString());
      gxy = pair.agree(ByteString.of(hex(dh.get("gxr"))));
    }
    assertSecret(dh.get("gxy"), gxy);
    Json sa = handshake.get("messages").items().findFirst().orElseThrow();
    Json saBody = sa.get("payloads").items().findFirst().orElseThrow().get("bodyHex");
    PhaseOneExchange exchange =
        new PhaseOneExchange(
            Cookie.parse(handshake.get("cookies").get("initiator").text()),
            Cookie.parse(handshake.get("cookies").get("responder").text()),
            ByteString.of(hex(dh.get("gxi"))),
            ByteString.of(hex(dh.get("gxr"))),
            ByteString.of(hex(handshake.get("nonces").get("ni"))),
            ByteString.of(hex(handshake.get("nonces").get("nr"))),
            ByteString.of(hex(saBody)));
    PhaseOneKeys keys =
        PhaseOneKeys.ofPresharedKey(
            IkeHash.SHA1, IkeCipher.AES_128_CBC, exchange, ascii(handshake.get("pskAscii")), gxy);
    Json expected = handshake.get("keys");
    assertSecret(expected.get("skeyid"), keys.skeyid());
    assertSecret(expected.get("skeyidD"), keys.skeyidD());
    assertSecret(expected.get("skeyidA"), keys.skeyidA());
    assertSecret(expected.get("skeyidE"), keys.skeyidE());
    assertSecret(expected.get("cipherKey"), keys.cipherKey());
    Json quickMode = handshake.get("quickMode");
    for (String direction : new String[] {"responderToInitiator", "initiatorToResponder"}) {
      Json sad = quickMode.get("keymat").get(direction);
      Secret keymat =
          keys.keymat(
              3,
              ByteString.of(hex(sad.get("spi"))),
              ByteString.of(hex(quickMode.get("ni"))),
              ByteString.of(hex(quickMode.get("nr"))),
              null,
              36);
      assertSecret(sad.get("keymat36Hex"), keymat);
    }
    for (Json message : handshake.get("messages").items().toList()) {
      if (message.has("ivHex")) {
        byte[] bytes = hex(message.get("hex"));
        byte[] plain =
            keys.cipher()
                .decrypt(
                    keys.cipherKey(),
                    hex(message.get("ivHex")),
                    ByteString.of(bytes).slice(28, bytes.length - 28).toArray());
        assertEquals(message.get("plaintextHex").text(), HexFormat.of().formatHex(plain));
      }
    }
  }

  private static PhaseOneExchange exchange(Json test, String gxi, String gxr, String sa) {
    return new PhaseOneExchange(
        Cookie.parse(test.get("ckyI").text()),
        Cookie.parse(test.get("ckyR").text()),
        ByteString.ofHex(gxi),
        ByteString.ofHex(gxr),
        ByteString.of(hex(test.get("ni"))),
        ByteString.of(hex(test.get("nr"))),
        ByteString.ofHex(sa));
  }

  private static IkeHash hashOf(String name) {
    return switch (name.replace("-", "")) {
      case "MD5" -> IkeHash.MD5;
      case "SHA1" -> IkeHash.SHA1;
      case "SHA256" -> IkeHash.SHA2_256;
      case "SHA384" -> IkeHash.SHA2_384;
      case "SHA512" -> IkeHash.SHA2_512;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Secret ascii(Json text) {
    return Secret.owning(text.text().getBytes(StandardCharsets.US_ASCII));
  }

  private static void assertSecret(Json expected, Secret actual) {
    assertEquals(expected.text(), HexFormat.of().formatHex(actual.toArray()));
  }
}
