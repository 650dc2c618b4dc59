package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Counters;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * One side of a PPP link: LCP, authentication, IPCP and IPv6CP over whatever carries packets.
 *
 * <p>It has no transport, thread or clock. After each call the caller drains {@link #poll} to null,
 * then waits for the next packet or until {@link #nextDeadline}. Not thread-safe. IP datagrams do
 * not pass through it: {@link #isIpv4Up} says whether they may.
 */
public final class PppLink {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The capacity that {@link #poll} may need, in bytes. */
  public static final int PACKET_CAPACITY = 2 + 1500;

  /**
   * A link that is dead.
   *
   * @param config how it negotiates
   * @param secrets where magic numbers and challenges come from
   */
  public PppLink(PppConfig config, SecureRandom secrets) {
    throw new UnsupportedOperationException();
  }

  /** The link is wanted: LCP's Open event. */
  public void open(long now) {}

  /** The link is wanted no more: LCP's Close event. */
  public void close(long now) {}

  /** What is below can carry packets: LCP's Up event. */
  public void lowerUp(long now) {}

  /** What is below carries packets no more: LCP's Down event. */
  public void lowerDown(long now) {}

  /**
   * Takes a packet in, network layer's datagrams excepted.
   *
   * @param packet protocol field (two bytes) and information; borrowed for the call
   * @param now nanoseconds, never less than in the call before
   */
  public void handle(ByteBuf packet, long now) {}

  /** Runs what is due. */
  public void handleTimeout(long now) {}

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return NO_DEADLINE;
  }

  /**
   * What is to be done or known next; null if there is nothing more.
   *
   * @param out where the bytes of a {@link PppOutput.Transmit} are written, from its writer index
   */
  public @Nullable PppOutput poll(ByteBuf out) {
    return null;
  }

  /** The phase. */
  public PppPhase phase() {
    return PppPhase.DEAD;
  }

  /** Whether IPv4 datagrams may be sent and taken in. */
  public boolean isIpv4Up() {
    return false;
  }

  /** Whether IPv6 datagrams may be sent and taken in. */
  public boolean isIpv6Up() {
    return false;
  }

  /** The largest datagram that may be sent: what the peer takes, at most 1500 unless it said so. */
  public int peerMru() {
    return 1500;
  }

  /** What was dropped. */
  public Counters<PppDropReason> drops() {
    throw new UnsupportedOperationException();
  }

  /** All there is to know, for displays. */
  public PppSnapshot snapshot(long now) {
    throw new UnsupportedOperationException();
  }
}
