package dev.zuido.router.config;

/**
 * Dead peer detection (RFC 3706).
 *
 * @param periodSeconds how long nothing may be heard before the peer is asked, 10 to 3600 s
 * @param retrySeconds the time between two unanswered questions, 2 to 60 s
 * @param periodic whether the peer is asked even when there is nothing to send; otherwise only on
 *     demand
 */
public record IsakmpKeepalive(int periodSeconds, int retrySeconds, boolean periodic) {
  /** The retry interval where none is given. */
  public static final int DEFAULT_RETRY_SECONDS = 2;

  /** The unanswered questions after which a peer is dead. */
  public static final int RETRIES = 5;

  /** Checks the ranges. */
  public IsakmpKeepalive {
    Checks.range("a keepalive period", periodSeconds, 10, 3600);
    Checks.range("a keepalive retry interval", retrySeconds, 2, 60);
  }
}
