package dev.zuido.host;

import dev.zuido.tun.NativePort;
import dev.zuido.tun.socket.RawIpSocket;
import dev.zuido.tun.socket.SocketConfiguration;
import dev.zuido.tun.socket.UdpOffloads;
import dev.zuido.tun.socket.UdpSocket;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.UdpFields;
import dev.zuido.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The router's share of a link that the kernel owns: the protocols that are ours, each by a socket
 * of its own, as one port.
 *
 * <p>Where the router looks after a crypto map, it also gets packets from the kernel that the map
 * lets by in the clear, and fragments of its own datagrams; these leave by a socket that only
 * sends. On other links what the router sends in another protocol is dropped and counted: the link
 * is the kernel's.
 */
final class LinkPort implements BatchPort, AutoCloseable {
  private static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.parse("224.0.0.5");
  private static final Ipv4Address ALL_D_ROUTERS = Ipv4Address.parse("224.0.0.6");
  private static final int ICMP_UNREACHABLE = 3;
  private static final int MAX_DATAGRAM = 0xffff;

  /** What a TCP flow has on its way between two routers at full speed, and more. */
  private static final int BUFFER_BYTES = 8 << 20;

  private static final int MAX_BATCH = 64;
  private static final int FIRST_UDP_PORT = 500;
  private static final int SECOND_UDP_PORT = 4500;

  private final String link;
  private final int mtu;
  private final List<NativePort> sockets = new ArrayList<>();
  private final @Nullable NativePort[] byProtocol = new NativePort[256];
  private @Nullable NativePort isakmp;
  private @Nullable UdpSocket natTraversal;
  private @Nullable NativePort others;
  private Verdict[] hidden = new Verdict[MAX_BATCH];
  private int next;
  private boolean up = true;
  private long strangers;

  private LinkPort(String link, int mtu) {
    this.link = link;
    this.mtu = mtu;
  }

  /**
   * Opens the sockets.
   *
   * @param link the kernel's interface
   * @param index its number
   * @param mtu its MTU
   * @param tunnels whether GRE, ESP and ISAKMP come by this link
   * @param ospf whether OSPF runs on it
   * @param tuning which offloads the sockets use, where the kernel has them
   * @throws dev.zuido.tun.OperatingSystemException if the kernel refuses one
   */
  static LinkPort open(
      String link, int index, int mtu, boolean tunnels, boolean ospf, HostTuning tuning) {
    LinkPort port = new LinkPort(link, mtu);
    SocketConfiguration here =
        SocketConfiguration.on(link)
            .withMtu(mtu)
            .withMaxReceiveBytes(MAX_DATAGRAM)
            .withBufferBytes(BUFFER_BYTES)
            .withSegmentation(tuning.has(HostTuning.Offload.UDP_SEGMENTATION))
            .withCoalescing(tuning.has(HostTuning.Offload.UDP_COALESCING));
    boolean done = false;
    try {
      if (tunnels) {
        port.addRaw(IpProtocol.ESP, here);
        port.addRaw(IpProtocol.GRE, here);
        port.isakmp = port.addUdp(FIRST_UDP_PORT, here.withMtu(MAX_DATAGRAM));
        port.others = RawIpSocket.openToSend(here);
        port.natTraversal = port.addUdp(SECOND_UDP_PORT, here.withMtu(MAX_DATAGRAM));
        port.hearOfTooLongPackets(here);
      }
      if (ospf) {
        RawIpSocket socket = port.addRaw(IpProtocol.OSPF, here);
        socket.joinGroup(ALL_SPF_ROUTERS, index);
        socket.joinGroup(ALL_D_ROUTERS, index);
        socket.sendGroupsOutOf(index);
      }
      done = true;
      return port;
    } finally {
      if (!done) {
        port.close();
      }
    }
  }

  private RawIpSocket addRaw(int protocol, SocketConfiguration here) {
    RawIpSocket socket = RawIpSocket.open(protocol, here);
    sockets.add(socket);
    byProtocol[protocol] = socket;
    return socket;
  }

  /** The kernel tells us too what routers say about our packets, and acts on it itself. */
  private void hearOfTooLongPackets(SocketConfiguration here) {
    RawIpSocket socket = RawIpSocket.open(IpProtocol.ICMP, here);
    sockets.add(socket);
    socket.receiveIcmpTypes(ICMP_UNREACHABLE);
  }

  private UdpSocket addUdp(int number, SocketConfiguration here) {
    UdpSocket socket = UdpSocket.open(Ipv4Address.UNSPECIFIED, number, here);
    sockets.add(socket);
    return socket;
  }

  /** The sockets, for whoever waits for packets. */
  List<NativePort> sockets() {
    return List.copyOf(sockets);
  }

  /** The offloads that ESP in UDP has here, in words; empty where there is none on this link. */
  Optional<String> offloads() {
    UdpSocket socket = natTraversal;
    if (socket == null) {
      return Optional.empty();
    }
    UdpOffloads used = socket.offloads();
    List<String> words = new ArrayList<>();
    if (used.segmentation()) {
      words.add(HostTuning.Offload.UDP_SEGMENTATION.text());
    }
    if (used.coalescing()) {
      words.add(HostTuning.Offload.UDP_COALESCING.text());
    }
    return Optional.of(words.isEmpty() ? "none" : String.join(", ", words));
  }

  /** The kernel's interface. */
  String link() {
    return link;
  }

  void setUp(boolean isUp) {
    up = isUp;
  }

  /** Packets that were not sent since their protocol is the kernel's. */
  long strangers() {
    return strangers;
  }

  @Override
  public int receive(PacketBatch into) {
    int before = into.size();
    // Begins with another socket each time, so that a flood on one starves no other.
    for (int i = 0; i < sockets.size() && !into.isFull(); i++) {
      sockets.get((next + i) % sockets.size()).receive(into);
    }
    next = next + 1 < sockets.size() ? next + 1 : 0;
    return into.size() - before;
  }

  @Override
  public int send(PacketBatch from) {
    int taken = 0;
    int first = 0;
    while (first < from.size()) {
      if (!from.passes(first)) {
        first++;
        continue;
      }
      NativePort socket = socketFor(from, first);
      int end = first + 1;
      while (end < from.size() && (!from.passes(end) || socketFor(from, end) == socket)) {
        end++;
      }
      if (first == 0 && end == from.size()) {
        return socket == null ? refuse(from, 0, end) : socket.send(from);
      }
      taken += sendPart(from, first, end, socket);
      first = end;
    }
    return taken;
  }

  /** Sends packets first to end by a socket: the others are hidden meanwhile. */
  private int sendPart(PacketBatch from, int first, int end, @Nullable NativePort socket) {
    if (socket == null) {
      return refuse(from, first, end);
    }
    if (hidden.length < from.size()) {
      hidden = new Verdict[from.size()];
    }
    for (int i = 0; i < from.size(); i++) {
      if (i < first || i >= end) {
        hidden[i] = from.verdict(i);
        from.setVerdict(i, Verdict.Basic.CONSUMED);
      }
    }
    int taken = socket.send(from);
    for (int i = 0; i < from.size(); i++) {
      if (i < first || i >= end) {
        from.setVerdict(i, hidden[i]);
      }
    }
    return taken;
  }

  private int refuse(PacketBatch from, int first, int end) {
    for (int i = first; i < end; i++) {
      if (from.passes(i)) {
        strangers++;
      }
    }
    return 0;
  }

  private @Nullable NativePort socketFor(PacketBatch batch, int index) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    int protocol = Ipv4Fields.protocol(bytes, offset);
    if (protocol != IpProtocol.UDP || Ipv4Fields.isFragment(bytes, offset)) {
      NativePort socket = byProtocol[protocol];
      return socket == null ? others : socket;
    }
    int udp = offset + Ipv4Fields.headerLength(bytes, offset);
    int port = UdpFields.sourcePort(bytes, udp);
    return switch (port) {
      case FIRST_UDP_PORT -> isakmp;
      case SECOND_UDP_PORT -> natTraversal;
      default -> others;
    };
  }

  @Override
  public int mtu() {
    return mtu;
  }

  @Override
  public int maxReceiveBytes() {
    return MAX_DATAGRAM;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public void close() {
    sockets.forEach(NativePort::close);
    if (others != null) {
      others.close();
    }
  }

  @Override
  public String toString() {
    return link;
  }
}
