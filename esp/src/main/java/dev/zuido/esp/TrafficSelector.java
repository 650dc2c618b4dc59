package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;

/**
 * Which packets a policy or an SA is about (RFC 4301 section 4.4.1.1), from this host's point of
 * view: an outbound packet's source is local, an inbound packet's source is remote.
 *
 * <p>For ICMP {@code localPorts} holds type and code and {@code remotePorts} is {@link
 * PortRange#ANY}, in both directions. A packet that shows no ports (a fragment other than the
 * first, a protocol without ports, a packet cut short) matches only where both ranges are {@link
 * PortRange#ANY}.
 *
 * @param local addresses on this side
 * @param remote addresses on the peer's side
 * @param protocol the IP protocol, or {@link #ANY_PROTOCOL}
 * @param localPorts ports on this side, or ICMP type and code
 * @param remotePorts ports on the peer's side
 */
public record TrafficSelector(
    AddressRange local,
    AddressRange remote,
    int protocol,
    PortRange localPorts,
    PortRange remotePorts) {
  /** Every protocol. */
  public static final int ANY_PROTOCOL = -1;

  /** Every packet. */
  public static final TrafficSelector ANY = of(AddressRange.ANY, AddressRange.ANY, ANY_PROTOCOL);

  /** Checks the protocol, and that ports stand only where a protocol has them. */
  public TrafficSelector {
    if (protocol < ANY_PROTOCOL || protocol > 255) {
      throw new IllegalArgumentException("an IP protocol is 0 to 255");
    }
    boolean selectsPorts = !localPorts.isAny() || !remotePorts.isAny();
    if (selectsPorts && !hasPorts(protocol)) {
      throw new IllegalArgumentException("protocol " + protocol + " has no ports to select by");
    }
    if (protocol == IpProtocol.ICMP && !remotePorts.isAny()) {
      throw new IllegalArgumentException("type and code of ICMP stand in the local ports");
    }
  }

  /** A selector by addresses and protocol. */
  public static TrafficSelector of(AddressRange local, AddressRange remote, int protocol) {
    return new TrafficSelector(local, remote, protocol, PortRange.ANY, PortRange.ANY);
  }

  /** A selector of one protocol between two hosts: {@code permit gre host A host B}. */
  public static TrafficSelector hosts(Ipv4Address local, Ipv4Address remote, int protocol) {
    return of(AddressRange.host(local), AddressRange.host(remote), protocol);
  }

  /** Whether a well-formed IPv4 packet leaving this host is selected. */
  public boolean matchesOutbound(byte[] bytes, int offset) {
    return matches(
        bytes, offset, Ipv4Fields.source(bytes, offset), Ipv4Fields.destination(bytes, offset), 0);
  }

  /** Whether a well-formed IPv4 packet coming to this host is selected. */
  public boolean matchesInbound(byte[] bytes, int offset) {
    return matches(
        bytes, offset, Ipv4Fields.destination(bytes, offset), Ipv4Fields.source(bytes, offset), 2);
  }

  /**
   * Whether a packet leaving this host shows no ports, and with the right ones would be selected: a
   * fragment other than the first, or a packet cut short.
   */
  boolean mayMatchOutbound(byte[] bytes, int offset) {
    return mayMatch(
        bytes, offset, Ipv4Fields.source(bytes, offset), Ipv4Fields.destination(bytes, offset));
  }

  /** The same of a packet coming to this host. */
  boolean mayMatchInbound(byte[] bytes, int offset) {
    return mayMatch(
        bytes, offset, Ipv4Fields.destination(bytes, offset), Ipv4Fields.source(bytes, offset));
  }

  private boolean mayMatch(byte[] bytes, int offset, int localAddress, int remoteAddress) {
    return (!localPorts.isAny() || !remotePorts.isAny())
        && local.contains(localAddress)
        && remote.contains(remoteAddress)
        && protocol == Ipv4Fields.protocol(bytes, offset)
        && showsNoPorts(bytes, offset);
  }

  private static boolean showsNoPorts(byte[] bytes, int offset) {
    return Ipv4Fields.fragmentOffset(bytes, offset) != 0
        || Ipv4Fields.totalLength(bytes, offset) < Ipv4Fields.headerLength(bytes, offset) + 4;
  }

  /**
   * Matches a packet whose addresses have been put in our order.
   *
   * @param localPort where the local port stands in the transport header: 0 outbound, 2 inbound
   */
  private boolean matches(
      byte[] bytes, int offset, int localAddress, int remoteAddress, int localPort) {
    return local.contains(localAddress)
        && remote.contains(remoteAddress)
        && (protocol == ANY_PROTOCOL || protocol == Ipv4Fields.protocol(bytes, offset))
        && ((localPorts.isAny() && remotePorts.isAny()) || matchesPorts(bytes, offset, localPort));
  }

  private boolean matchesPorts(byte[] bytes, int offset, int localPort) {
    int headerLength = Ipv4Fields.headerLength(bytes, offset);
    if (showsNoPorts(bytes, offset)) {
      return false;
    }
    int ports = offset + headerLength;
    if (protocol == IpProtocol.ICMP) {
      return localPorts.contains(BigEndian.getUnsignedShort(bytes, ports));
    }
    return localPorts.contains(BigEndian.getUnsignedShort(bytes, ports + localPort))
        && remotePorts.contains(BigEndian.getUnsignedShort(bytes, ports + 2 - localPort));
  }

  /** Whether the protocol has ports, or a type and code, at the start of its header. */
  private static boolean hasPorts(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP -> true;
      case 33, 132, 136 -> true; // DCCP, SCTP, UDP-Lite
      default -> false;
    };
  }

  /** {@code 10.0.0.1 -> 10.0.0.2 gre}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(local);
    if (!localPorts.isAny()) {
      text.append(':').append(localPorts);
    }
    text.append(" -> ").append(remote);
    if (!remotePorts.isAny()) {
      text.append(':').append(remotePorts);
    }
    return text.append(' ')
        .append(protocol == ANY_PROTOCOL ? "ip" : IpProtocol.name(protocol))
        .toString();
  }
}
