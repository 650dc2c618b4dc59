package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/**
 * A range of IPv4 addresses in a selector (RFC 4301 section 4.4.1.1), both ends included.
 *
 * @param first the lowest address
 * @param last the highest address
 */
public record AddressRange(Ipv4Address first, Ipv4Address last) {
  /** Every IPv4 address. */
  public static final AddressRange ANY =
      new AddressRange(Ipv4Address.UNSPECIFIED, Ipv4Address.BROADCAST);

  /** Checks the order. */
  public AddressRange {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(first + " is behind " + last);
    }
  }

  /** One address. */
  public static AddressRange host(Ipv4Address address) {
    return new AddressRange(address, address);
  }

  /**
   * The addresses of a prefix.
   *
   * @throws IllegalArgumentException if it is no IPv4 prefix: IPv6 is not protected yet
   */
  public static AddressRange of(IpPrefix prefix) {
    if (prefix instanceof Ipv4Prefix v4) {
      return new AddressRange(v4.address(), v4.last());
    }
    throw new IllegalArgumentException("not an IPv4 prefix: " + prefix);
  }

  /** Whether an address lies in the range. */
  public boolean contains(IpAddress address) {
    return address instanceof Ipv4Address v4 && contains(v4.value());
  }

  /** Whether an address, as a 32-bit number, lies in the range. */
  boolean contains(int address) {
    return Integer.compareUnsigned(address, first.value()) >= 0
        && Integer.compareUnsigned(address, last.value()) <= 0;
  }

  /** Whether another range lies in this one or is equal to it. */
  public boolean contains(AddressRange other) {
    return first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
  }

  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
