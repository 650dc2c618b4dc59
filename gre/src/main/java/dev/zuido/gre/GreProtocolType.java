package dev.zuido.gre;

/** Protocol types of GRE payloads: Ethernet types (RFC 2784 section 2.4). */
public final class GreProtocolType {
  /** No payload: the reply to a {@linkplain GreKeepalive keepalive}. */
  public static final int KEEPALIVE = 0x0000;

  /** IPv4 (RFC 2784 section 3). */
  public static final int IPV4 = 0x0800;

  /** Transparent Ethernet bridging (RFC 1701). */
  public static final int TRANSPARENT_ETHERNET_BRIDGING = 0x6558;

  /** IPv6 (RFC 7676 section 2). */
  public static final int IPV6 = 0x86dd;

  private GreProtocolType() {}
}
