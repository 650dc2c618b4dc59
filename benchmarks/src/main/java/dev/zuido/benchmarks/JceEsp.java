package dev.zuido.benchmarks;

import dev.zuido.esp.EspSuite;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The JCE calls that the ESP packets of a batch need, and nothing around them: the yardstick of
 * {@link EspBenchmark}. The packets stand in the batch where Zuido has them too.
 *
 * <p>As the JCE is usually called: the cipher is initialised with each packet's IV, and a {@code
 * Mac} goes over the result. In- and output are different arrays where the JCE would otherwise copy
 * the packet into garbage, or be slower; what is opened is in the batch in the end. IVs are a
 * counter, so that no random generator is measured; CBC must not be used so.
 */
public abstract class JceEsp {
  /** The suite. */
  final EspSuite suite;

  /** The bytes of the IV. */
  final int ivLength;

  /** The bytes before the encrypted part. */
  final int headerLength;

  /** The bytes of the encrypted part. */
  final int textLength;

  private long counter;

  JceEsp(EspSuite suite, int payloadLength) {
    this.suite = suite;
    this.ivLength = suite.encryption().ivLength();
    this.headerLength = EspSuite.ESP_HEADER_LENGTH + ivLength;
    this.textLength = suite.espLength(payloadLength) - headerLength - suite.icvLength();
  }

  /**
   * The calls for a suite.
   *
   * @param keyMaterial the keys in the order of {@code EspKeys.ofKeyMaterial}
   * @param payloadLength the bytes of each payload
   */
  static JceEsp of(EspSuite suite, byte[] keyMaterial, int payloadLength)
      throws GeneralSecurityException {
    return switch (suite.encryption().rfc()) {
      case 4106 ->
          suite.icvLength() == 8
              ? new JceShortGcm(suite, keyMaterial, payloadLength)
              : new JceAead(suite, keyMaterial, payloadLength);
      case 4543, 7634 -> new JceAead(suite, keyMaterial, payloadLength);
      case 4309 -> new JceCcm(suite, keyMaterial, payloadLength);
      default -> new JceSeparate(suite, keyMaterial, payloadLength);
    };
  }

  static Cipher aes(String mode) throws GeneralSecurityException {
    return Cipher.getInstance("AES/" + mode + "/NoPadding");
  }

  /** Encrypts and authenticates the packets of a batch, as the payloads of tunnel mode. */
  final void seal(PacketBatch batch) throws GeneralSecurityException {
    for (int i = 0; i < batch.size(); i++) {
      int start = batch.offset(i);
      if (ivLength > 0) {
        BigEndian.putLong(batch.slab(), start - Long.BYTES, ++counter);
      }
      protect(batch.slab(), start - headerLength, start, start + textLength);
    }
  }

  /** Verifies and decrypts the IPv4 packets of a batch; throws if one is not authentic. */
  final void open(PacketBatch batch) throws GeneralSecurityException {
    for (int i = 0; i < batch.size(); i++) {
      int esp = batch.offset(i) + Ipv4Fields.MIN_HEADER_LENGTH;
      int start = esp + headerLength;
      restore(batch.slab(), esp, start, start + textLength);
    }
  }

  /**
   * Seals one packet where it lies.
   *
   * @param esp where the SPI stands
   * @param start where the text is that is to be encrypted
   * @param end where the ICV goes
   */
  abstract void protect(byte[] slab, int esp, int start, int end) throws GeneralSecurityException;

  /** Verifies and decrypts one packet; the arguments are those of {@link #protect}. */
  abstract void restore(byte[] slab, int esp, int start, int end) throws GeneralSecurityException;

  /** Compares a packet's ICV. */
  final void require(byte[] icv, int offset, byte[] slab, int end) throws GeneralSecurityException {
    int length = suite.icvLength();
    if (!Arrays.equals(icv, offset, offset + length, slab, end, end + length)) {
      throw new GeneralSecurityException("the ICV does not match");
    }
  }
}
