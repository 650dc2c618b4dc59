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
  private static final String ECB = "AES/ECB/NoPadding";
  private static final String CBC = "AES/CBC/NoPadding";
  private static final String CTR = "AES/CTR/NoPadding";
  private static final String GCM = "AES/GCM/NoPadding";
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
      return encryption.isCombined()
          ? new AeadTransform(
              aead(encryption, keys),
              keys.salt(),
              encryption.family() == EspEncryption.Family.GMAC,
              extended)
          : new SeparateTransform(
              stage(encryption, keys, random),
              icv(suite.integrity(), keys.integrityKey()),
              extended);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the provider lacks what " + suite + " needs", e);
    }
  }

  /** Makes a combined-mode cipher. */
  AeadCipher aead(EspEncryption encryption, EspKeys keys) throws GeneralSecurityException {
    RawKey key = new RawKey("AES", keys.encryptionKey());
    int icvLength = encryption.icvLength();
    return switch (encryption.family()) {
      case GCM ->
          icvLength == ShortIcvGcmCipher.ICV_LENGTH
              ? new ShortIcvGcmCipher(cipher(GCM), cipher(CTR), key)
              : new GcmCipher(cipher(GCM), key, icvLength);
      case CCM -> new CcmCipher(cipher(CBC), cipher(CTR), key, icvLength);
      case GMAC -> new GmacCipher(cipher(GCM), key);
      case CHACHA20_POLY1305 ->
          new ChaChaCipher(
              cipher("ChaCha20-Poly1305"), new RawKey("ChaCha20", keys.encryptionKey()));
      case NULL, CBC, CTR -> throw new IllegalArgumentException(encryption + " is not combined");
    };
  }

  private CipherStage stage(EspEncryption encryption, EspKeys keys, @Nullable SecureRandom random)
      throws GeneralSecurityException {
    return switch (encryption.family()) {
      case NULL -> CipherStage.NULL;
      case CBC -> cbc(encryption, keys, random);
      case CTR -> ctr(keys);
      case GCM, CCM, GMAC, CHACHA20_POLY1305 ->
          throw new IllegalArgumentException(encryption + " is combined");
    };
  }

  /** Makes the encryption half of a CTR suite. */
  CipherStage ctr(EspKeys keys) throws GeneralSecurityException {
    return new CtrStage(cipher(CTR), new RawKey("AES", keys.encryptionKey()), keys.salt());
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

  private IcvStage icv(EspIntegrity integrity, byte[] key) throws GeneralSecurityException {
    return switch (integrity) {
      case HMAC_MD5_96, HMAC_SHA1_96, HMAC_SHA2_256_128, HMAC_SHA2_384_192, HMAC_SHA2_512_256 ->
          hmac(integrity, key);
      case AES_XCBC_96 -> CbcMacIcv.xcbc(cipher(CBC), cipher(ECB), key, integrity.icvLength());
      case AES_CMAC_96 -> CbcMacIcv.cmac(cipher(CBC), cipher(ECB), key, integrity.icvLength());
      case NONE -> throw new IllegalArgumentException(integrity + " has no ICV");
    };
  }

  private HmacIcv hmac(EspIntegrity integrity, byte[] key) throws GeneralSecurityException {
    return new HmacIcv(
        digest(integrity.digest()),
        digest(integrity.digest()),
        integrity.digestBlockLength(),
        key,
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

  /** Makes the integrity algorithm of one direction of an AH SA. */
  AhIcv ahIcv(AhIntegrity integrity, AhKeys keys, boolean extended) {
    if (!keys.fits(integrity)) {
      throw new IllegalArgumentException("the key has not the length that " + integrity + " needs");
    }
    try {
      return switch (integrity.family()) {
        case GMAC -> new AhGmac(cipher(GCM), new RawKey("AES", keys.key()), keys.salt(), extended);
        case MAC -> new AhMac(icv(integrity.mac(), keys.key()), integrity.icvLength(), extended);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the provider lacks what " + integrity + " needs", e);
    }
  }
}
