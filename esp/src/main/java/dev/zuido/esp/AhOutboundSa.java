package dev.zuido.esp;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an AH SA: RFC 4302 section 3.3.
 *
 * <p>{@link #protect} puts AH into IPv4 and IPv6 packets where they lie, using the batch's
 * headroom. Transport mode puts it behind the header with its options or extension headers;
 * destination options behind a routing header follow AH. Tunnel mode puts a new header and AH
 * before the packet. Whoever forwards has decremented the time to live, and has seen to it that the
 * result fits the path ({@link AhParameters#maxInner}).
 *
 * <p>After its last sequence number it refuses, as {@link OutboundSa} does.
 */
public final class AhOutboundSa implements SecurityAssociation {
  private static final long MAX_SEQUENCE = 0xffff_ffffL;

  /** So many packets before the last sequence number a successor is asked for. */
  private static final long SEQUENCE_MARGIN = 1L << 24;

  private final AhParameters parameters;
  private final AhIcv icv;
  private final AhPacket packet = new AhPacket();
  private final LifetimeMeter lifetime;
  private final SaCounters counters = new SaCounters();
  private final int ahLength;
  private final int outerLength;
  private final boolean tunnel;
  private final long lastSequence;
  private volatile long sequence;
  private int identification;
  private boolean closed;

  /**
   * Installs an SA.
   *
   * @param parameters what was negotiated
   * @param keys its key, which stays the caller's to close
   * @param crypto where ciphers and digests come from
   * @param random the source of the first IPv4 identification
   * @param nowNanos now on the driver's clock: the start of the lifetime in seconds
   * @throws IllegalArgumentException if the key does not fit the algorithm or the provider lacks it
   */
  public AhOutboundSa(
      AhParameters parameters, AhKeys keys, EspCrypto crypto, SecureRandom random, long nowNanos) {
    this(
        parameters,
        crypto.ahIcv(parameters.integrity(), keys, parameters.extendedSequenceNumbers()),
        random.nextInt() & 0xffff,
        nowNanos);
  }

  /** Installs an SA around an algorithm; the first outer header has the identification given. */
  AhOutboundSa(AhParameters parameters, AhIcv icv, int identification, long nowNanos) {
    this.parameters = parameters;
    this.icv = icv;
    this.ahLength = parameters.integrity().headerLength(parameters.ipVersion());
    this.outerLength = parameters.outerLength();
    this.tunnel = parameters.mode() == EspMode.TUNNEL;
    this.lastSequence = parameters.extendedSequenceNumbers() ? Long.MAX_VALUE : MAX_SEQUENCE;
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
    this.identification = identification;
  }

  /**
   * Protects every packet of a batch that passes, in order. Each gets {@link EspVerdict#SEALED} or
   * the reason why it was refused; a refused packet uses no sequence number and is unchanged.
   */
  public void protect(PacketBatch batch) {
    protect(batch, 0, batch.size());
  }

  /** Protects one packet of a batch, if it passes. */
  public void protect(PacketBatch batch, int index) {
    protect(batch, index, index + 1);
  }

  /**
   * Protects the packets of a part of a batch that pass, in order.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void protect(PacketBatch batch, int from, int to) {
    for (int index = from; index < to; index++) {
      if (batch.passes(index)) {
        EspVerdict verdict = protectOne(batch, index);
        batch.setVerdict(index, verdict);
        counters.count(verdict);
      }
    }
  }

  private EspVerdict protectOne(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    EspVerdict refusal = refusal(batch, index, offset);
    if (refusal != null) {
      return refusal;
    }
    int kept = tunnel ? outerLength : packet.keptLength();
    int payload = tunnel ? offset : packet.headerEnd();
    int end = tunnel ? offset + innerLength(slab, offset) : packet.end();
    int start = payload - ahLength - kept;
    int length = end - start;
    if (length > maxLength()) {
      return EspVerdict.BAD_LENGTH;
    }
    if (start < offset - batch.headroom(index)) {
      return EspVerdict.NO_ROOM;
    }
    if (sequence >= lastSequence) {
      return EspVerdict.SEQUENCE_EXHAUSTED;
    }
    if (!lifetime.take(length)) {
      return EspVerdict.HARD_LIFETIME;
    }
    layOut(slab, offset, payload, end, nextSequence());
    batch.setBounds(index, start, length);
    batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    counters.countBytes(length);
    return EspVerdict.SEALED;
  }

  private @Nullable EspVerdict refusal(PacketBatch batch, int index, int offset) {
    byte[] slab = batch.slab();
    if (closed) {
      return EspVerdict.CLOSED;
    }
    if (batch.gsoSize(index) != 0
        || batch.checksumState(index) == PacketBatch.ChecksumState.PARTIAL) {
      return EspVerdict.UNSUPPORTED;
    }
    if (tunnel) {
      return isWellFormed(slab, offset, batch.length(index)) ? null : EspVerdict.NOT_IPV4;
    }
    EspVerdict refusal = packet.locate(slab, offset, batch.length(index), false);
    if (refusal != null) {
      return refusal;
    }
    return packet.version() == parameters.ipVersion() ? null : EspVerdict.SELECTOR_MISMATCH;
  }

  private static boolean isWellFormed(byte[] slab, int offset, int available) {
    return Ipv4Fields.isWellFormed(slab, offset, available)
        || Ipv6Fields.isWellFormed(slab, offset, available);
  }

  private static int innerLength(byte[] slab, int offset) {
    return Ipv4Fields.version(slab, offset) == 4
        ? Ipv4Fields.totalLength(slab, offset)
        : Ipv6Fields.totalLength(slab, offset);
  }

  private int maxLength() {
    return parameters.ipVersion() == 4 ? 0xffff : 0xffff + Ipv6Fields.HEADER_LENGTH;
  }

  /** Writes the headers and AH before the payload, and the ICV into AH. */
  private void layOut(byte[] slab, int offset, int payload, int end, long number) {
    int ah = payload - ahLength;
    int nextHeader;
    if (tunnel) {
      nextHeader = Ipv4Fields.version(slab, offset) == 4 ? IpProtocol.IPV4 : IpProtocol.IPV6;
      writeOuterHeader(slab, offset, ah - outerLength, end);
      packet.adopt(parameters.ipVersion(), ah - outerLength, ah, end);
    } else {
      packet.dropFragmentHeader(slab);
      nextHeader = packet.protocol(slab);
      packet.move(slab, ah, end, IpProtocol.AH);
    }
    AhFields.write(slab, ah, ahLength, nextHeader, parameters.spi(), (int) number);
    packet.save(slab);
    packet.zeroMutable(slab);
    int start = packet.start();
    icv.sign(slab, start, end - start, ah + AhFields.FIXED_LENGTH, number);
    packet.restore(slab);
  }

  private void writeOuterHeader(byte[] slab, int inner, int outer, int end) {
    TunnelHeader header = parameters.tunnelHeader();
    int innerTos = AhTunnel.tos(slab, inner);
    int tos =
        header.dscp() == TunnelHeader.COPY_DSCP ? innerTos : header.dscp() << 2 | (innerTos & 3);
    if (parameters.local() instanceof Ipv4Address local
        && parameters.remote() instanceof Ipv4Address remote) {
      Ipv4Fields.write(
          slab,
          outer,
          tos,
          end - outer,
          identification++ & 0xffff,
          AhTunnel.flags(header, slab, inner),
          header.ttl(),
          IpProtocol.AH,
          local.value(),
          remote.value());
    } else if (parameters.local() instanceof Ipv6Address local
        && parameters.remote() instanceof Ipv6Address remote) {
      int payloadLength = end - outer - Ipv6Fields.HEADER_LENGTH;
      Ipv6Fields.write(
          slab, outer, tos, 0, payloadLength, IpProtocol.AH, header.ttl(), local, remote);
    }
  }

  private long nextSequence() {
    long number = sequence + 1;
    sequence = number;
    if (lastSequence - number == SEQUENCE_MARGIN) {
      lifetime.wantSuccessor();
    }
    return number;
  }

  @Override
  public AhParameters parameters() {
    return parameters;
  }

  @Override
  public SaCounters counters() {
    return counters;
  }

  /** The sequence number of the last packet, 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Whether another packet can be protected. */
  boolean isUsable() {
    return !closed && sequence < lastSequence && lifetime.state() != LifetimeState.HARD_EXPIRED;
  }

  @Override
  public LifetimeState expire(long nowNanos) {
    return lifetime.expire(nowNanos);
  }

  @Override
  public LifetimeState lifetimeState() {
    return lifetime.state();
  }

  @Override
  public long nextDeadline() {
    return lifetime.nextDeadline();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      icv.close();
    }
  }

  /**
   * For tests that protect recorded packets again: what the next packets use.
   *
   * @param lastUsed the sequence number before the next packet's
   * @param nextIdentification the next outer header's identification in tunnel mode
   */
  void preset(long lastUsed, int nextIdentification) {
    sequence = lastUsed;
    identification = nextIdentification;
  }

  @Override
  public String toString() {
    return "AhOutboundSa[" + parameters.spiText() + " " + parameters.integrity() + "]";
  }
}
