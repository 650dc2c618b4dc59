package dev.zuido.router.config.ios;

/**
 * What a reader lets pass beside the text itself.
 *
 * @param staticCounterModeKeys whether session keys may go with counter modes such as AES-GCM. Each
 *     start of a router repeats the nonces of the one before, which lays open what was sent (RFC
 *     4106 section 2): for tests alone
 */
public record ReaderOptions(boolean staticCounterModeKeys) {
  /** Nothing that is not safe. */
  public static final ReaderOptions DEFAULT = new ReaderOptions(false);
}
