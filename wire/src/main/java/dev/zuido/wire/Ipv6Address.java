package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * An IPv6 address (RFC 4291).
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {
  /** Bytes on the wire. */
  public static final int LENGTH = 16;

  /** The unspecified address, {@code ::}. */
  public static final Ipv6Address UNSPECIFIED = new Ipv6Address(0, 0);

  /**
   * An address from sixteen bytes in network order.
   *
   * @throws IllegalArgumentException if there are not exactly sixteen
   */
  public static Ipv6Address ofBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an IPv6 address has 16 bytes, not " + bytes.length);
    }
    return new Ipv6Address(BigEndian.getLong(bytes, 0), BigEndian.getLong(bytes, 8));
  }

  /** Reads sixteen bytes; the caller has checked that they are there. */
  public static Ipv6Address read(ByteBuf in) {
    return new Ipv6Address(in.readLong(), in.readLong());
  }

  /**
   * Reads the text form of RFC 4291 section 2.2, without a zone.
   *
   * @throws IllegalArgumentException if the text is no such address
   */
  public static Ipv6Address parse(String text) {
    return Ipv6Text.parse(text);
  }

  @Override
  public int byteLength() {
    return LENGTH;
  }

  @Override
  public byte[] toBytes() {
    byte[] bytes = new byte[LENGTH];
    BigEndian.putLong(bytes, 0, high);
    BigEndian.putLong(bytes, 8, low);
    return bytes;
  }

  @Override
  public void write(ByteBuf out) {
    out.writeLong(high);
    out.writeLong(low);
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  @Override
  public boolean isUnspecified() {
    return (high | low) == 0;
  }

  /** Whether this is fe80::/10. */
  public boolean isLinkLocal() {
    return high >>> 54 == 0xfe80 >>> 6;
  }

  /** Orders as unsigned numbers. */
  @Override
  public int compareTo(Ipv6Address other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /** The text form of RFC 5952. */
  @Override
  public String toString() {
    return Ipv6Text.format(this);
  }
}
