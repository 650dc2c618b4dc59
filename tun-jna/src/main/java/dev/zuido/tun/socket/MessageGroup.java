package dev.zuido.tun.socket;

import dev.zuido.tun.system.NativeBuffer;

/**
 * The memory for one call of recvmmsg or sendmmsg: for each message a {@code struct mmsghdr} (whose
 * first part is the {@code struct msghdr}), a {@code struct iovec}, a socket address, control data
 * and bytes, each kind in a table of its own.
 *
 * <pre>
 *   mmsghdr 64: | name 8 | namelen 4 +4 | iov 8 | iovlen 8 | control 8 | controllen 8
 *               | flags 4 +4 | len 4 +4 |
 *   cmsghdr 16: | len 8 | level 4 | type 4 |, then the data, aligned to 8
 * </pre>
 *
 * <p>A group that receives has room for the longest message at a place of its own for each, with
 * distances that do not let all of them compete for the same lines of a cache; the pages that no
 * message needs are never touched. In a group that sends the messages stand one behind the other.
 *
 * <p>What addresses and control data mean is known to {@link Ipv4Messages} and {@link
 * Ipv6Messages}.
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

  /** Room for the longest address, that of IPv6. */
  static final int ADDRESS_BYTES = 32;

  static final int CONTROL_BYTES = 128;
  static final int CONTROL_HEADER_BYTES = 16;
  static final int PACKET_BYTES = 1 << 16;
  static final int SIZE = SocketConfiguration.MAX_GROUP;

  private static final int RECEIVE_STRIDE = PACKET_BYTES + 1600;
  private static final int SEND_BYTES = 4 * PACKET_BYTES;
  private static final int MSG_CTRUNC = 8;
  private static final int MSG_TRUNC = 0x20;

  private final NativeBuffer messages = new NativeBuffer(SIZE * MESSAGE_BYTES);
  private final NativeBuffer vectors = new NativeBuffer(SIZE * VECTOR_BYTES);
  private final NativeBuffer addresses = new NativeBuffer(SIZE * ADDRESS_BYTES);
  private final NativeBuffer controls = new NativeBuffer(SIZE * CONTROL_BYTES);
  private final NativeBuffer packets;
  private final int[] starts = new int[SIZE];

  /** Where the bytes of the next message that is prepared start. */
  private int free;

  private MessageGroup(int packetBytes, int stride) {
    packets = NativeBuffer.uninitialized(packetBytes);
    for (int i = 0; i < SIZE; i++) {
      starts[i] = i * stride;
      vectors.putLong(i * VECTOR_BYTES, packets.address() + starts[i]);
      int message = i * MESSAGE_BYTES;
      messages.putLong(message + NAME, addresses.address() + (long) i * ADDRESS_BYTES);
      messages.putLong(message + VECTOR, vectors.address() + (long) i * VECTOR_BYTES);
      messages.putLong(message + VECTOR_COUNT, 1);
      messages.putLong(message + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
    }
  }

  /** For recvmmsg. */
  static MessageGroup toReceive() {
    return new MessageGroup(SIZE * RECEIVE_STRIDE, RECEIVE_STRIDE);
  }

  /** For sendmmsg. */
  static MessageGroup toSend() {
    return new MessageGroup(SEND_BYTES, 0);
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

  /** The length of a received message, or -1 if it was cut off. */
  int receivedLength(int index) {
    int message = index * MESSAGE_BYTES;
    boolean whole = (messages.getInt(message + FLAGS) & (MSG_TRUNC | MSG_CTRUNC)) == 0;
    return whole ? messages.getInt(message + LENGTH) : -1;
  }

  /** The table of addresses: whence a packet came, or where it goes. */
  NativeBuffer addresses() {
    return addresses;
  }

  /** Where the address of a message starts in the table. */
  int addressOffset(int index) {
    return index * ADDRESS_BYTES;
  }

  /** The table of control data. */
  NativeBuffer controls() {
    return controls;
  }

  /** Where the data of received control information start in the table, or -1. */
  int control(int index, int level, int type, int dataBytes) {
    int start = index * CONTROL_BYTES;
    long end = start + messages.getLong(index * MESSAGE_BYTES + CONTROL_LENGTH);
    int position = start;
    while (position + CONTROL_HEADER_BYTES <= end) {
      long length = controls.getLong(position);
      if (length < CONTROL_HEADER_BYTES || length > end - position) {
        return -1;
      }
      if (controls.getInt(position + 8) == level
          && controls.getInt(position + 12) == type
          && length >= CONTROL_HEADER_BYTES + dataBytes) {
        return position + CONTROL_HEADER_BYTES;
      }
      position += (int) aligned(length);
    }
    return -1;
  }

  /** Copies bytes of a received message. */
  void copy(int index, int position, byte[] target, int offset, int length) {
    packets.get(starts[index] + position, target, offset, length);
  }

  /** Whether there is room for the bytes of one more message, however long. */
  boolean hasRoom() {
    return free <= SEND_BYTES - PACKET_BYTES;
  }

  /**
   * Makes a message ready to be sent, without control data; its address is written next. The first
   * message of a group begins the group anew; each other stands behind the one before.
   */
  void prepareToSend(int index, int addressBytes, byte[] source, int offset, int length) {
    starts[index] = index == 0 ? 0 : free;
    packets.put(starts[index], source, offset, length);
    free = starts[index] + length;
    selectBytes(index, 0, length);
    int message = index * MESSAGE_BYTES;
    messages.putInt(message + NAME_LENGTH, addressBytes);
    messages.putLong(message + CONTROL_LENGTH, 0);
    messages.putInt(message + FLAGS, 0);
  }

  /** Adds bytes to the last message that was prepared. */
  void append(int index, byte[] source, int offset, int length) {
    packets.put(free, source, offset, length);
    free += length;
    vectors.putLong(index * VECTOR_BYTES + Long.BYTES, free - starts[index]);
  }

  /** Has a prepared message hold a part of its bytes only. */
  void selectBytes(int index, int position, int length) {
    vectors.putLong(index * VECTOR_BYTES, packets.address() + starts[index] + position);
    vectors.putLong(index * VECTOR_BYTES + Long.BYTES, length);
  }

  /** Adds control data to a prepared message; returns where in the table they are to be written. */
  int addControl(int index, int level, int type, int dataBytes) {
    int lengthField = index * MESSAGE_BYTES + CONTROL_LENGTH;
    long used = messages.getLong(lengthField);
    int position = index * CONTROL_BYTES + (int) used;
    controls.putLong(position, CONTROL_HEADER_BYTES + dataBytes);
    controls.putInt(position + 8, level);
    controls.putInt(position + 12, type);
    messages.putLong(lengthField, used + aligned(CONTROL_HEADER_BYTES + dataBytes));
    return position + CONTROL_HEADER_BYTES;
  }

  /** Takes the control data that were added last away again. */
  void removeControl(int index, int dataBytes) {
    int lengthField = index * MESSAGE_BYTES + CONTROL_LENGTH;
    long used = messages.getLong(lengthField);
    messages.putLong(lengthField, used - aligned(CONTROL_HEADER_BYTES + dataBytes));
  }

  private static long aligned(long length) {
    return length + 7 & ~7L;
  }
}
