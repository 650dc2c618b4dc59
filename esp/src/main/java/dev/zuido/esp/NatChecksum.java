package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.TransportChecksum;
import org.jspecify.annotations.Nullable;

/**
 * What a translator on the way has done to the checksum of a packet in transport mode (RFC 3948
 * section 3.1.2): TCP, UDP and over IPv6 ICMP cover the addresses of the IP header, which the
 * translator changes, with a checksum that it cannot see.
 */
final class NatChecksum {
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int ICMPV6_CHECKSUM = 2;
  private static final int NONE = -1;
  private static final long LOW = 0xffff_ffffL;

  private static final int IPV4_SOURCE = 12;
  private static final int IPV4_DESTINATION = 16;
  private static final int IPV6_SOURCE = 8;
  private static final int IPV6_DESTINATION = 24;

  private NatChecksum() {}

  /**
   * Corrects the checksum from the addresses that the peer computed it with to those in the header:
   * the first of the RFC's procedures, which keeps a checksum that was wrong from the start wrong.
   *
   * @param udp what the peer has said about its addresses
   * @param offset where the whole, restored IPv4 or IPv6 packet starts
   */
  static void correct(UdpEncapsulation udp, byte[] slab, int offset) {
    if (udp.originalLocal() == null && udp.originalRemote() == null) {
      return;
    }
    boolean six = Ipv4Fields.version(slab, offset) == 6;
    int protocol;
    int transport;
    int end;
    if (six) {
      long upper = Ipv6Fields.upperLayer(slab, offset);
      if (upper == Ipv6Fields.MALFORMED || Ipv6Fields.fragmentOffset(slab, offset, upper) != 0) {
        return;
      }
      protocol = Ipv6Fields.protocolOf(upper);
      transport = offset + Ipv6Fields.offsetOf(upper);
      end = offset + Ipv6Fields.totalLength(slab, offset);
    } else {
      protocol = Ipv4Fields.protocol(slab, offset);
      transport = offset + Ipv4Fields.headerLength(slab, offset);
      end = offset + Ipv4Fields.totalLength(slab, offset);
    }
    int place = place(protocol, six);
    if (place == NONE || transport + place + 2 > end) {
      return;
    }
    int field = transport + place;
    int checksum = BigEndian.getUnsignedShort(slab, field);
    boolean isUdp = protocol == IpProtocol.UDP;
    if (isUdp && checksum == 0) {
      return; // the peer has computed none
    }
    int source = offset + (six ? IPV6_SOURCE : IPV4_SOURCE);
    int destination = offset + (six ? IPV6_DESTINATION : IPV4_DESTINATION);
    int length = six ? Ipv6Address.LENGTH : Ipv4Address.LENGTH;
    checksum = changed(checksum, udp.originalRemote(), slab, source, length);
    checksum = changed(checksum, udp.originalLocal(), slab, destination, length);
    BigEndian.putShort(slab, field, isUdp ? TransportChecksum.udpValue(checksum) : checksum);
  }

  private static int place(int protocol, boolean six) {
    return switch (protocol) {
      case IpProtocol.TCP -> TCP_CHECKSUM;
      case IpProtocol.UDP -> UDP_CHECKSUM;
      case IpProtocol.ICMPV6 -> six ? ICMPV6_CHECKSUM : NONE;
      default -> NONE;
    };
  }

  /**
   * The checksum after an address has changed to the one in the header. Both versions' addresses
   * are summed alike, and what else the two pseudo-headers hold sums to the same.
   *
   * @param to where the address in the header stands, {@code length} bytes
   */
  private static int changed(
      int checksum, @Nullable IpAddress from, byte[] slab, int to, int length) {
    long sum;
    if (from instanceof Ipv4Address four) {
      sum = four.value() & LOW;
    } else if (from instanceof Ipv6Address six) {
      sum = (six.high() >>> 32) + (six.high() & LOW) + (six.low() >>> 32) + (six.low() & LOW);
    } else {
      return checksum;
    }
    return InternetChecksum.update16(
        checksum, folded(sum), folded(InternetChecksum.sum(slab, to, length)));
  }

  private static int folded(long sum) {
    return ~InternetChecksum.finish(sum) & 0xffff;
  }
}
