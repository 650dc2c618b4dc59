package dev.zuido.tun;

import dev.zuido.tun.offload.TransportHeader;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import dev.zuido.wire.TcpFields;

/**
 * The header that stands before each packet with IFF_VNET_HDR: {@code struct virtio_net_hdr}
 * (virtio 1.2 section 5.1.6) in its legacy form, in host order.
 *
 * <pre>
 *   | flags 1 | segmentation 1 | header length 2 | segment size 2
 *   | checksum start 2 | its offset 2 |
 * </pre>
 */
final class VirtioHeader {
  static final int BYTES = 10;
  static final int NEEDS_CHECKSUM = 1;
  static final int CHECKSUM_VALID = 2;
  static final int GSO_NONE = 0;
  static final int GSO_TCPV4 = 1;
  static final int GSO_TCPV6 = 4;

  private static final int GSO_TYPE = 1;
  private static final int HEADER_LENGTH = 2;
  private static final int GSO_SIZE = 4;
  private static final int CHECKSUM_START = 6;
  private static final int CHECKSUM_OFFSET = 8;

  /** Where TCP has its checksum. */
  private static final int TCP_CHECKSUM = 16;

  private VirtioHeader() {}

  static int flags(NativeBuffer buffer) {
    return buffer.getByte(0);
  }

  static int gsoType(NativeBuffer buffer) {
    return buffer.getByte(GSO_TYPE);
  }

  static int gsoSize(NativeBuffer buffer) {
    return buffer.getShort(GSO_SIZE);
  }

  /** Where the area that the checksum covers starts in the packet. */
  static int checksumStart(NativeBuffer buffer) {
    return buffer.getShort(CHECKSUM_START);
  }

  /** Where the checksum stands, counted from there. */
  static int checksumOffset(NativeBuffer buffer) {
    return buffer.getShort(CHECKSUM_OFFSET);
  }

  /** Writes the header of a plain packet. */
  static void writePlain(NativeBuffer buffer) {
    buffer.putLong(0, 0);
    buffer.putShort(CHECKSUM_OFFSET, 0);
  }

  /**
   * Writes the header of a packet of a batch.
   *
   * @param mtu what a segment of a super-packet may have
   * @return false if the packet is not what the batch says, or its segments are too long
   */
  static boolean write(
      NativeBuffer buffer, PacketBatch from, int index, TransportHeader transport, int mtu) {
    writePlain(buffer);
    int gsoSize = from.gsoSize(index);
    boolean partial = from.checksumState(index) == ChecksumState.PARTIAL;
    int length = from.length(index);
    if (gsoSize == 0 && !partial) {
      return true;
    }
    byte[] slab = from.slab();
    int offset = from.offset(index);
    // The host segments only what it also computes the checksums of.
    if (!partial || !transport.locate(slab, offset, length)) {
      return false;
    }
    int transportStart = transport.start() - offset;
    buffer.putByte(0, NEEDS_CHECKSUM);
    buffer.putShort(CHECKSUM_START, transportStart);
    buffer.putShort(CHECKSUM_OFFSET, transport.checksumOffset());
    if (gsoSize == 0) {
      return true;
    }
    int headerLength = transportStart + TcpFields.headerLength(slab, transport.start());
    if (transport.protocol() != IpProtocol.TCP
        || gsoSize < 0
        || headerLength + gsoSize > mtu
        || headerLength > length) {
      return false;
    }
    buffer.putByte(GSO_TYPE, slab[offset] >>> 4 == 4 ? GSO_TCPV4 : GSO_TCPV6);
    buffer.putShort(HEADER_LENGTH, headerLength);
    buffer.putShort(GSO_SIZE, gsoSize);
    return true;
  }

  /** Writes the header of a TCP super-packet whose checksum is unfinished. */
  static void writeSuperPacket(
      NativeBuffer buffer, int type, int headerLength, int gsoSize, int checksumStart) {
    buffer.putByte(0, NEEDS_CHECKSUM);
    buffer.putByte(GSO_TYPE, type);
    buffer.putShort(HEADER_LENGTH, headerLength);
    buffer.putShort(GSO_SIZE, gsoSize);
    buffer.putShort(CHECKSUM_START, checksumStart);
    buffer.putShort(CHECKSUM_OFFSET, TCP_CHECKSUM);
  }
}
