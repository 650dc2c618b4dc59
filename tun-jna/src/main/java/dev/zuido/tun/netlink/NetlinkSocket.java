package dev.zuido.tun.netlink;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A netlink socket on which one request after the other is asked and answered. */
final class NetlinkSocket implements AutoCloseable {
  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NETLINK_GET_STRICT_CHK = 12;
  private static final int ERROR_MESSAGE_ATTRIBUTE = 1;
  private static final int FLAG_CAPPED = 0x100;
  private static final int FLAG_ACK_TLVS = 0x200;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int MAX_DUMP_ATTEMPTS = 8;
  private static final long ANSWER_NANOS = 5_000_000_000L;

  private final Descriptor descriptor;
  private final NativeBuffer buffer = NativeBuffer.uninitialized(BUFFER_BYTES);
  private int sequence;

  NetlinkSocket() {
    Linux.require();
    int socket =
        Linux.check(
            "open a netlink socket",
            Libc.socket(Linux.AF_NETLINK, Linux.SOCK_RAW | Linux.SOCK_CLOEXEC, NETLINK_ROUTE));
    descriptor = new Descriptor(socket);
    try {
      Linux.option(socket, "ask netlink for explanations", SOL_NETLINK, NETLINK_EXT_ACK, 1);
      Linux.option(
          socket, "ask netlink for filtered dumps", SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  /** Asks for a change and waits until the kernel has acknowledged it. */
  synchronized void change(NetlinkRequest request) {
    exchange(request, new ArrayList<>());
  }

  /** Asks for a table, again if it changed while the kernel was listing it. */
  synchronized List<NetlinkReply> dump(NetlinkRequest request) {
    for (int attempt = 0; attempt < MAX_DUMP_ATTEMPTS; attempt++) {
      List<NetlinkReply> replies = new ArrayList<>();
      if (exchange(request, replies)) {
        return replies;
      }
    }
    throw new OperatingSystemException(
        request.operation(),
        Errno.EAGAIN.number(),
        "The table changes faster than it can be read.");
  }

  /** Sends a request and collects the answers up to the last; false if the list is not whole. */
  private boolean exchange(NetlinkRequest request, List<NetlinkReply> into) {
    if (!descriptor.enter()) {
      throw new IllegalStateException("the netlink socket is closed");
    }
    try {
      byte[] message = request.finish(++sequence);
      buffer.put(0, message, 0, message.length);
      Linux.check(
          request.operation(),
          (int) Libc.send(descriptor.number(), buffer.address(), message.length, 0));
      boolean whole = true;
      while (true) {
        for (NetlinkReply reply : receive(request.operation())) {
          if (reply.sequence() != sequence) {
            continue;
          }
          whole &= (reply.flags() & NetlinkReply.FLAG_DUMP_INTERRUPTED) == 0;
          if (reply.type() == NetlinkReply.ERROR || reply.type() == NetlinkReply.DONE) {
            throwIfError(request.operation(), reply);
            return whole;
          }
          into.add(reply);
        }
      }
    } finally {
      descriptor.leave();
    }
  }

  private List<NetlinkReply> receive(String operation) {
    if (!descriptor.awaitReadable(ANSWER_NANOS)) {
      throw new OperatingSystemException(operation, Errno.ETIMEDOUT.number());
    }
    int length =
        Linux.check(
            operation,
            (int)
                Libc.recv(
                    descriptor.number(), buffer.address(), buffer.size(), Linux.MSG_DONTWAIT));
    byte[] bytes = new byte[length];
    buffer.get(0, bytes, 0, length);
    return split(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
  }

  /** The messages of one datagram. */
  static List<NetlinkReply> split(ByteBuffer in) {
    List<NetlinkReply> replies = new ArrayList<>();
    int position = 0;
    while (position + NetlinkRequest.HEADER_BYTES <= in.limit()) {
      int length = in.getInt(position);
      if (length < NetlinkRequest.HEADER_BYTES || length > in.limit() - position) {
        break;
      }
      replies.add(
          new NetlinkReply(
              in.getShort(position + 4) & 0xffff,
              in.getShort(position + 6) & 0xffff,
              in.getInt(position + 8),
              NetlinkReply.slice(
                  in,
                  position + NetlinkRequest.HEADER_BYTES,
                  length - NetlinkRequest.HEADER_BYTES)));
      position += NetlinkReply.aligned(length);
    }
    return replies;
  }

  private static void throwIfError(String operation, NetlinkReply reply) {
    ByteBuffer body = reply.body();
    int error = body.limit() < Integer.BYTES ? 0 : body.getInt(0);
    if (error == 0) {
      return;
    }
    String explanation = explanation(reply);
    if (explanation.isEmpty()) {
      throw new OperatingSystemException(operation, -error);
    }
    throw new OperatingSystemException(operation, -error, "The kernel says: " + explanation);
  }

  /** What the kernel says in words, behind the copy of the request, or empty text. */
  private static String explanation(NetlinkReply reply) {
    ByteBuffer body = reply.body();
    if (reply.type() != NetlinkReply.ERROR
        || (reply.flags() & FLAG_ACK_TLVS) == 0
        || body.limit() < Integer.BYTES + NetlinkRequest.HEADER_BYTES) {
      return "";
    }
    int copied = (reply.flags() & FLAG_CAPPED) != 0 ? NetlinkRequest.HEADER_BYTES : body.getInt(4);
    byte[] text =
        NetlinkReply.bytesAttribute(
            body, Integer.BYTES + NetlinkReply.aligned(copied), ERROR_MESSAGE_ATTRIBUTE);
    return text == null || text.length == 0
        ? ""
        : new String(text, 0, text.length - 1, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
