package dev.zuido.gre;

import dev.zuido.wire.BigEndian;

/**
 * The enhanced GRE header of PPTP, version 1 (RFC 2637 section 4.1), in a {@code byte[]}.
 *
 * <p>Each method takes the array and the offset of the header's first byte. The caller has checked
 * that {@link #headerLength} bytes are there. The record for the same header is {@link
 * EnhancedGreHeader}.
 */
public final class EnhancedGreFields {
  /** The length of a header without sequence and acknowledgment number. */
  public static final int MIN_HEADER_LENGTH = 8;

  /** The length of a header with both. */
  public static final int MAX_HEADER_LENGTH = 16;

  /** Key Present, bit 2: always set. */
  public static final int KEY_PRESENT = 0x2000;

  /** Sequence Number Present, bit 3: there is a payload. */
  public static final int SEQUENCE_PRESENT = 0x1000;

  /** Acknowledgment sequence number present, bit 8. */
  public static final int ACKNOWLEDGMENT_PRESENT = 0x0080;

  /** Version 1. */
  public static final int VERSION = 1;

  /** The bits that are the same in every header: all but S and A. */
  static final int FIXED_MASK = 0xffff & ~(SEQUENCE_PRESENT | ACKNOWLEDGMENT_PRESENT);

  /** What those bits are. */
  static final int FIXED_BITS = KEY_PRESENT | VERSION;

  private EnhancedGreFields() {}

  /** The flags and the version: the first 16 bits. */
  public static int flags(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset);
  }

  /** The protocol type: {@link GreProtocolType#PPP}. */
  public static int protocolType(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2);
  }

  /** The length of a header with these flags: 8 to 16 bytes. */
  public static int headerLength(int flags) {
    int optional = flags & (SEQUENCE_PRESENT | ACKNOWLEDGMENT_PRESENT);
    return MIN_HEADER_LENGTH + (Integer.bitCount(optional) << 2);
  }

  /** Bytes of the payload, without the header. */
  public static int payloadLength(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 4);
  }

  /** The call ID of the receiver. */
  public static int callId(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 6);
  }

  /** The sequence number; only if {@link #SEQUENCE_PRESENT}. */
  public static int sequence(byte[] bytes, int offset) {
    return BigEndian.getInt(bytes, offset + MIN_HEADER_LENGTH);
  }

  /** The acknowledgment number; only if {@link #ACKNOWLEDGMENT_PRESENT}. */
  public static int acknowledgment(byte[] bytes, int offset, int flags) {
    int before = (flags & SEQUENCE_PRESENT) != 0 ? 4 : 0;
    return BigEndian.getInt(bytes, offset + MIN_HEADER_LENGTH + before);
  }

  /**
   * Writes a header of {@link #headerLength} bytes.
   *
   * @param present {@link #SEQUENCE_PRESENT} and {@link #ACKNOWLEDGMENT_PRESENT}, or neither
   */
  public static void write(
      byte[] bytes,
      int offset,
      int present,
      int payloadLength,
      int callId,
      int sequence,
      int acknowledgment) {
    BigEndian.putShort(bytes, offset, FIXED_BITS | present);
    BigEndian.putShort(bytes, offset + 2, GreProtocolType.PPP);
    BigEndian.putShort(bytes, offset + 4, payloadLength);
    BigEndian.putShort(bytes, offset + 6, callId);
    int position = offset + MIN_HEADER_LENGTH;
    if ((present & SEQUENCE_PRESENT) != 0) {
      BigEndian.putInt(bytes, position, sequence);
      position += 4;
    }
    if ((present & ACKNOWLEDGMENT_PRESENT) != 0) {
      BigEndian.putInt(bytes, position, acknowledgment);
    }
  }
}
