package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppEnd;

/** Why an attempt or a session has ended. */
public sealed interface PppoeEnd {
  /** The user wants it no more. */
  record HungUp() implements PppoeEnd {}

  /** Nobody offers what we ask for: the PADIs found no answer. */
  record NoOffer() implements PppoeEnd {}

  /** The concentrator did not answer the PADRs. */
  record NoSession() implements PppoeEnd {}

  /**
   * The concentrator refused with an error tag (RFC 2516 appendix A).
   *
   * @param tag the tag's name, {@code Service-Name-Error}
   * @param text what it says, made printable
   */
  record Refused(String tag, String text) implements PppoeEnd {}

  /** The concentrator has ended the session with a PADT; with what its error tag says, or empty. */
  record Terminated(String text) implements PppoeEnd {}

  /** PPP has ended. */
  record PppEnded(PppEnd reason, String detail) implements PppoeEnd {}

  /** The Ethernet is down. */
  record LineDown() implements PppoeEnd {}
}
