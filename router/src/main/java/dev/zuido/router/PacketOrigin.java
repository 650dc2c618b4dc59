package dev.zuido.router;

import dev.zuido.ike.Endpoint;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.UdpFields;
import io.netty.buffer.ByteBuf;

/** Makes the router's own packets: puts IP and UDP headers before what the engines want sent. */
final class PacketOrigin {
  /** Internetwork control (RFC 1812 section 5.3.3, RFC 2328 section 4.3). */
  private static final int TOS_NETWORK_CONTROL = 0xc0;

  private static final int TTL = 255;

  private final DataPlane dataPlane;
  private final Egress egress;
  private final byte[] packet = new byte[0xffff];
  private int identification;
  private long refused;

  PacketOrigin(DataPlane dataPlane, Egress egress) {
    this.dataPlane = dataPlane;
    this.egress = egress;
  }

  /** Routes a UDP datagram whose payload is all that can be read of a buffer. */
  void sendUdp(Endpoint from, Endpoint to, ByteBuf payload) {
    if (!(from.address() instanceof Ipv4Address source)
        || !(to.address() instanceof Ipv4Address destination)) {
      refused++;
      return;
    }
    int udp = Ipv4Fields.MIN_HEADER_LENGTH;
    int length = UdpFields.HEADER_LENGTH + payload.readableBytes();
    payload.getBytes(payload.readerIndex(), packet, udp + UdpFields.HEADER_LENGTH, length - 8);
    UdpFields.write(packet, udp, from.port(), to.port(), length);
    UdpFields.updateChecksum(packet, udp, source.value(), destination.value());
    header(TOS_NETWORK_CONTROL, udp + length, TTL, IpProtocol.UDP, source, destination);
    if (dataPlane.sendLocal(packet, 0) != null) {
      refused++;
    }
  }

  /**
   * Sends an OSPF packet, all that can be read of a buffer, by an interface (RFC 2328 section 8.1).
   */
  void sendOspf(RouterInterface out, Ipv4Address destination, int ttl, ByteBuf ospf) {
    Ipv4Address source = out.address();
    if (source == null) {
      refused++;
      return;
    }
    ospf(source, destination, ttl, ospf);
    if (egress.send(packet, 0, out, 0) != null) {
      refused++;
    }
  }

  /**
   * Routes an OSPF packet, all that can be read of a buffer, over a virtual link (RFC 2328 section
   * 15).
   */
  void routeOspf(Ipv4Address source, Ipv4Address destination, ByteBuf ospf) {
    ospf(source, destination, TTL, ospf);
    if (dataPlane.sendLocal(packet, 0) != null) {
      refused++;
    }
  }

  private void ospf(Ipv4Address source, Ipv4Address destination, int ttl, ByteBuf ospf) {
    int length = ospf.readableBytes();
    ospf.getBytes(ospf.readerIndex(), packet, Ipv4Fields.MIN_HEADER_LENGTH, length);
    header(
        TOS_NETWORK_CONTROL,
        Ipv4Fields.MIN_HEADER_LENGTH + length,
        ttl,
        IpProtocol.OSPF,
        source,
        destination);
  }

  private void header(
      int tos,
      int totalLength,
      int ttl,
      int protocol,
      Ipv4Address source,
      Ipv4Address destination) {
    Ipv4Fields.write(
        packet,
        0,
        tos,
        totalLength,
        identification++ & 0xffff,
        0,
        ttl,
        protocol,
        source.value(),
        destination.value());
  }

  /** How many packets of the router's own could not be sent. */
  long refused() {
    return refused;
  }
}
