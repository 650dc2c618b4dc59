package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;

/**
 * What a {@link TcpServer} received over one connection, to its end.
 *
 * @param peer who sent it
 * @param peerPort from which TCP port
 * @param length in bytes
 * @param sha256 the hash of the content
 * @param peerMss the maximum segment size in the sender's SYN as it arrived; 536 if it had none
 */
public record ReceivedContent(
    Ipv4Address peer, int peerPort, long length, ByteString sha256, int peerMss) {}
