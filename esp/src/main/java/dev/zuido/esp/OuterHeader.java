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

/**
 * The headers that an outbound SA puts before ESP or AH: that of the tunnel (RFC 4301 section
 * 5.1.2) and that of UDP (RFC 3948 section 2.1).
 */
final class OuterHeader {
  private static final int DUMMY_TTL = 64;
  private static final long LOW = 0xffff_ffffL;

  private final TunnelHeader style;
  private final IpAddress local;
  private final int protocol;
  private final int localPort;
  private IpAddress remote;
  private int remotePort;
  private int identification;

  OuterHeader(IpsecParameters parameters, int identification) {
    UdpEncapsulation udp = parameters instanceof SaParameters esp ? esp.udpEncapsulation() : null;
    int security = parameters instanceof SaParameters ? IpProtocol.ESP : IpProtocol.AH;
    this.style = parameters.tunnelHeader();
    this.local = parameters.local();
    this.remote = parameters.remote();
    this.protocol = udp == null ? security : IpProtocol.UDP;
    this.localPort = udp == null ? 0 : udp.localPort();
    this.remotePort = udp == null ? 0 : udp.remotePort();
    this.identification = notZero(identification);
  }

  IpAddress remote() {
    return remote;
  }

  int remotePort() {
    return remotePort;
  }

  void redirect(IpAddress newRemote, int newPort) {
    remote = newRemote;
    remotePort = newPort;
  }

  void setIdentification(int next) {
    identification = next;
  }

  /** The protocol of what stands behind the IP header: AH, ESP, or UDP around it. */
  int protocol() {
    return protocol;
  }

  /**
   * Writes a tunnel's header for a packet.
   *
   * @param inner where the protected packet starts
   * @param outer where the header is to start
   * @param length of the whole sealed packet
   */
  void writeTunnel(byte[] slab, int inner, int outer, int length) {
    if (Ipv4Fields.version(slab, inner) == 6) {
      int hops = Ipv6Fields.hopLimit(slab, inner);
      write(slab, outer, length, Ipv6Fields.trafficClass(slab, inner), true, hops, protocol);
    } else {
      boolean dontFragment = Ipv4Fields.dontFragment(slab, inner);
      int hops = Ipv4Fields.ttl(slab, inner);
      write(slab, outer, length, Ipv4Fields.tos(slab, inner), dontFragment, hops, protocol);
    }
  }

  /** Writes a header where no packet is behind ESP: a tunnel's for a dummy, or a dummy's own. */
  void writeDummy(byte[] slab, int outer, int length, int nextHeader) {
    write(slab, outer, length, 0, true, DUMMY_TTL, nextHeader);
  }

  private void write(
      byte[] slab,
      int outer,
      int length,
      int innerTos,
      boolean innerDontFragment,
      int innerTtl,
      int nextHeader) {
    int tos = style.outerTos(innerTos);
    int ttl = style.ttl() == TunnelHeader.COPY_TTL ? innerTtl : style.ttl();
    if (local instanceof Ipv6Address from && remote instanceof Ipv6Address to) {
      Ipv6Fields.write(
          slab, outer, tos, 0, length - Ipv6Fields.HEADER_LENGTH, nextHeader, ttl, from, to);
    } else if (local instanceof Ipv4Address from && remote instanceof Ipv4Address to) {
      boolean dontFragment =
          switch (style.dontFragment()) {
            case COPY -> innerDontFragment;
            case SET -> true;
            case CLEAR -> false;
          };
      writeIpv4(
          slab,
          outer,
          0x45 << 24 | tos << 16 | length,
          nextIdentification() << 16 | (dontFragment ? Ipv4Fields.DONT_FRAGMENT : 0),
          ttl << 24 | nextHeader << 16,
          from.value(),
          to.value());
    }
  }

  private int nextIdentification() {
    int next = identification;
    identification = notZero(next + 1);
    return next;
  }

  /**
   * Leaves 0 out: a kernel that sends the packet by a raw socket would write another instead, which
   * AH's ICV does not allow, and a different one into each fragment.
   */
  private static int notZero(int identification) {
    int low = identification & 0xffff;
    return low == 0 ? 1 : low;
  }

  /**
   * Writes an IPv4 header from its words, without reading back what was just written: a load that
   * spans several fresh stores has to wait for them.
   */
  private static void writeIpv4(
      byte[] slab, int offset, int word0, int word1, int word2, int source, int destination) {
    long sum = (word0 & LOW) + (word1 & LOW) + (word2 & LOW) + (source & LOW) + (destination & LOW);
    BigEndian.putInt(slab, offset, word0);
    BigEndian.putInt(slab, offset + 4, word1);
    BigEndian.putInt(slab, offset + 8, word2 | InternetChecksum.finish(sum));
    BigEndian.putInt(slab, offset + 12, source);
    BigEndian.putInt(slab, offset + 16, destination);
  }

  /** Writes the UDP header, whose checksum is 0: over IPv4 for good, see {@link #finishUdp}. */
  void writeUdp(byte[] slab, int offset, int length) {
    BigEndian.putShort(slab, offset, localPort);
    BigEndian.putShort(slab, offset + 2, remotePort);
    BigEndian.putShort(slab, offset + 4, length);
    BigEndian.putShort(slab, offset + 6, 0);
  }

  /** Computes the UDP checksum over IPv6, once what it covers is encrypted. */
  static void finishUdp(byte[] slab, int outer, int udp) {
    int length = BigEndian.getUnsignedShort(slab, udp + 4);
    long sum =
        InternetChecksum.sum(slab, outer + 8, 2 * Ipv6Address.LENGTH)
            + IpProtocol.UDP
            + length
            + InternetChecksum.sum(slab, udp, length);
    BigEndian.putShort(slab, udp + 6, TransportChecksum.udpValue(InternetChecksum.finish(sum)));
  }
}
