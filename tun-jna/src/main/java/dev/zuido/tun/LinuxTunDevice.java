package dev.zuido.tun;

import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.PacketBatch;

/**
 * A TUN interface of Linux (IFF_TUN, IFF_NO_PI): packets without any header before them.
 *
 * <p>{@link #open} makes the interface or attaches to a persistent one; it stays down and without
 * addresses until {@link #addAddress} and {@link #setUp}. An interface that is not persistent
 * disappears, with its addresses and routes, when the device is closed. {@link #adopt} takes over a
 * descriptor that somebody else has opened, for example a service with more privileges.
 *
 * <p>One thread at a time receives, one sends, one waits; any thread may read the statistics or
 * close.
 */
public final class LinuxTunDevice implements TunDevice, NativePort {
  /** The longest name of an interface, in characters. */
  public static final int MAX_NAME_LENGTH = 15;

  private static final String CLONE_DEVICE = "/dev/net/tun";
  private static final int BUFFER_BYTES = 1 << 16;

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

  private LinuxTunDevice(Descriptor descriptor, String name, int mtu) {
    this.descriptor = descriptor;
    this.name = name;
    this.mtu = mtu;
  }

  /**
   * Makes an interface, or attaches to the persistent one of that name.
   *
   * @param name up to {@value #MAX_NAME_LENGTH} characters; {@code %d} in it stands for the first
   *     number that is free
   * @param mtu {@value TunDevice#MIN_MTU} to {@value TunDevice#MAX_MTU}
   * @throws OperatingSystemException ENOENT or ENODEV without the driver, EPERM without
   *     CAP_NET_ADMIN, EBUSY if the name is taken by another process, EINVAL if it is taken by an
   *     interface of another kind
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static LinuxTunDevice open(String name, int mtu) {
    Linux.require();
    checkMtu(mtu);
    NativeBuffer request = TunRequest.ofName(name);
    int flags = Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC;
    int number = Libc.open(CLONE_DEVICE, flags);
    if (number < 0) {
      int errno = Linux.errno();
      throw new OperatingSystemException(
          "open " + CLONE_DEVICE, errno, TunRequest.adviceOnOpening(errno));
    }
    Descriptor descriptor = new Descriptor(number);
    try {
      TunRequest.attach(number, name, request);
      LinuxTunDevice device = new LinuxTunDevice(descriptor, TunRequest.name(request), mtu);
      device.applyMtu(mtu);
      return device;
    } catch (RuntimeException e) {
      descriptor.close();
      throw e;
    }
  }

  /**
   * Takes over an open descriptor of a TUN interface; it is closed with the device, and made
   * non-blocking. The interface stays as it is, and may be in another network namespace.
   *
   * @param fileDescriptor the descriptor
   * @param mtu the MTU that the interface has
   * @throws OperatingSystemException if it is no descriptor of a TUN interface; it stays open then
   * @throws IllegalArgumentException if the interface delivers Ethernet frames, packet information
   *     or virtio headers; the descriptor stays open then
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static LinuxTunDevice adopt(int fileDescriptor, int mtu) {
    Linux.require();
    checkMtu(mtu);
    NativeBuffer request = TunRequest.describe(fileDescriptor);
    TunRequest.makeNonBlocking(fileDescriptor);
    return new LinuxTunDevice(new Descriptor(fileDescriptor), TunRequest.name(request), mtu);
  }

  private static void checkMtu(int bytes) {
    if (bytes < MIN_MTU || bytes > MAX_MTU) {
      throw new IllegalArgumentException(
          "an MTU is " + MIN_MTU + " to " + MAX_MTU + ", not " + bytes);
    }
  }

  @Override
  public int receive(PacketBatch into) {
    synchronized (receiving) {
      if (!descriptor.enter()) {
        return 0;
      }
      try {
        int added = 0;
        while (!into.isFull()) {
          int length = (int) Libc.read(descriptor.number(), received.address(), BUFFER_BYTES);
          if (length < 0) {
            if (nothingLeft(Linux.errno())) {
              break;
            }
            continue;
          }
          if (length > into.maxPacketBytes(0)) {
            receiveDrops++;
            continue;
          }
          int index = into.addUninitialized(length);
          received.get(0, into.slab(), into.offset(index), length);
          added++;
          receivedPackets++;
          receivedBytes += length;
        }
        return added;
      } finally {
        descriptor.leave();
      }
    }
  }

  private boolean nothingLeft(int errno) {
    return switch (Errno.of(errno)) {
      case EAGAIN -> true;
      case EINTR -> false;
      default ->
          throw new OperatingSystemException(
              "receive from " + name, errno, "The interface was deleted: open it again.");
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>Dropped and counted are packets longer than the MTU, packets that are no IP packets, and all
   * while the interface is down or was deleted.
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
    if (length == 0 || length > mtu) {
      return false;
    }
    sent.put(0, from.slab(), from.offset(index), length);
    long written;
    do {
      written = Libc.write(descriptor.number(), sent.address(), length);
    } while (written < 0 && Linux.errno() == Errno.EINTR.number());
    return written == length;
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
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if the interface is not in
   *     this network namespace
   */
  @Override
  public void setMtu(int bytes) {
    checkMtu(bytes);
    applyMtu(bytes);
    mtu = bytes;
  }

  private void applyMtu(int bytes) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      NetworkLink link = link(netlink);
      if (link.mtu() != bytes) {
        netlink.setMtu(link.index(), bytes);
      }
    }
  }

  /**
   * Brings the interface up or down.
   *
   * @throws OperatingSystemException as {@link #setMtu}
   */
  public void setUp(boolean up) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      netlink.setUp(link(netlink).index(), up);
    }
  }

  /**
   * Gives the interface an address; one that it has already stays.
   *
   * @param prefixLength of the network that is routed to the interface
   * @throws OperatingSystemException as {@link #setMtu}
   */
  public void addAddress(IpAddress address, int prefixLength) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      netlink.addAddress(link(netlink).index(), address, prefixLength);
    }
  }

  /**
   * The number of the interface, as routes name it.
   *
   * @throws OperatingSystemException ENODEV if the interface is not in this network namespace
   */
  public int interfaceIndex() {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      return link(netlink).index();
    }
  }

  private NetworkLink link(RouteNetlink netlink) {
    return netlink
        .link(name)
        .orElseThrow(
            () -> new OperatingSystemException("find interface " + name, Errno.ENODEV.number()));
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
