package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.MacAddress;

/** What an {@link AccessConcentrator} wants done or known: one ordered stream. */
public sealed interface ConcentratorOutput {
  /** Send the frame whose bytes {@link AccessConcentrator#poll} has written. */
  record Transmit(int length) implements ConcentratorOutput {}

  /** A station has a session. */
  record SessionStarted(int sessionId, MacAddress station) implements ConcentratorOutput {}

  /** What PPP on a session says; its packets are in {@link Transmit}. */
  record Ppp(int sessionId, PppOutput news) implements ConcentratorOutput {}

  /** A session has ended. */
  record SessionEnded(int sessionId, MacAddress station, PppoeEnd end)
      implements ConcentratorOutput {}
}
