package dev.zuido.tun.socket;

import dev.zuido.tun.Errno;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.PacketBatch;

/**
 * Sends batches by sendmmsg; one thread at a time.
 *
 * <p>With segmentation, packets that follow each other, belong to one flow and have the same length
 * (the last may be shorter) are one message, which the kernel cuts apart again. A message that it
 * does not take for that reason is sent packet by packet, so that nothing is lost.
 */
final class GroupSender {
  /** What the kernel cuts a message into at most; later kernels allow more. */
  static final int MAX_SEGMENTS = 64;

  /** The most bytes of one message: with its headers it is shorter than 64 KiB. */
  static final int MAX_RUN_BYTES = 65_000;

  /** A segment that every path takes. If the kernel calls this invalid, it means the offload. */
  private static final int SMALL_SEGMENT = 512;

  /** So many packets go alone before a length is tried again that was too long for the path. */
  private static final int PACKETS_UNTIL_RETRY = 4096;

  private static final int CONTROL_BYTES = Short.BYTES;

  private final MessageSocket socket;
  private final MessageGroup group = MessageGroup.toSend();
  private final int[] messagePackets = new int[MessageGroup.SIZE];
  private final int[] messageBytes = new int[MessageGroup.SIZE];
  private final int[] payloadBytes = new int[MessageGroup.SIZE];
  private final int[] segmentBytes = new int[MessageGroup.SIZE];
  private boolean segmentation;

  /** Segments have been found too long from this length on. */
  private int tooLong = MessageGroup.PACKET_BYTES;

  private int aloneSinceTooLong;

  private int messages;

  /** Where in the slab the header of the first packet of the last message is, if it may grow. */
  private int runHeader = -1;

  private long packets;
  private long bytes;
  private long drops;

  GroupSender(MessageSocket socket, boolean segmentation) {
    this.socket = socket;
    this.segmentation = segmentation;
  }

  boolean segmentation() {
    return segmentation;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  long drops() {
    return drops;
  }

  /** Drops a whole batch. */
  void refuse(PacketBatch from) {
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i)) {
        drops++;
      }
    }
  }

  /** Sends a batch by an open descriptor; returns how many packets the kernel has taken. */
  int send(int descriptor, PacketBatch from) {
    long before = packets;
    byte[] slab = from.slab();
    messages = 0;
    runHeader = -1;
    int mtu = socket.mtu();
    for (int i = 0; i < from.size(); i++) {
      if (!from.passes(i)) {
        continue;
      }
      int header = from.offset(i);
      int length = from.length(i);
      int headerBytes = length > mtu ? -1 : socket.headerBytes(slab, header, length);
      if (headerBytes < 0) {
        drops++;
      } else if (!joinsRun(slab, header, length - headerBytes)) {
        if (messages == MessageGroup.SIZE || !group.hasRoom()) {
          flush(descriptor);
        }
        begin(slab, header, headerBytes, length);
      } else {
        join(slab, header + headerBytes, length - headerBytes, length);
      }
    }
    flush(descriptor);
    return (int) (packets - before);
  }

  private boolean joinsRun(byte[] slab, int header, int payload) {
    int last = messages - 1;
    return runHeader >= 0
        && payload > 0
        && payload <= segmentBytes[last]
        && messagePackets[last] < MAX_SEGMENTS
        && payloadBytes[last] + payload <= MAX_RUN_BYTES
        && socket.sameFlow(slab, runHeader, header);
  }

  private void join(byte[] slab, int offset, int payload, int length) {
    int last = messages - 1;
    group.append(last, slab, offset, payload);
    payloadBytes[last] += payload;
    messageBytes[last] += length;
    messagePackets[last]++;
    if (messagePackets[last] == 2) {
      int data =
          group.addControl(last, UdpOffloads.SOL_UDP, UdpOffloads.UDP_SEGMENT, CONTROL_BYTES);
      group.controls().putShort(data, segmentBytes[last]);
    }
    if (payload < segmentBytes[last]) {
      runHeader = -1;
    }
  }

  private void begin(byte[] slab, int header, int headerBytes, int length) {
    int message = messages++;
    int payload = length - headerBytes;
    group.prepareToSend(message, socket.addressBytes(), slab, header + headerBytes, payload);
    socket.putHeader(slab, header, group, message);
    messagePackets[message] = 1;
    messageBytes[message] = length;
    payloadBytes[message] = payload;
    segmentBytes[message] = payload;
    runHeader = segmentation && mayBeSegment(payload) ? header : -1;
  }

  private boolean mayBeSegment(int payload) {
    if (payload >= tooLong) {
      if (++aloneSinceTooLong < PACKETS_UNTIL_RETRY) {
        return false;
      }
      tooLong = MessageGroup.PACKET_BYTES;
    }
    return payload > 0;
  }

  /** Sends the prepared messages; what the kernel refuses is dropped. */
  private void flush(int descriptor) {
    int next = 0;
    while (next < messages) {
      int taken =
          Libc.sendmmsg(descriptor, group.address(next), messages - next, Linux.MSG_DONTWAIT);
      if (taken > 0) {
        for (int i = next; i < next + taken; i++) {
          packets += messagePackets[i];
          bytes += messageBytes[i];
        }
        next += taken;
        continue;
      }
      int errno = Linux.errno();
      if (errno == Errno.EAGAIN.number()) {
        while (next < messages) {
          drops += messagePackets[next++];
        }
      } else if (errno != Errno.EINTR.number()) {
        if (messagePackets[next] > 1 && isAboutSegments(errno, segmentBytes[next])) {
          sendSegments(descriptor, next);
        } else {
          drops += messagePackets[next];
        }
        next++;
      }
    }
    messages = 0;
    runHeader = -1;
  }

  /** Whether the packets of a refused message have a chance when each goes for itself. */
  private boolean isAboutSegments(int errno, int segment) {
    switch (Errno.of(errno)) {
      case EIO, EOPNOTSUPP, ENOPROTOOPT -> {
        segmentation = false;
        return true;
      }
      case EINVAL, EMSGSIZE -> {
        if (segment <= SMALL_SEGMENT && errno == Errno.EINVAL.number()) {
          segmentation = false;
        } else {
          tooLong = Math.min(tooLong, segment);
          aloneSinceTooLong = 0;
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Sends the packets of a message one by one. */
  private void sendSegments(int descriptor, int message) {
    group.removeControl(message, CONTROL_BYTES);
    int segment = segmentBytes[message];
    int total = payloadBytes[message];
    int headerBytes = (messageBytes[message] - total) / messagePackets[message];
    int position = 0;
    while (position < total) {
      int length = Math.min(segment, total - position);
      group.selectBytes(message, position, length);
      if (Libc.sendmmsg(descriptor, group.address(message), 1, Linux.MSG_DONTWAIT) == 1) {
        packets++;
        bytes += headerBytes + length;
      } else if (Linux.errno() == Errno.EINTR.number()) {
        continue;
      } else {
        drops++;
      }
      position += length;
    }
  }
}
