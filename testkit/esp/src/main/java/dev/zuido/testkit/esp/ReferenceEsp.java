package dev.zuido.testkit.esp;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspSuite;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ESP's transforms written down once more, plainly and slowly, from RFC 4303 and the algorithms'
 * RFCs: what the fast ones are compared with, and what seals packets that no sender would make.
 */
public final class ReferenceEsp {
  private final EspSuite suite;
  private final boolean extended;
  private final byte[] encryptionKey;
  private final byte[] salt;
  private final byte[] integrityKey;

  /**
   * Makes the transform of one direction of an SA.
   *
   * @param suite the algorithms
   * @param keyMaterial encryption key, salt and integrity key behind each other
   * @param extended whether sequence numbers have 64 bits
   */
  public ReferenceEsp(EspSuite suite, byte[] keyMaterial, boolean extended) {
    ByteBuffer keys = ByteBuffer.wrap(keyMaterial);
    this.suite = suite;
    this.extended = extended;
    this.encryptionKey = new byte[suite.encryption().keyLength()];
    this.salt = new byte[suite.encryption().saltLength()];
    this.integrityKey = new byte[suite.integrity().keyLength()];
    keys.get(encryptionKey).get(salt).get(integrityKey);
  }

  /**
   * Seals.
   *
   * @param spi the SPI
   * @param sequence the whole sequence number
   * @param iv the IV, of the suite's length
   * @param plaintext payload, padding, pad length and next header, of a length that the cipher
   *     takes
   * @return the ESP packet from SPI to ICV
   */
  public byte[] seal(int spi, long sequence, byte[] iv, byte[] plaintext) {
    byte[] header = ByteBuffer.allocate(8).putInt(spi).putInt((int) sequence).array();
    try {
      if (suite.encryption().isCombined()) {
        byte[] associated = associated(header, iv, sequence);
        return concat(header, iv, aead().seal(concat(salt, iv), associated, plaintext));
      }
      byte[] covered = concat(header, iv, encrypt(Cipher.ENCRYPT_MODE, iv, plaintext));
      return concat(covered, icv(covered, sequence));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the plaintext does not suit " + suite, e);
    }
  }

  /**
   * Opens.
   *
   * @param esp the ESP packet from SPI to ICV, not shorter than its fixed parts
   * @param sequence the whole sequence number
   * @return payload, padding, pad length and next header, or empty if the ICV does not match
   */
  public Optional<byte[]> open(byte[] esp, long sequence) {
    int ivEnd = 8 + suite.encryption().ivLength();
    byte[] header = Arrays.copyOf(esp, 8);
    byte[] iv = Arrays.copyOfRange(esp, 8, ivEnd);
    try {
      if (suite.encryption().isCombined()) {
        byte[] sealed = Arrays.copyOfRange(esp, ivEnd, esp.length);
        return aead().open(concat(salt, iv), associated(header, iv, sequence), sealed);
      }
      int icvStart = esp.length - suite.icvLength();
      byte[] expected = icv(Arrays.copyOf(esp, icvStart), sequence);
      if (!Arrays.equals(expected, Arrays.copyOfRange(esp, icvStart, esp.length))) {
        return Optional.empty();
      }
      return Optional.of(
          encrypt(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(esp, ivEnd, icvStart)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the packet does not suit " + suite, e);
    }
  }

  private ReferenceAead aead() {
    return new ReferenceAead(suite.encryption(), encryptionKey);
  }

  /** RFC 4106 section 5 and its likes; RFC 4543 figure 4 adds the IV. */
  private byte[] associated(byte[] header, byte[] iv, long sequence) {
    byte[] associated =
        extended ? ByteBuffer.allocate(12).put(header, 0, 4).putLong(sequence).array() : header;
    return suite.encryption().rfc() == 4543 ? concat(associated, iv) : associated;
  }

  private byte[] encrypt(int mode, byte[] iv, byte[] text) throws GeneralSecurityException {
    EspEncryption encryption = suite.encryption();
    if (encryption == EspEncryption.NULL) {
      return text;
    }
    if (encryption.rfc() == 3686) {
      byte[] block = concat(salt, iv, new byte[] {0, 0, 0, 1});
      return ReferenceAead.aes("CTR", encryptionKey, block).doFinal(text);
    }
    String algorithm =
        switch (encryption) {
          case DES_CBC -> "DES";
          case TRIPLE_DES_CBC -> "DESede";
          default -> "AES";
        };
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/NoPadding");
    cipher.init(mode, new SecretKeySpec(encryptionKey, algorithm), new IvParameterSpec(iv));
    return cipher.doFinal(text);
  }

  private byte[] icv(byte[] covered, long sequence) throws GeneralSecurityException {
    byte[] data =
        extended
            ? concat(covered, ByteBuffer.allocate(4).putInt((int) (sequence >>> 32)).array())
            : covered;
    String algorithm =
        switch (suite.integrity()) {
          case AES_XCBC_96, AES_CMAC_96 -> "";
          case HMAC_MD5_96 -> "HmacMD5";
          case HMAC_SHA1_96 -> "HmacSHA1";
          case HMAC_SHA2_256_128 -> "HmacSHA256";
          case HMAC_SHA2_384_192 -> "HmacSHA384";
          case HMAC_SHA2_512_256 -> "HmacSHA512";
          case NONE -> throw new IllegalStateException(EspIntegrity.NONE + " has no ICV");
        };
    byte[] whole;
    if (algorithm.isEmpty()) {
      whole =
          suite.integrity() == EspIntegrity.AES_XCBC_96
              ? ReferenceCbcMac.xcbc(integrityKey, data)
              : ReferenceCbcMac.cmac(integrityKey, data);
    } else {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(integrityKey, algorithm));
      whole = mac.doFinal(data);
    }
    return Arrays.copyOf(whole, suite.icvLength());
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
