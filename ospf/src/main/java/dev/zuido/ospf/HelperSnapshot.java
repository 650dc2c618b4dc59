package dev.zuido.ospf;

/**
 * A neighbor that is helped to restart gracefully (RFC 3623 section 3).
 *
 * @param reason why it restarts
 * @param remainingNanos until the grace period is over
 * @param wasDesignatedRouter whether it is kept Designated Router
 */
public record HelperSnapshot(
    RestartReason reason, long remainingNanos, boolean wasDesignatedRouter) {}
