package dev.zuido.tun.socket;

import dev.zuido.tun.Errno;
import dev.zuido.tun.NativePort;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.PacketBatch;
import java.lang.ref.Reference;
import java.util.function.IntConsumer;

/** What raw and UDP sockets share: options, groups of packets, statistics, closing. */
abstract sealed class IpSocket implements NativePort
    permits RawIpSocket, RawIpv6Socket, UdpSocket, UdpIpv6Socket {

  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;

  private final Descriptor descriptor;
  private final String text;
  private final int mtu;
  private final int maxReceiveBytes;
  private final boolean coalescing;

  private final Object receiving = new Object();
  private final GroupReceiver receiver;
  private final Object sending = new Object();
  private final GroupSender sender;

  IpSocket(Descriptor descriptor, String text, SocketConfiguration configuration) {
    this(descriptor, text, configuration, new UdpOffloads(false, false));
  }

  IpSocket(
      Descriptor descriptor, String text, SocketConfiguration configuration, UdpOffloads offloads) {
    this.descriptor = descriptor;
    this.text = text;
    this.mtu = configuration.mtu();
    this.maxReceiveBytes = configuration.maxReceiveBytes();
    coalescing = offloads.coalescing();
    receiver = new GroupReceiver(this, coalescing);
    sender = new GroupSender(this, offloads.segmentation());
  }

  /** Opens a non-blocking socket with the options of a configuration. */
  static Descriptor openSocket(
      String text, int domain, int type, int protocol, SocketConfiguration configuration) {
    Linux.require();
    int flags = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int number = Libc.socket(domain, type | flags, protocol);
    Descriptor descriptor = new Descriptor(Linux.check("open a socket for " + text, number));
    try {
      sizeBuffer(number, "receive", SO_RCVBUFFORCE, SO_RCVBUF, configuration.bufferBytes());
      sizeBuffer(number, "send", SO_SNDBUFFORCE, SO_SNDBUF, configuration.bufferBytes());
      String name = configuration.interfaceName();
      if (!name.isEmpty()) {
        NativeBuffer value = new NativeBuffer(name.length() + 1);
        value.putText(0, name);
        Linux.option(
            number, "bind " + text + " to " + name, Linux.SOL_SOCKET, SO_BINDTODEVICE, value);
      }
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
    return descriptor;
  }

  /** Beyond the limits of the host where the process may, since a message can be 64 KiB. */
  private static void sizeBuffer(int number, String which, int forced, int plain, int bytes) {
    String operation = "size its " + which + " buffer";
    try {
      option(number, operation, forced, bytes);
    } catch (OperatingSystemException e) {
      // Without CAP_NET_ADMIN the limits hold.
      option(number, operation, plain, bytes);
    }
  }

  private static void option(int number, String operation, int name, int value) {
    Linux.option(number, operation, Linux.SOL_SOCKET, name, value);
  }

  static void requirePort(int port) {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
  }

  /** Binds a UDP socket to a socket address. */
  static void bind(int number, NativeBuffer address, String operation) {
    try {
      if (Libc.bind(number, address.address(), (int) address.size()) < 0) {
        int errno = Linux.errno();
        throw new OperatingSystemException(operation, errno, adviceOnBinding(errno));
      }
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  private static String adviceOnBinding(int errno) {
    return switch (Errno.of(errno)) {
      case EADDRINUSE ->
          "Another process, perhaps another IKE daemon, has the port: ss -lunp shows which.";
      case EADDRNOTAVAIL -> "The host does not have the address: give it to an interface first.";
      case EACCES -> "CAP_NET_BIND_SERVICE is needed for ports below 1024: run as root.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }

  /** Whether a received packet is short enough for the configuration and for a batch. */
  final boolean fits(int length, PacketBatch into) {
    return length <= Math.min(maxReceiveBytes, into.maxPacketBytes(0));
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
  abstract int headerBytes(byte[] slab, int ip, int length);

  /** The length of a socket address. */
  abstract int addressBytes();

  /** Writes the address and the control data of a prepared message from a packet's headers. */
  abstract void putHeader(byte[] slab, int ip, MessageGroup group, int index);

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

  @Override
  public final int mtu() {
    return mtu;
  }

  @Override
  public final int maxReceiveBytes() {
    return maxReceiveBytes;
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
