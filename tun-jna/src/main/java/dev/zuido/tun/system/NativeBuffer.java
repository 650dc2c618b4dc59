package dev.zuido.tun.system;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A block of native memory in the host's byte order, freed when it can be reached no longer.
 *
 * <p>Access is checked against the bounds of the block. Whoever passes the {@link #address()} to a
 * call keeps the block reachable until the call has returned.
 */
public final class NativeBuffer {
  private final Memory memory;
  private final ByteBuffer bytes;
  private final long address;

  /** Takes a block, all zero. */
  public NativeBuffer(int size) {
    this(size, true);
  }

  private NativeBuffer(int size, boolean zero) {
    memory = new Memory(size);
    if (zero) {
      memory.clear();
    }
    bytes = memory.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
    address = Pointer.nativeValue(memory);
  }

  /** Takes a block whose pages the kernel need not provide before they are written. */
  public static NativeBuffer uninitialized(int size) {
    return new NativeBuffer(size, false);
  }

  /** Where the block starts. */
  public long address() {
    return address;
  }

  /** The size of the block in bytes. */
  public long size() {
    return memory.size();
  }

  /** The block as a buffer, for absolute access. */
  public ByteBuffer view() {
    return bytes;
  }

  public int getByte(int offset) {
    return bytes.get(offset) & 0xff;
  }

  public void putByte(int offset, int value) {
    bytes.put(offset, (byte) value);
  }

  public int getShort(int offset) {
    return bytes.getShort(offset) & 0xffff;
  }

  public void putShort(int offset, int value) {
    bytes.putShort(offset, (short) value);
  }

  public int getInt(int offset) {
    return bytes.getInt(offset);
  }

  public void putInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  public long getLong(int offset) {
    return bytes.getLong(offset);
  }

  public void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  /** Reads four bytes in network order, whatever the host's order is. */
  public int getNetworkInt(int offset) {
    int value = bytes.getInt(offset);
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }

  /** Writes four bytes in network order, whatever the host's order is. */
  public void putNetworkInt(int offset, int value) {
    bytes.putInt(
        offset,
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value));
  }

  /** Reads two bytes in network order. */
  public int getNetworkShort(int offset) {
    return getByte(offset) << 8 | getByte(offset + 1);
  }

  /** Writes two bytes in network order. */
  public void putNetworkShort(int offset, int value) {
    putByte(offset, value >>> 8);
    putByte(offset + 1, value);
  }

  /** Copies bytes out of the block. */
  public void get(int offset, byte[] target, int targetOffset, int length) {
    bytes.get(offset, target, targetOffset, length);
  }

  /** Copies bytes into the block. */
  public void put(int offset, byte[] source, int sourceOffset, int length) {
    bytes.put(offset, source, sourceOffset, length);
  }

  /** Reads ASCII text that ends with a zero byte or with the field. */
  public String getText(int offset, int fieldBytes) {
    byte[] field = new byte[fieldBytes];
    get(offset, field, 0, fieldBytes);
    int length = 0;
    while (length < fieldBytes && field[length] != 0) {
      length++;
    }
    return new String(field, 0, length, StandardCharsets.US_ASCII);
  }

  /** Writes ASCII text and a zero byte. */
  public void putText(int offset, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    put(offset, ascii, 0, ascii.length);
    putByte(offset + ascii.length, 0);
  }
}
