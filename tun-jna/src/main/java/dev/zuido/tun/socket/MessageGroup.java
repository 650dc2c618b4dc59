package dev.zuido.tun.socket;

import dev.zuido.tun.system.NativeBuffer;

/**
 * The memory for one call of recvmmsg or sendmmsg: for each message a {@code struct mmsghdr} (whose
 * first part is the {@code struct msghdr}), a {@code struct iovec}, a {@code struct sockaddr_in},
 * control data and the bytes of the packet, each kind in a table of its own.
 *
 * <pre>
 *   mmsghdr 64: | name 8 | namelen 4 +4 | iov 8 | iovlen 8 | control 8 | controllen 8 | flags 4 +4 | len 4 +4 |
 *   sockaddr_in 16: | family 2 | port 2 | address 4 | 0 .. |
 *   cmsghdr 16: | len 8 | level 4 | type 4 |, then the data, aligned to 8
 * </pre>
 */
final class MessageGroup {
  static final int MESSAGE_BYTES = 64;
  static final int NAME = 0;
  static final int NAME_LENGTH = 8;
  static final int VECTOR = 16;
  static final int VECTOR_COUNT = 24;
  static final int CONTROL = 32;
  static final int CONTROL_LENGTH = 40;
  static final int FLAGS = 48;
  static final int LENGTH = 56;
  static final int VECTOR_BYTES = 16;
  static final int ADDRESS_BYTES = 16;
  static final int CONTROL_BYTES = 128;
  static final int CONTROL_HEADER_BYTES = 16;
  static final int PACKET_BYTES = 1 << 16;
  static final int SIZE = SocketConfiguration.MAX_GROUP;

  static final int IPPROTO_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_PKTINFO = 8;
  private static final int MSG_CTRUNC = 8;
  private static final int MSG_TRUNC = 0x20;
  private static final int AF_INET = 2;

  private final NativeBuffer messages = new NativeBuffer(SIZE * MESSAGE_BYTES);
  private final NativeBuffer vectors = new NativeBuffer(SIZE * VECTOR_BYTES);
  private final NativeBuffer addresses = new NativeBuffer(SIZE * ADDRESS_BYTES);
  private final NativeBuffer controls = new NativeBuffer(SIZE * CONTROL_BYTES);
  private final NativeBuffer packets = NativeBuffer.uninitialized(SIZE * PACKET_BYTES);

  MessageGroup() {
    for (int i = 0; i < SIZE; i++) {
      vectors.putLong(i * VECTOR_BYTES, packets.address() + (long) i * PACKET_BYTES);
      int message = i * MESSAGE_BYTES;
      messages.putLong(message + NAME, addresses.address() + (long) i * ADDRESS_BYTES);
      messages.putLong(message + VECTOR, vectors.address() + (long) i * VECTOR_BYTES);
      messages.putLong(message + VECTOR_COUNT, 1);
      messages.putLong(message + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
    }
  }

  /** Where the message headers from a message on start. */
  long address(int first) {
    return messages.address() + (long) first * MESSAGE_BYTES;
  }

  /** Makes the first messages ready to receive. */
  void prepareToReceive(int count) {
    for (int i = 0; i < count; i++) {
      int message = i * MESSAGE_BYTES;
      messages.putInt(message + NAME_LENGTH, ADDRESS_BYTES);
      messages.putLong(message + CONTROL_LENGTH, CONTROL_BYTES);
      messages.putInt(message + FLAGS, 0);
      vectors.putLong(i * VECTOR_BYTES + Long.BYTES, PACKET_BYTES);
    }
  }

  /** The length of a received packet, or -1 if it was cut off. */
  int receivedLength(int index) {
    int message = index * MESSAGE_BYTES;
    boolean whole = (messages.getInt(message + FLAGS) & (MSG_TRUNC | MSG_CTRUNC)) == 0;
    return whole ? messages.getInt(message + LENGTH) : -1;
  }

  /** The address from which a packet was received. */
  int sourceAddress(int index) {
    return addresses.getNetworkInt(index * ADDRESS_BYTES + 4);
  }

  /** The port from which a packet was received. */
  int sourcePort(int index) {
    return addresses.getNetworkShort(index * ADDRESS_BYTES + 2);
  }

  /** Where the data of received control information start in its table, or -1. */
  private int control(int index, int type, int dataBytes) {
    int start = index * CONTROL_BYTES;
    long end = start + messages.getLong(index * MESSAGE_BYTES + CONTROL_LENGTH);
    int position = start;
    while (position + CONTROL_HEADER_BYTES <= end) {
      long length = controls.getLong(position);
      if (length < CONTROL_HEADER_BYTES || length > end - position) {
        return -1;
      }
      if (controls.getInt(position + 8) == IPPROTO_IP
          && controls.getInt(position + 12) == type
          && length >= CONTROL_HEADER_BYTES + dataBytes) {
        return position + CONTROL_HEADER_BYTES;
      }
      position += (int) (length + 7 & ~7L);
    }
    return -1;
  }

  /** The number of the interface of arrival, or -1. */
  int interfaceOfArrival(int index) {
    int info = control(index, IP_PKTINFO, 12);
    return info < 0 ? -1 : controls.getInt(info);
  }

  /** The destination that a received packet had in its header, or 0. */
  int destinationAddress(int index) {
    int info = control(index, IP_PKTINFO, 12);
    return info < 0 ? 0 : controls.getNetworkInt(info + 8);
  }

  /** The TOS octet of a received packet. */
  int typeOfService(int index) {
    int data = control(index, IP_TOS, 1);
    return data < 0 ? 0 : controls.getByte(data);
  }

  /** The TTL of a received packet, or 0. */
  int timeToLive(int index) {
    int data = control(index, IP_TTL, 4);
    return data < 0 ? 0 : controls.getInt(data) & 0xff;
  }

  /** Copies a received packet. */
  void copy(int index, byte[] target, int offset, int length) {
    packets.get(index * PACKET_BYTES, target, offset, length);
  }

  /** Makes a message ready to be sent, without control data. */
  void prepareToSend(int index, int address, int port, byte[] source, int offset, int length) {
    packets.put(index * PACKET_BYTES, source, offset, length);
    vectors.putLong(index * VECTOR_BYTES + Long.BYTES, length);
    int target = index * ADDRESS_BYTES;
    addresses.putShort(target, AF_INET);
    addresses.putNetworkShort(target + 2, port);
    addresses.putNetworkInt(target + 4, address);
    int message = index * MESSAGE_BYTES;
    messages.putInt(message + NAME_LENGTH, ADDRESS_BYTES);
    messages.putLong(message + CONTROL_LENGTH, 0);
    messages.putInt(message + FLAGS, 0);
  }

  /** Has a prepared message leave from an address of the host, 0 for any, with a TOS octet. */
  void prepareHeader(int index, int sourceAddress, int typeOfService) {
    int position = index * CONTROL_BYTES;
    controls.putLong(position, CONTROL_HEADER_BYTES + 12);
    controls.putInt(position + 8, IPPROTO_IP);
    controls.putInt(position + 12, IP_PKTINFO);
    controls.putInt(position + 16, 0);
    controls.putNetworkInt(position + 20, sourceAddress);
    controls.putInt(position + 24, 0);
    position += 32;
    controls.putLong(position, CONTROL_HEADER_BYTES + 4);
    controls.putInt(position + 8, IPPROTO_IP);
    controls.putInt(position + 12, IP_TOS);
    controls.putInt(position + 16, typeOfService);
    messages.putLong(index * MESSAGE_BYTES + CONTROL_LENGTH, 32 + 24);
  }
}
