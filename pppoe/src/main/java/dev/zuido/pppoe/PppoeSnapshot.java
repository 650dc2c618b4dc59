package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppSnapshot;
import dev.zuido.wire.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A client at a moment.
 *
 * @param state what it is doing
 * @param sessionId the session's number, 0 without one
 * @param concentrator the concentrator's Ethernet address, null without a session
 * @param concentratorName its name
 * @param mtu the largest PPP information field that the session carries, 0 without one
 * @param sessionSinceNanos when the session began, -1 without one
 * @param ppp PPP on top; null without a session
 * @param lastEnd why the last attempt or session ended, null if none has
 * @param nextAttemptNanos when the next attempt begins, -1 if none is planned
 * @param attempts attempts since the client was made
 * @param sessions sessions since then
 */
public record PppoeSnapshot(
    PppoeState state,
    int sessionId,
    @Nullable MacAddress concentrator,
    String concentratorName,
    int mtu,
    long sessionSinceNanos,
    @Nullable PppSnapshot ppp,
    @Nullable PppoeEnd lastEnd,
    long nextAttemptNanos,
    long attempts,
    long sessions) {}
