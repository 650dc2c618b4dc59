package dev.zuido.esp;

import java.util.Arrays;

/** What stands behind the protected packet (RFC 4303 section 2.4 to 2.7). */
final class EspTrailer {
  /** What {@link #payloadLength} answers where the padding is wrong. */
  static final int BAD_PADDING = -1;

  private static final byte[] PADDING = new byte[255];

  static {
    for (int i = 0; i < PADDING.length; i++) {
      PADDING[i] = (byte) (i + 1);
    }
  }

  private EspTrailer() {}

  /** Writes padding 1, 2, 3, …, pad length and next header, {@code length} bytes in all. */
  static void write(byte[] slab, int offset, int length, int nextHeader) {
    int padLength = length - EspSuite.TRAILER_LENGTH;
    for (int i = 0; i < padLength; i++) {
      slab[offset + i] = PADDING[i];
    }
    slab[offset + padLength] = (byte) padLength;
    slab[offset + padLength + 1] = (byte) nextHeader;
  }

  /** Writes TFC padding: zeros, so that nothing of an earlier packet gets out. */
  static void writeFlowPadding(byte[] slab, int offset, int length) {
    Arrays.fill(slab, offset, offset + length, (byte) 0);
  }

  /**
   * The payload's length once the padding is found to be 1, 2, 3, …, or {@link #BAD_PADDING}.
   *
   * @param end behind the next header field
   */
  static int payloadLength(byte[] slab, int start, int end) {
    int padLength = slab[end - EspSuite.TRAILER_LENGTH] & 0xff;
    int padStart = end - EspSuite.TRAILER_LENGTH - padLength;
    boolean right =
        padStart >= start
            && Arrays.equals(slab, padStart, padStart + padLength, PADDING, 0, padLength);
    return right ? padStart - start : BAD_PADDING;
  }
}
