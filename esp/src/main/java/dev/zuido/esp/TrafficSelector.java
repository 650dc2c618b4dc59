package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * Which packets a policy or an SA is about (RFC 4301 section 4.4.1.1), from this host's point of
 * view: an outbound packet's source is local, an inbound packet's source is remote.
 *
 * <p>For ICMP, ICMPv6 and the Mobility Header {@code localPorts} holds type and code and {@code
 * remotePorts} is {@link PortRange#ANY}, in both directions. A packet that shows no ports (a
 * fragment other than the first, a protocol without ports, a packet cut short) matches only where
 * both ranges are {@link PortRange#ANY} or {@link PortRange#OPAQUE}.
 *
 * <p>The protocol of an IPv6 packet is the one behind its extension headers; ESP and AH are
 * protocols. A later fragment that does not show it matches {@link #ANY_PROTOCOL} only.
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
    boolean selectsPorts = localPorts.isSelective() || remotePorts.isSelective();
    if (selectsPorts && !UpperLayer.hasPorts(protocol)) {
      throw new IllegalArgumentException("protocol " + protocol + " has no ports to select by");
    }
    if (selectsPorts && (localPorts.isOpaque() || remotePorts.isOpaque())) {
      throw new IllegalArgumentException("no packet shows one port and hides the other");
    }
    if (UpperLayer.hasTypes(protocol) && remotePorts.isSelective()) {
      throw new IllegalArgumentException("type and code of ICMP stand in the local ports");
    }
  }

  /** A selector by addresses and protocol. */
  public static TrafficSelector of(AddressRange local, AddressRange remote, int protocol) {
    return new TrafficSelector(local, remote, protocol, PortRange.ANY, PortRange.ANY);
  }

  /** A selector of one protocol between two hosts: {@code permit gre host A host B}. */
  public static TrafficSelector hosts(IpAddress local, IpAddress remote, int protocol) {
    return of(AddressRange.host(local), AddressRange.host(remote), protocol);
  }

  /** Whether a well-formed IPv4 or IPv6 packet leaving this host is selected. */
  public boolean matchesOutbound(byte[] bytes, int offset) {
    return containsAddresses(bytes, offset, true) && matchesUpperLayer(bytes, offset, true);
  }

  /** Whether a well-formed IPv4 or IPv6 packet coming to this host is selected. */
  public boolean matchesInbound(byte[] bytes, int offset) {
    return containsAddresses(bytes, offset, false) && matchesUpperLayer(bytes, offset, false);
  }

  /**
   * Whether a packet leaving this host hides its ports or its protocol, and with the right ones
   * would be selected: a fragment other than the first, or a packet cut short.
   */
  boolean mayMatchOutbound(byte[] bytes, int offset) {
    return containsAddresses(bytes, offset, true) && mayMatch(UpperLayer.of(bytes, offset));
  }

  /** The same of a packet coming to this host. */
  boolean mayMatchInbound(byte[] bytes, int offset) {
    return containsAddresses(bytes, offset, false) && mayMatch(UpperLayer.of(bytes, offset));
  }

  private boolean containsAddresses(byte[] bytes, int offset, boolean outbound) {
    AddressRange source = outbound ? local : remote;
    AddressRange destination = outbound ? remote : local;
    if (Ipv4Fields.version(bytes, offset) == 6) {
      return source.contains(
              Ipv6Fields.sourceHigh(bytes, offset), Ipv6Fields.sourceLow(bytes, offset))
          && destination.contains(
              Ipv6Fields.destinationHigh(bytes, offset), Ipv6Fields.destinationLow(bytes, offset));
    }
    return source.contains(Ipv4Fields.source(bytes, offset))
        && destination.contains(Ipv4Fields.destination(bytes, offset));
  }

  private boolean matchesUpperLayer(byte[] bytes, int offset, boolean outbound) {
    if (protocol == ANY_PROTOCOL && localPorts.isAny() && remotePorts.isAny()) {
      return true;
    }
    long upper = UpperLayer.of(bytes, offset);
    return upper != UpperLayer.MALFORMED && matches(UpperLayer.localFirst(upper, outbound));
  }

  /** Whether an upper layer, local port first, is selected. */
  boolean matches(long upper) {
    if (protocol != ANY_PROTOCOL && protocol != UpperLayer.protocol(upper)) {
      return false;
    }
    if (!UpperLayer.showsPorts(upper)) {
      return !localPorts.isSelective() && !remotePorts.isSelective();
    }
    return localPorts.contains(UpperLayer.localPort(upper))
        && remotePorts.contains(UpperLayer.remotePort(upper));
  }

  /** Whether an upper layer that hides something would be selected if it were the right one. */
  boolean mayMatch(long upper) {
    if (UpperLayer.showsPorts(upper)) {
      return false;
    }
    boolean hidden = UpperLayer.protocol(upper) == UpperLayer.HIDDEN_PROTOCOL;
    return hidden
        ? protocol != ANY_PROTOCOL
        : protocol == UpperLayer.protocol(upper)
            && (localPorts.isSelective() || remotePorts.isSelective());
  }

  /** The same traffic as the other end sees it: what is local there is remote here. */
  TrafficSelector mirrored() {
    // Type and code stand in the local ports at either end.
    boolean types = UpperLayer.hasTypes(protocol);
    return new TrafficSelector(
        /* local= */ remote,
        /* remote= */ local,
        protocol,
        types ? localPorts : remotePorts,
        types ? remotePorts : localPorts);
  }

  /** Whether every packet that another selector takes is taken by this one. */
  boolean contains(TrafficSelector other) {
    return local.contains(other.local)
        && remote.contains(other.remote)
        && (protocol == ANY_PROTOCOL || protocol == other.protocol)
        && localPorts.contains(other.localPorts)
        && remotePorts.contains(other.remotePorts);
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
