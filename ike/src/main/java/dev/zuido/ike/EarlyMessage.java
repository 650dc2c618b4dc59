package dev.zuido.ike;

import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The first quick mode message of a peer that has completed phase 1 while its last message is still
 * verified here. It is kept until that is done: the peer would repeat it only seconds later. One is
 * kept for an ISAKMP SA, and forgotten with it.
 *
 * @param header its header
 * @param body what follows the header
 * @param digest identifies its bytes
 * @param path where it came from and to
 */
record EarlyMessage(IsakmpHeader header, ByteString body, ByteString digest, UdpPath path) {
  /** Longer ones are not kept: bytes. */
  static final int MAX_LENGTH = 4_096;

  /** A message that came too early. */
  static EarlyMessage of(IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path) {
    return new EarlyMessage(header, ByteString.read(body, body.readableBytes()), digest, path);
  }
}
