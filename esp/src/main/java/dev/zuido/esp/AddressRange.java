package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;

/**
 * A range of addresses in a selector (RFC 4301 section 4.4.1.1), both ends included: IPv4, IPv6, or
 * {@link #ANY}, which is both.
 *
 * <p>IPv4 addresses stand before IPv6 addresses, so that {@link #ANY} is a range from the lowest
 * IPv4 address to the highest IPv6 address. No other range holds addresses of both.
 *
 * @param first the lowest address
 * @param last the highest address
 */
public record AddressRange(IpAddress first, IpAddress last) {
  private static final Ipv6Address HIGHEST = new Ipv6Address(-1, -1);

  /** Every address, IPv4 and IPv6. */
  public static final AddressRange ANY = new AddressRange(Ipv4Address.UNSPECIFIED, HIGHEST);

  /** Every IPv4 address. */
  public static final AddressRange ANY_IPV4 =
      new AddressRange(Ipv4Address.UNSPECIFIED, Ipv4Address.BROADCAST);

  /** Every IPv6 address. */
  public static final AddressRange ANY_IPV6 = new AddressRange(Ipv6Address.UNSPECIFIED, HIGHEST);

  /** Checks the order, and that a range is of one version unless it is every address. */
  public AddressRange {
    if (compare(first, last) > 0) {
      throw new IllegalArgumentException(first + " is behind " + last);
    }
    boolean mixed = first instanceof Ipv4Address && last instanceof Ipv6Address;
    if (mixed && !(first.isUnspecified() && last.equals(HIGHEST))) {
      throw new IllegalArgumentException(first + " and " + last + " are of different versions");
    }
  }

  private static int compare(IpAddress one, IpAddress other) {
    if (one instanceof Ipv4Address a) {
      return other instanceof Ipv4Address b ? a.compareTo(b) : -1;
    }
    return other instanceof Ipv6Address b ? ((Ipv6Address) one).compareTo(b) : 1;
  }

  /** One address. */
  public static AddressRange host(IpAddress address) {
    return new AddressRange(address, address);
  }

  /** The addresses of a prefix, IPv4 or IPv6. */
  public static AddressRange of(IpPrefix prefix) {
    if (prefix instanceof Ipv4Prefix v4) {
      return new AddressRange(v4.address(), v4.last());
    }
    Ipv6Prefix v6 = (Ipv6Prefix) prefix;
    int length = v6.length();
    long highHosts = length >= 64 ? 0 : -1L >>> length;
    long lowHosts = length <= 64 ? -1L : length == 128 ? 0 : -1L >>> (length - 64);
    Ipv6Address network = v6.address();
    return new AddressRange(
        network, new Ipv6Address(network.high() | highHosts, network.low() | lowHosts));
  }

  /** Whether this is every address. */
  public boolean isAny() {
    return hasIpv4() && hasIpv6();
  }

  /** Whether there are IPv4 addresses in the range. */
  public boolean hasIpv4() {
    return first instanceof Ipv4Address;
  }

  /** Whether there are IPv6 addresses in the range. */
  public boolean hasIpv6() {
    return last instanceof Ipv6Address;
  }

  /** Whether an address lies in the range. */
  public boolean contains(IpAddress address) {
    return address instanceof Ipv4Address v4
        ? contains(v4.value())
        : address instanceof Ipv6Address v6 && contains(v6.high(), v6.low());
  }

  /** Whether an IPv4 address, as a 32-bit number, lies in the range. */
  boolean contains(int address) {
    return first instanceof Ipv4Address from
        && Integer.compareUnsigned(address, from.value()) >= 0
        && !(last instanceof Ipv4Address to && Integer.compareUnsigned(address, to.value()) > 0);
  }

  /** Whether an IPv6 address lies in the range. */
  boolean contains(long high, long low) {
    return last instanceof Ipv6Address to
        && compare(high, low, to) <= 0
        && !(first instanceof Ipv6Address from && compare(high, low, from) < 0);
  }

  private static int compare(long high, long low, Ipv6Address other) {
    int result = Long.compareUnsigned(high, other.high());
    return result != 0 ? result : Long.compareUnsigned(low, other.low());
  }

  /** Whether another range lies in this one or is equal to it. */
  public boolean contains(AddressRange other) {
    return compare(first, other.first) <= 0 && compare(last, other.last) >= 0;
  }

  /** {@code any}, {@code 10.0.0.1} or {@code 10.0.0.1-10.0.0.9}. */
  @Override
  public String toString() {
    return isAny() ? "any" : first.equals(last) ? first.toString() : first + "-" + last;
  }
}
