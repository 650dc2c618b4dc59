package dev.zuido.testkit.esp;

import dev.zuido.esp.EspEncryption;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The combined-mode algorithms, plainly and slowly. AES ones open by decrypting, sealing the
 * outcome again, and comparing.
 */
final class ReferenceAead {
  private static final int BLOCK = 16;

  private final EspEncryption encryption;
  private final byte[] key;

  ReferenceAead(EspEncryption encryption, byte[] key) {
    this.encryption = encryption;
    this.key = key;
  }

  static Cipher aes(String mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/" + mode + "/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return cipher;
  }

  /** The ciphertext, and behind it the ICV. */
  byte[] seal(byte[] nonce, byte[] associated, byte[] plaintext) throws GeneralSecurityException {
    return switch (encryption.rfc()) {
      case 4106 -> truncated(gcm(nonce, associated, plaintext), plaintext.length);
      case 4309 -> ccm(nonce, associated, plaintext);
      case 4543 -> {
        byte[] all = ReferenceEsp.concat(associated, plaintext);
        yield ReferenceEsp.concat(plaintext, gcm(nonce, all, new byte[0]));
      }
      case 7634 -> chaCha(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plaintext);
      default -> throw new IllegalArgumentException(encryption + " is not combined");
    };
  }

  /** The plaintext, or empty if the ICV does not match. */
  Optional<byte[]> open(byte[] nonce, byte[] associated, byte[] sealed)
      throws GeneralSecurityException {
    if (encryption == EspEncryption.CHACHA20_POLY1305) {
      try {
        return Optional.of(chaCha(Cipher.DECRYPT_MODE, nonce, associated).doFinal(sealed));
      } catch (AEADBadTagException e) {
        return Optional.empty();
      }
    }
    byte[] text = Arrays.copyOf(sealed, sealed.length - encryption.icvLength());
    byte[] plaintext =
        switch (encryption.rfc()) {
          case 4106 ->
              aes("CTR", key, ReferenceEsp.concat(nonce, new byte[] {0, 0, 0, 2})).doFinal(text);
          case 4309 -> ctrOfCcm(nonce, 1).doFinal(text);
          default -> text;
        };
    return Arrays.equals(sealed, seal(nonce, associated, plaintext))
        ? Optional.of(plaintext)
        : Optional.empty();
  }

  private byte[] truncated(byte[] sealed, int length) {
    return Arrays.copyOf(sealed, length + encryption.icvLength());
  }

  private byte[] gcm(byte[] nonce, byte[] associated, byte[] plaintext)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(plaintext);
  }

  private Cipher chaCha(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  /** RFC 4309 section 4: the counter is in the last 4 bytes. */
  private Cipher ctrOfCcm(byte[] nonce, int counter) throws GeneralSecurityException {
    byte[] block = ByteBuffer.allocate(BLOCK).put((byte) 3).put(nonce).putInt(counter).array();
    return aes("CTR", key, block);
  }

  /** RFC 3610 section 2.2 and 2.3, with a length field of 4 bytes. */
  private byte[] ccm(byte[] nonce, byte[] associated, byte[] plaintext)
      throws GeneralSecurityException {
    int flags = 0x40 + 8 * ((encryption.icvLength() - 2) / 2) + 3;
    byte[] first =
        ByteBuffer.allocate(BLOCK).put((byte) flags).put(nonce).putInt(plaintext.length).array();
    byte[] second =
        ByteBuffer.allocate(BLOCK).putShort((short) associated.length).put(associated).array();
    byte[] padded = Arrays.copyOf(plaintext, (plaintext.length + BLOCK - 1) / BLOCK * BLOCK);
    byte[] icv = ReferenceCbcMac.plain(key, ReferenceEsp.concat(first, second, padded));
    byte[] sealed =
        ReferenceEsp.concat(ctrOfCcm(nonce, 1).doFinal(plaintext), ctrOfCcm(nonce, 0).doFinal(icv));
    return truncated(sealed, plaintext.length);
  }
}
