package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/** What a tunnel has to know of its payload. */
final class InnerPacket {
  private static final int SCTP = 132;
  private static final int VLAN_TAG = 0x8100;
  private static final int SERVICE_TAG = 0x88a8;
  private static final int TAG_LENGTH = 4;
  private static final int MOST_TAGS = 2;

  private InnerPacket() {}

  /** The length of an IP packet by its own header, or -1 if it cannot be one. */
  static int length(byte[] slab, int offset, int available) {
    if (available < Ipv4Fields.MIN_HEADER_LENGTH) {
      return -1;
    }
    int length =
        switch (Ipv4Fields.version(slab, offset)) {
          case 4 -> {
            int total = Ipv4Fields.totalLength(slab, offset);
            int header = Ipv4Fields.headerLength(slab, offset);
            yield header >= Ipv4Fields.MIN_HEADER_LENGTH && total >= header ? total : -1;
          }
          case 6 -> Ipv6Fields.totalLength(slab, offset);
          default -> -1;
        };
    return length <= available ? length : -1;
  }

  /**
   * Where the IP packet in an Ethernet frame starts, behind up to two VLAN tags.
   *
   * @return its offset, or -1 if the frame has none that is whole
   */
  static int ipInFrame(byte[] slab, int frame, int length) {
    int end = frame + length;
    int type = frame + GreTunnelConfig.ETHERNET_HEADER - 2;
    for (int tags = 0; tags <= MOST_TAGS && end - type >= 2; tags++) {
      int etherType = BigEndian.getUnsignedShort(slab, type);
      if (etherType == GreProtocolType.IPV4 || etherType == GreProtocolType.IPV6) {
        int ip = type + 2;
        boolean whole = length(slab, ip, end - ip) >= 0;
        int version = etherType == GreProtocolType.IPV4 ? 4 : 6;
        return whole && Ipv4Fields.version(slab, ip) == version ? ip : -1;
      }
      if (etherType != VLAN_TAG && etherType != SERVICE_TAG) {
        return -1;
      }
      type += TAG_LENGTH;
    }
    return -1;
  }

  /**
   * A hash of what makes a flow: addresses, protocol, and ports where there are any in this packet.
   *
   * @param ip where an IP packet starts whose {@link #length} has been checked
   */
  static int flowHash(byte[] slab, int ip, boolean ipv4) {
    long hash;
    int protocol;
    int upper;
    int end;
    boolean hasPorts;
    if (ipv4) {
      hash = mix(BigEndian.getLong(slab, ip + 12));
      protocol = Ipv4Fields.protocol(slab, ip);
      upper = ip + Ipv4Fields.headerLength(slab, ip);
      end = ip + Ipv4Fields.totalLength(slab, ip);
      hasPorts = !Ipv4Fields.isFragment(slab, ip);
    } else {
      hash = mix(Ipv6Fields.sourceHigh(slab, ip));
      hash = mix(hash ^ Ipv6Fields.sourceLow(slab, ip));
      hash = mix(hash ^ Ipv6Fields.destinationHigh(slab, ip));
      hash = mix(hash ^ Ipv6Fields.destinationLow(slab, ip));
      hash ^= Ipv6Fields.flowLabel(slab, ip);
      protocol = Ipv6Fields.nextHeader(slab, ip);
      upper = ip + Ipv6Fields.HEADER_LENGTH;
      end = ip + Ipv6Fields.totalLength(slab, ip);
      hasPorts = true;
    }
    hash ^= (long) protocol << 32;
    if (hasPorts && carriesPorts(protocol) && end - upper >= 4) {
      hash = mix(hash) ^ BigEndian.getInt(slab, upper);
    }
    hash = mix(hash);
    return (int) (hash ^ hash >>> 32);
  }

  /** A hash of a frame's two addresses. */
  static int frameHash(byte[] slab, int frame) {
    long hash = mix(BigEndian.getLong(slab, frame) ^ BigEndian.getInt(slab, frame + 8));
    return (int) (hash ^ hash >>> 32);
  }

  private static boolean carriesPorts(int protocol) {
    return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == SCTP;
  }

  private static long mix(long value) {
    long mixed = value * 0x9e37_79b9_7f4a_7c15L;
    return mixed ^ mixed >>> 29;
  }
}
