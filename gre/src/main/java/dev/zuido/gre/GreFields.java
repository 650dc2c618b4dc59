package dev.zuido.gre;

import dev.zuido.wire.BigEndian;

/**
 * The GRE header in a {@code byte[]}: what the data path reads and writes with.
 *
 * <p>Each method takes the array and the offset of the header's first byte. The caller has checked
 * that {@link #headerLength} bytes are there. The record for the same header is {@link GreHeader}.
 */
public final class GreFields {
  /** The length of a header without optional fields. */
  public static final int MIN_HEADER_LENGTH = 4;

  /** The length of a header with checksum, key and sequence number. */
  public static final int MAX_HEADER_LENGTH = 16;

  /** Checksum Present, bit 0. */
  public static final int CHECKSUM_PRESENT = 0x8000;

  /** Routing Present, bit 1: RFC 1701 only. */
  public static final int ROUTING_PRESENT = 0x4000;

  /** Key Present, bit 2. */
  public static final int KEY_PRESENT = 0x2000;

  /** Sequence Number Present, bit 3. */
  public static final int SEQUENCE_PRESENT = 0x1000;

  /**
   * Bits 4 and 5, which RFC 1701 uses and for which a receiver of RFC 2784 discards the packet
   * (section 2.3). Bits 6 to 12 are ignored on receipt.
   */
  public static final int DISCARD_BITS = 0x0c00;

  /** The version, bits 13 to 15. */
  public static final int VERSION_MASK = 0x0007;

  private GreFields() {}

  /** The flags and the version: the first 16 bits. */
  public static int flags(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset);
  }

  /** The protocol type of the payload: see {@link GreProtocolType}. */
  public static int protocolType(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2);
  }

  /** The length of a header with these flags: 4 to 16 bytes. */
  public static int headerLength(int flags) {
    // The three bits stand for four bytes each.
    int optional = flags & (CHECKSUM_PRESENT | KEY_PRESENT | SEQUENCE_PRESENT);
    return MIN_HEADER_LENGTH + (Integer.bitCount(optional) << 2);
  }

  /** The key; only if {@link #KEY_PRESENT}. */
  public static int key(byte[] bytes, int offset, int flags) {
    return BigEndian.getInt(bytes, offset + headerLength(flags & CHECKSUM_PRESENT));
  }

  /** The sequence number; only if {@link #SEQUENCE_PRESENT}. */
  public static int sequence(byte[] bytes, int offset, int flags) {
    return BigEndian.getInt(bytes, offset + headerLength(flags & ~SEQUENCE_PRESENT));
  }

  /**
   * Writes a header of {@link #headerLength} bytes; the checksum field, if there is one, is zero.
   *
   * @param flags which optional fields there are
   * @param key written if {@link #KEY_PRESENT}
   * @param sequence written if {@link #SEQUENCE_PRESENT}
   */
  public static void write(
      byte[] bytes, int offset, int flags, int protocolType, int key, int sequence) {
    BigEndian.putShort(bytes, offset, flags);
    BigEndian.putShort(bytes, offset + 2, protocolType);
    int position = offset + MIN_HEADER_LENGTH;
    if ((flags & CHECKSUM_PRESENT) != 0) {
      BigEndian.putInt(bytes, position, 0);
      position += 4;
    }
    if ((flags & KEY_PRESENT) != 0) {
      BigEndian.putInt(bytes, position, key);
      position += 4;
    }
    if ((flags & SEQUENCE_PRESENT) != 0) {
      BigEndian.putInt(bytes, position, sequence);
    }
  }
}
