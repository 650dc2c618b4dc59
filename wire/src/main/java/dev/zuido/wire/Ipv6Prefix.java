package dev.zuido.wire;

/**
 * An IPv6 prefix.
 *
 * @param address the network address, its host bits zero
 * @param length the number of network bits, 0 to 128
 */
public record Ipv6Prefix(Ipv6Address address, int length)
    implements IpPrefix, Comparable<Ipv6Prefix> {
  /** Checks that the host bits are zero. */
  public Ipv6Prefix {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("a prefix length is 0 to 128, not " + length);
    }
    if ((address.high() & ~highMask(length)) != 0 || (address.low() & ~lowMask(length)) != 0) {
      throw new IllegalArgumentException(address + "/" + length + " has host bits set");
    }
  }

  /** The prefix of the given length that contains an address. */
  public static Ipv6Prefix containing(Ipv6Address address, int length) {
    if (length < 0 || length > 128) {
      throw new IllegalArgumentException("a prefix length is 0 to 128, not " + length);
    }
    return new Ipv6Prefix(
        new Ipv6Address(address.high() & highMask(length), address.low() & lowMask(length)),
        length);
  }

  private static long highMask(int length) {
    return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
  }

  private static long lowMask(int length) {
    return length <= 64 ? 0 : -1L << (128 - length);
  }

  @Override
  public boolean contains(IpAddress other) {
    return other instanceof Ipv6Address v6
        && (v6.high() & highMask(length)) == address.high()
        && (v6.low() & lowMask(length)) == address.low();
  }

  /** Orders by address, then the shorter prefix first. */
  @Override
  public int compareTo(Ipv6Prefix other) {
    int first = address.compareTo(other.address);
    return first != 0 ? first : Integer.compare(length, other.length);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
