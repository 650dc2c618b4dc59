package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Counters;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TransportChecksum;
import dev.zuido.wire.UdpFields;
import org.jspecify.annotations.Nullable;

/** The sending half of a tunnel. */
final class GreEncapsulator {
  private static final int MAX_LENGTH_FIELD = 0xffff;
  private static final int FLOW_LABEL_MASK = 0xf_ffff;
  private static final int VERSION_4_WORD = 0x4500;

  private final GreTunnelConfig config;
  private final OuterMatch match;
  private final GrePathMtu pathMtu;
  private final Counters<GreVerdict> sent;
  private final @Nullable GreInUdp udp;
  private final boolean ipv4;
  private final boolean ethernet;
  private final int overhead;
  private final int maxOuterLength;
  private final int flags;
  private final int greLength;
  private final int key;

  /** What of the payload's type of service is kept, and what is added. */
  private final int tosMask;

  private final int tosBits;
  private final boolean usesFlowHash;

  /** The second and third word of an IPv4 header, without its checksum, and their sum. */
  private final long ipv4Second;

  private final int ipv4Third;
  private final long ipv4Sum;

  /** The words of an IPv6 header: the first without what changes, then the addresses. */
  private final long ipv6First;

  private final long ipv6SourceHigh;
  private final long ipv6SourceLow;
  private final long ipv6DestinationHigh;
  private final long ipv6DestinationLow;
  private final long pseudoHeaderSum;
  private final int tunnelHash;
  private final @Nullable PlainIpv4Path plain;
  private int nextSequence;

  GreEncapsulator(
      GreTunnelConfig config, OuterMatch match, GrePathMtu pathMtu, Counters<GreVerdict> sent) {
    this.sent = sent;
    this.config = config;
    this.match = match;
    this.pathMtu = pathMtu;
    this.plain = PlainIpv4Path.of(config);
    this.udp = config.udp();
    this.ipv4 = config.isOverIpv4();
    this.ethernet = config.payload() == GreTunnelConfig.Payload.ETHERNET;
    this.overhead = config.overhead();
    this.maxOuterLength = MAX_LENGTH_FIELD + (ipv4 ? 0 : Ipv6Fields.HEADER_LENGTH);
    this.flags = config.flags();
    this.greLength = GreFields.headerLength(flags);
    Integer configuredKey = config.key();
    this.key = configuredKey == null ? 0 : configuredKey;
    this.tosMask = OuterTos.mask(config.tosPolicy());
    this.tosBits = OuterTos.bits(config.tosPolicy());
    this.usesFlowHash =
        (udp != null && udp.entropy())
            || (!ipv4 && config.flowLabel() == GreTunnelConfig.FlowLabel.HASHED);
    int local = word(config.local());
    int remote = word(config.remote());
    this.ipv4Second = (long) (config.ttl() << 8 | match.protocol()) << 48 | (local & 0xffff_ffffL);
    this.ipv4Third = remote;
    this.ipv4Sum =
        (config.ttl() << 8 | match.protocol()) + (local & 0xffff_ffffL) + (remote & 0xffff_ffffL);
    this.ipv6First = 6L << 60 | (long) match.protocol() << 8 | config.ttl();
    this.ipv6SourceHigh = high(config.local());
    this.ipv6SourceLow = low(config.local());
    this.ipv6DestinationHigh = high(config.remote());
    this.ipv6DestinationLow = low(config.remote());
    this.pseudoHeaderSum = match.pseudoHeaderSum();
    this.tunnelHash = Long.hashCode((pseudoHeaderSum + 1) * 0x9e37_79b9_7f4a_7c15L);
  }

  private static int word(IpAddress address) {
    return address instanceof Ipv4Address v4 ? v4.value() : 0;
  }

  private static long high(IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.high() : 0;
  }

  private static long low(IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.low() : 0;
  }

  /**
   * Puts the outer headers before the packets of a batch from one index up to another, and says in
   * each one's verdict what became of it.
   *
   * @param identification for the IPv4 header of packet {@code from}
   * @return how many were encapsulated
   */
  int prepend(PacketBatch batch, int from, int to, int identification) {
    int mtu = pathMtu.current();
    if (plain != null) {
      return plain.prepend(batch, from, to, identification - from, mtu, this);
    }
    int done = 0;
    for (int i = from; i < to; i++) {
      if (batch.passes(i) && prependOne(batch, i, identification - from + i & 0xffff, mtu)) {
        done++;
      }
    }
    return done;
  }

  /** Does so with one packet; what is refused is counted. */
  boolean prependOne(PacketBatch batch, int index, int identification, int mtu) {
    GreVerdict verdict = prependAny(batch, index, identification, mtu);
    batch.setVerdict(index, verdict);
    if (verdict == GreVerdict.ENCAPSULATED) {
      return true;
    }
    sent.increment(verdict);
    return false;
  }

  private GreVerdict prependAny(PacketBatch batch, int index, int identification, int mtu) {
    byte[] slab = batch.slab();
    int inner = batch.offset(index);
    int length = batch.length(index);
    int ip = inner;
    if (ethernet) {
      if (length < GreTunnelConfig.ETHERNET_HEADER) {
        return GreVerdict.BAD_PAYLOAD;
      }
      ip = InnerPacket.ipInFrame(slab, inner, length);
    } else {
      length = InnerPacket.length(slab, inner, length);
      if (length < 0) {
        return GreVerdict.BAD_PAYLOAD;
      }
    }
    if (batch.gsoSize(index) != 0
        || batch.checksumState(index) == PacketBatch.ChecksumState.PARTIAL) {
      return GreVerdict.NOT_SEGMENTED;
    }
    int outerLength = overhead + length;
    if (outerLength > maxOuterLength) {
      return GreVerdict.TOO_LONG;
    }
    if (batch.headroom(index) < overhead) {
      return GreVerdict.NO_HEADROOM;
    }
    boolean innerIpv4 = ip >= 0 && Ipv4Fields.version(slab, ip) == 4;
    if (isOwnPacket(slab, ip, innerIpv4)) {
      return GreVerdict.RECURSION;
    }
    boolean dontFragment = outerDontFragment(slab, ip, innerIpv4);
    if (outerLength > mtu) {
      GreVerdict oversized = oversized(slab, ip, innerIpv4, dontFragment);
      if (!oversized.passes()) {
        return oversized;
      }
      // RFC 7676 section 3.3: what IPv6 may take for granted is fragmented outside.
      dontFragment = false;
    }
    int tos = tosBits;
    if (tosMask != 0 && ip >= 0) {
      tos |= DsField.tos(slab, ip, innerIpv4) & tosMask;
    }
    int hash = usesFlowHash ? flowHash(slab, inner, ip, innerIpv4) : tunnelHash;
    int outer = inner - overhead;
    writeGre(slab, inner, length, protocolType(innerIpv4));
    int outerFlags = dontFragment ? Ipv4Fields.DONT_FRAGMENT : 0;
    if (ipv4) {
      writeIpv4(slab, outer, outerLength, tos, identification << 16 | outerFlags);
    } else {
      writeIpv6(slab, outer, outerLength, tos, hash);
    }
    if (udp != null) {
      writeUdp(udp, slab, inner - greLength, greLength + length, hash);
    }
    batch.setBounds(index, outer, outerLength);
    if (batch.checksumState(index) != PacketBatch.ChecksumState.UNKNOWN) {
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    }
    return GreVerdict.ENCAPSULATED;
  }

  private int protocolType(boolean innerIpv4) {
    if (ethernet) {
      return GreProtocolType.TRANSPARENT_ETHERNET_BRIDGING;
    }
    return innerIpv4 ? GreProtocolType.IPV4 : GreProtocolType.IPV6;
  }

  /** Whether this very tunnel has sent the packet already (RFC 2784 section 3.1). */
  private boolean isOwnPacket(byte[] slab, int ip, boolean innerIpv4) {
    if (ip < 0 || innerIpv4 != ipv4) {
      return false;
    }
    int protocol = ipv4 ? Ipv4Fields.protocol(slab, ip) : Ipv6Fields.nextHeader(slab, ip);
    return protocol == match.protocol()
        && match.isToPeer(slab, ip)
        && (protocol != IpProtocol.UDP || isGreInUdp(slab, ip));
  }

  private boolean isGreInUdp(byte[] slab, int ip) {
    int header = ipv4 ? Ipv4Fields.headerLength(slab, ip) : Ipv6Fields.HEADER_LENGTH;
    int total = ipv4 ? Ipv4Fields.totalLength(slab, ip) : Ipv6Fields.totalLength(slab, ip);
    return total - header >= UdpFields.HEADER_LENGTH
        && UdpFields.destinationPort(slab, ip + header) == GreInUdp.PORT;
  }

  private boolean outerDontFragment(byte[] slab, int ip, boolean innerIpv4) {
    return switch (config.dfPolicy()) {
      case CLEAR -> false;
      case COPY -> !innerIpv4 || Ipv4Fields.dontFragment(slab, ip);
      case SET -> true;
    };
  }

  /** RFC 7588 section 3.3, RFC 7676 section 3.3. */
  private GreVerdict oversized(byte[] slab, int ip, boolean innerIpv4, boolean dontFragment) {
    boolean mayFragmentOutside = ipv4 && !dontFragment;
    if (innerIpv4) {
      if (Ipv4Fields.dontFragment(slab, ip)) {
        return GreVerdict.PACKET_TOO_BIG;
      }
      return mayFragmentOutside ? GreVerdict.ENCAPSULATED : GreVerdict.NEEDS_FRAGMENTATION;
    }
    boolean fits = ip < 0 ? mayFragmentOutside : payloadMtu() < GreMtu.LEAST_IPV6;
    return fits ? GreVerdict.ENCAPSULATED : GreVerdict.PACKET_TOO_BIG;
  }

  int payloadMtu() {
    return config.payloadMtu(pathMtu.current());
  }

  private static int flowHash(byte[] slab, int inner, int ip, boolean innerIpv4) {
    return ip >= 0 ? InnerPacket.flowHash(slab, ip, innerIpv4) : InnerPacket.frameHash(slab, inner);
  }

  private void writeGre(byte[] slab, int inner, int length, int protocolType) {
    int gre = inner - greLength;
    if (flags == 0) {
      BigEndian.putInt(slab, gre, protocolType);
      return;
    }
    GreFields.write(slab, gre, flags, protocolType, key, nextSequence);
    if ((flags & GreFields.SEQUENCE_PRESENT) != 0) {
      nextSequence++;
    }
    if ((flags & GreFields.CHECKSUM_PRESENT) != 0) {
      BigEndian.putShort(slab, gre + 4, InternetChecksum.of(slab, gre, greLength + length));
    }
  }

  private void writeIpv4(byte[] slab, int outer, int length, int tos, int identificationWord) {
    int first = (VERSION_4_WORD | tos) << 16 | length;
    int checksum =
        InternetChecksum.finish(
            ipv4Sum + (first & 0xffff_ffffL) + (identificationWord & 0xffff_ffffL));
    BigEndian.putLong(slab, outer, (long) first << 32 | (identificationWord & 0xffff_ffffL));
    BigEndian.putLong(slab, outer + 8, ipv4Second | (long) checksum << 32);
    BigEndian.putInt(slab, outer + 16, ipv4Third);
  }

  private void writeIpv6(byte[] slab, int outer, int length, int tos, int hash) {
    long label =
        config.flowLabel() == GreTunnelConfig.FlowLabel.HASHED ? hash & FLOW_LABEL_MASK : 0;
    int payload = length - Ipv6Fields.HEADER_LENGTH;
    BigEndian.putLong(
        slab, outer, ipv6First | (long) tos << 52 | label << 32 | (long) payload << 16);
    BigEndian.putLong(slab, outer + 8, ipv6SourceHigh);
    BigEndian.putLong(slab, outer + 16, ipv6SourceLow);
    BigEndian.putLong(slab, outer + 24, ipv6DestinationHigh);
    BigEndian.putLong(slab, outer + 32, ipv6DestinationLow);
  }

  private void writeUdp(GreInUdp how, byte[] slab, int gre, int greBytes, int hash) {
    int header = gre - UdpFields.HEADER_LENGTH;
    int length = UdpFields.HEADER_LENGTH + greBytes;
    // The upper bits, so that the port and the flow label do not say the same.
    int port = GreInUdp.FIRST_SOURCE_PORT | hash >>> 18;
    UdpFields.write(slab, header, port, GreInUdp.PORT, length);
    if (how.checksum()) {
      long sum = pseudoHeaderSum + length + InternetChecksum.sum(slab, header, length);
      BigEndian.putShort(
          slab, header + 6, TransportChecksum.udpValue(InternetChecksum.finish(sum)));
    }
  }
}
