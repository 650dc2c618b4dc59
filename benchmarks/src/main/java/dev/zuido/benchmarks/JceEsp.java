package dev.zuido.benchmarks;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspSuite;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The JCE calls that an ESP packet needs, and nothing around them but a copy of the packet: the
 * yardstick of {@link EspBenchmark}.
 *
 * <p>As the JCE is usually called: the cipher is initialised with each packet's IV, and a {@code
 * Mac} goes over the result. IVs are a counter, so that no random generator is measured; CBC must
 * not be used so.
 */
public final class JceEsp {
  private static final int SALT_LENGTH = 4;

  private final EspSuite suite;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] nonce;
  private final int ivStart;
  private final @Nullable Mac mac;
  private final byte[] digest;
  private final byte[] esp;
  private long counter;

  /** Takes the keys in the order of {@code EspKeys.ofKeyMaterial}. */
  JceEsp(EspSuite suite, byte[] keyMaterial, int payloadLength) throws GeneralSecurityException {
    this.suite = suite;
    EspEncryption encryption = suite.encryption();
    int keyLength = encryption.keyLength();
    String algorithm = encryption == EspEncryption.TRIPLE_DES_CBC ? "DESede" : "AES";
    key = new SecretKeySpec(keyMaterial, 0, keyLength, algorithm);
    esp = new byte[suite.espLength(payloadLength)];
    if (encryption.isCombined()) {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
      mac = null;
      digest = new byte[0];
      ivStart = SALT_LENGTH;
    } else {
      cipher = Cipher.getInstance(algorithm + "/CBC/NoPadding");
      mac = Mac.getInstance(macName(suite));
      mac.init(new SecretKeySpec(keyMaterial, keyLength, keyMaterial.length - keyLength, "HMAC"));
      digest = new byte[mac.getMacLength()];
      ivStart = 0;
    }
    nonce = new byte[ivStart + encryption.ivLength()];
    System.arraycopy(keyMaterial, keyLength, nonce, 0, ivStart);
  }

  private static String macName(EspSuite suite) {
    return switch (suite.integrity()) {
      case HMAC_MD5_96 -> "HmacMD5";
      case HMAC_SHA1_96 -> "HmacSHA1";
      case HMAC_SHA2_256_128 -> "HmacSHA256";
      default -> throw new IllegalArgumentException("not measured: " + suite);
    };
  }

  /** Encrypts and authenticates a payload of the length that the constructor was told. */
  void seal(byte[] payload) throws GeneralSecurityException {
    int ivLength = nonce.length - ivStart;
    int start = EspSuite.ESP_HEADER_LENGTH + ivLength;
    int end = esp.length - suite.icvLength();
    System.arraycopy(payload, 0, esp, start, payload.length);
    BigEndian.putLong(nonce, nonce.length - Long.BYTES, counter++);
    System.arraycopy(nonce, ivStart, esp, EspSuite.ESP_HEADER_LENGTH, ivLength);
    if (mac == null) {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(suite.icvLength() * 8, nonce));
      cipher.updateAAD(esp, 0, EspSuite.ESP_HEADER_LENGTH);
      cipher.doFinal(esp, start, end - start, esp, start);
    } else {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.doFinal(esp, start, end - start, esp, start);
      mac.update(esp, 0, end);
      mac.doFinal(digest, 0);
      System.arraycopy(digest, 0, esp, end, suite.icvLength());
    }
  }

  /** Verifies and decrypts an IPv4 packet with ESP; throws if it is not authentic. */
  void open(byte[] packet) throws GeneralSecurityException {
    int ivLength = nonce.length - ivStart;
    int start = EspSuite.ESP_HEADER_LENGTH + ivLength;
    int end = esp.length - suite.icvLength();
    System.arraycopy(packet, Ipv4Fields.MIN_HEADER_LENGTH, esp, 0, esp.length);
    System.arraycopy(esp, EspSuite.ESP_HEADER_LENGTH, nonce, ivStart, ivLength);
    if (mac == null) {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(suite.icvLength() * 8, nonce));
      cipher.updateAAD(esp, 0, EspSuite.ESP_HEADER_LENGTH);
      cipher.doFinal(esp, start, esp.length - start, esp, start);
    } else {
      mac.update(esp, 0, end);
      mac.doFinal(digest, 0);
      if (!Arrays.equals(digest, 0, suite.icvLength(), esp, end, esp.length)) {
        throw new GeneralSecurityException("the ICV does not match");
      }
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.doFinal(esp, start, end - start, esp, start);
    }
  }
}
