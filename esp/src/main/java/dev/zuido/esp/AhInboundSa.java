package dev.zuido.esp;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of an AH SA: RFC 4302 section 3.4.
 *
 * <p>{@link #verify} turns packets with AH back into what was protected, where they lie. In this
 * order: length, replay window, ICV, advance of the window, next header, selectors. A packet that
 * fails moves nothing but a counter. Without replay protection there is no window, and no look at
 * the sequence number.
 */
public final class AhInboundSa implements SecurityAssociation {
  private final AhParameters parameters;
  private final AhIcv icv;
  private final AhPacket packet = new AhPacket();

  /** Null without replay protection. */
  private final @Nullable ReplayWindow window;

  private final LifetimeMeter lifetime;
  private final SaCounters counters = new SaCounters();
  private final int ahLength;
  private long highestSequence;
  private boolean closed;

  /**
   * Installs an SA.
   *
   * @param parameters what was negotiated
   * @param keys its key, which stays the caller's to close
   * @param crypto where ciphers and digests come from
   * @param nowNanos now on the driver's clock: the start of the lifetime in seconds
   * @throws IllegalArgumentException if the key does not fit the algorithm or the provider lacks it
   */
  public AhInboundSa(AhParameters parameters, AhKeys keys, EspCrypto crypto, long nowNanos) {
    this(
        parameters,
        crypto.ahIcv(parameters.integrity(), keys, parameters.extendedSequenceNumbers()),
        nowNanos);
  }

  /** Installs an SA around an algorithm. */
  AhInboundSa(AhParameters parameters, AhIcv icv, long nowNanos) {
    this.parameters = parameters;
    this.icv = icv;
    this.ahLength = parameters.integrity().headerLength(parameters.ipVersion());
    this.window =
        parameters.replayWindow() == SaParameters.NO_REPLAY_PROTECTION
            ? null
            : new ReplayWindow(parameters.replayWindow());
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
  }

  /**
   * Verifies every packet of a batch that passes: IPv4 or IPv6 packets with AH, whole and not
   * fragments. Each gets {@link EspVerdict#OPENED}, and then is the packet that was protected, or
   * the reason why it was refused.
   */
  public void verify(PacketBatch batch) {
    verify(batch, 0, batch.size());
  }

  /** Verifies one packet of a batch, if it passes. */
  public void verify(PacketBatch batch, int index) {
    verify(batch, index, index + 1);
  }

  /**
   * Verifies the packets of a part of a batch that pass.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void verify(PacketBatch batch, int from, int to) {
    for (int index = from; index < to; index++) {
      if (batch.passes(index)) {
        EspVerdict verdict = verifyOne(batch, index);
        batch.setVerdict(index, verdict);
        counters.count(verdict);
      }
    }
  }

  private EspVerdict verifyOne(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    EspVerdict refusal = refusal(slab, batch.offset(index), batch.length(index));
    if (refusal != null) {
      return refusal;
    }
    int ah = packet.headerEnd();
    long sequence = sequence(AhFields.sequence(slab, ah));
    EspVerdict replay = window == null ? null : verdictOf(window.check(sequence));
    if (replay != null) {
      return replay;
    }
    if (!isAuthentic(slab, ah, sequence)) {
      return EspVerdict.BAD_ICV;
    }
    if (window != null) {
      window.advance(sequence);
    }
    int length = packet.end() - packet.start();
    if (!lifetime.take(length)) {
      return EspVerdict.HARD_LIFETIME;
    }
    highestSequence = Math.max(highestSequence, sequence);
    EspVerdict verdict =
        parameters.mode() == EspMode.TUNNEL ? unwrap(batch, index, ah) : remove(batch, index, ah);
    if (verdict == EspVerdict.OPENED) {
      // What was known was about the packet with AH.
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
      counters.countBytes(length);
    }
    return verdict;
  }

  /** Finds AH, and checks what can be checked before the sequence number. */
  private @Nullable EspVerdict refusal(byte[] slab, int offset, int available) {
    if (closed) {
      return EspVerdict.CLOSED;
    }
    EspVerdict malformed = packet.locate(slab, offset, available, true);
    if (malformed != null) {
      return malformed;
    }
    if (packet.protocol(slab) != IpProtocol.AH || packet.version() != parameters.ipVersion()) {
      return EspVerdict.BAD_ENCAPSULATION;
    }
    int ah = packet.headerEnd();
    // More padding than the alignment needs is prohibited (RFC 4302 section 3.3.3.2.1).
    if (packet.end() - ah < ahLength || AhFields.headerLength(slab, ah) != ahLength) {
      return EspVerdict.BAD_LENGTH;
    }
    if (AhFields.spi(slab, ah) != parameters.spi()) {
      return EspVerdict.UNKNOWN_SPI;
    }
    return lifetime.state() == LifetimeState.HARD_EXPIRED ? EspVerdict.HARD_LIFETIME : null;
  }

  private long sequence(int low) {
    return window != null && parameters.extendedSequenceNumbers()
        ? window.extend(low)
        : low & 0xffff_ffffL;
  }

  /** Compares the ICV; the packet is then as it was. */
  private boolean isAuthentic(byte[] slab, int ah, long sequence) {
    packet.save(slab);
    packet.zeroMutable(slab);
    int start = packet.start();
    boolean authentic =
        icv.verify(slab, start, packet.end() - start, ah + AhFields.FIXED_LENGTH, sequence);
    packet.restore(slab);
    return authentic;
  }

  /** Tunnel mode: the inner packet, of either version. */
  private EspVerdict unwrap(PacketBatch batch, int index, int ah) {
    byte[] slab = batch.slab();
    int inner = ah + ahLength;
    int length = innerLength(slab, inner, packet.end() - inner, AhFields.nextHeader(slab, ah));
    if (length < 0) {
      return EspVerdict.NOT_IPV4;
    }
    if (!parameters.selector().matchesInbound(slab, inner)) {
      return EspVerdict.SELECTOR_MISMATCH;
    }
    int outerEcn = AhTunnel.tos(slab, packet.start()) & 3;
    int ecn = Ecn.decapsulate(outerEcn, AhTunnel.tos(slab, inner) & 3);
    if (ecn == Ecn.DROP) {
      return EspVerdict.CONGESTION_UNMARKABLE;
    }
    AhTunnel.writeEcn(slab, inner, ecn);
    batch.setBounds(index, inner, length);
    return EspVerdict.OPENED;
  }

  /** The length of the packet that AH names, or -1 if none stands there. */
  private static int innerLength(byte[] slab, int inner, int available, int nextHeader) {
    return switch (nextHeader) {
      case IpProtocol.IPV4 ->
          Ipv4Fields.isWellFormed(slab, inner, available)
              ? Ipv4Fields.totalLength(slab, inner)
              : -1;
      case IpProtocol.IPV6 ->
          Ipv6Fields.isWellFormed(slab, inner, available)
              ? Ipv6Fields.totalLength(slab, inner)
              : -1;
      default -> -1;
    };
  }

  /** Transport mode: the headers move up to the payload and get their protocol back. */
  private EspVerdict remove(PacketBatch batch, int index, int ah) {
    byte[] slab = batch.slab();
    packet.move(slab, ah + ahLength, packet.end(), AhFields.nextHeader(slab, ah));
    int start = packet.start();
    batch.setBounds(index, start, packet.end() - start);
    return parameters.selector().matchesInbound(slab, start)
        ? EspVerdict.OPENED
        : EspVerdict.SELECTOR_MISMATCH;
  }

  private static @Nullable EspVerdict verdictOf(ReplayWindow.Result result) {
    return switch (result) {
      case FRESH -> null;
      case REPLAYED -> EspVerdict.REPLAYED;
      case TOO_OLD -> EspVerdict.TOO_OLD;
    };
  }

  @Override
  public AhParameters parameters() {
    return parameters;
  }

  @Override
  public SaCounters counters() {
    return counters;
  }

  /** The highest sequence number that was accepted, 0 before the first. */
  public long highestSequence() {
    return highestSequence;
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

  /** For tests of recorded packets: goes on behind a sequence number, all before it unseen. */
  void presetHighest(long sequence) {
    if (window != null) {
      window.advance(sequence);
    }
    highestSequence = sequence;
  }

  @Override
  public String toString() {
    return "AhInboundSa[" + parameters.spiText() + " " + parameters.integrity() + "]";
  }
}
