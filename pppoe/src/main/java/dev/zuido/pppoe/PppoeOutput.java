package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.MacAddress;

/** What a {@link PppoeClient} wants done or known: one ordered stream. */
public sealed interface PppoeOutput {
  /**
   * Send the frame whose bytes {@link PppoeClient#poll} has written, Ethernet header included.
   *
   * @param length its length in bytes, without padding and checksum
   */
  record Transmit(int length) implements PppoeOutput {}

  /** The client is in another state. */
  record StateChanged(PppoeState state) implements PppoeOutput {}

  /**
   * There is a session.
   *
   * @param sessionId its number, 1 to 65535
   * @param concentrator the concentrator's Ethernet address
   * @param name the concentrator's name
   * @param mtu the largest PPP information field that the session carries: 1492, or more if both
   *     sides said so (RFC 4638)
   */
  record SessionStarted(int sessionId, MacAddress concentrator, String name, int mtu)
      implements PppoeOutput {}

  /**
   * An attempt or a session has ended.
   *
   * @param end why
   * @param retryNanos after how long the next attempt begins, -1 if there is none
   */
  record Ended(PppoeEnd end, long retryNanos) implements PppoeOutput {}

  /** What PPP on top of the session says; its packets are in {@link Transmit}. */
  record Ppp(PppOutput news) implements PppoeOutput {}

  /** A discovery packet in words, if PPP's trace is wanted: {@code PADI service "" uniq 1}. */
  record Trace(boolean sent, String text) implements PppoeOutput {}
}
