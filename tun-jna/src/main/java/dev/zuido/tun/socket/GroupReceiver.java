package dev.zuido.tun.socket;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.PacketBatch;

/**
 * Receives into batches by recvmmsg; one thread at a time.
 *
 * <p>With coalescing, a message may hold the payload of many datagrams of one flow, of which all
 * but the last have the length that the kernel names. What finds no room in a batch waits here for
 * the next.
 */
final class GroupReceiver {
  private final MessageSocket socket;
  private final boolean coalescing;
  private final MessageGroup group = MessageGroup.toReceive();

  /** The messages that were received last, and the first that is not done with. */
  private int count;

  private int next;

  /** Of that message: its bytes, those that were taken, and the payload of each datagram. */
  private int messageBytes;

  private int position;
  private int segmentBytes;
  private boolean opened;

  /** Datagrams in a message, for the last group. */
  private int usualSegments = 1;

  private long packets;
  private long bytes;
  private long drops;
  private volatile boolean pending;

  GroupReceiver(MessageSocket socket, boolean coalescing) {
    this.socket = socket;
    this.coalescing = coalescing;
  }

  /** Whether packets wait here that the descriptor does not know of; from any thread. */
  boolean hasPending() {
    return pending;
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

  /** Receives by an open descriptor until nothing is left or the batch is full. */
  int receive(int descriptor, PacketBatch into) {
    int before = into.size();
    boolean more = true;
    while (!into.isFull()) {
      if (next == count) {
        if (!more) {
          break;
        }
        more = receiveGroup(descriptor, into.capacity() - into.size());
      } else {
        takeMessage(into);
      }
    }
    pending = next < count;
    return into.size() - before;
  }

  /** Receives messages; false if there are no more for now. */
  private boolean receiveGroup(int descriptor, int room) {
    int wanted = Math.min(MessageGroup.SIZE, Math.max(1, room / usualSegments));
    group.prepareToReceive(wanted);
    next = 0;
    count = 0;
    while (true) {
      int received = Libc.recvmmsg(descriptor, group.address(0), wanted, Linux.MSG_DONTWAIT, 0);
      if (received >= 0) {
        count = received;
        return received == wanted;
      }
      switch (Errno.of(Linux.errno())) {
        case EAGAIN -> {
          return false;
        }
        // An interruption, or the news that an earlier packet could not be delivered.
        case EINTR, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EMSGSIZE, ENOPROTOOPT, ENETDOWN -> {}
        default -> throw new OperatingSystemException("receive from " + socket, Linux.errno());
      }
    }
  }

  /** Takes what finds room of the next message. */
  private void takeMessage(PacketBatch into) {
    if (!opened) {
      open();
    }
    do {
      int length = Math.min(segmentBytes, messageBytes - position);
      if (messageBytes >= 0 && socket.take(group, next, position, length, into)) {
        packets++;
        bytes += into.length(into.size() - 1);
      } else {
        drops++;
      }
      position += length;
    } while (position < messageBytes && !into.isFull());
    if (position >= messageBytes) {
      opened = false;
      next++;
    }
  }

  private void open() {
    messageBytes = group.receivedLength(next);
    position = 0;
    segmentBytes = Math.max(messageBytes, 0);
    opened = true;
    if (messageBytes < 0) {
      return;
    }
    socket.readHeader(group, next);
    if (coalescing) {
      int data = group.control(next, UdpOffloads.SOL_UDP, UdpOffloads.UDP_GRO, Integer.BYTES);
      int segment = data < 0 ? 0 : group.controls().getInt(data);
      if (segment > 0 && segment < messageBytes) {
        segmentBytes = segment;
      }
      usualSegments = Math.max(1, messageBytes / Math.max(1, segmentBytes));
    }
  }
}
