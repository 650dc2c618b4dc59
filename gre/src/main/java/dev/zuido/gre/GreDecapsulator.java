package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Counters;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.UdpFields;
import org.jspecify.annotations.Nullable;

/** The receiving half of a tunnel. */
final class GreDecapsulator {
  private static final int PLAIN_IPV4 = 0x45;

  private final OuterMatch match;
  private final @Nullable GreInUdp udp;
  private final boolean ipv4;
  private final boolean ethernet;
  private final boolean strict;
  private final boolean takesDscp;
  private final int flags;
  private final int key;
  private final @Nullable GreReorderBuffer reorder;
  private final Counters<GreVerdict> received;
  private final @Nullable PlainIpv4Path plain;

  /** "Upon establishment of the GRE tunnel, this value should be set to (2**32)-1." */
  private int lastSequence = -1;

  /** Where the GRE header of the packet at work starts, and where the packet ends. */
  private int gre;

  private int end;

  GreDecapsulator(
      GreTunnelConfig config,
      OuterMatch match,
      @Nullable GreReorderBuffer reorder,
      Counters<GreVerdict> received) {
    this.match = match;
    this.udp = config.udp();
    this.ipv4 = config.isOverIpv4();
    this.ethernet = config.payload() == GreTunnelConfig.Payload.ETHERNET;
    this.strict = config.reservedBits() == GreHeader.ReservedBits.RFC_2784;
    this.takesDscp = config.dscp() == GreTunnelConfig.ReceivedDscp.OUTER;
    this.flags = config.flags();
    Integer configuredKey = config.key();
    this.key = configuredKey == null ? 0 : configuredKey;
    this.reorder = reorder;
    this.plain = takesDscp ? null : PlainIpv4Path.of(config);
    this.received = received;
  }

  void resetSequence() {
    lastSequence = -1;
    if (reorder != null) {
      reorder.reset();
    }
  }

  boolean matches(byte[] bytes, int ip) {
    if (Ipv4Fields.version(bytes, ip) != (ipv4 ? 4 : 6) || !match.isFromPeer(bytes, ip)) {
      return false;
    }
    boolean located =
        ipv4 ? locateBehindIpv4(bytes, ip).passes() : locateBehindIpv6(bytes, ip).passes();
    if (!located || end - gre < GreFields.MIN_HEADER_LENGTH) {
      return false;
    }
    int greFlags = GreFields.flags(bytes, gre);
    return end - gre >= GreFields.headerLength(greFlags) && checkKey(bytes, greFlags).passes();
  }

  /**
   * Takes the outer headers away from the packets of a batch from one index up to another, or not,
   * and says in each one's verdict what became of it.
   *
   * @return how many were decapsulated
   */
  int strip(PacketBatch batch, int from, int to) {
    if (plain != null) {
      return plain.strip(batch, from, to, this);
    }
    int done = 0;
    for (int i = from; i < to; i++) {
      if (batch.passes(i) && stripOne(batch, i)) {
        done++;
      }
    }
    return done;
  }

  /** Does so with one packet; all but a decapsulated one is counted. */
  boolean stripOne(PacketBatch batch, int index) {
    GreVerdict verdict = stripAny(batch, index);
    batch.setVerdict(index, verdict);
    if (verdict == GreVerdict.DECAPSULATED) {
      return true;
    }
    received.increment(verdict);
    return false;
  }

  private GreVerdict stripAny(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    GreVerdict located = locate(slab, outer, batch.length(index));
    if (!located.passes()) {
      return located;
    }
    GreVerdict header = checkHeader(slab);
    if (!header.passes()) {
      return header;
    }
    int greFlags = GreFields.flags(slab, gre);
    int inner = gre + GreFields.headerLength(greFlags);
    int outerTos = DsField.tos(slab, outer, ipv4);
    GreVerdict verdict = checkPayload(slab, outerTos, inner, end - inner);
    boolean keepalive =
        verdict == GreVerdict.KEEPALIVE_REQUEST || verdict == GreVerdict.KEEPALIVE_REPLY;
    if (!verdict.passes() && !keepalive) {
      return verdict;
    }
    int length = payloadLength(slab, inner, verdict);
    batch.setEcn(index, outerTos & DsField.ECN_MASK);
    if ((greFlags & GreFields.SEQUENCE_PRESENT) != 0) {
      int sequence = GreFields.sequence(slab, gre, greFlags);
      if (reorder == null) {
        lastSequence = sequence;
      } else if (keepalive) {
        reorder.skip(sequence, batch.arrivalNanos(index));
      } else {
        verdict = reorder.take(sequence, batch, index, inner, length);
      }
    }
    if (verdict.passes() || verdict == GreVerdict.KEEPALIVE_REQUEST) {
      batch.setBounds(index, inner, length);
      if (batch.checksumState(index) != PacketBatch.ChecksumState.UNKNOWN) {
        batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
      }
    }
    return verdict;
  }

  private int payloadLength(byte[] slab, int inner, GreVerdict verdict) {
    if (verdict == GreVerdict.KEEPALIVE_REPLY || (ethernet && verdict.passes())) {
      return end - inner;
    }
    return InnerPacket.length(slab, inner, end - inner);
  }

  /** Finds the GRE header of a packet that has to be from the peer. */
  private GreVerdict locate(byte[] slab, int outer, int available) {
    boolean wellFormed =
        ipv4
            ? isWellFormedIpv4(slab, outer, available)
            : Ipv6Fields.isWellFormed(slab, outer, available);
    if (!wellFormed) {
      return GreVerdict.BAD_OUTER_HEADER;
    }
    if (!match.isFromPeer(slab, outer)) {
      return GreVerdict.NOT_THIS_TUNNEL;
    }
    GreVerdict found = ipv4 ? locateBehindIpv4(slab, outer) : locateBehindIpv6(slab, outer);
    return udp == null || !found.passes() ? found : checkUdpChecksum(udp, slab);
  }

  private static boolean isWellFormedIpv4(byte[] slab, int outer, int available) {
    if (available < Ipv4Fields.MIN_HEADER_LENGTH || slab[outer] != PLAIN_IPV4) {
      return Ipv4Fields.isWellFormed(slab, outer, available);
    }
    int total = Ipv4Fields.totalLength(slab, outer);
    long first = BigEndian.getLong(slab, outer);
    long second = BigEndian.getLong(slab, outer + 8);
    long sum =
        (first >>> 32)
            + (first & 0xffff_ffffL)
            + (second >>> 32)
            + (second & 0xffff_ffffL)
            + BigEndian.getUnsignedInt(slab, outer + 16);
    return total >= Ipv4Fields.MIN_HEADER_LENGTH
        && total <= available
        && InternetChecksum.finish(sum) == 0;
  }

  private GreVerdict locateBehindIpv4(byte[] slab, int outer) {
    if (Ipv4Fields.protocol(slab, outer) != match.protocol()) {
      return GreVerdict.NOT_THIS_TUNNEL;
    }
    if (Ipv4Fields.isFragment(slab, outer)) {
      return GreVerdict.OUTER_FRAGMENT;
    }
    gre = outer + Ipv4Fields.headerLength(slab, outer);
    end = outer + Ipv4Fields.totalLength(slab, outer);
    return udp == null ? GreVerdict.DECAPSULATED : locateBehindUdp(slab);
  }

  private GreVerdict locateBehindIpv6(byte[] slab, int outer) {
    end = outer + Ipv6Fields.totalLength(slab, outer);
    gre = outer + Ipv6Fields.HEADER_LENGTH;
    if (Ipv6Fields.nextHeader(slab, outer) != match.protocol()) {
      long upper = Ipv6Fields.upperLayer(slab, outer);
      if (upper == Ipv6Fields.MALFORMED) {
        return GreVerdict.BAD_OUTER_HEADER;
      }
      if (Ipv6Fields.protocolOf(upper) != match.protocol()) {
        return GreVerdict.NOT_THIS_TUNNEL;
      }
      if (Ipv6Fields.isFragment(slab, outer, upper)) {
        return GreVerdict.OUTER_FRAGMENT;
      }
      gre = outer + Ipv6Fields.offsetOf(upper);
    }
    return udp == null ? GreVerdict.DECAPSULATED : locateBehindUdp(slab);
  }

  private GreVerdict locateBehindUdp(byte[] slab) {
    if (!UdpFields.isWellFormed(slab, gre, end - gre)) {
      return GreVerdict.BAD_OUTER_HEADER;
    }
    int port = UdpFields.destinationPort(slab, gre);
    if (port != GreInUdp.PORT) {
      return port == GreInUdp.DTLS_PORT ? GreVerdict.DTLS_UNSUPPORTED : GreVerdict.NOT_THIS_TUNNEL;
    }
    end = gre + UdpFields.length(slab, gre);
    gre += UdpFields.HEADER_LENGTH;
    return GreVerdict.DECAPSULATED;
  }

  private GreVerdict checkUdpChecksum(GreInUdp how, byte[] slab) {
    int header = gre - UdpFields.HEADER_LENGTH;
    if (UdpFields.checksum(slab, header) == 0) {
      return how.acceptsZero(ipv4) ? GreVerdict.DECAPSULATED : GreVerdict.UDP_CHECKSUM_MISSING;
    }
    int length = end - header;
    long sum = match.pseudoHeaderSum() + length + InternetChecksum.sum(slab, header, length);
    return InternetChecksum.finish(sum) == 0
        ? GreVerdict.DECAPSULATED
        : GreVerdict.BAD_UDP_CHECKSUM;
  }

  /** The checks of the GRE header, in the order of its fields. */
  private GreVerdict checkHeader(byte[] slab) {
    int available = end - gre;
    if (available < GreFields.MIN_HEADER_LENGTH) {
      return GreVerdict.TRUNCATED;
    }
    int greFlags = GreFields.flags(slab, gre);
    if ((greFlags | flags) == 0) {
      return GreVerdict.DECAPSULATED;
    }
    if ((greFlags & GreFields.VERSION_MASK) != 0) {
      return GreVerdict.BAD_VERSION;
    }
    if ((greFlags & GreFields.ROUTING_PRESENT) != 0) {
      return GreVerdict.ROUTING_PRESENT;
    }
    if ((greFlags & GreFields.DISCARD_BITS) != 0 && strict) {
      return GreVerdict.RESERVED_BITS;
    }
    if (available < GreFields.headerLength(greFlags)) {
      return GreVerdict.TRUNCATED;
    }
    GreVerdict keyVerdict = checkKey(slab, greFlags);
    if (!keyVerdict.passes()) {
      return keyVerdict;
    }
    if ((greFlags & GreFields.CHECKSUM_PRESENT) == 0) {
      if ((flags & GreFields.CHECKSUM_PRESENT) != 0) {
        return GreVerdict.CHECKSUM_MISSING;
      }
    } else if (InternetChecksum.of(slab, gre, available) != 0) {
      return GreVerdict.BAD_CHECKSUM;
    }
    return isOutOfSequence(slab, greFlags) ? GreVerdict.OUT_OF_SEQUENCE : GreVerdict.DECAPSULATED;
  }

  private GreVerdict checkKey(byte[] slab, int greFlags) {
    boolean keyed = (flags & GreFields.KEY_PRESENT) != 0;
    if ((greFlags & GreFields.KEY_PRESENT) == 0) {
      return keyed ? GreVerdict.KEY_MISSING : GreVerdict.DECAPSULATED;
    }
    if (!keyed) {
      return GreVerdict.KEY_UNEXPECTED;
    }
    return GreFields.key(slab, gre, greFlags) == key
        ? GreVerdict.DECAPSULATED
        : GreVerdict.WRONG_KEY;
  }

  /**
   * Packets without a number may come between those with one; a number out of sequence lies "in the
   * range of the last received sequence number and the preceding 2**31-1 values, inclusive".
   */
  private boolean isOutOfSequence(byte[] slab, int greFlags) {
    if ((flags & greFlags & GreFields.SEQUENCE_PRESENT) == 0) {
      return false;
    }
    int sequence = GreFields.sequence(slab, gre, greFlags);
    return reorder != null
        ? reorder.isLate(sequence)
        : !GreReorderBuffer.isAhead(sequence, lastSequence);
  }

  private GreVerdict checkPayload(byte[] slab, int outerTos, int inner, int length) {
    int protocolType = GreFields.protocolType(slab, gre);
    boolean innerIpv4 = protocolType == GreProtocolType.IPV4;
    if (!innerIpv4 && protocolType != GreProtocolType.IPV6) {
      return protocolType == GreProtocolType.KEEPALIVE
          ? GreVerdict.KEEPALIVE_REPLY
          : checkFrame(slab, protocolType, outerTos, inner, length);
    }
    if (InnerPacket.length(slab, inner, length) < 0
        || Ipv4Fields.version(slab, inner) != (innerIpv4 ? 4 : 6)) {
      return ethernet ? GreVerdict.UNSUPPORTED_PROTOCOL : GreVerdict.BAD_INNER_PACKET;
    }
    if (innerIpv4 == ipv4 && match.isForPeer(slab, inner)) {
      if (!isKeepaliveAnswer(slab, inner, length)) {
        return GreVerdict.LOOP;
      }
      if (ipv4) {
        Ipv4Fields.decrementTtl(slab, inner);
      } else {
        Ipv6Fields.decrementHopLimit(slab, inner);
      }
      return GreVerdict.KEEPALIVE_REQUEST;
    }
    if (ethernet) {
      return GreVerdict.UNSUPPORTED_PROTOCOL;
    }
    return DsField.merge(outerTos, slab, inner, innerIpv4, takesDscp)
        ? GreVerdict.DECAPSULATED
        : GreVerdict.ECN_NOT_CAPABLE;
  }

  private GreVerdict checkFrame(
      byte[] slab, int protocolType, int outerTos, int inner, int length) {
    if (!ethernet || protocolType != GreProtocolType.TRANSPARENT_ETHERNET_BRIDGING) {
      return GreVerdict.UNSUPPORTED_PROTOCOL;
    }
    if (length < GreTunnelConfig.ETHERNET_HEADER) {
      return GreVerdict.BAD_INNER_PACKET;
    }
    int ip = InnerPacket.ipInFrame(slab, inner, length);
    boolean delivered =
        ip < 0
            ? DsField.merge(outerTos & DsField.ECN_MASK, 0) >= 0
            : DsField.merge(outerTos, slab, ip, Ipv4Fields.version(slab, ip) == 4, takesDscp);
    return delivered ? GreVerdict.DECAPSULATED : GreVerdict.ECN_NOT_CAPABLE;
  }

  /**
   * Whether the payload is the answer that a keepalive of the peer brings along. It goes from here
   * to the peer and nowhere else: IPv4 options and IPv6 extension headers, which could route it on,
   * are not answered, and neither is what has more than a GRE header.
   */
  private boolean isKeepaliveAnswer(byte[] slab, int inner, int length) {
    boolean plain =
        ipv4
            ? slab[inner] == PLAIN_IPV4
                && isWellFormedIpv4(slab, inner, length)
                && Ipv4Fields.protocol(slab, inner) == IpProtocol.GRE
                && !Ipv4Fields.isFragment(slab, inner)
                && Ipv4Fields.ttl(slab, inner) >= 2
            : Ipv6Fields.nextHeader(slab, inner) == IpProtocol.GRE
                && Ipv6Fields.hopLimit(slab, inner) >= 2;
    if (!plain || !match.isToPeer(slab, inner)) {
      return false;
    }
    int answer = inner + (ipv4 ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv6Fields.HEADER_LENGTH);
    int answerLength = inner + InnerPacket.length(slab, inner, length) - answer;
    return answerLength >= GreFields.MIN_HEADER_LENGTH
        && answerLength <= GreFields.MAX_HEADER_LENGTH
        && GreFields.protocolType(slab, answer) == GreProtocolType.KEEPALIVE;
  }
}
