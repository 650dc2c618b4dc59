package dev.zuido.pppoe;

import dev.zuido.wire.Counters;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * An access concentrator: many sessions of many stations on one Ethernet, each with its PPP link.
 *
 * <p>It keeps nothing of who only asks: the AC-Cookie proves that a station has seen the offer (RFC
 * 2516 section 9). Driven as {@link PppoeClient} is.
 */
public final class AccessConcentrator {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** A concentrator without sessions. */
  public AccessConcentrator(AccessConcentratorConfig config, SecureRandom secrets) {
    throw new UnsupportedOperationException();
  }

  /** Takes frames from the Ethernet: as {@link PppoeClient#decapsulate}. */
  public void decapsulate(PacketBatch frames, long now) {}

  /**
   * Makes frames of IPv4 datagrams for callers, in place: the session is that whose caller has the
   * destination address.
   */
  public void encapsulate(PacketBatch datagrams) {}

  /** Ends a session as an operator does, with a Terminate-Request and a PADT; false if unknown. */
  public boolean terminate(int sessionId, long now) {
    return false;
  }

  /** Forgets all sessions without a word, as a power cut does. */
  public void forgetAll() {}

  /** Runs what is due. */
  public void handleTimeout(long now) {}

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return NO_DEADLINE;
  }

  /** What is to be done or known next; null if there is nothing more. */
  public @Nullable ConcentratorOutput poll(ByteBuf out) {
    return null;
  }

  /** The number of sessions. */
  public int sessions() {
    return 0;
  }

  /** What happened to frames and datagrams. */
  public Counters<PppoeVerdict> counters() {
    throw new UnsupportedOperationException();
  }
}
