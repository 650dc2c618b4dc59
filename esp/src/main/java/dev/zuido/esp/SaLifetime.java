package dev.zuido.esp;

import java.time.Duration;

/**
 * How long an SA lives (RFC 4301 section 4.4.2.1). The soft limit asks for a successor, the hard
 * limit ends the SA; 0 stands for no limit.
 *
 * @param softSeconds age at which a successor is asked for
 * @param hardSeconds age at which the SA ends
 * @param softKilobytes encrypted data, in units of 1024 bytes, at which a successor is asked for
 * @param hardKilobytes encrypted data, in units of 1024 bytes, at which the SA ends
 * @param softPackets packets at which a successor is asked for
 * @param hardPackets packets at which the SA ends
 */
public record SaLifetime(
    long softSeconds,
    long hardSeconds,
    long softKilobytes,
    long hardKilobytes,
    long softPackets,
    long hardPackets) {
  /** No limit but the sequence number's. */
  public static final SaLifetime UNLIMITED = new SaLifetime(0, 0, 0, 0, 0, 0);

  private static final long MAX_SECONDS = Duration.ofNanos(Long.MAX_VALUE).toSeconds();

  /** Checks the ranges: no negative number, soft not beyond hard. */
  public SaLifetime {
    requirePair("seconds", softSeconds, hardSeconds, MAX_SECONDS / 2);
    requirePair("kilobytes", softKilobytes, hardKilobytes, Long.MAX_VALUE >> 10);
    requirePair("packets", softPackets, hardPackets, Long.MAX_VALUE);
  }

  private static void requirePair(String unit, long soft, long hard, long max) {
    if (soft < 0 || hard < 0 || soft > max || hard > max) {
      throw new IllegalArgumentException("a lifetime in " + unit + " is out of range");
    }
    if (hard != 0 && soft > hard) {
      throw new IllegalArgumentException("the soft lifetime in " + unit + " is beyond the hard");
    }
  }

  /** A lifetime in seconds and kilobytes, without a limit for packets. */
  public static SaLifetime of(
      long softSeconds, long hardSeconds, long softKilobytes, long hardKilobytes) {
    return new SaLifetime(softSeconds, hardSeconds, softKilobytes, hardKilobytes, 0, 0);
  }
}
