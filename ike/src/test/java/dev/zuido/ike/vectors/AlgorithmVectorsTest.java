package dev.zuido.ike.vectors;

import static dev.zuido.ike.vectors.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.vectors.Vectors.Document;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HMAC, ciphers and Diffie-Hellman against the answers of others. */
final class AlgorithmVectorsTest {
  private static final Map<String, IkeHash> HASHES =
      Map.of(
          "HMAC_MD5", IkeHash.MD5,
          "HMAC_SHA1", IkeHash.SHA1,
          "HMAC_SHA2_256", IkeHash.SHA2_256,
          "HMAC_SHA2_384", IkeHash.SHA2_384,
          "HMAC_SHA2_512", IkeHash.SHA2_512);

  @Test
  void prf() {
    int cases = 0;
    for (Document document : Vectors.documents("crypto")) {
      for (Json vector : document.json().get("vectors").items().toList()) {
        if (!vector.has("macHex")) {
          continue;
        }
        // AUTH_HMAC_SHA1_96 and the like are the same function, cut.
        String algorithm = vector.get("alg").text().replaceFirst("^(AUTH|PRF)_", "") + "_";
        IkeHash hash = null;
        for (Map.Entry<String, IkeHash> entry : HASHES.entrySet()) {
          if (algorithm.startsWith(entry.getKey() + "_")) {
            hash = entry.getValue();
          }
        }
        if (hash != null) {
          byte[] mac = hex(vector.get("macHex"));
          byte[] actual =
              hash.prf(Secret.owning(hex(vector.get("keyHex"))), hex(vector.get("dataHex")));
          assertArrayEquals(mac, Arrays.copyOf(actual, mac.length));
          cases++;
        }
      }
    }
    assertTrue(cases >= 10, "only " + cases + " cases");
  }

  @Test
  void ciphers() {
    int cases = 0;
    for (Document document : Vectors.documents("crypto")) {
      for (Json vector : document.json().get("vectors").items().toList()) {
        if (!vector.has("cipherHex")) {
          continue;
        }
        byte[] key = hex(vector.get("keyHex"));
        for (IkeCipher cipher : IkeCipher.values()) {
          String name =
              switch (cipher) {
                case DES_CBC -> "ENCR_DES";
                case TRIPLE_DES_CBC -> "ENCR_3DES";
                default -> "ENCR_AES_CBC";
              };
          if (cipher.keyLength() == key.length && name.equals(vector.get("alg").text())) {
            byte[] iv = hex(vector.get("ivHex"));
            byte[] plain = hex(vector.get("plainHex"));
            byte[] expected = hex(vector.get("cipherHex"));
            assertArrayEquals(expected, cipher.encrypt(Secret.copyOf(key), iv, plain));
            assertArrayEquals(plain, cipher.decrypt(Secret.copyOf(key), iv, expected));
            cases++;
          }
        }
      }
    }
    assertTrue(cases >= 5, "only " + cases + " cases");
  }

  @Test
  void diffieHellman() throws Exception {
    int cases = 0;
    for (Document document : Vectors.documents("crypto")) {
      for (Json vector : document.json().get("vectors").items().toList()) {
        if (!vector.has("privI")) {
          continue;
        }
        DhGroup group =
            DhGroup.ofAttribute(Long.parseLong(vector.get("group").text())).orElseThrow();
        try (DhKeyPair initiator = group.ofPrivateValue(hex(vector.get("privI")));
            DhKeyPair responder = group.ofPrivateValue(hex(vector.get("privR")))) {
          assertEquals(vector.get("pubI").text(), initiator.publicValue().toString());
          assertEquals(vector.get("pubR").text(), responder.publicValue().toString());
          assertEquals(group.publicLength(), initiator.publicValue().length());
          Secret shared = initiator.agree(responder.publicValue());
          assertEquals(vector.get("shared").text(), HexFormat.of().formatHex(shared.toArray()));
          assertEquals(shared, responder.agree(initiator.publicValue()));
        }
        cases++;
      }
    }
    assertTrue(cases >= 5, "only " + cases + " cases");
  }

  /** p-2 is the largest public value that is accepted, which tells the prime. */
  @Test
  void primes() throws Exception {
    int cases = 0;
    for (Document document : Vectors.documents("crypto")) {
      for (Json vector : document.json().get("groups").items().toList()) {
        BigInteger prime = new BigInteger(vector.get("primeHex").text(), 16);
        DhGroup group =
            DhGroup.ofAttribute(Long.parseLong(vector.get("group").text())).orElseThrow();
        assertEquals(prime.bitLength(), group.bits());
        try (DhKeyPair pair = group.ofPrivateValue(new byte[] {3})) {
          assertEquals(new BigInteger("8"), new BigInteger(1, pair.publicValue().toArray()));
          Secret shared = pair.agree(bytes(prime.subtract(BigInteger.TWO)));
          // (-2)^3 = p - 8
          assertEquals(prime.subtract(BigInteger.valueOf(8)), new BigInteger(1, shared.toArray()));
          for (BigInteger bad :
              new BigInteger[] {prime, prime.subtract(BigInteger.ONE), prime.add(BigInteger.ONE)}) {
            assertBad(pair, bytes(bad));
          }
        }
        cases++;
      }
    }
    assertTrue(cases >= 8, "only " + cases + " cases");
  }

  /** Wycheproof: whatever is invalid is refused or not expressible, and valid points agree. */
  @Test
  void pointsOfP256() throws Exception {
    int valid = 0;
    int invalid = 0;
    for (Document document : Vectors.documents("crypto")) {
      for (Json group : document.json().get("testGroups").items().toList()) {
        if (!group.has("curve") || !group.get("curve").text().equals("secp256r1")) {
          continue;
        }
        for (Json test : group.get("tests").items().toList()) {
          byte[] point = hex(test.get("public"));
          byte[] scalar = hex(test.get("private"));
          if (point.length == 0 || point[0] != 4 || new BigInteger(1, scalar).signum() == 0) {
            continue;
          }
          ByteString coordinates = ByteString.of(point, 1, point.length - 1);
          try (DhKeyPair pair = DhGroup.ECP_256.ofPrivateValue(scalar)) {
            if (test.get("result").text().equals("invalid")) {
              assertThrows(MalformedPacketException.class, () -> pair.agree(coordinates));
              invalid++;
            } else {
              assertEquals(
                  test.get("shared").text(),
                  HexFormat.of().formatHex(pair.agree(coordinates).toArray()));
              valid++;
            }
          }
        }
      }
    }
    assertTrue(valid > 50 && invalid > 2, valid + " valid, " + invalid + " invalid");
  }

  private static void assertBad(DhKeyPair pair, ByteString value) {
    MalformedPacketException e =
        assertThrows(MalformedPacketException.class, () -> pair.agree(value));
    assertEquals(MalformedReason.BAD_VALUE, e.reason());
  }

  private static ByteString bytes(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return bytes[0] == 0 ? ByteString.of(bytes, 1, bytes.length - 1) : ByteString.of(bytes);
  }
}
