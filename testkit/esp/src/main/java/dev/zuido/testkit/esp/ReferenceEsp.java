package dev.zuido.testkit.esp;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspSuite;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
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
        Cipher gcm = gcm(Cipher.ENCRYPT_MODE, iv, header, sequence);
        return concat(header, iv, gcm.doFinal(plaintext));
      }
      byte[] covered = concat(header, iv, cbc(Cipher.ENCRYPT_MODE, iv, plaintext));
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
        Cipher gcm = gcm(Cipher.DECRYPT_MODE, iv, header, sequence);
        return Optional.of(gcm.doFinal(esp, ivEnd, esp.length - ivEnd));
      }
      int icvStart = esp.length - suite.icvLength();
      byte[] expected = icv(Arrays.copyOf(esp, icvStart), sequence);
      if (!Arrays.equals(expected, Arrays.copyOfRange(esp, icvStart, esp.length))) {
        return Optional.empty();
      }
      return Optional.of(cbc(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(esp, ivEnd, icvStart)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the packet does not suit " + suite, e);
    }
  }

  private Cipher gcm(int mode, byte[] iv, byte[] header, long sequence)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(encryptionKey, "AES"),
        new GCMParameterSpec(suite.icvLength() * 8, concat(salt, iv)));
    cipher.updateAAD(
        extended ? ByteBuffer.allocate(12).put(header, 0, 4).putLong(sequence).array() : header);
    return cipher;
  }

  private byte[] cbc(int mode, byte[] iv, byte[] text) throws GeneralSecurityException {
    EspEncryption encryption = suite.encryption();
    if (encryption == EspEncryption.NULL) {
      return text;
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
    String algorithm =
        switch (suite.integrity()) {
          case HMAC_MD5_96 -> "HmacMD5";
          case HMAC_SHA1_96 -> "HmacSHA1";
          case HMAC_SHA2_256_128 -> "HmacSHA256";
          case HMAC_SHA2_384_192 -> "HmacSHA384";
          case HMAC_SHA2_512_256 -> "HmacSHA512";
          case NONE -> throw new IllegalStateException(EspIntegrity.NONE + " has no ICV");
        };
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(integrityKey, algorithm));
    mac.update(covered);
    if (extended) {
      mac.update(ByteBuffer.allocate(4).putInt((int) (sequence >>> 32)).array());
    }
    return Arrays.copyOf(mac.doFinal(), suite.icvLength());
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
