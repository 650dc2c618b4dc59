package dev.zuido.wire;

/**
 * An IPv4 prefix.
 *
 * @param address the network address, its host bits zero
 * @param length the number of network bits, 0 to 32
 */
public record Ipv4Prefix(Ipv4Address address, int length)
    implements IpPrefix, Comparable<Ipv4Prefix> {
  /** 0.0.0.0/0. */
  public static final Ipv4Prefix DEFAULT = new Ipv4Prefix(Ipv4Address.UNSPECIFIED, 0);

  /** Checks that the host bits are zero. */
  public Ipv4Prefix {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("a prefix length is 0 to 32, not " + length);
    }
    if ((address.value() & ~maskOf(length)) != 0) {
      throw new IllegalArgumentException(address + "/" + length + " has host bits set");
    }
  }

  /** The prefix of the given length that contains an address. */
  public static Ipv4Prefix containing(Ipv4Address address, int length) {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("a prefix length is 0 to 32, not " + length);
    }
    return new Ipv4Prefix(new Ipv4Address(address.value() & maskOf(length)), length);
  }

  /** The /32 of one address. */
  public static Ipv4Prefix host(Ipv4Address address) {
    return new Ipv4Prefix(address, 32);
  }

  /**
   * Reads {@code a.b.c.d/n}.
   *
   * @throws IllegalArgumentException if the text is no prefix or has host bits set
   */
  public static Ipv4Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
      throw new IllegalArgumentException("not an IPv4 prefix: '" + text + "'");
    }
    return new Ipv4Prefix(
        Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** The network mask of a prefix length, as a 32-bit number. */
  public static int maskOf(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  /**
   * The prefix length of a network mask.
   *
   * @throws IllegalArgumentException if the ones of the mask are not contiguous from the left
   */
  public static int lengthOf(Ipv4Address mask) {
    int length = Integer.bitCount(mask.value());
    if (maskOf(length) != mask.value()) {
      throw new IllegalArgumentException("not a contiguous network mask: " + mask);
    }
    return length;
  }

  /** The network mask. */
  public Ipv4Address mask() {
    return new Ipv4Address(maskOf(length));
  }

  /** The last address of the prefix. */
  public Ipv4Address last() {
    return new Ipv4Address(address.value() | ~maskOf(length));
  }

  @Override
  public boolean contains(IpAddress other) {
    return other instanceof Ipv4Address v4 && (v4.value() & maskOf(length)) == address.value();
  }

  /** Whether another prefix lies in this one or is equal to it. */
  public boolean contains(Ipv4Prefix other) {
    return other.length >= length && contains(other.address);
  }

  /** Orders by address, then the shorter prefix first. */
  @Override
  public int compareTo(Ipv4Prefix other) {
    int first = address.compareTo(other.address);
    return first != 0 ? first : Integer.compare(length, other.length);
  }

  /** Mixed, since prefixes often differ in a few bits of their addresses alone. */
  @Override
  public int hashCode() {
    int mixed = (address.value() + length) * 0x9e37_79b9;
    return mixed ^ mixed >>> 15;
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
