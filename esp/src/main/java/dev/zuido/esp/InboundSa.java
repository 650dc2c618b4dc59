package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of an SA: RFC 4303 section 3.4.
 *
 * <p>{@link #open} turns ESP packets back into what was protected, where they lie. In this order:
 * length, replay window, ICV, decryption, padding, advance of the window, next header, selectors. A
 * packet that fails moves nothing but a counter. Without replay protection there is no window, and
 * no look at the sequence number.
 */
public final class InboundSa implements SecurityAssociation {
  private final SaParameters parameters;
  private final EspTransform transform;
  private final EspFrames frames;

  /** Null without replay protection. */
  private final @Nullable ReplayWindow window;

  private final LifetimeMeter lifetime;
  private final SaCounters counters = new SaCounters();
  private final int ivLength;
  private final int icvLength;
  private final int alignment;
  private long highestSequence;
  private int lastSourceAddress;
  private int lastSourcePort;
  private boolean closed;

  /**
   * Installs an SA.
   *
   * @param parameters what was negotiated
   * @param keys its keys, which stay the caller's to close
   * @param crypto where ciphers come from
   * @param nowNanos now on the driver's clock: the start of the lifetime in seconds
   * @throws IllegalArgumentException if the keys do not fit the suite or the provider lacks it
   */
  public InboundSa(SaParameters parameters, EspKeys keys, EspCrypto crypto, long nowNanos) {
    this(
        parameters,
        crypto.transform(parameters.suite(), keys, parameters.extendedSequenceNumbers(), null),
        nowNanos);
  }

  /** Installs an SA around a transform. */
  InboundSa(SaParameters parameters, EspTransform transform, long nowNanos) {
    EspSuite suite = parameters.suite();
    this.parameters = parameters;
    this.transform = transform;
    this.ivLength = suite.encryption().ivLength();
    this.icvLength = suite.icvLength();
    this.alignment = suite.alignment();
    this.frames = new EspFrames(ivLength);
    this.window =
        parameters.replayWindow() == SaParameters.NO_REPLAY_PROTECTION
            ? null
            : new ReplayWindow(parameters.replayWindow());
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
  }

  /**
   * Opens every packet of a batch that passes: IPv4 packets with ESP, or with ESP in UDP, whole and
   * not fragments. Each gets {@link EspVerdict#OPENED}, and then is the IPv4 packet that was
   * protected, or the reason why it was refused.
   */
  public void open(PacketBatch batch) {
    open(batch, 0, batch.size());
  }

  /** Opens one packet of a batch, if it passes. */
  public void open(PacketBatch batch, int index) {
    open(batch, index, index + 1);
  }

  /**
   * Opens the packets of a part of a batch that pass.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void open(PacketBatch batch, int from, int to) {
    int next = from;
    while (next < to) {
      frames.clear();
      while (next < to && !frames.isFull()) {
        if (batch.passes(next)) {
          EspVerdict refusal = frame(batch, next);
          if (refusal != null) {
            decide(batch, next, refusal);
          }
        }
        next++;
      }
      transform.open(batch.slab(), frames);
      for (int i = 0; i < frames.count(); i++) {
        decide(batch, frames.packet(i), accept(batch, i));
      }
    }
  }

  /** Finds the parts of a packet, and checks what can be checked before the ICV. */
  private @Nullable EspVerdict frame(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (closed) {
      return EspVerdict.CLOSED;
    }
    if (!Ipv4Fields.isWellFormed(slab, offset, batch.length(index))) {
      return EspVerdict.NOT_IPV4;
    }
    // RFC 4303 section 3.4.1: a fragment offered to ESP is discarded.
    if (Ipv4Fields.isFragment(slab, offset)) {
      return EspVerdict.FRAGMENT;
    }
    int end = offset + Ipv4Fields.totalLength(slab, offset);
    int esp = espOffset(slab, offset, end);
    if (esp < 0) {
      return EspVerdict.BAD_ENCAPSULATION;
    }
    int encryptedLength = end - esp - EspSuite.ESP_HEADER_LENGTH - ivLength - icvLength;
    if (encryptedLength < alignment || encryptedLength % alignment != 0) {
      return EspVerdict.BAD_LENGTH;
    }
    if (BigEndian.getInt(slab, esp) != parameters.spi()) {
      return EspVerdict.UNKNOWN_SPI;
    }
    if (lifetime.state() == LifetimeState.HARD_EXPIRED) {
      return EspVerdict.HARD_LIFETIME;
    }
    int low = BigEndian.getInt(slab, esp + 4);
    long sequence =
        window != null && parameters.extendedSequenceNumbers()
            ? window.extend(low)
            : low & 0xffff_ffffL;
    EspVerdict replay = window == null ? null : verdictOf(window.check(sequence));
    if (replay == null) {
      frames.add(index, esp, encryptedLength, sequence);
    }
    return replay;
  }

  /**
   * Where the SPI stands: behind the IP header, or with UDP encapsulation behind the UDP header.
   *
   * @return the offset, or -1 if the packet is not encapsulated as its SA is
   */
  private int espOffset(byte[] slab, int offset, int end) {
    int transport = offset + Ipv4Fields.headerLength(slab, offset);
    int protocol = Ipv4Fields.protocol(slab, offset);
    UdpEncapsulation udp = parameters.udpEncapsulation();
    if (udp == null) {
      return protocol == IpProtocol.ESP ? transport : -1;
    }
    // The peer's port is not compared: a translator may change it at any time (RFC 3948 section 1).
    boolean encapsulated =
        protocol == IpProtocol.UDP
            && end - transport >= EspSuite.UDP_HEADER_LENGTH
            && BigEndian.getUnsignedShort(slab, transport + 2) == udp.localPort()
            && BigEndian.getUnsignedShort(slab, transport + 4) == end - transport;
    return encapsulated ? transport + EspSuite.UDP_HEADER_LENGTH : -1;
  }

  /** Judges a frame that the transform has worked on, and restores the protected packet. */
  private EspVerdict accept(PacketBatch batch, int frame) {
    if (!frames.isAuthentic(frame)) {
      return EspVerdict.BAD_ICV;
    }
    byte[] slab = batch.slab();
    int start = frames.encryptedOffset(frame);
    int end = frames.icvOffset(frame);
    int payloadLength = payloadLength(slab, start, end);
    if (payloadLength < 0) {
      return EspVerdict.BAD_PADDING;
    }
    // Checked once more: an equal packet earlier in the batch may have taken the number.
    long sequence = frames.sequence(frame);
    EspVerdict replay = window == null ? null : verdictOf(window.advance(sequence));
    if (replay != null) {
      return replay;
    }
    if (!lifetime.take(frames.encryptedLength(frame))) {
      return EspVerdict.HARD_LIFETIME;
    }
    int index = frames.packet(frame);
    if (sequence > highestSequence) {
      highestSequence = sequence;
      noteSource(slab, batch.offset(index));
    }
    int nextHeader = slab[end - 1] & 0xff;
    if (nextHeader == IpProtocol.NO_NEXT_HEADER) {
      return EspVerdict.DUMMY;
    }
    EspVerdict verdict =
        parameters.mode() == EspMode.TUNNEL
            ? unwrap(batch, index, start, payloadLength, nextHeader)
            : restore(batch, index, start, payloadLength, nextHeader);
    if (verdict == EspVerdict.OPENED) {
      // What was known was about the outer packet.
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
      counters.countBytes(frames.encryptedLength(frame));
    }
    return verdict;
  }

  /** Notes where the newest packet came from, if that can be followed. */
  private void noteSource(byte[] slab, int outer) {
    if (window == null || parameters.udpEncapsulation() == null) {
      return;
    }
    int port = BigEndian.getUnsignedShort(slab, outer + Ipv4Fields.headerLength(slab, outer));
    if (port != 0) {
      lastSourceAddress = Ipv4Fields.source(slab, outer);
      lastSourcePort = port;
    }
  }

  /** The payload's length once the padding is found to be 1, 2, 3, …, or -1. */
  private static int payloadLength(byte[] slab, int start, int end) {
    int padLength = slab[end - EspSuite.TRAILER_LENGTH] & 0xff;
    int padStart = end - EspSuite.TRAILER_LENGTH - padLength;
    if (padStart < start) {
      return -1;
    }
    for (int i = 0; i < padLength; i++) {
      if (slab[padStart + i] != (byte) (i + 1)) {
        return -1;
      }
    }
    return padStart - start;
  }

  /** Tunnel mode: the inner packet, which may be followed by TFC padding (RFC 4303 section 2.7). */
  private EspVerdict unwrap(
      PacketBatch batch, int index, int start, int payloadLength, int nextHeader) {
    byte[] slab = batch.slab();
    if (nextHeader != IpProtocol.IPV4 || !Ipv4Fields.isWellFormed(slab, start, payloadLength)) {
      return EspVerdict.NOT_IPV4;
    }
    if (!parameters.selector().matchesInbound(slab, start)) {
      return EspVerdict.SELECTOR_MISMATCH;
    }
    int outerEcn = Ipv4Fields.tos(slab, batch.offset(index)) & 3;
    int ecn = Ecn.decapsulate(outerEcn, Ipv4Fields.tos(slab, start) & 3);
    if (ecn == Ecn.DROP) {
      return EspVerdict.CONGESTION_UNMARKABLE;
    }
    Ecn.write(slab, start, ecn);
    batch.setBounds(index, start, Ipv4Fields.totalLength(slab, start));
    return EspVerdict.OPENED;
  }

  /** Transport mode: the IP header moves up to its payload and gets its protocol back. */
  private EspVerdict restore(
      PacketBatch batch, int index, int start, int payloadLength, int nextHeader) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    int headerLength = Ipv4Fields.headerLength(slab, outer);
    int offset = start - headerLength;
    System.arraycopy(slab, outer, slab, offset, headerLength);
    BigEndian.putShort(slab, offset + 2, headerLength + payloadLength);
    Ipv4Fields.setProtocol(slab, offset, nextHeader);
    batch.setBounds(index, offset, headerLength + payloadLength);
    if (!parameters.selector().matchesInbound(slab, offset)) {
      return EspVerdict.SELECTOR_MISMATCH;
    }
    UdpEncapsulation udp = parameters.udpEncapsulation();
    if (udp != null) {
      NatChecksum.correct(udp, slab, offset);
    }
    return EspVerdict.OPENED;
  }

  private static @Nullable EspVerdict verdictOf(ReplayWindow.Result result) {
    return switch (result) {
      case FRESH -> null;
      case REPLAYED -> EspVerdict.REPLAYED;
      case TOO_OLD -> EspVerdict.TOO_OLD;
    };
  }

  private void decide(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
  }

  @Override
  public SaParameters parameters() {
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

  /**
   * The UDP port that the peer sends from, as we see it; 0 before the first packet, and always
   * without UDP encapsulation or without replay protection. It is for the SA's owner to look at
   * after a burst: once it is not the port that the outbound SA sends to, a translator has
   * forgotten its mapping and made another, and the outbound SA has to follow ({@link
   * OutboundSa#redirect(int)}).
   *
   * <p>It is taken from the authentic packet of the highest sequence number, so that neither a
   * packet that was overtaken nor a repeated one leads back to an old place. The ICV does not cover
   * it: who can change packets on the way can lead astray until the next packet that he leaves
   * alone, which is why only the end that is not behind a translator itself is to follow (RFC 7296
   * section 2.23).
   */
  public int lastSourcePort() {
    return lastSourcePort;
  }

  /**
   * The address that goes with {@link #lastSourcePort}, as a 32-bit number. In transport mode it is
   * the source of what was opened, which the selectors then judge.
   */
  public int lastSourceAddress() {
    return lastSourceAddress;
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
      transform.close();
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
    return "InboundSa[" + parameters.spiText() + " " + parameters.suite() + "]";
  }
}
