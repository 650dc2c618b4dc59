package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TransportChecksum;

/**
 * What a translator on the way has done to the checksum of a packet in transport mode (RFC 3948
 * section 3.1.2): TCP and UDP cover the addresses of the IP header, which the translator changes,
 * with a checksum that it cannot see.
 */
final class NatChecksum {
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;

  private NatChecksum() {}

  /**
   * Corrects the checksum from the addresses that the peer computed it with to those in the header:
   * the first of the RFC's procedures, which keeps a checksum that was wrong from the start wrong.
   *
   * @param udp what the peer has said about its addresses
   * @param offset where the whole, restored IPv4 packet starts
   */
  static void correct(UdpEncapsulation udp, byte[] slab, int offset) {
    boolean isUdp = Ipv4Fields.protocol(slab, offset) == IpProtocol.UDP;
    if (!isUdp && Ipv4Fields.protocol(slab, offset) != IpProtocol.TCP) {
      return;
    }
    int field =
        offset + Ipv4Fields.headerLength(slab, offset) + (isUdp ? UDP_CHECKSUM : TCP_CHECKSUM);
    if (field + 2 > offset + Ipv4Fields.totalLength(slab, offset)) {
      return;
    }
    int checksum = BigEndian.getUnsignedShort(slab, field);
    if (isUdp && checksum == 0) {
      return; // the peer has computed none
    }
    Ipv4Address source = udp.originalRemote();
    if (source != null) {
      checksum =
          InternetChecksum.update32(checksum, source.value(), Ipv4Fields.source(slab, offset));
    }
    Ipv4Address destination = udp.originalLocal();
    if (destination != null) {
      checksum =
          InternetChecksum.update32(
              checksum, destination.value(), Ipv4Fields.destination(slab, offset));
    }
    BigEndian.putShort(slab, field, isUdp ? TransportChecksum.udpValue(checksum) : checksum);
  }
}
