package dev.zuido.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071) and its incremental update (RFC 1624). */
public final class InternetChecksum {
  private static final VarHandle HOST_ORDER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** From this length on the preparations of the fast loop pay. */
  private static final int LONG_AREA = 64;

  private InternetChecksum() {}

  /**
   * The checksum of an area, as it stands in a header: an area that contains a right checksum gives
   * 0.
   *
   * @return 0 to 65 535
   */
  public static int of(byte[] bytes, int offset, int length) {
    return finish(sum(bytes, offset, length));
  }

  /** The checksum of an area of a buffer; the indices stay where they are. */
  public static int of(ByteBuf buffer, int index, int length) {
    return finish(sum(buffer, index, length));
  }

  /**
   * The one's complement sum of an area, not folded: sums of even-length areas can be added.
   *
   * @param length bytes; an odd last byte counts as the high half of a 16-bit word
   */
  public static long sum(byte[] bytes, int offset, int length) {
    long sum = 0;
    int index = offset;
    int end = offset + length;
    if (length >= LONG_AREA) {
      index = end - (length & 7);
      sum = sumOfWords(bytes, offset, index);
    }
    while (end - index >= 8) {
      long word = BigEndian.getLong(bytes, index);
      sum += (word >>> 32) + (word & 0xffff_ffffL);
      index += 8;
    }
    if (end - index >= 4) {
      sum += BigEndian.getUnsignedInt(bytes, index);
      index += 4;
    }
    if (end - index >= 2) {
      sum += BigEndian.getUnsignedShort(bytes, index);
      index += 2;
    }
    if (index < end) {
      sum += (long) (bytes[index] & 0xff) << 8;
    }
    return sum;
  }

  /**
   * The sum of whole eight-byte words, in the host's order and turned at the end, which comes to
   * the same (RFC 1071 section 2 (B)). The loop is of the form that compilers unroll and vectorize.
   */
  private static long sumOfWords(byte[] bytes, int offset, int end) {
    long sum = 0;
    for (int index = offset; index < end; index += 8) {
      long word = (long) HOST_ORDER.get(bytes, index);
      sum += (word >>> 32) + (word & 0xffff_ffffL);
    }
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      return sum;
    }
    long folded = ~finish(sum) & 0xffffL;
    return (folded & 0xff) << 8 | folded >>> 8;
  }

  /** The one's complement sum of an area of a buffer, not folded. */
  public static long sum(ByteBuf buffer, int index, int length) {
    long sum = 0;
    int position = index;
    int end = index + length;
    while (end - position >= 4) {
      sum += buffer.getUnsignedInt(position);
      position += 4;
    }
    if (end - position >= 2) {
      sum += buffer.getUnsignedShort(position);
      position += 2;
    }
    if (position < end) {
      sum += (long) buffer.getUnsignedByte(position) << 8;
    }
    return sum;
  }

  /**
   * The sum of the pseudo-header that TCP and UDP cover over IPv4 (RFC 768, RFC 9293 section 3.1).
   */
  public static long pseudoHeaderSum(int source, int destination, int protocol, int length) {
    return (source & 0xffff_ffffL) + (destination & 0xffff_ffffL) + protocol + length;
  }

  /** Folds a sum to 16 bits and complements it: the value that a header carries. */
  public static int finish(long sum) {
    long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
    folded = (folded & 0xffff) + (folded >>> 16);
    folded = (folded & 0xffff) + (folded >>> 16);
    folded = (folded & 0xffff) + (folded >>> 16);
    return (int) (~folded & 0xffff);
  }

  /** A checksum after one 16-bit word of its area changed (RFC 1624 equation 3). */
  public static int update16(int checksum, int oldWord, int newWord) {
    return finish((~checksum & 0xffffL) + (~oldWord & 0xffffL) + (newWord & 0xffffL));
  }

  /** A checksum after one 32-bit word, aligned to 16 bits, of its area changed. */
  public static int update32(int checksum, int oldWord, int newWord) {
    return finish((~checksum & 0xffffL) + (~oldWord & 0xffff_ffffL) + (newWord & 0xffff_ffffL));
  }
}
