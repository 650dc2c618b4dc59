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

  private final Descriptor descriptor;
  private final String text;
  private final int mtu;
  private final int maxReceiveBytes;

  private final Object receiving = new Object();
  private final MessageGroup received = new MessageGroup();
  private long receivedPackets;
  private long receivedBytes;
  private long receiveDrops;

  private final Object sending = new Object();
  private final MessageGroup sent = new MessageGroup();
  private final int[] preparedBytes = new int[MessageGroup.SIZE];
  private long sentPackets;
  private long sentBytes;
  private long sendDrops;

  IpSocket(Descriptor descriptor, String text, SocketConfiguration configuration) {
    this.descriptor = descriptor;
    this.text = text;
    this.mtu = configuration.mtu();
    this.maxReceiveBytes = configuration.maxReceiveBytes();
  }

  /** Opens a non-blocking socket with the options of a configuration. */
  static Descriptor openSocket(
      String text, int domain, int type, int protocol, SocketConfiguration configuration) {
    Linux.require();
    int flags = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int number = Libc.socket(domain, type | flags, protocol);
    Descriptor descriptor = new Descriptor(Linux.check("open a socket for " + text, number));
    try {
      option(number, "size its receive buffer", SO_RCVBUF, configuration.bufferBytes());
      option(number, "size its send buffer", SO_SNDBUF, configuration.bufferBytes());
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

  /** Adds a received packet to a batch that has room; false if it is dropped. */
  abstract boolean take(MessageGroup group, int index, int length, PacketBatch into);

  /** Fills a message from a packet of a batch; false if it is dropped. */
  abstract boolean prepare(PacketBatch from, int packet, MessageGroup group, int index);

  @Override
  public final int receive(PacketBatch into) {
    synchronized (receiving) {
      if (!descriptor.enter()) {
        return 0;
      }
      try {
        int before = into.size();
        while (!into.isFull()) {
          int wanted = Math.min(MessageGroup.SIZE, into.capacity() - into.size());
          int count = receiveGroup(wanted);
          for (int i = 0; i < count; i++) {
            int length = received.receivedLength(i);
            if (length >= 0 && take(received, i, length, into)) {
              receivedPackets++;
              receivedBytes += into.length(into.size() - 1);
            } else {
              receiveDrops++;
            }
          }
          if (count < wanted) {
            break;
          }
        }
        return into.size() - before;
      } finally {
        descriptor.leave();
      }
    }
  }

  private int receiveGroup(int wanted) {
    received.prepareToReceive(wanted);
    while (true) {
      int count =
          Libc.recvmmsg(descriptor.number(), received.address(0), wanted, Linux.MSG_DONTWAIT, 0);
      if (count >= 0) {
        return count;
      }
      switch (Errno.of(Linux.errno())) {
        case EAGAIN -> {
          return 0;
        }
        // An interruption, or the news that an earlier packet could not be delivered.
        case EINTR, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EMSGSIZE, ENOPROTOOPT, ENETDOWN -> {}
        default -> throw new OperatingSystemException("receive from " + this, Linux.errno());
      }
    }
  }

  @Override
  public final int send(PacketBatch from) {
    synchronized (sending) {
      boolean open = descriptor.enter();
      try {
        long before = sentPackets;
        int prepared = 0;
        for (int i = 0; i < from.size(); i++) {
          if (!from.passes(i)) {
            continue;
          }
          if (!open || from.length(i) > mtu || !prepare(from, i, sent, prepared)) {
            sendDrops++;
            continue;
          }
          preparedBytes[prepared++] = from.length(i);
          if (prepared == MessageGroup.SIZE) {
            sendGroup(prepared);
            prepared = 0;
          }
        }
        sendGroup(prepared);
        return (int) (sentPackets - before);
      } finally {
        if (open) {
          descriptor.leave();
        }
      }
    }
  }

  /** Sends the prepared messages; what the kernel refuses is dropped. */
  private void sendGroup(int count) {
    int next = 0;
    while (next < count) {
      int taken =
          Libc.sendmmsg(descriptor.number(), sent.address(next), count - next, Linux.MSG_DONTWAIT);
      if (taken > 0) {
        for (int i = next; i < next + taken; i++) {
          sentPackets++;
          sentBytes += preparedBytes[i];
        }
        next += taken;
      } else if (Linux.errno() == Errno.EAGAIN.number()) {
        sendDrops += count - next;
        return;
      } else if (Linux.errno() != Errno.EINTR.number()) {
        sendDrops++;
        next++;
      }
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
    return descriptor.awaitReadable(timeoutNanos);
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
      packetsIn = receivedPackets;
      bytesIn = receivedBytes;
      dropsIn = receiveDrops;
    }
    synchronized (sending) {
      return new SocketStatistics(packetsIn, bytesIn, dropsIn, sentPackets, sentBytes, sendDrops);
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
