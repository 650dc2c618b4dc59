package dev.zuido.pppoe;

import dev.zuido.wire.Counters;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A PPPoE client with one session and the PPP link on it (RFC 2516): frames, commands and time go
 * in, frames and events come out.
 *
 * <p>It has no socket, thread or clock. After each call but those of the data path the caller
 * drains {@link #poll} to null, then waits for the next frame or until {@link #nextDeadline}. Once
 * {@link #dial dialled} it dials again after each end, at growing distances, until {@link #hangUp}.
 * Not thread-safe.
 *
 * <p>The data path works on batches in place: {@link #decapsulate} and {@link #encapsulate}.
 */
public final class PppoeClient {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The capacity that {@link #poll} may need, in bytes. */
  public static final int FRAME_CAPACITY = 14 + 1500;

  /** Bytes before a datagram: Ethernet 14, PPPoE 6, PPP 2. */
  public static final int OVERHEAD = 22;

  /**
   * A client that does nothing yet.
   *
   * @param config how it dials
   * @param secrets where Host-Uniq, magic numbers and challenges come from
   * @param jitter spreads the attempts; no secret depends on it
   */
  public PppoeClient(PppoeClientConfig config, SecureRandom secrets, RandomGenerator jitter) {
    throw new UnsupportedOperationException();
  }

  /** Begins to dial; of no consequence if it does already. */
  public void dial(long now) {}

  /** Ends the session, with LCP's Terminate-Request and a PADT, and dials no more. */
  public void hangUp(long now) {}

  /** The Ethernet's link has gone up or down; it is up at the beginning. */
  public void lineChanged(boolean up, long now) {}

  /**
   * Takes frames from the Ethernet. IPv4 and IPv6 datagrams of the session are left in the batch
   * with the verdict {@link PppoeVerdict#DECAPSULATED} and their bounds; everything else is used up
   * or dropped. Then {@link #poll} has to be drained.
   *
   * @param frames whole Ethernet frames, without checksum
   */
  public void decapsulate(PacketBatch frames, long now) {}

  /**
   * Makes frames of the datagrams that pass, in place; those that cannot be sent get the verdict
   * that says why.
   *
   * @param datagrams IPv4 or IPv6 datagrams with {@link #OVERHEAD} bytes of headroom
   */
  public void encapsulate(PacketBatch datagrams) {}

  /** Runs what is due. */
  public void handleTimeout(long now) {}

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return NO_DEADLINE;
  }

  /**
   * What is to be done or known next; null if there is nothing more.
   *
   * @param out where the bytes of a {@link PppoeOutput.Transmit} are written, from its writer index
   */
  public @Nullable PppoeOutput poll(ByteBuf out) {
    return null;
  }

  /** Whether IPv4 datagrams may be sent. */
  public boolean isIpv4Up() {
    return false;
  }

  /** The largest datagram that may be sent, in bytes: what the peer takes and the session carries. */
  public int mtu() {
    return 1492;
  }

  /** What happened to frames and datagrams. */
  public Counters<PppoeVerdict> counters() {
    throw new UnsupportedOperationException();
  }

  /** All there is to know, for displays. */
  public PppoeSnapshot snapshot(long now) {
    throw new UnsupportedOperationException();
  }
}
