package dev.zuido.pppoe.ppp;

import java.util.Locale;

/** The actions of the option negotiation automaton (RFC 1661 section 4.4). */
public enum AutomatonAction {
  /** This-Layer-Up: the protocol is open. */
  TLU,
  /** This-Layer-Down: the protocol is open no more. */
  TLD,
  /** This-Layer-Started: what is below is needed. */
  TLS,
  /** This-Layer-Finished: what is below is needed no more. */
  TLF,
  /** Initialize-Restart-Count. */
  IRC,
  /** Zero-Restart-Count. */
  ZRC,
  /** Send-Configure-Request. */
  SCR,
  /** Send-Configure-Ack. */
  SCA,
  /** Send-Configure-Nak or -Reject. */
  SCN,
  /** Send-Terminate-Request. */
  STR,
  /** Send-Terminate-Ack. */
  STA,
  /** Send-Code-Reject. */
  SCJ,
  /** Send-Echo-Reply. */
  SER;

  /** The name in the RFC's table: {@code "scr"}. */
  public String rfcName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
