package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/**
 * Lays packets out as ESP around their payload, all but IV, encryption and ICV: what an outbound SA
 * does before its transform.
 */
final class Encapsulation {
  private static final int MAX_LENGTH = 0xffff;

  private final SaParameters parameters;
  private final EspFrames frames;
  private final OuterHeader outer;
  private final SequenceCounter sequence;
  private final LifetimeMeter lifetime;
  private final PathMtu pathMtu;
  private final SaCounters counters;
  private final TfcPadding tfcPadding;
  private final int spi;
  private final int ivLength;
  private final int icvLength;
  private final int alignment;
  private final int udpLength;
  private final int ipHeaderLength;
  private final int maxLength;
  private final boolean tunnel;
  private final boolean finishesUdp;
  private final boolean padsFlows;

  Encapsulation(
      SaParameters parameters,
      EspFrames frames,
      OuterHeader outer,
      SequenceCounter sequence,
      LifetimeMeter lifetime,
      PathMtu pathMtu,
      SaCounters counters) {
    EspSuite suite = parameters.suite();
    this.parameters = parameters;
    this.frames = frames;
    this.outer = outer;
    this.sequence = sequence;
    this.lifetime = lifetime;
    this.pathMtu = pathMtu;
    this.counters = counters;
    this.tfcPadding = parameters.tfcPadding();
    this.padsFlows = !tfcPadding.isNone();
    this.spi = parameters.spi();
    this.ivLength = suite.encryption().ivLength();
    this.icvLength = suite.icvLength();
    this.alignment = suite.alignment();
    this.udpLength = parameters.udpEncapsulation() == null ? 0 : EspSuite.UDP_HEADER_LENGTH;
    this.finishesUdp = udpLength != 0 && parameters.isIpv6();
    this.ipHeaderLength = parameters.ipHeaderLength();
    this.maxLength = parameters.isIpv6() ? MAX_LENGTH + Ipv6Fields.HEADER_LENGTH : MAX_LENGTH;
    this.tunnel = parameters.mode() == EspMode.TUNNEL;
  }

  /** Whether the UDP header has a checksum to be computed once the packet is encrypted. */
  boolean finishesUdp() {
    return finishesUdp;
  }

  /**
   * Makes a dummy packet of a packet that was added to the batch with this length and no contents.
   */
  @Nullable EspVerdict frameDummy(PacketBatch batch, int index, int length, DummyBytes bytes) {
    int kept = tunnel ? 0 : ipHeaderLength;
    int offset = batch.offset(index);
    bytes.fill(batch.slab(), offset + kept, length - kept);
    if (tunnel) {
      return layOut(batch, index, length, 0, IpProtocol.NO_NEXT_HEADER, 0);
    }
    outer.writeDummy(batch.slab(), offset, length, IpProtocol.NO_NEXT_HEADER);
    long place = TransportPlace.of(batch.slab(), offset);
    return layOut(batch, index, length, place, IpProtocol.NO_NEXT_HEADER, 0);
  }

  /** Looks at a packet, and lays it out if nothing speaks against it. */
  @Nullable EspVerdict frame(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (!EspFields.isWellFormed(slab, offset, batch.length(index))) {
      return EspVerdict.NOT_IPV4;
    }
    if (batch.gsoSize(index) != 0
        || batch.checksumState(index) == PacketBatch.ChecksumState.PARTIAL) {
      return EspVerdict.UNSUPPORTED;
    }
    boolean six = Ipv4Fields.version(slab, offset) == 6;
    int length = six ? Ipv6Fields.totalLength(slab, offset) : Ipv4Fields.totalLength(slab, offset);
    if (tunnel) {
      return layOut(
          batch, index, length, 0, six ? IpProtocol.IPV6 : IpProtocol.IPV4, flowPadding(length));
    }
    long place = TransportPlace.of(slab, offset);
    if (place < 0) {
      return place == TransportPlace.FRAGMENT ? EspVerdict.FRAGMENT : EspVerdict.NOT_IPV4;
    }
    if (finishesUdp && TransportPlace.isBehindRouting(slab, offset, place)) {
      return EspVerdict.UNSUPPORTED; // its checksum covers an address that is still to come
    }
    int protocol = slab[offset + TransportPlace.protocolField(place)] & 0xff;
    int padding = protocol == IpProtocol.UDP ? flowPadding(length) : 0;
    return layOut(batch, index, length, place, protocol, padding);
  }

  private int flowPadding(int length) {
    return padsFlows ? tfcPadding.amount(length, parameters.maxInner(pathMtu.last())) : 0;
  }

  /**
   * Lays a packet out as ESP around its payload, all but IV, encryption and ICV.
   *
   * @param length of the packet
   * @param place where transport mode puts ESP; 0 in tunnel mode
   * @param wantedPadding bytes of TFC padding, if there is room for them
   */
  private @Nullable EspVerdict layOut(
      PacketBatch batch, int index, int length, long place, int nextHeader, int wantedPadding) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    int kept = TransportPlace.length(place);
    int headerLength = tunnel ? ipHeaderLength : kept;
    int payload = offset + kept;
    int esp = payload - ivLength - EspSuite.ESP_HEADER_LENGTH;
    int start = esp - udpLength - headerLength;
    int slotEnd = offset + batch.length(index) + batch.tailroom(index);
    int flowPadding = wantedPadding;
    if (wantedPadding != 0) {
      int end = Math.min(slotEnd, start + maxLength) - icvLength;
      int room = (end - payload & -alignment) - EspSuite.TRAILER_LENGTH - (length - kept);
      flowPadding = Math.max(0, Math.min(wantedPadding, room));
    }
    int payloadEnd = offset + length + flowPadding;
    int encryptedLength =
        payloadEnd - payload + EspSuite.TRAILER_LENGTH + alignment - 1 & -alignment;
    int sealedLength = payload - start + encryptedLength + icvLength;
    if (sealedLength > maxLength) {
      return EspVerdict.BAD_LENGTH;
    }
    if (offset - start > batch.headroom(index) || start + sealedLength > slotEnd) {
      return EspVerdict.NO_ROOM;
    }
    if (sequence.isExhausted()) {
      return EspVerdict.SEQUENCE_EXHAUSTED;
    }
    if (!lifetime.take(encryptedLength)) {
      return EspVerdict.HARD_LIFETIME;
    }
    long number = sequence.next();
    writeHeaders(slab, offset, start, place, sealedLength, nextHeader);
    BigEndian.putInt(slab, esp, spi);
    BigEndian.putInt(slab, esp + 4, (int) number);
    if (flowPadding != 0) {
      EspTrailer.writeFlowPadding(slab, offset + length, flowPadding);
      counters.add(SaCounters.Extra.TFC_BYTES, flowPadding);
    }
    EspTrailer.write(slab, payloadEnd, encryptedLength - (payloadEnd - payload), nextHeader);
    batch.setBounds(index, start, sealedLength);
    batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    frames.add(index, esp, encryptedLength, number);
    return null;
  }

  private void writeHeaders(
      byte[] slab, int offset, int start, long place, int sealedLength, int nextHeader) {
    int headerLength;
    if (tunnel) {
      headerLength = ipHeaderLength;
      if (nextHeader == IpProtocol.NO_NEXT_HEADER) {
        outer.writeDummy(slab, start, sealedLength, outer.protocol());
      } else {
        outer.writeTunnel(slab, offset, start, sealedLength);
      }
    } else {
      headerLength = TransportPlace.length(place);
      TransportPlace.move(slab, offset, start, place, sealedLength, outer.protocol());
    }
    if (udpLength != 0) {
      outer.writeUdp(slab, start + headerLength, sealedLength - headerLength);
    }
  }
}
