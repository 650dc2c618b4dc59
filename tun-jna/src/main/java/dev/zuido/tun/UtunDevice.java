package dev.zuido.tun;

import dev.zuido.tun.system.Darwin;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.tun.system.Posix;
import dev.zuido.wire.PacketBatch;

/**
 * A utun interface of macOS.
 *
 * <p><b>The project's tests do not run it</b>: they run on Linux, where only the layout of its
 * requests is tested. It was written from the headers of the system, and is to be tried before it
 * is relied on.
 *
 * <p>The interface disappears, with its addresses and routes, when the device is closed. It is
 * given addresses and brought up by ifconfig(8): {@code ifconfig utun7 192.0.2.1 192.0.2.2 up}. Raw
 * sockets, netlink and the rest of this module are for Linux.
 *
 * <p>One thread at a time receives, one sends, one waits; any thread may read the statistics or
 * close.
 */
public final class UtunDevice implements TunDevice, NativePort {
  private static final int BUFFER_BYTES = UtunRequest.HEADER_BYTES + (1 << 16);

  private final Descriptor descriptor;
  private final String name;
  private volatile int mtu;

  private final Object receiving = new Object();
  private final NativeBuffer received = NativeBuffer.uninitialized(BUFFER_BYTES);
  private long receivedPackets;
  private long receivedBytes;
  private long receiveDrops;

  private final Object sending = new Object();
  private final NativeBuffer sent = NativeBuffer.uninitialized(BUFFER_BYTES);
  private long sentPackets;
  private long sentBytes;
  private long sendDrops;

  private UtunDevice(Descriptor descriptor, String name, int mtu) {
    this.descriptor = descriptor;
    this.name = name;
    this.mtu = mtu;
  }

  /**
   * Makes an interface.
   *
   * @param name {@code utun7} for that one, {@code utun%d} for the first that is free
   * @param mtu {@value TunDevice#MIN_MTU} to {@value TunDevice#MAX_MTU}
   * @throws OperatingSystemException EPERM without root, EBUSY if the name is taken
   * @throws UnsupportedOperationException if this is not macOS
   */
  public static UtunDevice open(String name, int mtu) {
    Darwin.require();
    TunInterface.checkMtu(mtu);
    int unit = UtunRequest.unit(name);
    String operation = "make the interface " + name;
    Descriptor descriptor =
        new Descriptor(
            Darwin.socket(
                operation, Darwin.AF_SYSTEM, Darwin.SOCK_DGRAM, UtunRequest.SYSPROTO_CONTROL));
    try {
      int number = descriptor.number();
      NativeBuffer info = UtunRequest.controlInfo();
      Darwin.ioctl(operation, number, UtunRequest.CTLIOCGINFO, info);
      NativeBuffer address = UtunRequest.controlAddress(info.getInt(0), unit);
      if (Darwin.connect(number, address) < 0) {
        int errno = Darwin.errno();
        throw new OperatingSystemException(operation, errno, adviceOnConnecting(errno));
      }
      NativeBuffer given = new NativeBuffer(UtunRequest.IFNAMSIZ);
      Darwin.socketOption(
          operation, number, UtunRequest.SYSPROTO_CONTROL, UtunRequest.UTUN_OPT_IFNAME, given);
      Darwin.prepare(number);
      UtunDevice device = new UtunDevice(descriptor, given.getText(0, UtunRequest.IFNAMSIZ), mtu);
      device.setMtu(mtu);
      return device;
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  private static String adviceOnConnecting(int errno) {
    return switch (Errno.of(errno)) {
      case EPERM, EACCES -> "Root is needed: run with sudo.";
      case EBUSY -> "The interface is there already: choose another name, or utun%d.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }

  @Override
  public int receive(PacketBatch into) {
    synchronized (receiving) {
      if (!descriptor.enter()) {
        return 0;
      }
      try {
        int before = into.size();
        while (!into.isFull()) {
          long length = Posix.read(descriptor.number(), received.address(), BUFFER_BYTES);
          if (length < 0) {
            int errno = Darwin.errno();
            if (errno == Errno.EAGAIN.number()) {
              break;
            }
            if (errno != Errno.EINTR.number()) {
              throw new OperatingSystemException("receive from " + name, errno);
            }
          } else {
            take(into, (int) length - UtunRequest.HEADER_BYTES);
          }
        }
        return into.size() - before;
      } finally {
        descriptor.leave();
      }
    }
  }

  private void take(PacketBatch into, int length) {
    if (length < 0 || length > into.maxPacketBytes(0) || !UtunRequest.isIp(received)) {
      receiveDrops++;
      return;
    }
    int index = into.addUninitialized(length);
    received.get(UtunRequest.HEADER_BYTES, into.slab(), into.offset(index), length);
    receivedPackets++;
    receivedBytes += length;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Dropped and counted are packets that are no IP packets, super-packets and packets with an
   * unfinished checksum, and what the system has no room for.
   */
  @Override
  public int send(PacketBatch from) {
    synchronized (sending) {
      boolean open = descriptor.enter();
      try {
        int taken = 0;
        for (int i = 0; i < from.size(); i++) {
          if (!from.passes(i)) {
            continue;
          }
          if (open && write(from, i)) {
            taken++;
            sentPackets++;
            sentBytes += from.length(i);
          } else {
            sendDrops++;
          }
        }
        return taken;
      } finally {
        if (open) {
          descriptor.leave();
        }
      }
    }
  }

  private boolean write(PacketBatch from, int index) {
    int length = from.length(index);
    if (length == 0
        || length > MAX_MTU
        || from.gsoSize(index) != 0
        || from.checksumState(index) == PacketBatch.ChecksumState.PARTIAL
        || !UtunRequest.putHeader(sent, from.slab()[from.offset(index)])) {
      return false;
    }
    sent.put(UtunRequest.HEADER_BYTES, from.slab(), from.offset(index), length);
    int total = UtunRequest.HEADER_BYTES + length;
    long written;
    do {
      written = Posix.write(descriptor.number(), sent.address(), total);
    } while (written < 0 && Darwin.errno() == Errno.EINTR.number());
    return written == total;
  }

  @Override
  public boolean awaitReadable(long timeoutNanos) {
    return descriptor.awaitReadable(timeoutNanos);
  }

  @Override
  public int fileDescriptor() {
    return descriptor.number();
  }

  @Override
  public String name() {
    return name;
  }

  /** The MTU that was last given to this object; what others do to the interface is not seen. */
  @Override
  public int mtu() {
    return mtu;
  }

  /**
   * {@inheritDoc}
   *
   * @throws OperatingSystemException EPERM without root
   */
  @Override
  public void setMtu(int bytes) {
    TunInterface.checkMtu(bytes);
    String operation = "set the MTU of " + name + " to " + bytes;
    int socket = Darwin.socket(operation, Darwin.AF_INET, Darwin.SOCK_DGRAM, 0);
    NativeBuffer request = UtunRequest.mtu(name, bytes);
    try {
      Darwin.ioctl(operation, socket, UtunRequest.SIOCSIFMTU, request);
      mtu = bytes;
    } finally {
      Posix.close(socket);
    }
  }

  @Override
  public TunStatistics statistics() {
    long packetsIn;
    long bytesIn;
    long dropsIn;
    synchronized (receiving) {
      packetsIn = receivedPackets;
      bytesIn = receivedBytes;
      dropsIn = receiveDrops;
    }
    synchronized (sending) {
      return new TunStatistics(packetsIn, bytesIn, dropsIn, sentPackets, sentBytes, sendDrops);
    }
  }

  @Override
  public boolean isOpen() {
    return descriptor.isOpen();
  }

  @Override
  public void close() {
    descriptor.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
