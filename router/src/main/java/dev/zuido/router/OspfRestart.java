package dev.zuido.router;

import dev.zuido.ospf.RestartRecord;

/**
 * A graceful restart of OSPF that was prepared before the router was made (RFC 3623).
 *
 * @param record what {@link Router#preparedRestart} gave the router before
 * @param elapsedNanos how long ago that was when the time was {@code nowNanos}
 * @param nowNanos a time as {@link Router#process} has it, before which it is not called
 */
public record OspfRestart(RestartRecord record, long elapsedNanos, long nowNanos) {}
