package dev.zuido.router.config;

/** How one side of a PPP link proves itself to the other. */
public enum PppAuthenticationProtocol {
  /** The challenge handshake with MD5 (RFC 1994). */
  CHAP("chap"),
  /** Name and password in the clear (RFC 1334). */
  PAP("pap");

  private final String iosName;

  PppAuthenticationProtocol(String iosName) {
    this.iosName = iosName;
  }

  /** The keyword. */
  public String iosName() {
    return iosName;
  }
}
