package dev.zuido.tun.socket;

/**
 * What a socket has done so far.
 *
 * @param receivedPackets packets added to batches
 * @param receivedBytes their bytes, with the IP header, or the Ethernet header of frames
 * @param receiveDrops packets that arrived and were longer than the configuration or a batch's slot
 *     allows; also frames of a VLAN
 * @param sentPackets packets that the kernel took
 * @param sentBytes their bytes, with the same header
 * @param sendDrops packets of batches that were dropped: longer than the MTU, not of the socket's
 *     protocol, port or types, or refused by the kernel (no route, no room, interface down)
 */
public record SocketStatistics(
    long receivedPackets,
    long receivedBytes,
    long receiveDrops,
    long sentPackets,
    long sentBytes,
    long sendDrops) {}
