package dev.zuido.esp;

import org.jspecify.annotations.Nullable;

/**
 * One direction of protection (RFC 4301 section 4.1).
 *
 * <p>Packets go through it on one thread, its owner's; {@link #close} belongs to that thread too.
 * {@link #counters}, {@link #lifetimeState} and {@link #expire} may be used by another one, the
 * control thread, without stopping the owner.
 */
public sealed interface SecurityAssociation extends AutoCloseable
    permits InboundSa, OutboundSa, AhInboundSa, AhOutboundSa {
  /** Where no deadline is. */
  long NO_DEADLINE = LifetimeMeter.NO_DEADLINE;

  /** What the SA was negotiated to be. */
  IpsecParameters parameters();

  /** What has happened to its packets. */
  SaCounters counters();

  /**
   * Applies the lifetime in seconds.
   *
   * @param nowNanos now on the clock that the SA was installed by
   * @return the state by age and volume
   */
  LifetimeState expire(long nowNanos);

  /** The state by volume, and by age as of the last {@link #expire}. */
  LifetimeState lifetimeState();

  /** Whether a successor is wanted: past a soft limit, or near the last sequence number. */
  default boolean needsRekey() {
    return lifetimeState() != LifetimeState.FRESH;
  }

  /** When {@link #expire} will next change something, or {@link #NO_DEADLINE}. */
  long nextDeadline();

  /**
   * Writes into an audit log from now on what packets were refused for, as far as {@link
   * EspVerdict#isAuditable} says so, or with null no longer. Belongs to the thread of the packets.
   */
  void auditTo(@Nullable AuditLog log);

  /** Ends the SA and wipes its keys; packets get {@link EspVerdict#CLOSED} from then on. */
  @Override
  void close();
}
