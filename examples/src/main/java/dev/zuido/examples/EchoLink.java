package dev.zuido.examples;

import dev.zuido.tun.NativePort;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.socket.RawIpSocket;
import dev.zuido.tun.socket.RawIpv6Socket;
import dev.zuido.tun.socket.SocketConfiguration;
import dev.zuido.tun.socket.UdpIpv6Socket;
import dev.zuido.tun.socket.UdpSocket;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where protected packets come and go: a raw socket of ESP or AH, or the socket of UDP
 * encapsulation. Packets longer than the link's MTU are sent in fragments; what comes in fragments
 * is whole when it is received, since the kernel does that.
 */
final class EchoLink implements AutoCloseable {
  private static final int WHOLE = SocketConfiguration.MAX_MTU;

  /** What is never read from is not to fill the kernel's memory. */
  private static final int LEAST_BUFFER = 4096;

  /** So many fragments of {@link #MIN_MTU} bytes has the longest packet at most. */
  private static final int MAX_FRAGMENTS = 128;

  /** The smallest MTU that every IPv6 link has; for IPv4 less would be possible. */
  static final int MIN_MTU = 1280;

  private final NativePort port;
  private final @Nullable NativePort fragments;
  private final int mtu;
  private final PacketBatch pieces;
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();
  private final Ipv6Splitter splitter = new Ipv6Splitter(ThreadLocalRandom.current().nextInt());
  private long unsent;

  private EchoLink(NativePort port, @Nullable NativePort fragments, int mtu) {
    this.port = port;
    this.fragments = fragments;
    this.mtu = mtu;
    pieces = new PacketBatch(MAX_FRAGMENTS, mtu, 0, 0);
  }

  /**
   * Opens the sockets.
   *
   * @param link the network interface
   * @param linkMtu its MTU, at least {@link #MIN_MTU}
   * @param local our address
   * @param protocol ESP or AH
   * @param udpPort the port of UDP encapsulation, 0 for none
   * @throws OperatingSystemException what the host refuses
   */
  static EchoLink open(String link, int linkMtu, IpAddress local, int protocol, int udpPort) {
    SocketConfiguration whole =
        SocketConfiguration.on(link).withMtu(WHOLE).withBufferBytes(4 * WHOLE);
    if (local instanceof Ipv4Address address) {
      // The kernel cuts what leaves a UDP socket.
      return udpPort != 0
          ? new EchoLink(UdpSocket.open(address, udpPort, whole), null, WHOLE)
          : new EchoLink(RawIpSocket.open(protocol, whole), null, linkMtu);
    }
    if (udpPort != 0) {
      return new EchoLink(UdpIpv6Socket.open((Ipv6Address) local, udpPort, whole), null, WHOLE);
    }
    RawIpv6Socket port = RawIpv6Socket.open(protocol, whole);
    try {
      SocketConfiguration least = whole.withBufferBytes(LEAST_BUFFER);
      return new EchoLink(port, RawIpv6Socket.open(IpProtocol.IPV6_FRAGMENT, least), linkMtu);
    } catch (OperatingSystemException e) {
      port.close();
      throw e;
    }
  }

  /** The socket that packets are received from. */
  NativePort port() {
    return port;
  }

  /** Sends the packets of a batch that pass. */
  void send(PacketBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        send(batch, i);
      }
    }
  }

  private void send(PacketBatch batch, int index) {
    pieces.clear();
    NativePort by = port;
    if (batch.length(index) <= mtu) {
      pieces.add(batch, index);
    } else if (fragments == null) {
      fragmenter.fragment(batch.slab(), batch.offset(index), mtu, pieces);
    } else {
      splitter.split(batch.slab(), batch.offset(index), mtu, pieces);
      by = fragments;
    }
    if (pieces.size() == 0 || by.send(pieces) < pieces.size()) {
      unsent++;
    }
  }

  /** How many packets did not leave, or not with all their fragments. */
  long unsent() {
    return unsent;
  }

  /** The longest packet that leaves in one piece. */
  int mtu() {
    return Math.min(mtu, WHOLE - Ipv6Fields.HEADER_LENGTH);
  }

  @Override
  public void close() {
    port.close();
    if (fragments != null) {
      fragments.close();
    }
  }
}
