package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.ike.Endpoint;
import dev.zuido.router.forwarding.IcmpErrors;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.UdpFields;
import dev.zuido.wire.Verdict;
import io.netty.buffer.Unpooled;

/** What happens to a packet to the router itself: tunnels, the engines, ICMP. */
final class LocalDelivery {
  private static final int ICMP_ECHO_REPLY = 0;
  private static final int ICMP_UNREACHABLE = 3;
  private static final int ICMP_ECHO_REQUEST = 8;

  /** Tunnels in tunnels in tunnels: what is deeper than this is dropped. */
  private static final int MAX_NESTING = 4;

  private final Tunnels tunnels;
  private final DataPlane dataPlane;
  private final ControlPlane controlPlane;
  private int nesting;

  LocalDelivery(Tunnels tunnels, DataPlane dataPlane, ControlPlane controlPlane) {
    this.tunnels = tunnels;
    this.dataPlane = dataPlane;
    this.controlPlane = controlPlane;
  }

  /**
   * Whether a packet to one of our addresses or to a group on the link is the router's own affair
   * where everything else to these is the host's: tunnels, key exchange, OSPF where it runs.
   */
  boolean isRouters(RouterInterface in, PacketBatch batch, int index) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    return switch (Ipv4Fields.protocol(bytes, offset)) {
      case IpProtocol.GRE -> in.port() != null || tunnels.find(bytes, offset) != null;
      case IpProtocol.OSPF -> controlPlane.runsOspfOn(in);
      case IpProtocol.UDP -> {
        int udp = offset + Ipv4Fields.headerLength(bytes, offset);
        boolean ours =
            batch.length(index) >= udp - offset + UdpFields.HEADER_LENGTH
                && isIkePort(UdpFields.destinationPort(bytes, udp));
        boolean all = in.dialer() == null || controlPlane.takesIsakmp();
        yield in.port() != null && ours && all;
      }
      // What has come in the clear, the host has too, but not what a session has carried to us.
      // What
      // an SA has set free is the host's.
      case IpProtocol.ICMP ->
          in.port() != null && in.dialer() == null && batch.verdict(index) != EspVerdict.OPENED;
      default -> false;
    };
  }

  /**
   * Looks at a packet to one of our addresses that is the host's, since there is nobody else to
   * show it to: a router on the way may say that our packets are too long.
   */
  void overhear(PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    int icmp = offset + Ipv4Fields.headerLength(bytes, offset);
    int length = offset + batch.length(index) - icmp;
    if (Ipv4Fields.protocol(bytes, offset) == IpProtocol.ICMP
        && batch.verdict(index) != EspVerdict.OPENED
        && length >= 8
        && InternetChecksum.of(bytes, icmp, length) == 0) {
      hearTooNarrow(bytes, offset, icmp, length, nowNanos);
    }
  }

  private void hearTooNarrow(byte[] bytes, int offset, int icmp, int length, long nowNanos) {
    if ((bytes[icmp] & 0xff) == ICMP_UNREACHABLE
        && (bytes[icmp + 1] & 0xff) == IcmpErrors.CODE_FRAGMENTATION_NEEDED) {
      controlPlane.pathTooNarrow(bytes, offset, icmp, length, tunnels, nowNanos);
    }
  }

  private static boolean isIkePort(int port) {
    return port == Endpoint.ISAKMP_PORT || port == UdpEncapsulation.PORT;
  }

  /** Takes a whole packet to one of our addresses, or to a group on the link. */
  void deliver(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    switch (Ipv4Fields.protocol(bytes, offset)) {
      case IpProtocol.GRE -> decapsulate(in, batch, index, nowNanos);
      case IpProtocol.OSPF -> ospf(in, batch, index, nowNanos);
      case IpProtocol.UDP -> udp(in, batch, index, nowNanos);
      case IpProtocol.ICMP -> icmp(in, batch, index, nowNanos);
      case IpProtocol.TCP -> unreachable(in, batch, index, true, nowNanos);
      default -> unreachable(in, batch, index, false, nowNanos);
    }
  }

  /**
   * The IPsec boundary has refused a packet; the control plane may have something to do about it.
   */
  void ipsecRefused(
      RouterInterface in, PacketBatch batch, int index, EspVerdict refusal, long nowNanos) {
    controlPlane.ipsecRefused(in, batch, index, refusal, nowNanos);
  }

  private void decapsulate(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    TunnelLine line = tunnels.find(batch.slab(), batch.offset(index));
    if (line == null || !line.isAdministrativelyUp()) {
      DataPlane.refuse(in, batch, index, PacketDrop.NO_TUNNEL);
      return;
    }
    if (nesting >= MAX_NESTING) {
      DataPlane.refuse(in, batch, index, PacketDrop.RECURSIVE_TUNNEL);
      return;
    }
    switch (line.tunnel().decapsulate(batch, index)) {
      case DECAPSULATED -> {
        nesting++;
        dataPlane.receiveFromTunnel(line.owner(), batch, index, nowNanos);
        nesting--;
      }
      // The answer stands in the packet already, and leaves by the same way as all of the tunnel's
      // packets.
      case KEEPALIVE_REQUEST -> dataPlane.sendLocal(batch.slab(), batch.offset(index));
      case KEEPALIVE_REPLY -> line.keepaliveAnswered();
      default -> {}
    }
  }

  private void ospf(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    int header = Ipv4Fields.headerLength(bytes, offset);
    controlPlane.ospfPacket(
        in,
        Unpooled.wrappedBuffer(bytes, offset + header, batch.length(index) - header),
        new Ipv4Address(Ipv4Fields.source(bytes, offset)),
        new Ipv4Address(Ipv4Fields.destination(bytes, offset)),
        Ipv4Fields.ttl(bytes, offset),
        nowNanos);
    batch.setVerdict(index, Verdict.Basic.CONSUMED);
  }

  private void udp(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    int udp = offset + Ipv4Fields.headerLength(bytes, offset);
    int available = offset + batch.length(index) - udp;
    int source = Ipv4Fields.source(bytes, offset);
    int destination = Ipv4Fields.destination(bytes, offset);
    if (!UdpFields.isWellFormed(bytes, udp, available)
        || !UdpFields.verify(bytes, udp, source, destination)) {
      DataPlane.refuse(in, batch, index, PacketDrop.MALFORMED);
    } else if (isIkePort(UdpFields.destinationPort(bytes, udp)) && controlPlane.takesIsakmp()) {
      controlPlane.isakmpDatagram(bytes, udp, source, destination, nowNanos);
      batch.setVerdict(index, Verdict.Basic.CONSUMED);
    } else {
      unreachable(in, batch, index, true, nowNanos);
    }
  }

  /** Answers an echo request (RFC 1812 section 4.3.3.6); what else there is needs no answer. */
  private void icmp(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    int icmp = offset + Ipv4Fields.headerLength(bytes, offset);
    int length = offset + batch.length(index) - icmp;
    if (length < 8 || InternetChecksum.of(bytes, icmp, length) != 0) {
      DataPlane.refuse(in, batch, index, PacketDrop.MALFORMED);
      return;
    }
    batch.setVerdict(index, Verdict.Basic.CONSUMED);
    int destination = Ipv4Fields.destination(bytes, offset);
    hearTooNarrow(bytes, offset, icmp, length, nowNanos);
    if ((bytes[icmp] & 0xff) != ICMP_ECHO_REQUEST || new Ipv4Address(destination).isMulticast()) {
      return;
    }
    int oldWord = BigEndian.getUnsignedShort(bytes, icmp);
    int newWord = (ICMP_ECHO_REPLY << 8) | (oldWord & 0xff);
    int checksum = BigEndian.getUnsignedShort(bytes, icmp + 2);
    BigEndian.putShort(bytes, icmp, newWord);
    BigEndian.putShort(bytes, icmp + 2, InternetChecksum.update16(checksum, oldWord, newWord));
    int source = Ipv4Fields.source(bytes, offset);
    BigEndian.putInt(bytes, offset + 12, destination);
    BigEndian.putInt(bytes, offset + 16, source);
    bytes[offset + 8] = (byte) 255;
    BigEndian.putShort(
        bytes, offset + 6, Ipv4Fields.flagsAndOffset(bytes, offset) & ~Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(bytes, offset);
    dataPlane.sendLocal(bytes, offset);
  }

  private void unreachable(
      RouterInterface in, PacketBatch batch, int index, boolean hasPorts, long nowNanos) {
    DataPlane.refuse(
        in, batch, index, hasPorts ? PacketDrop.PORT_UNREACHABLE : PacketDrop.PROTOCOL_UNREACHABLE);
    dataPlane.answer(
        in,
        batch.slab(),
        batch.offset(index),
        IcmpErrors.UNREACHABLE,
        hasPorts ? IcmpErrors.CODE_PORT : IcmpErrors.CODE_PROTOCOL,
        0,
        nowNanos);
  }
}
