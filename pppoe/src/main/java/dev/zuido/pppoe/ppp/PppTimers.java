package dev.zuido.pppoe.ppp;

/**
 * The counters and timers of a link (RFC 1661 section 4.6).
 *
 * @param restartNanos the time until a request is repeated, in nanoseconds: the Restart timer; also
 *     for challenges, responses and PAP's requests
 * @param maxConfigure Configure-Requests without an answer before a side gives up; also challenges,
 *     responses and PAP's requests; 1 to 200 as the other counters
 * @param maxTerminate Terminate-Requests without an answer before a side gives up
 * @param maxFailure Configure-Naks before options are rejected instead
 * @param echoIntervalNanos the time between LCP Echo-Requests on an open link; 0 for none
 * @param echoFailures Echo-Requests in a row without an answer after which the link is dead
 * @param authenticationNanos how long the authentication phase may take
 * @param networkNanos how long the network phase may be without any network protocol that is open;
 *     where one is, the time after which another one that has stopped is tried again
 */
public record PppTimers(
    long restartNanos,
    int maxConfigure,
    int maxTerminate,
    int maxFailure,
    long echoIntervalNanos,
    int echoFailures,
    long authenticationNanos,
    long networkNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** Identifiers have 8 bits: no counter may go round them. */
  private static final int MAX_COUNT = 200;

  /** Checks the values. */
  public PppTimers {
    if (restartNanos < 1 || maxConfigure < 1 || maxTerminate < 1 || maxFailure < 1) {
      throw new IllegalArgumentException("the Restart timer and its counters are at least 1");
    }
    if (maxConfigure > MAX_COUNT || maxTerminate > MAX_COUNT || maxFailure > MAX_COUNT) {
      throw new IllegalArgumentException("the counters are at most " + MAX_COUNT);
    }
    if (echoIntervalNanos < 0 || echoFailures < 1 || echoFailures > MAX_COUNT) {
      throw new IllegalArgumentException(
          "echoes have no negative interval, and 1 to " + MAX_COUNT + " may be lost");
    }
    if (authenticationNanos < 1 || networkNanos < 1) {
      throw new IllegalArgumentException("the phases have time");
    }
  }

  /** RFC 1661's defaults; an echo every 10 seconds, of which 5 may be lost. */
  public static final PppTimers DEFAULT =
      new PppTimers(3 * SECOND, 10, 2, 5, 10 * SECOND, 5, 40 * SECOND, 60 * SECOND);

  /** The same with other echoes. */
  public PppTimers withEcho(long intervalNanos, int failures) {
    return new PppTimers(
        restartNanos,
        maxConfigure,
        maxTerminate,
        maxFailure,
        intervalNanos,
        failures,
        authenticationNanos,
        networkNanos);
  }
}
