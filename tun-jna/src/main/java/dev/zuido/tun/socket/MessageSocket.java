package dev.zuido.tun.socket;

import dev.zuido.tun.NativePort;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.PacketBatch;
import java.util.function.IntConsumer;

/**
 * What all sockets share: messages that are moved in groups, the sizes of the kernel's queues,
 * statistics, closing.
 */
abstract sealed class MessageSocket implements NativePort permits IpSocket, EthernetPort {

  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;

  private final Descriptor descriptor;
  private final String text;
  private final boolean coalescing;

  private final Object receiving = new Object();
  private final GroupReceiver receiver;
  private final Object sending = new Object();
  private final GroupSender sender;

  MessageSocket(Descriptor descriptor, String text, UdpOffloads offloads) {
    this.descriptor = descriptor;
    this.text = text;
    coalescing = offloads.coalescing();
    receiver = new GroupReceiver(this, coalescing);
    sender = new GroupSender(this, offloads.segmentation());
  }

  /** Sizes both queues of a socket. */
  static void sizeBuffers(int number, int bytes) {
    sizeBuffer(number, "receive", SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    sizeBuffer(number, "send", SO_SNDBUFFORCE, SO_SNDBUF, bytes);
  }

  /** Beyond the limits of the host where the process may, since a message can be 64 KiB. */
  private static void sizeBuffer(int number, String which, int forced, int plain, int bytes) {
    String operation = "size its " + which + " buffer";
    try {
      Linux.option(number, operation, Linux.SOL_SOCKET, forced, bytes);
    } catch (OperatingSystemException e) {
      // Without CAP_NET_ADMIN the limits hold.
      Linux.option(number, operation, Linux.SOL_SOCKET, plain, bytes);
    }
  }

  /** Whether a received packet is short enough for the port and for a batch. */
  final boolean fits(int length, PacketBatch into) {
    return length <= Math.min(maxReceiveBytes(), into.maxPacketBytes(0));
  }

  /** Reads the addresses and control data of a received message, whose packets are taken next. */
  abstract void readHeader(MessageGroup group, int index);

  /**
   * Adds a packet of the message whose header was read to a batch that has room; false if it is
   * dropped.
   *
   * @param position where the packet's bytes start in the message
   */
  abstract boolean take(MessageGroup group, int index, int position, int length, PacketBatch into);

  /**
   * How many bytes of a packet to be sent are headers that the kernel writes itself; -1 if the
   * packet is none that the socket sends.
   */
  abstract int headerBytes(byte[] slab, int packet, int length);

  /** The length of a socket address. */
  abstract int addressBytes();

  /** Writes the address and the control data of a prepared message from a packet's headers. */
  abstract void putHeader(byte[] slab, int packet, MessageGroup group, int index);

  /** Whether two packets may leave as segments of one message, as far as their headers go. */
  boolean sameFlow(byte[] slab, int first, int second) {
    return false;
  }

  @Override
  public final int receive(PacketBatch into) {
    synchronized (receiving) {
      if (!descriptor.enter()) {
        return 0;
      }
      try {
        return receiver.receive(descriptor.number(), into);
      } finally {
        descriptor.leave();
      }
    }
  }

  @Override
  public final int send(PacketBatch from) {
    synchronized (sending) {
      if (!descriptor.enter()) {
        sender.refuse(from);
        return 0;
      }
      try {
        return sender.send(descriptor.number(), from);
      } finally {
        descriptor.leave();
      }
    }
  }

  /** Which offloads are in use. */
  final UdpOffloads currentOffloads() {
    synchronized (sending) {
      return new UdpOffloads(sender.segmentation(), coalescing);
    }
  }

  /** The socket, for options before anybody else has it. */
  final Descriptor descriptor() {
    return descriptor;
  }

  /**
   * Does something with the number of the descriptor, which is not closed meanwhile.
   *
   * @throws IllegalStateException if it is closed already
   */
  final void whileOpen(IntConsumer action) {
    if (!descriptor.enter()) {
      throw new IllegalStateException("the socket is closed");
    }
    try {
      action.accept(descriptor.number());
    } finally {
      descriptor.leave();
    }
  }

  @Override
  public final boolean awaitReadable(long timeoutNanos) {
    return hasPending() || descriptor.awaitReadable(timeoutNanos);
  }

  @Override
  public final boolean hasPending() {
    return isOpen() && receiver.hasPending();
  }

  @Override
  public final int fileDescriptor() {
    return descriptor.number();
  }

  /** What the socket has done so far. */
  public final SocketStatistics statistics() {
    long packetsIn;
    long bytesIn;
    long dropsIn;
    synchronized (receiving) {
      packetsIn = receiver.packets();
      bytesIn = receiver.bytes();
      dropsIn = receiver.drops();
    }
    synchronized (sending) {
      return new SocketStatistics(
          packetsIn, bytesIn, dropsIn, sender.packets(), sender.bytes(), sender.drops());
    }
  }

  @Override
  public final boolean isOpen() {
    return descriptor.isOpen();
  }

  @Override
  public final void close() {
    descriptor.close();
  }

  @Override
  public final String toString() {
    return text;
  }
}
