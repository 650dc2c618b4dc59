package dev.zuido.esp;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
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
  private final AuditTrail audit;
  private final OuterHeader outer;
  private final PathMtu pathMtu;
  private final int ahLength;
  private final int outerLength;
  private final boolean tunnel;
  private final long lastSequence;
  private final AtomicLong published;

  /** From this number on, a successor is wanted; asked for once. */
  private long margin;

  private long sequence;
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
    this.margin = lastSequence - SEQUENCE_MARGIN;
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
    this.audit = new AuditTrail(parameters.spi(), counters);
    this.outer = new OuterHeader(parameters, identification);
    this.pathMtu = new PathMtu(parameters.ipVersion() == 6);
    this.sequence = parameters.initialSequence();
    this.published = new AtomicLong(sequence);
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
    int next = from;
    try {
      for (; next < to; next++) {
        if (batch.passes(next)) {
          batch.setVerdict(next, EspVerdict.CIPHER_FAILED);
          decide(batch, next, protectOne(batch, next));
        }
      }
    } finally {
      // None are left, unless the provider has failed.
      for (int i = next; i < to; i++) {
        if (batch.passes(i) || i == next) {
          batch.setVerdict(i, EspVerdict.CIPHER_FAILED);
          counters.count(EspVerdict.CIPHER_FAILED);
        }
      }
      published.setRelease(sequence);
    }
  }

  private void decide(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
    if (verdict != EspVerdict.SEALED) {
      audit.note(verdict, batch, index, sequence);
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
    int end = tunnel ? offset + EspFields.totalLength(slab, offset) : packet.end();
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
      return EspFields.isWellFormed(slab, offset, batch.length(index)) ? null : EspVerdict.NOT_IPV4;
    }
    EspVerdict refusal = packet.locate(slab, offset, batch.length(index), false);
    if (refusal != null) {
      return refusal;
    }
    return packet.version() == parameters.ipVersion() ? null : EspVerdict.SELECTOR_MISMATCH;
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
      outer.writeTunnel(slab, offset, ah - outerLength, end - ah + outerLength);
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

  private long nextSequence() {
    long number = sequence + 1;
    sequence = number;
    if (number >= margin) {
      margin = Long.MAX_VALUE;
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

  /**
   * Writes into an audit log from now on that the sequence numbers have come to their end and
   * packets are refused (RFC 4302 section 3.3.2), or with null no longer.
   */
  @Override
  public void auditTo(@Nullable AuditLog log) {
    audit.setLog(log);
  }

  /** The sequence number of the last packet, 0 before the first; any thread may ask. */
  public long sequence() {
    return published.getAcquire();
  }

  /**
   * Notes that the path to the peer carries less than was known (RFC 4301 section 8.2.1); whoever
   * calls has made sure that the report is about this SA. See {@link OutboundSa#learnPathMtu(int,
   * long)} for the bounds.
   *
   * @param mtu the length of the longest packet with AH that gets through, with its IP header
   * @param nowNanos now on the driver's clock
   * @return whether the path MTU is lower than before
   */
  public boolean learnPathMtu(int mtu, long nowNanos) {
    boolean lowered = pathMtu.learn(mtu, nowNanos);
    if (lowered) {
      counters.count(SaCounters.Extra.PATH_MTU_LOWERED);
    }
    return lowered;
  }

  /**
   * The path MTU that was learned and is not older than ten minutes, or {@link
   * OutboundSa#UNKNOWN_PATH_MTU}.
   *
   * @param nowNanos now on the driver's clock
   */
  public int pathMtu(long nowNanos) {
    return pathMtu.at(nowNanos);
  }

  /**
   * The longest packet whose protected form gets to the peer: see {@link AhParameters#maxInner}.
   *
   * @param linkMtu the MTU of the link that packets with AH leave by
   * @param nowNanos now on the driver's clock
   */
  public int maxInner(int linkMtu, long nowNanos) {
    return parameters.maxInner(Math.min(linkMtu, pathMtu.at(nowNanos)));
  }

  /** Whether the sequence numbers have come to their end. */
  boolean isExhausted() {
    return sequence >= lastSequence;
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
    published.set(lastUsed);
    outer.setIdentification(nextIdentification);
  }

  @Override
  public String toString() {
    return "AhOutboundSa[" + parameters.spiText() + " " + parameters.integrity() + "]";
  }
}
