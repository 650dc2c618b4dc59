package dev.zuido.ike;

/**
 * Dead peer detection (RFC 3706).
 *
 * @param mode when a probe is sent
 * @param delaySeconds the silence from the peer after which it is probed, 1 to 3 600
 * @param retrySeconds the time between two probes that were not answered, 1 to 3 600
 * @param retries how many probes in a row go unanswered before the peer is dead, 1 to 20
 */
public record DpdConfig(Mode mode, int delaySeconds, int retrySeconds, int retries) {
  /** When a probe is sent. Probes of the peer are answered in every mode. */
  public enum Mode {
    /** Never. */
    OFF,
    /** When nothing came from the peer for the delay although something was sent to it. */
    ON_DEMAND,
    /** When nothing came from the peer for the delay. */
    PERIODIC
  }

  /** No probes. */
  public static final DpdConfig OFF = new DpdConfig(Mode.OFF, 30, 2, 5);

  /** Checks the ranges. */
  public DpdConfig {
    if (delaySeconds < 1 || delaySeconds > 3_600 || retrySeconds < 1 || retrySeconds > 3_600) {
      throw new IllegalArgumentException("the delay and the retry interval are 1 to 3600 seconds");
    }
    if (retries < 1 || retries > 20) {
      throw new IllegalArgumentException("a peer is dead after 1 to 20 probes, not " + retries);
    }
  }

  /** Probes on demand, repeated every 2 s, the peer dead after 5: IOS's defaults. */
  public static DpdConfig onDemand(int delaySeconds) {
    return new DpdConfig(Mode.ON_DEMAND, delaySeconds, 2, 5);
  }

  /** Periodic probes, repeated every 2 s, the peer dead after 5. */
  public static DpdConfig periodic(int delaySeconds) {
    return new DpdConfig(Mode.PERIODIC, delaySeconds, 2, 5);
  }
}
