package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/**
 * What an inbound SA makes of a packet that is authentic and, with ESP, decrypted: the packet that
 * was protected, if it is one that the SA is for (RFC 4301 section 5.2 step 4).
 */
final class Decapsulation {
  private final TrafficSelector selector;
  private final @Nullable UdpEncapsulation udp;
  private final SaCounters counters;
  private final boolean dscpInward;
  private final boolean padsFlows;

  /** Whether the SA is for packets that hide their ports. */
  private final boolean takesFragments;

  Decapsulation(IpsecParameters parameters, SaCounters counters) {
    this.selector = parameters.selector();
    this.takesFragments = selector.localPorts().isOpaque() || selector.remotePorts().isOpaque();
    this.udp = parameters instanceof SaParameters esp ? esp.udpEncapsulation() : null;
    this.counters = counters;
    this.dscpInward = parameters.tunnelHeader().dscpInward();
    this.padsFlows = parameters instanceof SaParameters esp && !esp.tfcPadding().isNone();
  }

  /** Tunnel mode: the inner packet, which may be followed by TFC padding (RFC 4303 section 2.7). */
  EspVerdict unwrap(PacketBatch batch, int index, int start, int payloadLength, int nextHeader) {
    byte[] slab = batch.slab();
    int length;
    if (nextHeader == IpProtocol.IPV4) {
      if (!Ipv4Fields.isWellFormed(slab, start, payloadLength)) {
        return EspVerdict.NOT_IPV4;
      }
      length = Ipv4Fields.totalLength(slab, start);
    } else if (nextHeader == IpProtocol.IPV6
        && Ipv6Fields.isWellFormed(slab, start, payloadLength)) {
      length = Ipv6Fields.totalLength(slab, start);
    } else {
      return EspVerdict.NOT_IPV4;
    }
    if (!selector.matchesInbound(slab, start)) {
      return EspVerdict.SELECTOR_MISMATCH;
    }
    if (takesFragments && UpperLayer.isTinyFragment(slab, start)) {
      return EspVerdict.TINY_FRAGMENT;
    }
    int outerTos = Ecn.tos(slab, batch.offset(index));
    int innerTos = Ecn.tos(slab, start);
    int outerEcn = outerTos & Ecn.MASK;
    int innerEcn = innerTos & Ecn.MASK;
    if (Ecn.isAnomalous(outerEcn, innerEcn)) {
      counters.count(SaCounters.Extra.CONGESTION_ANOMALIES);
    }
    int ecn = Ecn.decapsulate(outerEcn, innerEcn);
    if (ecn == Ecn.DROP) {
      return EspVerdict.CONGESTION_UNMARKABLE;
    }
    if (ecn == Ecn.CE && innerEcn != Ecn.CE) {
      counters.count(SaCounters.Extra.CONGESTION_MARKED);
    }
    if (dscpInward) {
      Ecn.writeTos(slab, start, (outerTos & ~Ecn.MASK) | ecn);
    } else {
      Ecn.write(slab, start, ecn);
    }
    batch.setBounds(index, start, length);
    return EspVerdict.OPENED;
  }

  /**
   * Transport mode: the IP header moves up to its payload and gets its protocol back.
   *
   * @param headerLength bytes of the IP header with its options or extensions
   */
  EspVerdict restore(
      PacketBatch batch,
      int index,
      int headerLength,
      int start,
      int payloadLength,
      int nextHeader) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    int length = headerLength + withoutFlowPadding(slab, start, payloadLength, nextHeader);
    int offset = start - headerLength;
    long place = TransportPlace.ofReceived(slab, outer, headerLength);
    TransportPlace.move(slab, outer, offset, place, length, nextHeader);
    batch.setBounds(index, offset, length);
    if (!selector.matchesInbound(slab, offset)) {
      return EspVerdict.SELECTOR_MISMATCH;
    }
    if (udp != null) {
      NatChecksum.correct(udp, slab, offset);
    }
    return EspVerdict.OPENED;
  }

  /** Where TFC padding was agreed on, UDP says how long it is itself. */
  private int withoutFlowPadding(byte[] slab, int start, int payloadLength, int nextHeader) {
    if (!padsFlows || nextHeader != IpProtocol.UDP || payloadLength < EspSuite.UDP_HEADER_LENGTH) {
      return payloadLength;
    }
    int named = BigEndian.getUnsignedShort(slab, start + 4);
    return named >= EspSuite.UDP_HEADER_LENGTH && named < payloadLength ? named : payloadLength;
  }
}
