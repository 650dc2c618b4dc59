package dev.zuido.router.config;

/**
 * The timers and counters of a Dialer's PPP link (RFC 1661 section 4.6): the lines {@code
 * keepalive}, {@code ppp timeout} and {@code ppp max-…}.
 *
 * @param keepaliveSeconds the time between LCP Echo-Requests, 0 to 32767; 0 for none
 * @param keepaliveRetries how many go unanswered before the link is dead, 1 to 200; {@value
 *     #DEFAULT_KEEPALIVE_RETRIES} where none are sent
 * @param retrySeconds the time until a request is repeated, 1 to 255
 * @param authenticationSeconds how long authentication may take, 1 to 255
 * @param maxConfigure Configure-Requests without an answer before we give up, 1 to 200
 * @param maxFailure Configure-Naks before options are rejected instead, 1 to 200
 * @param maxTerminate Terminate-Requests without an answer before we give up, 1 to 200
 */
public record PppTimersConfig(
    int keepaliveSeconds,
    int keepaliveRetries,
    int retrySeconds,
    int authenticationSeconds,
    int maxConfigure,
    int maxFailure,
    int maxTerminate) {
  /** The largest counter: an Identifier must not come round while its packet is repeated. */
  public static final int LAST_COUNT = 200;

  /** The unanswered echoes where none are given. */
  public static final int DEFAULT_KEEPALIVE_RETRIES = 5;

  /** What IOS does where no line says anything else. */
  public static final PppTimersConfig IOS =
      new PppTimersConfig(10, DEFAULT_KEEPALIVE_RETRIES, 2, 10, 10, 5, 2);

  /** Checks the ranges. */
  public PppTimersConfig {
    keepaliveRetries = keepaliveSeconds == 0 ? DEFAULT_KEEPALIVE_RETRIES : keepaliveRetries;
    Checks.range("a keepalive period", keepaliveSeconds, 0, 32767);
    Checks.range("keepalive retries", keepaliveRetries, 1, LAST_COUNT);
    Checks.range("a retry timeout", retrySeconds, 1, 255);
    Checks.range("an authentication timeout", authenticationSeconds, 1, 255);
    Checks.range("max-configure", maxConfigure, 1, LAST_COUNT);
    Checks.range("max-failure", maxFailure, 1, LAST_COUNT);
    Checks.range("max-terminate", maxTerminate, 1, LAST_COUNT);
  }

  /** The same with other echoes. */
  public PppTimersConfig withKeepalive(int seconds, int retries) {
    return new PppTimersConfig(
        seconds,
        retries,
        retrySeconds,
        authenticationSeconds,
        maxConfigure,
        maxFailure,
        maxTerminate);
  }

  /** The same with another time until a request is repeated. */
  public PppTimersConfig withRetrySeconds(int value) {
    return new PppTimersConfig(
        keepaliveSeconds,
        keepaliveRetries,
        value,
        authenticationSeconds,
        maxConfigure,
        maxFailure,
        maxTerminate);
  }

  /** The same with another time for authentication. */
  public PppTimersConfig withAuthenticationSeconds(int value) {
    return new PppTimersConfig(
        keepaliveSeconds,
        keepaliveRetries,
        retrySeconds,
        value,
        maxConfigure,
        maxFailure,
        maxTerminate);
  }

  /** The same with other counters. */
  public PppTimersConfig withCounters(int configure, int failure, int terminate) {
    return new PppTimersConfig(
        keepaliveSeconds,
        keepaliveRetries,
        retrySeconds,
        authenticationSeconds,
        configure,
        failure,
        terminate);
  }
}
