package dev.zuido.testkit;

import dev.zuido.wire.ByteString;

/**
 * One packet, seen where it enters a {@link Channel}, with the fate that the channel has drawn for
 * it. A packet that is duplicated gives a second event.
 *
 * @param timeNanos when it was sent
 * @param arrivalNanos when it reaches the other end; equal to {@code timeNanos} if it never does
 * @param channel the name of the channel: {@code "wan-a:a>b"}
 * @param fate what becomes of it
 * @param sent the packet as the node sent it; empty if it was injected
 * @param delivered the packet as it arrives, or would have
 */
public record PacketEvent(
    long timeNanos,
    long arrivalNanos,
    String channel,
    Fate fate,
    ByteString sent,
    ByteString delivered) {}
