package dev.zuido.tun;

/**
 * What a device has done so far, seen from the side of its {@link dev.zuido.wire.BatchPort}.
 *
 * @param receivedPackets packets added to batches; a super-packet that the device splits counts as
 *     its segments
 * @param receivedBytes their bytes
 * @param receiveDrops packets that came from the host and were dropped: the queue was full, or the
 *     packet was longer than the MTU or than a batch's slot
 * @param sentPackets packets taken from batches
 * @param sentBytes their bytes
 * @param sendDrops packets of batches that were dropped: the queue was full, the host did not take
 *     the packet, or the device was closed
 */
public record TunStatistics(
    long receivedPackets,
    long receivedBytes,
    long receiveDrops,
    long sentPackets,
    long sentBytes,
    long sendDrops) {}
