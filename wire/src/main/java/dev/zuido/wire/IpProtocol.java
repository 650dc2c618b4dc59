package dev.zuido.wire;

/** Protocol numbers of the IPv4 header's Protocol and the IPv6 header's Next Header field. */
public final class IpProtocol {
  /** IPv6 hop-by-hop options. */
  public static final int HOP_BY_HOP = 0;

  /** ICMP (RFC 792). */
  public static final int ICMP = 1;

  /** IGMP. */
  public static final int IGMP = 2;

  /** IPv4 in IP (RFC 2003): what ESP tunnel mode names its payload. */
  public static final int IPV4 = 4;

  /** TCP. */
  public static final int TCP = 6;

  /** UDP. */
  public static final int UDP = 17;

  /** IPv6 in IP. */
  public static final int IPV6 = 41;

  /** IPv6 routing header. */
  public static final int IPV6_ROUTE = 43;

  /** IPv6 fragment header. */
  public static final int IPV6_FRAGMENT = 44;

  /** GRE (RFC 2784). */
  public static final int GRE = 47;

  /** ESP (RFC 4303). */
  public static final int ESP = 50;

  /** AH (RFC 4302). */
  public static final int AH = 51;

  /** ICMPv6. */
  public static final int ICMPV6 = 58;

  /** No next header: the payload of an ESP dummy packet. */
  public static final int NO_NEXT_HEADER = 59;

  /** OSPF (RFC 2328). */
  public static final int OSPF = 89;

  private IpProtocol() {}

  /** The name that access lists and displays use, or the number. */
  public static String name(int protocol) {
    return switch (protocol) {
      case ICMP -> "icmp";
      case IGMP -> "igmp";
      case IPV4 -> "ipinip";
      case TCP -> "tcp";
      case UDP -> "udp";
      case IPV6 -> "ipv6";
      case GRE -> "gre";
      case ESP -> "esp";
      case AH -> "ahp";
      case ICMPV6 -> "icmpv6";
      case OSPF -> "ospf";
      default -> Integer.toString(protocol);
    };
  }
}
