package dev.zuido.ike;

import io.netty.buffer.ByteBuf;

/**
 * What tells ISAKMP from ESP on port 4500: four zero bytes where ESP has its SPI, which is never
 * zero (RFC 3948 section 2.2). Our own port decides whether it is there, in both directions.
 */
final class NonEspMarker {
  static final int LENGTH = 4;
  private static final int NAT_KEEPALIVE = 0xff;

  private NonEspMarker() {}

  static boolean isNeededAt(Endpoint local) {
    return local.port() == Endpoint.NAT_TRAVERSAL_PORT;
  }

  /** Whether the datagram is nothing but the byte that keeps a mapping alive. */
  static boolean isKeepalive(ByteBuf datagram) {
    return datagram.readableBytes() == 1
        && datagram.getUnsignedByte(datagram.readerIndex()) == NAT_KEEPALIVE;
  }

  /** Takes the marker off; false if there is none. */
  static boolean skip(ByteBuf datagram) {
    if (datagram.readableBytes() < LENGTH || datagram.getInt(datagram.readerIndex()) != 0) {
      return false;
    }
    datagram.skipBytes(LENGTH);
    return true;
  }
}
