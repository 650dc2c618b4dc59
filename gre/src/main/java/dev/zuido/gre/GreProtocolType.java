package dev.zuido.gre;

/** Protocol types of GRE payloads: Ethernet types (RFC 2784 section 2.4). */
public final class GreProtocolType {
  /** No payload: the reply to a {@linkplain GreKeepalive keepalive}. */
  public static final int KEEPALIVE = 0x0000;

  /** IPv4 (RFC 2784 section 3). */
  public static final int IPV4 = 0x0800;

  /** Cisco Discovery Protocol; no tunnel here carries it. */
  public static final int CDP = 0x2000;

  /** NHRP (RFC 2332); no tunnel here carries it. */
  public static final int NHRP = 0x2001;

  /** ERSPAN type III; no tunnel here carries it. */
  public static final int ERSPAN_III = 0x22eb;

  /** Transparent Ethernet bridging (RFC 1701). */
  public static final int TRANSPARENT_ETHERNET_BRIDGING = 0x6558;

  /** PPP, in enhanced GRE only (RFC 2637 section 4.1). */
  public static final int PPP = 0x880b;

  /** WCCP redirection; no tunnel here carries it. */
  public static final int WCCP = 0x883e;

  /** MPLS unicast (RFC 4023); no tunnel here carries it. */
  public static final int MPLS = 0x8847;

  /** ERSPAN types I and II; no tunnel here carries it. */
  public static final int ERSPAN_II = 0x88be;

  /** IPv6 (RFC 7676 section 3.1). */
  public static final int IPV6 = 0x86dd;

  private GreProtocolType() {}

  /** The name that displays use, or the number in hexadecimal, {@code 0x1234}. */
  public static String name(int protocolType) {
    return switch (protocolType) {
      case KEEPALIVE -> "keepalive";
      case IPV4 -> "ip";
      case CDP -> "cdp";
      case NHRP -> "nhrp";
      case ERSPAN_III -> "erspan-iii";
      case TRANSPARENT_ETHERNET_BRIDGING -> "ethernet";
      case PPP -> "ppp";
      case WCCP -> "wccp";
      case MPLS -> "mpls";
      case ERSPAN_II -> "erspan-ii";
      case IPV6 -> "ipv6";
      default -> String.format("0x%04x", protocolType);
    };
  }
}
