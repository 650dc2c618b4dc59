package dev.zuido.tun.socket;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames of some types on an Ethernet interface (AF_PACKET), for example those of PPPoE.
 *
 * <p>Batches hold whole frames, from the destination's address to the end of the payload, without
 * the frame check sequence: {@link #mtu()} is the interface's MTU and {@value #HEADER_BYTES} bytes
 * more. What is sent has the addresses that stand in the frame; whoever writes them has {@link
 * #address()} for its own.
 *
 * <p>One socket receives all types, in the order in which the frames arrived, so that the first
 * frame of a PPPoE session never overtakes the answer that opens it. A filter in the kernel takes
 * those of the port's types that come to this host's address, to a group or to all; never what the
 * host itself sends. Frames of a VLAN are dropped and counted, since the kernel has taken their
 * tags off and nothing would tell them from the others.
 *
 * <p>The kernel goes on doing with the frames what it did before: if it has a protocol for the
 * types itself, both receive them. An interface that goes down and up again needs nothing; one that
 * was deleted is gone for good.
 *
 * <p>Frames move by sendmmsg and recvmmsg, and not by rings that are shared with the kernel
 * (PACKET_RX_RING, PACKET_TX_RING): with groups of 64 frames of 1506 bytes over a veth pair, a
 * receiving ring made both ends together 0 to 9 % faster (0.92 against 0.84 µs a frame at best,
 * since the kernel copies either way), and a sending one 15 % slower.
 */
public final class EthernetPort extends MessageSocket {
  /** Two addresses and the type. */
  public static final int HEADER_BYTES = 14;

  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_QDISC_BYPASS = 20;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int STATISTICS_BYTES = 8;
  private static final int MAX_FRAME = 0xffff;

  private final int[] etherTypes;
  private final int interfaceIndex;
  private final MacAddress address;
  private final int maxReceiveBytes;
  private final AtomicLong taggedFrames = new AtomicLong();
  private final Object counting = new Object();
  private volatile int mtu;
  private volatile boolean up;
  private long kernelDrops;

  private EthernetPort(
      Descriptor descriptor,
      EthernetConfiguration configuration,
      NetworkLink link,
      MacAddress address) {
    super(descriptor, describe(configuration), new UdpOffloads(false, false));
    this.etherTypes = configuration.etherTypes().stream().mapToInt(Integer::intValue).toArray();
    this.interfaceIndex = link.index();
    this.address = address;
    this.mtu = frameBytes(link);
    this.maxReceiveBytes = mtu;
    this.up = link.running();
  }

  private static int frameBytes(NetworkLink link) {
    return Math.min(MAX_FRAME, link.mtu() + HEADER_BYTES);
  }

  private static String describe(EthernetConfiguration configuration) {
    StringBuilder text = new StringBuilder("frames of type");
    configuration
        .etherTypes()
        .forEach(type -> text.append(" 0x").append(Integer.toHexString(0x10000 | type), 1, 5));
    return text.append(" on ").append(configuration.interfaceName()).toString();
  }

  /**
   * Opens a port; it receives what arrives from now on.
   *
   * @throws OperatingSystemException EPERM without CAP_NET_RAW, ENODEV if the interface is absent,
   *     EAFNOSUPPORT if it is no Ethernet interface or the kernel has no packet sockets
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static EthernetPort open(EthernetConfiguration configuration) {
    Linux.require();
    String text = describe(configuration);
    // Without a type it receives nothing until the filter is there and it is bound.
    int type = Linux.SOCK_RAW | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int number = Libc.socket(EthernetMessages.AF_PACKET, type, 0);
    Descriptor descriptor = new Descriptor(Linux.check("open a socket for " + text, number));
    try {
      sizeBuffers(number, configuration.bufferBytes());
      EthernetFilter.attach(number, EthernetFilter.program(configuration.etherTypes()));
      option(number, "ask for the tags of " + text, EthernetMessages.PACKET_AUXDATA);
      ignoreOutgoing(number);
      if (configuration.bypassQueue()) {
        option(number, "bypass the queue of " + text, PACKET_QDISC_BYPASS);
      }
      NetworkLink link = link(configuration.interfaceName());
      bind(number, link, text);
      return new EthernetPort(descriptor, configuration, link, address(number, link, text));
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
  }

  private static NetworkLink link(String name) {
    try (RouteNetlink netlink = RouteNetlink.open()) {
      return netlink
          .link(name)
          .orElseThrow(
              () -> new OperatingSystemException("find interface " + name, Errno.ENODEV.number()));
    }
  }

  private static void option(int number, String operation, int name) {
    Linux.option(number, operation, EthernetMessages.SOL_PACKET, name, 1);
  }

  /** The filter drops what the host sends; here it need not even be asked. */
  private static void ignoreOutgoing(int number) {
    try {
      option(number, "ignore what is sent", PACKET_IGNORE_OUTGOING);
    } catch (OperatingSystemException e) {
      if (e.error() != Errno.ENOPROTOOPT) {
        throw e;
      }
      // Before Linux 4.20.
    }
  }

  private static void bind(int number, NetworkLink link, String text) {
    NativeBuffer local = new NativeBuffer(EthernetMessages.ADDRESS_BYTES);
    EthernetMessages.putAddress(local, 0, EthernetMessages.ALL_TYPES, link.index());
    try {
      Linux.check("receive " + text, Libc.bind(number, local.address(), (int) local.size()));
    } finally {
      Reference.reachabilityFence(local);
    }
  }

  private static MacAddress address(int number, NetworkLink link, String text) {
    NativeBuffer local = new NativeBuffer(EthernetMessages.ADDRESS_BYTES);
    NativeBuffer length = new NativeBuffer(Integer.BYTES);
    length.putInt(0, EthernetMessages.ADDRESS_BYTES);
    try {
      Linux.check(
          "find the address of " + link.name(),
          Libc.getsockname(number, local.address(), length.address()));
    } finally {
      Reference.reachabilityFence(local);
      Reference.reachabilityFence(length);
    }
    if (!EthernetMessages.isEthernet(local)) {
      throw new OperatingSystemException(
          "receive " + text,
          Errno.EAFNOSUPPORT.number(),
          link.name() + " is no Ethernet interface.");
    }
    return EthernetMessages.ownAddress(local);
  }

  /** The interface's own address, as it was when the port was opened. */
  public MacAddress address() {
    return address;
  }

  /**
   * Takes note of how the interface is now, as a {@link dev.zuido.tun.netlink.LinkMonitor} has told
   * it: whether it is up, and its MTU. Frames that are longer than the MTU was when the port was
   * opened are still not received.
   *
   * @throws IllegalArgumentException if it is another interface
   */
  public void follow(NetworkLink link) {
    if (link.index() != interfaceIndex) {
      throw new IllegalArgumentException(link.name() + " is not the interface of " + this);
    }
    up = link.running();
    if (link.mtu() > 0) {
      mtu = frameBytes(link);
    }
  }

  /** Whether the port is open and the interface is up, as far as the port was told. */
  @Override
  public boolean isUp() {
    return up && isOpen();
  }

  @Override
  public int mtu() {
    return mtu;
  }

  @Override
  public int maxReceiveBytes() {
    return maxReceiveBytes;
  }

  /** The received frames that were dropped since they belong to a VLAN. */
  public long taggedFrames() {
    return taggedFrames.get();
  }

  /**
   * The frames that arrived and found the kernel's queue full, which {@link #statistics()} does not
   * know of (PACKET_STATISTICS).
   */
  public long kernelDrops() {
    synchronized (counting) {
      if (descriptor().enter()) {
        try {
          kernelDrops += dropsSinceLastAsked();
        } finally {
          descriptor().leave();
        }
      }
      return kernelDrops;
    }
  }

  /** {@code struct tpacket_stats}: packets 4, drops 4. The kernel counts from 0 again. */
  private long dropsSinceLastAsked() {
    NativeBuffer value = new NativeBuffer(STATISTICS_BYTES);
    NativeBuffer length = new NativeBuffer(Integer.BYTES);
    length.putInt(0, STATISTICS_BYTES);
    try {
      Linux.check(
          "ask for the drops of " + this,
          Libc.getsockopt(
              descriptor().number(),
              EthernetMessages.SOL_PACKET,
              PACKET_STATISTICS,
              value.address(),
              length.address()));
    } finally {
      Reference.reachabilityFence(value);
      Reference.reachabilityFence(length);
    }
    return Integer.toUnsignedLong(value.getInt(Integer.BYTES));
  }

  @Override
  void readHeader(MessageGroup group, int index) {
    // All that is said beside the frame is its tag, which take() looks at.
  }

  @Override
  boolean take(MessageGroup group, int index, int position, int length, PacketBatch into) {
    if (EthernetMessages.isOfVlan(group, index)) {
      taggedFrames.incrementAndGet();
      return false;
    }
    if (length < HEADER_BYTES || !fits(length, into)) {
      return false;
    }
    int frame = into.addUninitialized(length);
    group.copy(index, position, into.slab(), into.offset(frame), length);
    into.setIngress(frame, interfaceIndex);
    return true;
  }

  @Override
  int headerBytes(byte[] slab, int frame, int length) {
    return length >= HEADER_BYTES && isOurs(typeOf(slab, frame)) ? 0 : -1;
  }

  private boolean isOurs(int etherType) {
    for (int each : etherTypes) {
      if (each == etherType) {
        return true;
      }
    }
    return false;
  }

  private static int typeOf(byte[] slab, int frame) {
    return BigEndian.getUnsignedShort(slab, frame + EthernetFilter.TYPE_OFFSET);
  }

  @Override
  int addressBytes() {
    return EthernetMessages.ADDRESS_BYTES;
  }

  @Override
  void putHeader(byte[] slab, int frame, MessageGroup group, int index) {
    EthernetMessages.putAddress(
        group.addresses(), group.addressOffset(index), typeOf(slab, frame), interfaceIndex);
  }
}
