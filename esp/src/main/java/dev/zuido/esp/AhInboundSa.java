package dev.zuido.esp;

import dev.zuido.wire.IpProtocol;
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
  private final AuditTrail audit;
  private final Decapsulation decapsulation;
  private final AhResync resync;
  private final int ahLength;
  private final boolean tunnel;
  private long highestSequence;

  /** The sequence number of the packet that is looked at, for the audit log. */
  private long seen;

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
            : new ReplayWindow(parameters.replayWindow(), parameters.initialSequence());
    this.highestSequence = parameters.initialSequence();
    this.tunnel = parameters.mode() == EspMode.TUNNEL;
    this.audit = new AuditTrail(parameters.spi(), counters);
    this.decapsulation = new Decapsulation(parameters, counters);
    this.resync = new AhResync(counters);
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
    int next = from;
    try {
      for (; next < to; next++) {
        if (batch.passes(next)) {
          batch.setVerdict(next, EspVerdict.CIPHER_FAILED);
          decide(batch, next, verifyOne(batch, next));
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
    }
  }

  private void decide(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
    if (verdict != EspVerdict.OPENED) {
      audit.note(verdict, batch, index, seen);
    }
  }

  private EspVerdict verifyOne(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    seen = 0;
    EspVerdict refusal = refusal(slab, batch.offset(index), batch.length(index));
    if (refusal != null) {
      return refusal;
    }
    int ah = packet.headerEnd();
    long sequence = sequence(slab, ah);
    seen = sequence;
    EspVerdict replay = window == null ? null : verdictOf(window.check(sequence));
    if (replay != null) {
      return replay;
    }
    if (!isAuthentic(slab, ah, sequence)) {
      resync.failed();
      return EspVerdict.BAD_ICV;
    }
    resync.succeeded();
    if (window != null) {
      window.advance(sequence);
    }
    int length = packet.end() - packet.start();
    if (!lifetime.take(length)) {
      return EspVerdict.HARD_LIFETIME;
    }
    highestSequence = Math.max(highestSequence, sequence);
    EspVerdict verdict = tunnel ? unwrap(batch, index, ah) : remove(batch, index, ah);
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

  private long sequence(byte[] slab, int ah) {
    int low = AhFields.sequence(slab, ah);
    if (window == null || !parameters.extendedSequenceNumbers()) {
      return low & 0xffff_ffffL;
    }
    long inferred = window.extend(low);
    return resync.isDue() ? search(slab, ah, inferred) : inferred;
  }

  private long search(byte[] slab, int ah, long inferred) {
    packet.save(slab);
    packet.zeroMutable(slab);
    int start = packet.start();
    int field = ah + AhFields.FIXED_LENGTH;
    long sequence = resync.search(icv, slab, start, packet.end() - start, field, inferred);
    packet.restore(slab);
    return sequence;
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

  private EspVerdict unwrap(PacketBatch batch, int index, int ah) {
    int inner = ah + ahLength;
    int nextHeader = AhFields.nextHeader(batch.slab(), ah);
    return decapsulation.unwrap(batch, index, inner, packet.end() - inner, nextHeader);
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

  /**
   * Writes into an audit log from now on what packets were refused for, as far as {@link
   * EspVerdict#isAuditable} says so; or with null no longer.
   */
  @Override
  public void auditTo(@Nullable AuditLog log) {
    audit.setLog(log);
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
