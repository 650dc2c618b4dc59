package dev.zuido.benchmarks;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspSuite;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Encryption, then a {@code Mac}; XCBC and CMAC, which the JCE lacks, as a CBC encryption. */
final class JceSeparate extends JceEsp {
  private static final int SALT_LENGTH = 4;

  private final @Nullable Cipher cipher;
  private final boolean counterMode;
  private final SecretKeySpec key;
  private final @Nullable Mac mac;
  private final Cipher cbcMac;
  private final SecretKeySpec cbcMacKey;
  private final byte[] iv;
  private final byte[] text;
  private final byte[] icv;
  private final int macLength;

  JceSeparate(EspSuite suite, byte[] keyMaterial, int payloadLength)
      throws GeneralSecurityException {
    super(suite, payloadLength);
    int keyLength = suite.encryption().keyLength();
    boolean encrypts = suite.encryption() != EspEncryption.NULL;
    String algorithm =
        switch (suite.encryption()) {
          case DES_CBC -> "DES";
          case TRIPLE_DES_CBC -> "DESede";
          default -> "AES";
        };
    counterMode = suite.encryption().isCounterMode();
    cipher =
        encrypts
            ? Cipher.getInstance(algorithm + (counterMode ? "/CTR" : "/CBC") + "/NoPadding")
            : null;
    key = new SecretKeySpec(keyMaterial, 0, encrypts ? keyLength : 16, algorithm);
    iv = new byte[cipher == null ? 0 : cipher.getBlockSize()];
    if (counterMode) {
      System.arraycopy(keyMaterial, keyLength, iv, 0, SALT_LENGTH);
      iv[iv.length - 1] = 1;
    }
    int macKey = keyMaterial.length - suite.integrity().keyLength();
    String name = macName(suite.integrity());
    mac = name.isEmpty() ? null : Mac.getInstance(name);
    if (mac != null) {
      mac.init(new SecretKeySpec(keyMaterial, macKey, keyMaterial.length - macKey, "HMAC"));
    }
    cbcMac = aes("CBC");
    cbcMacKey = new SecretKeySpec(keyMaterial, keyMaterial.length - 16, 16, "AES");
    macLength = (headerLength + textLength + 15) & -16;
    text = new byte[macLength];
    icv = new byte[Math.max(macLength, 64)];
  }

  private static String macName(EspIntegrity integrity) {
    return switch (integrity) {
      case HMAC_MD5_96 -> "HmacMD5";
      case HMAC_SHA1_96 -> "HmacSHA1";
      case HMAC_SHA2_256_128 -> "HmacSHA256";
      case HMAC_SHA2_384_192 -> "HmacSHA384";
      case HMAC_SHA2_512_256 -> "HmacSHA512";
      case AES_XCBC_96, AES_CMAC_96 -> "";
      case NONE -> throw new IllegalArgumentException("no integrity algorithm");
    };
  }

  @Override
  void protect(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    if (cipher != null) {
      System.arraycopy(slab, start, text, 0, textLength);
      init(cipher, Cipher.ENCRYPT_MODE, slab, start);
      cipher.doFinal(text, 0, textLength, slab, start);
    }
    int offset = authenticate(slab, esp, end);
    System.arraycopy(icv, offset, slab, end, suite.icvLength());
  }

  @Override
  void restore(byte[] slab, int esp, int start, int end) throws GeneralSecurityException {
    int offset = authenticate(slab, esp, end);
    if (mac != null) {
      require(icv, offset, slab, end);
    }
    if (cipher != null) {
      init(cipher, Cipher.DECRYPT_MODE, slab, start);
      cipher.doFinal(slab, start, textLength, text, 0);
      System.arraycopy(text, 0, slab, start, textLength);
    }
  }

  private void init(Cipher cipher, int mode, byte[] slab, int start)
      throws GeneralSecurityException {
    System.arraycopy(slab, start - ivLength, iv, counterMode ? SALT_LENGTH : 0, ivLength);
    cipher.init(mode, key, new IvParameterSpec(iv));
  }

  /** Leaves the MAC, or of a CBC-MAC what is as much work, and says where. */
  private int authenticate(byte[] slab, int esp, int end) throws GeneralSecurityException {
    if (mac != null) {
      mac.update(slab, esp, end - esp);
      mac.doFinal(icv, 0);
      return 0;
    }
    cbcMac.init(Cipher.ENCRYPT_MODE, cbcMacKey, new IvParameterSpec(new byte[16]));
    // The last block is what would be padded and masked.
    int whole = macLength - 16;
    cbcMac.update(slab, esp, whole, icv, 0);
    cbcMac.doFinal(text, 0, 16, icv, whole);
    return whole;
  }
}
