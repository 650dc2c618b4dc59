package dev.zuido.wire;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * An Ethernet address (IEEE 802, EUI-48).
 *
 * @param value the address as a 48-bit number, its first octet in the highest byte
 */
public record MacAddress(long value) implements Comparable<MacAddress> {
  /** Bytes on the wire. */
  public static final int LENGTH = 6;

  /** ff:ff:ff:ff:ff:ff. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  /** Checks that the number has 48 bits. */
  public MacAddress {
    if (value >>> 48 != 0) {
      throw new IllegalArgumentException("an Ethernet address has 48 bits");
    }
  }

  /** Reads six bytes; the caller has checked that they are there. */
  public static MacAddress read(ByteBuf in) {
    return new MacAddress((long) in.readUnsignedShort() << 32 | in.readUnsignedInt());
  }

  /** The address that starts at an offset of an array. */
  public static MacAddress at(byte[] bytes, int offset) {
    return new MacAddress(
        (long) BigEndian.getUnsignedShort(bytes, offset) << 32
            | (BigEndian.getInt(bytes, offset + 2) & 0xffff_ffffL));
  }

  /**
   * Reads six hexadecimal octets with colons or hyphens between them.
   *
   * @throws IllegalArgumentException if the text is no such address
   */
  public static MacAddress parse(String text) {
    if (!text.matches("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}")) {
      throw new IllegalArgumentException("'" + text + "' is no Ethernet address");
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(text.replaceAll("[:-]", "")));
  }

  /** Writes six bytes. */
  public void write(ByteBuf out) {
    out.writeShort((int) (value >>> 32));
    out.writeInt((int) value);
  }

  /** Writes six bytes to an array. */
  public void put(byte[] bytes, int offset) {
    BigEndian.putShort(bytes, offset, (int) (value >>> 32));
    BigEndian.putInt(bytes, offset + 2, (int) value);
  }

  /** Whether it names a group of stations, or all of them. */
  public boolean isGroup() {
    return (value & 0x0100_0000_0000L) != 0;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(value, other.value);
  }

  /** Six octets with colons between them, {@code 02:00:5e:10:00:01}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(HexFormat.of().toHexDigits((byte) (value >>> shift)));
      text.append(shift == 0 ? "" : ":");
    }
    return text.toString();
  }
}
