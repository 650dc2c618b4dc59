package dev.zuido.esp;

/**
 * A range of ports in a selector, both ends included. For ICMP the field holds type and code as
 * {@code type * 256 + code} (RFC 4301 section 4.4.1.1).
 *
 * @param first the lowest value, 0 to 65 535
 * @param last the highest value, 0 to 65 535
 */
public record PortRange(int first, int last) {
  /** Every value, and packets that show none (fragments, protocols without ports). */
  public static final PortRange ANY = new PortRange(0, 0xffff);

  /** Checks range and order. */
  public PortRange {
    if (first < 0 || last > 0xffff || first > last) {
      throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
    }
  }

  /** One port. */
  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  /** One ICMP type with all its codes. */
  public static PortRange ofIcmpType(int type) {
    return new PortRange(type << 8, type << 8 | 0xff);
  }

  /** One ICMP type and code. */
  public static PortRange ofIcmp(int type, int code) {
    if (code < 0 || code > 0xff) {
      throw new IllegalArgumentException("an ICMP code is 0 to 255");
    }
    return of(type << 8 | code);
  }

  /** Whether this is every value. */
  public boolean isAny() {
    return first == 0 && last == 0xffff;
  }

  /** Whether a value lies in the range. */
  public boolean contains(int value) {
    return value >= first && value <= last;
  }

  @Override
  public String toString() {
    return isAny() ? "any" : first == last ? Integer.toString(first) : first + "-" + last;
  }
}
