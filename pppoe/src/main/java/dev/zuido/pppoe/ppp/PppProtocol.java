package dev.zuido.pppoe.ppp;

/** The numbers of PPP's protocol field (RFC 1661 section 2, IANA's registry of PPP numbers). */
public final class PppProtocol {
  /** IPv4 datagrams (RFC 1332). */
  public static final int IPV4 = 0x0021;

  /** IPv6 datagrams (RFC 5072). */
  public static final int IPV6 = 0x0057;

  /** IP Control Protocol (RFC 1332). */
  public static final int IPCP = 0x8021;

  /** IPv6 Control Protocol (RFC 5072). */
  public static final int IPV6CP = 0x8057;

  /** Link Control Protocol (RFC 1661). */
  public static final int LCP = 0xc021;

  /** Password Authentication Protocol (RFC 1334). */
  public static final int PAP = 0xc023;

  /** Challenge Handshake Authentication Protocol (RFC 1994). */
  public static final int CHAP = 0xc223;

  private PppProtocol() {}
}
