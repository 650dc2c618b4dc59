package dev.zuido.tun;

import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A TUN interface of Linux (IFF_TUN, IFF_NO_PI): packets without any header before them.
 *
 * <p>{@link #open} makes the interface or attaches to a persistent one; it stays down and without
 * addresses until {@link #addAddress} and {@link #setUp}. An interface that is not persistent
 * disappears, with its addresses and routes, when the device is closed. {@link #adopt} takes over a
 * descriptor that somebody else has opened, for example a service with more privileges.
 *
 * <p>{@link TunOptions} lets the host leave segmentation and checksums to the device, and {@link
 * #openQueues} opens several devices on one interface, each for a thread of its own: the kernel
 * gives a flow's packets to one of them, to that which has last sent of the flow. The MTU, the
 * addresses and whether it is up are the interface's, whichever device they are given to.
 *
 * <p>One thread at a time receives, one sends, one waits; any thread may read the statistics or
 * close.
 */
public final class LinuxTunDevice implements TunDevice, NativePort {
  /** The longest name of an interface, in characters. */
  public static final int MAX_NAME_LENGTH = 15;

  /** The most queues that an interface has. */
  public static final int MAX_QUEUES = 256;

  private static final String CLONE_DEVICE = "/dev/net/tun";

  private final Descriptor descriptor;
  private final TunInterface link;
  private final TunOptions options;
  private final TunReader reader;
  private final TunWriter writer;

  private LinuxTunDevice(Descriptor descriptor, TunInterface link, TunOptions options) {
    this.descriptor = descriptor;
    this.link = link;
    this.options = options;
    this.reader = new TunReader(descriptor, link.name(), options.offload());
    this.writer = new TunWriter(descriptor, link, options);
  }

  /**
   * Makes an interface without offload, or attaches to the persistent one of that name, as {@link
   * #open(String, int, TunOptions)} with {@link TunOptions#PLAIN}.
   */
  public static LinuxTunDevice open(String name, int mtu) {
    return open(name, mtu, TunOptions.PLAIN);
  }

  /**
   * Makes an interface, or attaches to the persistent one of that name.
   *
   * @param name up to {@value #MAX_NAME_LENGTH} characters; {@code %d} in it stands for the first
   *     number that is free
   * @param mtu {@value TunDevice#MIN_MTU} to {@value TunDevice#MAX_MTU}
   * @throws OperatingSystemException ENOENT or ENODEV without the driver, EPERM without
   *     CAP_NET_ADMIN, EBUSY if the name is taken by another process, EINVAL if it is taken by an
   *     interface of another kind or opened with other options
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static LinuxTunDevice open(String name, int mtu, TunOptions options) {
    Linux.require();
    TunInterface.checkMtu(mtu);
    NativeBuffer request = TunRequest.ofName(name, options);
    Descriptor descriptor = openCloneDevice();
    try {
      attach(descriptor, name, request, options);
      TunInterface link = new TunInterface(TunRequest.name(request), mtu);
      link.setMtu(mtu);
      return new LinuxTunDevice(descriptor, link, options);
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  private static Descriptor openCloneDevice() {
    int flags = Linux.O_RDWR | Linux.O_NONBLOCK | Linux.O_CLOEXEC;
    int number = Libc.open(CLONE_DEVICE, flags);
    if (number < 0) {
      int errno = Linux.errno();
      throw new OperatingSystemException(
          "open " + CLONE_DEVICE, errno, TunRequest.adviceOnOpening(errno));
    }
    return new Descriptor(number);
  }

  private static void attach(
      Descriptor descriptor, String name, NativeBuffer request, TunOptions options) {
    TunRequest.attach(descriptor.number(), name, request);
    TunRequest.enableOffload(descriptor.number(), name, options);
  }

  /**
   * Makes an interface with several queues, or attaches to the persistent one of that name: without
   * offload, as {@link #openQueues(String, int, int, TunOptions)} with {@link TunOptions#PLAIN}.
   */
  public static List<LinuxTunDevice> openQueues(String name, int mtu, int queues) {
    return openQueues(name, mtu, queues, TunOptions.PLAIN);
  }

  /**
   * Makes an interface with several queues, or attaches to the persistent one of that name.
   *
   * @param queues the number of devices, 1 to {@value #MAX_QUEUES}; each is closed for itself
   * @param options with one queue or several: here the interface always has several
   * @throws OperatingSystemException as {@link #open(String, int, TunOptions)}; then none is open
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static List<LinuxTunDevice> openQueues(
      String name, int mtu, int queues, TunOptions options) {
    if (queues < 1 || queues > MAX_QUEUES) {
      throw new IllegalArgumentException(
          "an interface has 1 to " + MAX_QUEUES + " queues, not " + queues);
    }
    TunOptions several = options.withMultiQueue(true);
    List<LinuxTunDevice> devices = new ArrayList<>();
    devices.add(open(name, mtu, several));
    try {
      TunInterface link = devices.get(0).link;
      while (devices.size() < queues) {
        Descriptor descriptor = openCloneDevice();
        try {
          attach(descriptor, link.name(), TunRequest.ofName(link.name(), several), several);
          devices.add(new LinuxTunDevice(descriptor, link, several));
        } catch (OperatingSystemException e) {
          descriptor.close();
          throw e;
        }
      }
      return List.copyOf(devices);
    } catch (OperatingSystemException e) {
      devices.forEach(LinuxTunDevice::close);
      throw e;
    }
  }

  /**
   * Takes over an open descriptor of a TUN interface without offload, as {@link #adopt(int, int,
   * TunOptions)} with {@link TunOptions#PLAIN}.
   */
  public static LinuxTunDevice adopt(int fileDescriptor, int mtu) {
    return adopt(fileDescriptor, mtu, TunOptions.PLAIN);
  }

  /**
   * Takes over an open descriptor of a TUN interface; it is closed with the device, and made
   * non-blocking. The interface stays as it is, but for its offload, and may be in another network
   * namespace.
   *
   * @param fileDescriptor the descriptor
   * @param mtu the MTU that the interface has
   * @param options with offload if it was opened with IFF_VNET_HDR
   * @throws OperatingSystemException if it is no descriptor of a TUN interface; it stays open then
   * @throws IllegalArgumentException if the interface delivers Ethernet frames or packet
   *     information, or has virtio headers where the options have no offload, or the reverse; the
   *     descriptor stays open then
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static LinuxTunDevice adopt(int fileDescriptor, int mtu, TunOptions options) {
    Linux.require();
    TunInterface.checkMtu(mtu);
    String name = TunRequest.name(TunRequest.describe(fileDescriptor, options));
    TunRequest.enableOffload(fileDescriptor, name, options);
    TunRequest.makeNonBlocking(fileDescriptor);
    return new LinuxTunDevice(new Descriptor(fileDescriptor), new TunInterface(name, mtu), options);
  }

  /**
   * {@inheritDoc}
   *
   * @throws OperatingSystemException if the interface was deleted
   */
  @Override
  public int receive(PacketBatch into) {
    return reader.receive(into);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The MTU limits what the host sends; what is sent to the host may be longer, as it may on
   * other links. Dropped and counted are packets that are no IP packets, super-packets whose
   * segments are longer than the MTU, and all while the interface is down or was deleted.
   * Super-packets and packets with an unfinished checksum are handed to the host as such where
   * there is offload, and are split and finished before where there is none; those that cannot be
   * are dropped.
   */
  @Override
  public int send(PacketBatch from) {
    return writer.send(from);
  }

  @Override
  public boolean awaitReadable(long timeoutNanos) {
    return hasPending() || descriptor.awaitReadable(timeoutNanos);
  }

  @Override
  public boolean hasPending() {
    return isOpen() && reader.hasSegments();
  }

  @Override
  public int fileDescriptor() {
    return descriptor.number();
  }

  @Override
  public String name() {
    return link.name();
  }

  /** The options with which it was opened. */
  public TunOptions options() {
    return options;
  }

  /** The MTU that was last given to it here; what others do to the interface is not seen. */
  @Override
  public int mtu() {
    return link.mtu();
  }

  @Override
  public int maxReceiveBytes() {
    return options.offload() == TunOptions.Offload.SUPER_PACKETS ? MAX_MTU : mtu();
  }

  /**
   * {@inheritDoc}
   *
   * @throws OperatingSystemException EPERM without CAP_NET_ADMIN, ENODEV if the interface is not in
   *     this network namespace
   */
  @Override
  public void setMtu(int bytes) {
    link.setMtu(bytes);
  }

  /**
   * Brings the interface up or down.
   *
   * @throws OperatingSystemException as {@link #setMtu}
   */
  public void setUp(boolean up) {
    link.setUp(up);
  }

  /**
   * Tells the host whether the line behind the interface is connected, which it is at first:
   * without a carrier, the host treats the interface like one without a cable.
   *
   * @throws OperatingSystemException EINVAL if the kernel is older than Linux 5.0
   * @throws IllegalStateException if the device is closed
   */
  public void setCarrier(boolean carrier) {
    if (!descriptor.enter()) {
      throw new IllegalStateException("the device is closed");
    }
    try {
      TunRequest.setCarrier(descriptor.number(), name(), carrier);
    } finally {
      descriptor.leave();
    }
  }

  /**
   * Gives the interface an address; one that it has already stays.
   *
   * @param prefixLength of the network that is routed to the interface
   * @throws OperatingSystemException as {@link #setMtu}
   */
  public void addAddress(IpAddress address, int prefixLength) {
    link.addAddress(address, prefixLength);
  }

  /**
   * The number of the interface, as routes name it.
   *
   * @throws OperatingSystemException ENODEV if the interface is not in this network namespace
   */
  public int interfaceIndex() {
    return link.index();
  }

  @Override
  public TunStatistics statistics() {
    return new TunStatistics(
        reader.packets(),
        reader.bytes(),
        reader.drops(),
        writer.packets(),
        writer.bytes(),
        writer.drops());
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
    return name();
  }
}
