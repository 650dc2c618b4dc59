package dev.zuido.tun.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message to the kernel under construction: the header ({@code struct nlmsghdr}), the fixed part
 * of its type, and attributes ({@code struct rtattr}), each aligned to four bytes, in host order.
 *
 * <pre>
 *   | length 4 | type 2 | flags 2 | sequence 4 | port 4 |  fixed part
 *   | length 2 | type 2 | value | ...
 * </pre>
 */
final class NetlinkRequest {
  static final int HEADER_BYTES = 16;
  static final int ATTRIBUTE_HEADER_BYTES = 4;

  static final int REQUEST = 1;
  static final int ACK = 4;
  static final int REPLACE = 0x100;
  static final int EXCLUSIVE = 0x200;
  static final int DUMP = 0x300;
  static final int CREATE = 0x400;

  private static final int CAPACITY = 4096;

  private final String operation;
  private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

  NetlinkRequest(String operation, int type, int flags) {
    this.operation = operation;
    bytes.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags));
    bytes.putInt(0).putInt(0);
  }

  /** What is tried, for errors. */
  String operation() {
    return operation;
  }

  NetlinkRequest put8(int value) {
    bytes.put((byte) value);
    return this;
  }

  NetlinkRequest put16(int value) {
    bytes.putShort((short) value);
    return this;
  }

  NetlinkRequest put32(int value) {
    bytes.putInt(value);
    return this;
  }

  NetlinkRequest attribute(int type, byte[] value) {
    int start = begin(type);
    bytes.put(value);
    end(start);
    return this;
  }

  NetlinkRequest attribute(int type, int value) {
    int start = begin(type);
    bytes.putInt(value);
    end(start);
    return this;
  }

  NetlinkRequest attribute(int type, String text) {
    int start = begin(type);
    bytes.put(text.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    end(start);
    return this;
  }

  /** Starts an attribute that holds others; returns what {@link #end} wants. */
  int begin(int type) {
    int start = bytes.position();
    bytes.putShort((short) 0).putShort((short) type);
    return start;
  }

  /** Starts a next hop ({@code struct rtnexthop}), whose length field is that of an attribute. */
  int beginNextHop(int weight, int interfaceIndex) {
    int start = bytes.position();
    bytes.putShort((short) 0).put((byte) 0).put((byte) (weight - 1)).putInt(interfaceIndex);
    return start;
  }

  /** Writes the length of what began and pads to four bytes. */
  void end(int start) {
    bytes.putShort(start, (short) (bytes.position() - start));
    while (bytes.position() % 4 != 0) {
      bytes.put((byte) 0);
    }
  }

  /** The finished message. */
  byte[] finish(int sequence) {
    bytes.putInt(0, bytes.position()).putInt(8, sequence);
    byte[] message = new byte[bytes.position()];
    bytes.get(0, message);
    return message;
  }
}
