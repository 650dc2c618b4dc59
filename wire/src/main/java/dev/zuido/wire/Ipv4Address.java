package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * An IPv4 address (RFC 791).
 *
 * @param value the address as a 32-bit number, its first octet in the highest byte
 */
public record Ipv4Address(int value) implements IpAddress, Comparable<Ipv4Address> {
  /** Bytes on the wire. */
  public static final int LENGTH = 4;

  /** 0.0.0.0. */
  public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);

  /** 255.255.255.255. */
  public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

  /** An address from its four octets, each 0 to 255. */
  public static Ipv4Address of(int a, int b, int c, int d) {
    if (((a | b | c | d) & ~0xff) != 0) {
      throw new IllegalArgumentException("an octet is not in 0..255");
    }
    return new Ipv4Address(a << 24 | b << 16 | c << 8 | d);
  }

  /**
   * An address from four bytes in network order.
   *
   * @throws IllegalArgumentException if there are not exactly four
   */
  public static Ipv4Address ofBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an IPv4 address has 4 bytes, not " + bytes.length);
    }
    return new Ipv4Address(BigEndian.getInt(bytes, 0));
  }

  /** Reads four bytes; the caller has checked that they are there. */
  public static Ipv4Address read(ByteBuf in) {
    return new Ipv4Address(in.readInt());
  }

  /**
   * Reads dotted decimal: four numbers of 0 to 255, without signs, spaces or superfluous leading
   * zeros.
   *
   * @throws IllegalArgumentException if the text is no such address
   */
  public static Ipv4Address parse(String text) {
    int value = 0;
    int octets = 0;
    int position = 0;
    while (true) {
      int start = position;
      int octet = 0;
      while (position < text.length()
          && Character.digit(text.charAt(position), 10) >= 0
          && position - start < 3) {
        if (text.charAt(position) > '9') {
          break;
        }
        octet = octet * 10 + (text.charAt(position) - '0');
        position++;
      }
      boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
      if (position == start || octet > 255 || leadingZero) {
        throw new IllegalArgumentException("not an IPv4 address: '" + text + "'");
      }
      value = value << 8 | octet;
      octets++;
      if (octets == 4) {
        break;
      }
      if (position >= text.length() || text.charAt(position) != '.') {
        throw new IllegalArgumentException("not an IPv4 address: '" + text + "'");
      }
      position++;
    }
    if (position != text.length()) {
      throw new IllegalArgumentException("not an IPv4 address: '" + text + "'");
    }
    return new Ipv4Address(value);
  }

  @Override
  public int byteLength() {
    return LENGTH;
  }

  @Override
  public byte[] toBytes() {
    byte[] bytes = new byte[LENGTH];
    BigEndian.putInt(bytes, 0, value);
    return bytes;
  }

  @Override
  public void write(ByteBuf out) {
    out.writeInt(value);
  }

  @Override
  public boolean isMulticast() {
    return value >>> 28 == 0xe;
  }

  @Override
  public boolean isUnspecified() {
    return value == 0;
  }

  /** Whether this is 127.0.0.0/8. */
  public boolean isLoopback() {
    return value >>> 24 == 127;
  }

  /** Orders as unsigned numbers, which is what OSPF's elections compare. */
  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return (value >>> 24)
        + "."
        + (value >>> 16 & 0xff)
        + "."
        + (value >>> 8 & 0xff)
        + "."
        + (value & 0xff);
  }
}
