package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.util.Arrays;

/**
 * What the combined-mode algorithms have in common (RFC 4106, RFC 4309, RFC 4543, RFC 7634).
 *
 * <pre>
 *   nonce:            salt | IV 8
 *   associated data:  SPI 4 | sequence number 4, or 8 if it is extended | with GMAC: IV 8
 * </pre>
 */
final class AeadTransform implements EspTransform {
  private static final int EXTENDED_HEADER_LENGTH = 12;

  private final AeadCipher cipher;
  private final boolean extended;
  private final boolean authenticatesIv;
  private final int saltLength;
  private final byte[] nonce;
  private final byte[] extendedHeader;

  /**
   * Makes the transform.
   *
   * @param salt the caller wipes it
   * @param authenticatesIv whether the associated data end with the IV
   * @param extended whether sequence numbers have 64 bits
   */
  AeadTransform(AeadCipher cipher, byte[] salt, boolean authenticatesIv, boolean extended) {
    this.cipher = cipher;
    this.extended = extended;
    this.authenticatesIv = authenticatesIv;
    this.saltLength = salt.length;
    this.nonce = Arrays.copyOf(salt, salt.length + Long.BYTES);
    this.extendedHeader = new byte[EXTENDED_HEADER_LENGTH + (authenticatesIv ? Long.BYTES : 0)];
  }

  @Override
  public void seal(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      CounterIv.write(slab, frames, i);
      takeIv(slab, frames, i);
      cipher.seal(
          nonce,
          extended ? extendedHeader : slab,
          extended ? 0 : frames.espOffset(i),
          associatedLength(),
          slab,
          frames.encryptedOffset(i),
          frames.encryptedLength(i));
    }
  }

  @Override
  public void open(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      takeIv(slab, frames, i);
      boolean authentic =
          cipher.open(
              nonce,
              extended ? extendedHeader : slab,
              extended ? 0 : frames.espOffset(i),
              associatedLength(),
              slab,
              frames.encryptedOffset(i),
              frames.encryptedLength(i));
      frames.setAuthentic(i, authentic);
    }
  }

  /** In the packet the IV follows the sequence number, as it does in {@link #extendedHeader}. */
  private int associatedLength() {
    return extended
        ? extendedHeader.length
        : EspSuite.ESP_HEADER_LENGTH + (authenticatesIv ? Long.BYTES : 0);
  }

  private void takeIv(byte[] slab, EspFrames frames, int frame) {
    int iv = frames.ivOffset(frame);
    System.arraycopy(slab, iv, nonce, saltLength, Long.BYTES);
    if (extended) {
      System.arraycopy(slab, frames.espOffset(frame), extendedHeader, 0, Integer.BYTES);
      BigEndian.putLong(extendedHeader, Integer.BYTES, frames.sequence(frame));
      if (authenticatesIv) {
        System.arraycopy(slab, iv, extendedHeader, EXTENDED_HEADER_LENGTH, Long.BYTES);
      }
    }
  }

  @Override
  public void close() {
    cipher.close();
    Arrays.fill(nonce, (byte) 0);
  }
}
