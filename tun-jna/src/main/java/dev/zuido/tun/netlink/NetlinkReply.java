package dev.zuido.tun.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A message of the kernel: its type, and its bytes behind the header in host order.
 *
 * @param type the message type
 * @param flags the flags of the header
 * @param sequence the number of the request that it answers
 * @param body what follows the header
 */
record NetlinkReply(int type, int flags, int sequence, ByteBuffer body) {
  static final int ERROR = 2;
  static final int DONE = 3;
  static final int FLAG_DUMP_INTERRUPTED = 0x10;
  private static final int TYPE_MASK = 0x3fff;

  /** Where the next message starts that stands behind one of this length. */
  static int aligned(int length) {
    return length + 3 & ~3;
  }

  /** The value of an attribute, or null. */
  static @Nullable ByteBuffer attribute(ByteBuffer in, int from, int type) {
    int position = from;
    while (position + NetlinkRequest.ATTRIBUTE_HEADER_BYTES <= in.limit()) {
      int length = in.getShort(position) & 0xffff;
      if (length < NetlinkRequest.ATTRIBUTE_HEADER_BYTES || position + length > in.limit()) {
        return null;
      }
      if ((in.getShort(position + 2) & TYPE_MASK) == type) {
        return slice(in, position + 4, length - 4);
      }
      position += aligned(length);
    }
    return null;
  }

  static int intAttribute(ByteBuffer in, int from, int type, int otherwise) {
    ByteBuffer value = attribute(in, from, type);
    return value == null || value.limit() < Integer.BYTES ? otherwise : value.getInt(0);
  }

  static byte @Nullable [] bytesAttribute(ByteBuffer in, int from, int type) {
    ByteBuffer value = attribute(in, from, type);
    if (value == null) {
      return null;
    }
    byte[] bytes = new byte[value.limit()];
    value.get(0, bytes);
    return bytes;
  }

  static ByteBuffer slice(ByteBuffer in, int offset, int length) {
    return in.slice(offset, length).order(ByteOrder.nativeOrder());
  }
}
