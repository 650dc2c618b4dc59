package dev.zuido.pppoe.ppp;

/** How a peer has to prove itself (RFC 1661 section 6.2). */
public enum AuthenticationProtocol {
  /** Password in the clear (RFC 1334). */
  PAP,
  /** CHAP with MD5 (RFC 1994). */
  CHAP_MD5
}
