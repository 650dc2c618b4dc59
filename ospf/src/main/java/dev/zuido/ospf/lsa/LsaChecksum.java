package dev.zuido.ospf.lsa;

/**
 * The LS checksum: Fletcher's, as ISO 8473 and RFC 905 annex B have it, over the whole LSA but its
 * age (RFC 2328 section 12.1.7).
 */
public final class LsaChecksum {
  /** The area begins after the LS age. */
  private static final int AREA_OFFSET = 2;

  /** The checksum's first octet, from the start of the LSA. */
  private static final int CHECKSUM_OFFSET = 16;

  /** So many octets can be summed before the 31-bit sums have to be reduced. */
  private static final int STRIDE = 4096;

  private LsaChecksum() {}

  /**
   * The checksum that an LSA has to carry; what stands in its checksum field does not matter.
   *
   * @param bytes holds the LSA from its age on
   * @param offset where it begins
   * @param length bytes of the LSA, at least 20
   * @return 1 to 65 535; neither octet is 0
   */
  public static int compute(byte[] bytes, int offset, int length) {
    long sums = sums(bytes, offset, length, true);
    int c0 = (int) (sums >>> 32);
    int c1 = (int) sums;
    int afterX = length - CHECKSUM_OFFSET - 1;
    int x = Math.floorMod(afterX * c0 - c1, 255);
    int y = Math.floorMod(-x - c0, 255);
    return (x == 0 ? 255 : x) << 8 | (y == 0 ? 255 : y);
  }

  /**
   * Whether the checksum that an LSA carries is right. A checksum of zero is not: it would say that
   * none was computed, which OSPF does not allow.
   */
  public static boolean isValid(byte[] bytes, int offset, int length) {
    if (bytes[offset + CHECKSUM_OFFSET] == 0 && bytes[offset + CHECKSUM_OFFSET + 1] == 0) {
      return false;
    }
    return sums(bytes, offset, length, false) == 0;
  }

  /** The two sums, reduced modulo 255: the first in the high half. */
  private static long sums(byte[] bytes, int offset, int length, boolean skipChecksum) {
    int c0 = 0;
    int c1 = 0;
    int checksumIndex = offset + CHECKSUM_OFFSET;
    int end = offset + length;
    int index = offset + AREA_OFFSET;
    while (index < end) {
      int stop = Math.min(end, index + STRIDE);
      for (; index < stop; index++) {
        boolean skipped = skipChecksum && (index == checksumIndex || index == checksumIndex + 1);
        c0 += skipped ? 0 : bytes[index] & 0xff;
        c1 += c0;
      }
      c0 %= 255;
      c1 %= 255;
    }
    return (long) c0 << 32 | c1;
  }
}
