package dev.zuido.esp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Where the ciphers and digests of SAs come from. Each SA gets objects of its own, so that one
 * thread can work on each.
 */
public final class EspCrypto {
  private static final EspCrypto PLATFORM = new EspCrypto(null);

  private final @Nullable Provider provider;

  private EspCrypto(@Nullable Provider provider) {
    this.provider = provider;
  }

  /** The platform's providers, in the order in which it has them. */
  public static EspCrypto platform() {
    return PLATFORM;
  }

  /** One provider, which need not be registered with the platform. */
  public static EspCrypto of(Provider provider) {
    return new EspCrypto(provider);
  }

  /**
   * Makes the transform of one direction of an SA.
   *
   * @param random the source of IVs of an outbound SA, null for an inbound one
   */
  EspTransform transform(
      EspSuite suite, EspKeys keys, boolean extended, @Nullable SecureRandom random) {
    if (!keys.fits(suite)) {
      throw new IllegalArgumentException("the keys have not the lengths that " + suite + " needs");
    }
    EspEncryption encryption = suite.encryption();
    try {
      return switch (encryption.family()) {
        case GCM ->
            new GcmTransform(
                cipher("AES/GCM/NoPadding"),
                new RawKey("AES", keys.encryptionKey()),
                keys.salt(),
                suite.icvLength(),
                extended);
        case CBC ->
            new SeparateTransform(
                cbc(encryption, keys, random), hmac(suite.integrity(), keys), extended);
        case NULL ->
            new SeparateTransform(CipherStage.NULL, hmac(suite.integrity(), keys), extended);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the provider lacks what " + suite + " needs", e);
    }
  }

  /** Makes the encryption half of a CBC suite; see {@link #transform} for the random source. */
  CipherStage cbc(EspEncryption encryption, EspKeys keys, @Nullable SecureRandom random)
      throws GeneralSecurityException {
    String algorithm =
        switch (encryption) {
          case DES_CBC -> "DES";
          case TRIPLE_DES_CBC -> "DESede";
          default -> "AES";
        };
    if (provider == null && !algorithm.equals("AES")) {
      return TripleDesStage.of(keys.encryptionKey(), random);
    }
    return new CbcStage(
        cipher(algorithm + "/CBC/NoPadding"), new RawKey(algorithm, keys.encryptionKey()), random);
  }

  private HmacIcv hmac(EspIntegrity integrity, EspKeys keys) throws GeneralSecurityException {
    return new HmacIcv(
        digest(integrity.digest()),
        digest(integrity.digest()),
        integrity.digestBlockLength(),
        keys.integrityKey(),
        integrity.icvLength());
  }

  private Cipher cipher(String transformation) throws GeneralSecurityException {
    return provider == null
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, provider);
  }

  private MessageDigest digest(String algorithm) throws GeneralSecurityException {
    return provider == null
        ? MessageDigest.getInstance(algorithm)
        : MessageDigest.getInstance(algorithm, provider);
  }
}
