package dev.zuido.ike.crypto;

import dev.zuido.ike.message.PhaseOneAttribute.HashAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A hash algorithm of phase 1 (RFC 2409 Appendix A, RFC 4868), and with it the prf: since no prf is
 * ever negotiated, prf is the hash's HMAC (RFC 2409 section 4).
 */
public enum IkeHash {
  /** MD5; RFC 8247 forbids it in new configurations. */
  MD5(HashAlgorithm.MD5, "MD5", "HmacMD5", 16, true),
  /** SHA-1; RFC 8247 lets it fade out. */
  SHA1(HashAlgorithm.SHA, "SHA-1", "HmacSHA1", 20, true),
  /** SHA-256. */
  SHA2_256(HashAlgorithm.SHA2_256, "SHA-256", "HmacSHA256", 32, false),
  /** SHA-384. */
  SHA2_384(HashAlgorithm.SHA2_384, "SHA-384", "HmacSHA384", 48, false),
  /** SHA-512. */
  SHA2_512(HashAlgorithm.SHA2_512, "SHA-512", "HmacSHA512", 64, false);

  private final int attributeValue;
  private final String digestName;
  private final String macName;
  private final int length;
  private final boolean deprecated;

  IkeHash(int attributeValue, String digestName, String macName, int length, boolean deprecated) {
    this.attributeValue = attributeValue;
    this.digestName = digestName;
    this.macName = macName;
    this.length = length;
    this.deprecated = deprecated;
  }

  /** The algorithm of a Hash Algorithm attribute. */
  public static Optional<IkeHash> ofAttribute(long value) {
    for (IkeHash hash : values()) {
      if (hash.attributeValue == value) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  /** The value in a Hash Algorithm attribute. */
  public int attributeValue() {
    return attributeValue;
  }

  /** Bytes of a hash, and of the prf's output. */
  public int length() {
    return length;
  }

  /** Whether RFC 8247 or RFC 8221 advises against it. */
  public boolean isDeprecated() {
    return deprecated;
  }

  /** HASH of the parts, one after the other. */
  public byte[] hash(byte[]... parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** prf(key, the parts one after the other): HMAC (RFC 2104). */
  public byte[] prf(Secret key, byte[]... parts) {
    return prf(key.bytes(), parts);
  }

  byte[] prf(byte[] key, byte[]... parts) {
    Mac mac = mac(key);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(digestName);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no provider has " + digestName, e);
    }
  }

  private Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(macName);
      // HMAC fills a short key with zeros, so that one zero byte is the same key as none; the JCE
      // wants one byte.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, macName));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no provider has " + macName, e);
    }
  }
}
