package dev.zuido.router.config;

/**
 * The {@code crypto ipsec security-association} lines, which hold where a crypto map says nothing
 * else.
 *
 * @param lifetimeSeconds the lifetime of a pair of SAs
 * @param lifetimeKilobytes the kilobytes that a pair of SAs may carry
 * @param replayWindow the packets of the anti-replay window: 64, 128, 256, 512 or 1024
 * @param extendedSequenceNumbers whether IKE offers and takes sequence numbers of 64 bits too (RFC
 *     4304)
 */
public record IpsecDefaults(
    int lifetimeSeconds,
    long lifetimeKilobytes,
    int replayWindow,
    boolean extendedSequenceNumbers) {
  /** The shortest lifetime. IOS has 120; less lets rekeying be watched. */
  public static final int FIRST_LIFETIME_SECONDS = 30;

  /** The longest lifetime: thirty days. */
  public static final int LAST_LIFETIME_SECONDS = 2_592_000;

  /** The smallest volume. */
  public static final long FIRST_LIFETIME_KILOBYTES = 2_560;

  /** The largest volume. */
  public static final long LAST_LIFETIME_KILOBYTES = 4_294_967_295L;

  /** What IOS takes: 3600 s, 4 608 000 kB, a window of 64, sequence numbers of 32 bits. */
  public static final IpsecDefaults IOS = new IpsecDefaults(3_600, 4_608_000, 64, false);

  /** Checks the ranges. */
  public IpsecDefaults {
    checkSeconds(lifetimeSeconds);
    checkKilobytes(lifetimeKilobytes);
    if (replayWindow < 64 || replayWindow > 1024 || Integer.bitCount(replayWindow) != 1) {
      throw new IllegalArgumentException(
          "a replay window is 64, 128, 256, 512 or 1024, not " + replayWindow);
    }
  }

  static void checkSeconds(int seconds) {
    Checks.range("a lifetime", seconds, FIRST_LIFETIME_SECONDS, LAST_LIFETIME_SECONDS);
  }

  static void checkKilobytes(long kilobytes) {
    Checks.range(
        "a lifetime in kilobytes", kilobytes, FIRST_LIFETIME_KILOBYTES, LAST_LIFETIME_KILOBYTES);
  }

  /** The same with another lifetime. */
  public IpsecDefaults withLifetimeSeconds(int value) {
    return new IpsecDefaults(value, lifetimeKilobytes, replayWindow, extendedSequenceNumbers);
  }

  /** The same with another volume. */
  public IpsecDefaults withLifetimeKilobytes(long value) {
    return new IpsecDefaults(lifetimeSeconds, value, replayWindow, extendedSequenceNumbers);
  }

  /** The same with another window. */
  public IpsecDefaults withReplayWindow(int value) {
    return new IpsecDefaults(lifetimeSeconds, lifetimeKilobytes, value, extendedSequenceNumbers);
  }

  /** The same with or without sequence numbers of 64 bits. */
  public IpsecDefaults withExtendedSequenceNumbers(boolean value) {
    return new IpsecDefaults(lifetimeSeconds, lifetimeKilobytes, replayWindow, value);
  }
}
