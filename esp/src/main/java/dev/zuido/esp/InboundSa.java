package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
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
  private static final long LOW = 0xffff_ffffL;

  /** There is a fragment instead of a transport header. */
  private static final int FRAGMENT = -1;

  /** There is something else than this SA's transport header. */
  private static final int OTHER = -2;

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
  private final int udpLength;
  private final int localPort;
  private final int protocol;
  private final boolean tunnel;
  private final AuditTrail audit;
  private final Decapsulation decapsulation;
  private final PeerSource source = new PeerSource();
  private final EsnResync resync;
  private long highestSequence;
  private boolean closed;

  /** The sequence number of the packet that was last looked at, 0 if it showed none. */
  private long seen;

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
    UdpEncapsulation udp = parameters.udpEncapsulation();
    this.udpLength = udp == null ? 0 : EspSuite.UDP_HEADER_LENGTH;
    this.localPort = udp == null ? 0 : udp.localPort();
    this.protocol = udp == null ? IpProtocol.ESP : IpProtocol.UDP;
    this.tunnel = parameters.mode() == EspMode.TUNNEL;
    this.frames = new EspFrames(ivLength);
    this.window =
        parameters.replayWindow() == SaParameters.NO_REPLAY_PROTECTION
            ? null
            : new ReplayWindow(parameters.replayWindow(), parameters.initialSequence());
    this.highestSequence = parameters.initialSequence();
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
    this.audit = new AuditTrail(parameters.spi(), counters);
    this.decapsulation = new Decapsulation(parameters, counters);
    this.resync = new EsnResync(ivLength, icvLength, counters);
  }

  /**
   * Opens every packet of a batch that passes: IPv4 and IPv6 packets with ESP, or with ESP in UDP,
   * whole and not fragments. Each gets {@link EspVerdict#OPENED}, and then is the packet that was
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
   * Opens the packets of a part of a batch that pass. If the provider's cipher throws an exception,
   * none that is not opened passes any more: {@link EspVerdict#CIPHER_FAILED}.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void open(PacketBatch batch, int from, int to) {
    int next = from;
    boolean finished = false;
    try {
      while (next < to) {
        frames.clear();
        while (next < to && !frames.isFull()) {
          if (batch.passes(next)) {
            look(batch, next);
          }
          next++;
        }
        finish(batch);
      }
      finished = true;
    } finally {
      if (!finished) {
        abandon(batch, next, to);
      }
    }
  }

  /** Looks at a packet, which is refused at once or gets a frame. */
  private void look(PacketBatch batch, int index) {
    EspVerdict refusal = frame(batch, index);
    if (refusal != null) {
      batch.setVerdict(index, refusal);
      refuse(batch, index, refusal, seen);
    }
  }

  /** The cipher has failed: what was not judged does not pass. */
  private void abandon(PacketBatch batch, int from, int to) {
    counters.count(EspVerdict.CIPHER_FAILED, frames.fail(batch));
    for (int i = from; i < to; i++) {
      if (batch.passes(i)) {
        batch.setVerdict(i, EspVerdict.CIPHER_FAILED);
        counters.count(EspVerdict.CIPHER_FAILED);
      }
    }
  }

  /** Authenticates and decrypts the frames, and judges each. */
  private void finish(PacketBatch batch) {
    int count = frames.count();
    if (count == 0) {
      return;
    }
    transform.open(batch.slab(), frames);
    int opened = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      EspVerdict verdict = accept(batch, i);
      frames.judge(batch, i, verdict);
      if (verdict == EspVerdict.OPENED) {
        opened++;
        bytes += frames.encryptedLength(i);
      } else {
        refuse(batch, frames.packet(i), verdict, frames.sequence(i));
      }
    }
    if (opened != 0) {
      counters.count(EspVerdict.OPENED, opened);
      counters.countBytes(bytes);
    }
  }

  /** Finds the parts of a packet, and checks what can be checked before the ICV. */
  private @Nullable EspVerdict frame(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    seen = 0;
    if (closed) {
      return EspVerdict.CLOSED;
    }
    if (!EspFields.isWellFormed(slab, offset, batch.length(index))) {
      return EspVerdict.NOT_IPV4;
    }
    boolean six = Ipv4Fields.version(slab, offset) == 6;
    int transport = six ? transportOfIpv6(slab, offset) : transportOfIpv4(slab, offset);
    if (transport == FRAGMENT) {
      return EspVerdict.FRAGMENT;
    }
    int end = offset + EspFields.totalLength(slab, offset);
    int esp = transport == OTHER ? OTHER : espOffset(slab, offset + transport, end);
    if (esp == OTHER) {
      return EspVerdict.BAD_ENCAPSULATION;
    }
    int encryptedLength = end - esp - EspSuite.ESP_HEADER_LENGTH - ivLength - icvLength;
    if (encryptedLength < alignment || (encryptedLength & alignment - 1) != 0) {
      return EspVerdict.BAD_LENGTH;
    }
    if (BigEndian.getInt(slab, esp) != parameters.spi()) {
      return EspVerdict.UNKNOWN_SPI;
    }
    if (lifetime.state() == LifetimeState.HARD_EXPIRED) {
      return EspVerdict.HARD_LIFETIME;
    }
    int low = BigEndian.getInt(slab, esp + 4);
    seen = low & LOW;
    if (window != null) {
      if (parameters.extendedSequenceNumbers()) {
        seen =
            resync.isDue()
                ? resync.search(transform, slab, esp, encryptedLength, window.extend(low))
                : window.extend(low);
      }
      EspVerdict replay = verdictOf(window.check(seen));
      if (replay != null) {
        return replay;
      }
    }
    frames.add(index, esp, encryptedLength, seen);
    return null;
  }

  /**
   * The length of an IPv4 header before what this SA expects, {@link #FRAGMENT} or {@link #OTHER}.
   */
  private int transportOfIpv4(byte[] slab, int offset) {
    // RFC 4303 section 3.4.1: a fragment offered to ESP is discarded.
    if (Ipv4Fields.isFragment(slab, offset)) {
      return FRAGMENT;
    }
    return Ipv4Fields.protocol(slab, offset) == protocol
        ? Ipv4Fields.headerLength(slab, offset)
        : OTHER;
  }

  /** The same with IPv6 and its extension headers. */
  private int transportOfIpv6(byte[] slab, int offset) {
    if (Ipv6Fields.nextHeader(slab, offset) == protocol) {
      return Ipv6Fields.HEADER_LENGTH;
    }
    long upper = Ipv6Fields.upperLayer(slab, offset);
    if (upper == Ipv6Fields.MALFORMED) {
      return OTHER;
    }
    if (Ipv6Fields.isFragment(slab, offset, upper)) {
      return FRAGMENT;
    }
    return Ipv6Fields.protocolOf(upper) == protocol ? Ipv6Fields.offsetOf(upper) : OTHER;
  }

  /**
   * Where the SPI stands: behind the IP header, or with UDP encapsulation behind the UDP header.
   *
   * @return the offset, or {@link #OTHER} if the UDP header is not this SA's
   */
  private int espOffset(byte[] slab, int transport, int end) {
    if (udpLength == 0) {
      return transport;
    }
    // The peer's port is not compared: a translator may change it at any time (RFC 3948 section 1).
    boolean encapsulated =
        end - transport >= EspSuite.UDP_HEADER_LENGTH
            && BigEndian.getUnsignedShort(slab, transport + 2) == localPort
            && BigEndian.getUnsignedShort(slab, transport + 4) == end - transport;
    return encapsulated ? transport + EspSuite.UDP_HEADER_LENGTH : OTHER;
  }

  /** Judges a frame that the transform has worked on, and restores the protected packet. */
  private EspVerdict accept(PacketBatch batch, int frame) {
    if (!frames.isAuthentic(frame)) {
      resync.failed();
      return EspVerdict.BAD_ICV;
    }
    resync.succeeded();
    byte[] slab = batch.slab();
    int start = frames.encryptedOffset(frame);
    int end = frames.icvOffset(frame);
    int payloadLength = EspTrailer.payloadLength(slab, start, end);
    if (payloadLength == EspTrailer.BAD_PADDING) {
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
    int transport = frames.espOffset(frame) - udpLength;
    if (sequence > highestSequence) {
      highestSequence = sequence;
      if (udpLength != 0 && window != null) {
        source.note(slab, batch.offset(index), transport);
      }
    }
    int nextHeader = slab[end - 1] & 0xff;
    if (nextHeader == IpProtocol.NO_NEXT_HEADER) {
      return EspVerdict.DUMMY;
    }
    EspVerdict verdict =
        tunnel
            ? decapsulation.unwrap(batch, index, start, payloadLength, nextHeader)
            : decapsulation.restore(
                batch, index, transport - batch.offset(index), start, payloadLength, nextHeader);
    if (verdict == EspVerdict.OPENED) {
      // What was known was about the outer packet.
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    }
    return verdict;
  }

  private static @Nullable EspVerdict verdictOf(ReplayWindow.Result result) {
    return switch (result) {
      case FRESH -> null;
      case REPLAYED -> EspVerdict.REPLAYED;
      case TOO_OLD -> EspVerdict.TOO_OLD;
    };
  }

  private void refuse(PacketBatch batch, int index, EspVerdict verdict, long sequence) {
    counters.count(verdict);
    audit.note(verdict, batch, index, sequence);
  }

  @Override
  public SaParameters parameters() {
    return parameters;
  }

  @Override
  public SaCounters counters() {
    return counters;
  }

  /** {@inheritDoc} A receiver notes what packets were refused for. */
  @Override
  public void auditTo(@Nullable AuditLog log) {
    audit.setLog(log);
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
    return source.port();
  }

  /**
   * The IPv4 address that goes with {@link #lastSourcePort}, as a 32-bit number; 0 where it is
   * IPv6. In transport mode it is the source of what was opened, which the selectors then judge.
   */
  public int lastSourceAddress() {
    return source.ipv4();
  }

  /** The address that goes with {@link #lastSourcePort}; null while that is 0. */
  public @Nullable IpAddress lastSource() {
    return source.address();
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
