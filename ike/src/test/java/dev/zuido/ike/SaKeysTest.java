package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.ByteString;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How KEYMAT is cut (RFC 2409 section 5.5): encryption key, salt, integrity key. */
class SaKeysTest {
  private static final int SPI = 0xcafe_0102;
  private static final byte[] NI = filled(16, 3);
  private static final byte[] NR = filled(24, 5);

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static PhaseOneKeys keys() {
    PhaseOneExchange said =
        new PhaseOneExchange(
            new Cookie(1),
            new Cookie(2),
            ByteString.of(filled(128, 7)),
            ByteString.of(filled(128, 9)),
            ByteString.of(filled(16, 11)),
            ByteString.of(filled(16, 13)),
            ByteString.EMPTY);
    return PhaseOneKeys.ofPresharedKey(
        IkeHash.SHA1,
        IkeCipher.AES_128_CBC,
        said,
        Site.secret("cisco"),
        Secret.owning(filled(128, 15)));
  }

  /** K1 | K2 | ... by the JCE's HMAC, without the engine's code. */
  private static byte[] keymat(PhaseOneKeys keys, int protocol, byte[] shared, int length) {
    try {
      Mac prf = Mac.getInstance("HmacSHA1");
      prf.init(new SecretKeySpec(keys.skeyidD().toArray(), "HmacSHA1"));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] block = new byte[0];
      while (all.size() < length) {
        prf.update(block);
        prf.update(shared);
        prf.update((byte) protocol);
        prf.update(new byte[] {(byte) 0xca, (byte) 0xfe, 1, 2});
        prf.update(NI);
        prf.update(NR);
        block = prf.doFinal();
        all.writeBytes(block);
      }
      return Arrays.copyOf(all.toByteArray(), length);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static List<IpsecProposal> everything() {
    List<IpsecProposal> all = new ArrayList<>(QuickModeSuitesTest.suites());
    for (AhIntegrity integrity : AhIntegrity.values()) {
      all.add(new AhProposal(integrity));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("everything")
  void encryptionKeyThenSaltThenIntegrityKey(IpsecProposal suite) {
    int protocol = suite instanceof AhProposal ? 2 : 3;
    for (byte[] shared : List.of(new byte[0], filled(128, 21))) {
      SaKeys cut =
          SaKeys.derive(
              keys(),
              suite,
              SPI,
              ByteString.of(NI),
              ByteString.of(NR),
              shared.length == 0 ? null : Secret.copyOf(shared));
      int first = cut.encryption().length;
      int length = first + cut.integrity().length;
      byte[] expected = keymat(keys(), protocol, shared, length);
      assertArrayEquals(Arrays.copyOf(expected, first), cut.encryption());
      assertArrayEquals(Arrays.copyOfRange(expected, first, length), cut.integrity());
      assertFalse(length == 0, "no SA is without key material");
    }
  }

  @Test
  void keysAreWipedAndNeverPrinted() {
    SaKeys cut =
        SaKeys.derive(keys(), Site.TRIPLE_DES_MD5, SPI, ByteString.of(NI), ByteString.of(NR), null);
    cut.wipe();
    assertArrayEquals(new byte[24], cut.encryption());
    assertArrayEquals(new byte[16], cut.integrity());
    assertEquals("SaKeys[masked]", cut.toString());
  }
}
