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
    this.softNanos = deadline(lifetime.softSeconds(), nowNanos);
    this.hardNanos = deadline(lifetime.hardSeconds(), nowNanos);
  }

  private static long limit(long value) {
    return value == 0 ? Long.MAX_VALUE : value;
  }

  private static long deadline(long seconds, long nowNanos) {
    if (seconds == 0) {
      return NO_DEADLINE;
    }
    long deadline = nowNanos + Duration.ofSeconds(seconds).toNanos();
    return deadline < 0 ? NO_DEADLINE : deadline;
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
    if (nowNanos >= hardNanos) {
      age = LifetimeState.HARD_EXPIRED;
    } else if (nowNanos >= softNanos && age == LifetimeState.FRESH) {
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
      case FRESH -> Math.min(softNanos, hardNanos);
      case SOFT_EXPIRED -> hardNanos;
      case HARD_EXPIRED -> NO_DEADLINE;
    };
  }
}
