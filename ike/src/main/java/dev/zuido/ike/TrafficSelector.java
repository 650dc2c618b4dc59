package dev.zuido.ike;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import org.jspecify.annotations.Nullable;

/**
 * One side of what a pair of IPsec SAs carries: what quick mode's identities IDci and IDcr say (RFC
 * 2409 section 5.5, RFC 2407 section 4.6.2). A host, a subnet and a range that have the same
 * addresses are the same selector.
 *
 * @param first the lowest address
 * @param last the highest address, of the same family
 * @param protocol the IP protocol, 0 for any
 * @param port the TCP or UDP port, 0 for any; IKEv1 has no ranges of ports
 */
public record TrafficSelector(IpAddress first, IpAddress last, int protocol, int port) {
  /** Checks the ranges. */
  public TrafficSelector {
    if (protocol < 0 || protocol > 0xff || port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a protocol is 0 to 255 and a port 0 to 65535");
    }
    if (!isAtMost(first, last)) {
      throw new IllegalArgumentException(first + " to " + last + " is no range of addresses");
    }
  }

  /** The addresses of a prefix. */
  public TrafficSelector(IpPrefix prefix, int protocol, int port) {
    this(prefix.address(), lastOf(prefix), protocol, port);
  }

  /** One host, with one protocol or (0) any. */
  public static TrafficSelector host(IpAddress address, int protocol) {
    return new TrafficSelector(address, address, protocol, 0);
  }

  /** A subnet with every protocol. */
  public static TrafficSelector subnet(IpPrefix prefix) {
    return new TrafficSelector(prefix, 0, 0);
  }

  /** The addresses from one to another, both included, with every protocol. */
  public static TrafficSelector range(IpAddress first, IpAddress last) {
    return new TrafficSelector(first, last, 0, 0);
  }

  /** The addresses as a prefix; null if they are none, but only a range. */
  public @Nullable IpPrefix prefix() {
    if (first instanceof Ipv4Address low) {
      int host = low.value() ^ ((Ipv4Address) last).value();
      boolean whole = (host & (host + 1)) == 0 && (low.value() & host) == 0;
      return whole ? new Ipv4Prefix(low, 32 - Integer.bitCount(host)) : null;
    }
    Ipv6Address low = (Ipv6Address) first;
    Ipv6Address high = (Ipv6Address) last;
    long upper = low.high() ^ high.high();
    long lower = low.low() ^ high.low();
    boolean whole =
        (upper == 0 ? (lower & (lower + 1)) == 0 : lower == -1L && (upper & (upper + 1)) == 0)
            && (low.high() & upper) == 0
            && (low.low() & lower) == 0;
    return whole ? new Ipv6Prefix(low, 128 - Long.bitCount(upper) - Long.bitCount(lower)) : null;
  }

  /** Whether everything that another selector selects is selected by this one too. */
  public boolean contains(TrafficSelector other) {
    return isAtMost(first, other.first)
        && isAtMost(other.last, last)
        && (protocol == 0 || protocol == other.protocol)
        && (port == 0 || port == other.port);
  }

  /** Whether it names this address alone. */
  boolean isHost(IpAddress address) {
    return isHost() && first.equals(address);
  }

  /** Whether it names a single address. */
  public boolean isHost() {
    return first.equals(last);
  }

  static IpPrefix hostPrefix(IpAddress address) {
    if (address instanceof Ipv4Address v4) {
      return Ipv4Prefix.host(v4);
    }
    return new Ipv6Prefix((Ipv6Address) address, 128);
  }

  /** Whether two addresses are of one family and in their order. */
  static boolean isAtMost(IpAddress low, IpAddress high) {
    if (low instanceof Ipv4Address a) {
      return high instanceof Ipv4Address b && a.compareTo(b) <= 0;
    }
    return high instanceof Ipv6Address b && ((Ipv6Address) low).compareTo(b) <= 0;
  }

  private static IpAddress lastOf(IpPrefix prefix) {
    if (prefix instanceof Ipv4Prefix v4) {
      return v4.last();
    }
    Ipv6Prefix v6 = (Ipv6Prefix) prefix;
    int length = v6.length();
    long upper = length >= 64 ? 0 : -1L >>> length;
    long lower = length <= 64 ? -1L : length == 128 ? 0 : -1L >>> (length - 64);
    return new Ipv6Address(v6.address().high() | upper, v6.address().low() | lower);
  }

  /** For example {@code 100.1.1.1 gre}, {@code 10.1.1.0/24} or {@code 10.1.1.5-10.1.1.9}. */
  @Override
  public String toString() {
    @Nullable IpPrefix prefix = prefix();
    StringBuilder text =
        new StringBuilder(
            isHost() ? first.toString() : prefix != null ? "" + prefix : first + "-" + last);
    if (protocol != 0) {
      text.append(' ').append(IpProtocol.name(protocol));
    }
    if (port != 0) {
      text.append(" port ").append(port);
    }
    return text.toString();
  }
}
