package dev.zuido.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in network byte order in a {@code byte[]}: what the data path reads and writes with.
 *
 * <p>An index outside of the array is a caller's mistake and ends in {@link
 * IndexOutOfBoundsException}.
 */
public final class BigEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /** The byte at an index as 0 to 255. */
  public static int getUnsignedByte(byte[] bytes, int index) {
    return bytes[index] & 0xff;
  }

  /** Two bytes as 0 to 65 535. */
  public static int getUnsignedShort(byte[] bytes, int index) {
    return (short) SHORT.get(bytes, index) & 0xffff;
  }

  /** Four bytes as an int. */
  public static int getInt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index);
  }

  /** Four bytes as 0 to 2^32 - 1. */
  public static long getUnsignedInt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index) & 0xffff_ffffL;
  }

  /** Eight bytes as a long. */
  public static long getLong(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /** Writes the low 16 bits of a value. */
  public static void putShort(byte[] bytes, int index, int value) {
    SHORT.set(bytes, index, (short) value);
  }

  /** Writes four bytes. */
  public static void putInt(byte[] bytes, int index, int value) {
    INT.set(bytes, index, value);
  }

  /** Writes eight bytes. */
  public static void putLong(byte[] bytes, int index, long value) {
    LONG.set(bytes, index, value);
  }
}
