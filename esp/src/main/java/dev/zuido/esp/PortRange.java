package dev.zuido.esp;

/**
 * A range of ports in a selector, both ends included. For ICMP, ICMPv6 and the Mobility Header the
 * field holds type and code as {@code type * 256 + code} (RFC 4301 section 4.4.1.1).
 *
 * @param first the lowest value, 0 to 65 535
 * @param last the highest value, 0 to 65 535
 */
public record PortRange(int first, int last) {
  /** Every value, and packets that show none (fragments, protocols without ports). */
  public static final PortRange ANY = new PortRange(0, 0xffff);

  /**
   * Only packets that show no ports: fragments other than the first, protocols without ports,
   * packets that are cut short (RFC 4301 section 4.4.1). Its ends are those of RFC 4301 section
   * 4.4.1.2, the highest value before the lowest.
   */
  public static final PortRange OPAQUE = new PortRange(0xffff, 0);

  /** Checks range and order. */
  public PortRange {
    boolean opaque = first == 0xffff && last == 0;
    if (first < 0 || last > 0xffff || (first > last && !opaque)) {
      throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
    }
  }

  /** One port. */
  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  /** One ICMP, ICMPv6 or Mobility Header type with all its codes. */
  public static PortRange ofIcmpType(int type) {
    return ofIcmpTypes(type, type);
  }

  /** A range of ICMP, ICMPv6 or Mobility Header types with all their codes. */
  public static PortRange ofIcmpTypes(int first, int last) {
    return new PortRange(first << 8, last << 8 | 0xff);
  }

  /** One ICMP or ICMPv6 type and code. */
  public static PortRange ofIcmp(int type, int code) {
    return ofIcmp(type, code, code);
  }

  /** One ICMP or ICMPv6 type and a range of its codes. */
  public static PortRange ofIcmp(int type, int firstCode, int lastCode) {
    if (firstCode < 0 || lastCode > 0xff) {
      throw new IllegalArgumentException("an ICMP code is 0 to 255");
    }
    return new PortRange(type << 8 | firstCode, type << 8 | lastCode);
  }

  /** Whether this is every value. */
  public boolean isAny() {
    return first == 0 && last == 0xffff;
  }

  /** Whether this is {@link #OPAQUE}. */
  public boolean isOpaque() {
    return first > last;
  }

  /** Whether this tells one port from another: neither {@link #ANY} nor {@link #OPAQUE}. */
  boolean isSelective() {
    return !isAny() && !isOpaque();
  }

  /** Whether a value lies in the range. */
  public boolean contains(int value) {
    return value >= first && value <= last;
  }

  /** Whether every packet that another range takes is taken by this one. */
  boolean contains(PortRange other) {
    return isAny()
        || equals(other)
        || (first <= other.first && other.last <= last && isSelective() && other.isSelective());
  }

  @Override
  public String toString() {
    return isAny()
        ? "any"
        : isOpaque() ? "opaque" : first == last ? Integer.toString(first) : first + "-" + last;
  }
}
