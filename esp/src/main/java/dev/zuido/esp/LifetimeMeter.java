package dev.zuido.esp;

import java.time.Duration;

/**
 * Measures an SA against its {@link SaLifetime}. The thread that processes packets writes what
 * depends on volume, the control thread what depends on age; each reads both.
 */
final class LifetimeMeter {
  static final long NO_DEADLINE = Long.MAX_VALUE;

  private final long softPackets;
  private final long hardPackets;
  private final long softBytes;
  private final long hardBytes;
  private final long startNanos;

  /** From the start on. */
  private final long softNanos;

  private final long hardNanos;
  private long packets;
  private long bytes;
  private volatile LifetimeState volume = LifetimeState.FRESH;
  private volatile LifetimeState age = LifetimeState.FRESH;

  LifetimeMeter(SaLifetime lifetime, long nowNanos) {
    this.softPackets = limit(lifetime.softPackets());
    this.hardPackets = limit(lifetime.hardPackets());
    this.softBytes = limit(lifetime.softKilobytes() << 10);
    this.hardBytes = limit(lifetime.hardKilobytes() << 10);
    this.startNanos = nowNanos;
    this.softNanos = nanos(lifetime.softSeconds());
    this.hardNanos = nanos(lifetime.hardSeconds());
  }

  private static long limit(long value) {
    return value == 0 ? Long.MAX_VALUE : value;
  }

  private static long nanos(long seconds) {
    return seconds == 0 ? NO_DEADLINE : Duration.ofSeconds(seconds).toNanos();
  }

  /** When so much time is over, on a clock that may start below 0; none beyond the clock's end. */
  private long deadline(long nanos) {
    long deadline = startNanos + nanos;
    return nanos == NO_DEADLINE || deadline < startNanos ? NO_DEADLINE : deadline;
  }

  /** Counts a packet, unless it would lie beyond the hard limit or the SA has ended. */
  boolean take(int packetBytes) {
    if (state() == LifetimeState.HARD_EXPIRED) {
      return false;
    }
    if (packets >= hardPackets || bytes > hardBytes - packetBytes) {
      volume = LifetimeState.HARD_EXPIRED;
      return false;
    }
    packets++;
    bytes += packetBytes;
    if (volume == LifetimeState.FRESH && (packets >= softPackets || bytes >= softBytes)) {
      volume = LifetimeState.SOFT_EXPIRED;
    }
    return true;
  }

  /** The sender is near its last sequence number: a successor is wanted, whatever the limits. */
  void wantSuccessor() {
    if (volume == LifetimeState.FRESH) {
      volume = LifetimeState.SOFT_EXPIRED;
    }
  }

  LifetimeState expire(long nowNanos) {
    long passed = nowNanos - startNanos;
    if (passed >= hardNanos) {
      age = LifetimeState.HARD_EXPIRED;
    } else if (passed >= softNanos && age == LifetimeState.FRESH) {
      age = LifetimeState.SOFT_EXPIRED;
    }
    return state();
  }

  LifetimeState state() {
    LifetimeState byVolume = volume;
    LifetimeState byAge = age;
    return byVolume.compareTo(byAge) > 0 ? byVolume : byAge;
  }

  long nextDeadline() {
    return switch (age) {
      case FRESH -> deadline(Math.min(softNanos, hardNanos));
      case SOFT_EXPIRED -> deadline(hardNanos);
      case HARD_EXPIRED -> NO_DEADLINE;
    };
  }
}
