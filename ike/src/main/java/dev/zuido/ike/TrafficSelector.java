package dev.zuido.ike;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;

/**
 * One side of what a pair of IPsec SAs carries: what quick mode's identities IDci and IDcr say (RFC
 * 2409 section 5.5, RFC 2407 section 4.6.2).
 *
 * @param prefix the addresses
 * @param protocol the IP protocol, 0 for any
 * @param port the TCP or UDP port, 0 for any
 */
public record TrafficSelector(IpPrefix prefix, int protocol, int port) {
  /** Checks the ranges. */
  public TrafficSelector {
    if (protocol < 0 || protocol > 0xff || port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a protocol is 0 to 255 and a port 0 to 65535");
    }
  }

  /** One host, with one protocol or (0) any. */
  public static TrafficSelector host(IpAddress address, int protocol) {
    return new TrafficSelector(hostPrefix(address), protocol, 0);
  }

  /** A subnet with every protocol. */
  public static TrafficSelector subnet(IpPrefix prefix) {
    return new TrafficSelector(prefix, 0, 0);
  }

  /** Whether everything that another selector selects is selected by this one too. */
  public boolean contains(TrafficSelector other) {
    return prefix.length() <= other.prefix.length()
        && prefix.contains(other.prefix.address())
        && (protocol == 0 || protocol == other.protocol)
        && (port == 0 || port == other.port);
  }

  /** Whether it names this address alone. */
  boolean isHost(IpAddress address) {
    return isHost() && prefix.address().equals(address);
  }

  /** Whether it names a single address. */
  public boolean isHost() {
    return prefix.length() == prefix.address().byteLength() * 8;
  }

  static IpPrefix hostPrefix(IpAddress address) {
    if (address instanceof Ipv4Address v4) {
      return Ipv4Prefix.host(v4);
    }
    return new Ipv6Prefix((Ipv6Address) address, 128);
  }

  /** For example {@code 100.1.1.1 gre} or {@code 10.1.1.0/24}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(isHost() ? prefix.address().toString() : "" + prefix);
    if (protocol != 0) {
      text.append(' ').append(IpProtocol.name(protocol));
    }
    if (port != 0) {
      text.append(" port ").append(port);
    }
    return text.toString();
  }
}
