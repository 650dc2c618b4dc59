package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an SA: RFC 4303 section 3.3.
 *
 * <p>{@link #seal} turns IPv4 and IPv6 packets into ESP packets where they lie, using the batch's
 * head- and tailroom. Transport mode keeps the IP header with its options, and of IPv6 the
 * extension headers that routers read; tunnel mode puts a new header of the SA's version before the
 * packet. Whoever forwards has decremented the time to live, and has seen to it that the result
 * fits the path ({@link #maxInner}).
 *
 * <p>After its last sequence number it refuses, whatever its keys and the peer's replay protection:
 * a sender is to assume that the peer has it on (RFC 4303 section 3.3.3), and AES-GCM would repeat
 * an IV. SAs that are keyed by hand end there too, until somebody changes the keys.
 */
public final class OutboundSa implements SecurityAssociation {
  /** The path MTU where nothing was learned: no packet is longer. */
  public static final int UNKNOWN_PATH_MTU = 0xffff + Ipv6Fields.HEADER_LENGTH;

  private static final long LOW = 0xffff_ffffL;

  /** How many of the last packets an ICMP error may quote: about a second's at 10 Gbit/s. */
  private static final long QUOTE_WINDOW = 1L << 20;

  private final SaParameters parameters;
  private final EspTransform transform;
  private final EspFrames frames;
  private final LifetimeMeter lifetime;
  private final SaCounters counters = new SaCounters();
  private final AuditTrail audit;
  private final OuterHeader outer;
  private final PathMtu pathMtu;
  private final SequenceCounter sequence;
  private final Encapsulation encapsulation;
  private final DummyBytes dummyBytes;
  private boolean closed;

  /**
   * Installs an SA.
   *
   * @param parameters what was negotiated
   * @param keys its keys, which stay the caller's to close
   * @param crypto where ciphers come from
   * @param random the source of the IVs' secrets and of the first IPv4 identification
   * @param nowNanos now on the driver's clock: the start of the lifetime in seconds
   * @throws IllegalArgumentException if the keys do not fit the suite or the provider lacks it
   */
  public OutboundSa(
      SaParameters parameters, EspKeys keys, EspCrypto crypto, SecureRandom random, long nowNanos) {
    this(
        parameters,
        crypto.transform(parameters.suite(), keys, parameters.extendedSequenceNumbers(), random),
        random.nextInt() & 0xffff,
        nowNanos);
  }

  /** Installs an SA around a transform; the first outer header has the identification given. */
  OutboundSa(SaParameters parameters, EspTransform transform, int identification, long nowNanos) {
    this.parameters = parameters;
    this.transform = transform;
    this.frames = new EspFrames(parameters.suite().encryption().ivLength());
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
    this.sequence = new SequenceCounter(parameters, lifetime);
    this.outer = new OuterHeader(parameters, identification);
    this.pathMtu = new PathMtu(parameters.isIpv6());
    this.encapsulation =
        new Encapsulation(parameters, frames, outer, sequence, lifetime, pathMtu, counters);
    this.dummyBytes = new DummyBytes(parameters.spi() * 0x9e37_79b9L + identification);
    this.audit = new AuditTrail(parameters.spi(), counters);
  }

  /**
   * Seals every packet of a batch that passes, in order. Each gets {@link EspVerdict#SEALED} or the
   * reason why it was refused; a refused packet uses no sequence number and is unchanged.
   */
  public void seal(PacketBatch batch) {
    seal(batch, 0, batch.size());
  }

  /** Seals one packet of a batch, if it passes. */
  public void seal(PacketBatch batch, int index) {
    seal(batch, index, index + 1);
  }

  /**
   * Seals the packets of a part of a batch that pass, in order. If the provider's cipher throws an
   * exception, none that is not sealed passes any more: {@link EspVerdict#CIPHER_FAILED}.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void seal(PacketBatch batch, int from, int to) {
    int next = from;
    boolean finished = false;
    try {
      while (next < to) {
        frames.clear();
        while (next < to && !frames.isFull()) {
          if (batch.passes(next)) {
            frame(batch, next);
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

  /** Lays a packet out. */
  private void frame(PacketBatch batch, int index) {
    EspVerdict refusal = closed ? EspVerdict.CLOSED : encapsulation.frame(batch, index);
    if (refusal != null) {
      refuse(batch, index, refusal);
    }
  }

  /** The cipher has failed: those laid out do not pass, and those behind them do not either. */
  private void abandon(PacketBatch batch, int from, int to) {
    counters.count(EspVerdict.CIPHER_FAILED, frames.fail(batch));
    for (int i = from; i < to; i++) {
      if (batch.passes(i)) {
        batch.setVerdict(i, EspVerdict.CIPHER_FAILED);
        counters.count(EspVerdict.CIPHER_FAILED);
      }
    }
    sequence.publish();
  }

  /**
   * Adds a dummy packet to a batch and seals it (RFC 4303 section 2.6): random bytes that nobody
   * without the key can tell from a packet of the length given, and that the peer drops. It gets
   * {@link EspVerdict#SEALED} or the reason why not. Who wants to hide when there is traffic sends
   * one whenever there is no other packet to send.
   *
   * @param length the length of the packet that it passes for, with its IP header: at least that
   *     header's 20 bytes, or 40 where the SA is IPv6
   * @return its index in the batch
   * @throws IllegalArgumentException if the length is too small, or more than a slot takes
   * @throws IllegalStateException if the batch is full
   */
  public int sealDummy(PacketBatch batch, int length) {
    int header = parameters.ipHeaderLength();
    if (length < header) {
      throw new IllegalArgumentException("a dummy is not shorter than an IP header");
    }
    int index = batch.addUninitialized(length);
    batch.setVerdict(index, EspVerdict.CIPHER_FAILED);
    frames.clear();
    EspVerdict refusal =
        closed ? EspVerdict.CLOSED : encapsulation.frameDummy(batch, index, length, dummyBytes);
    if (refusal != null) {
      batch.setVerdict(index, refusal);
      counters.count(refusal);
      return index;
    }
    counters.count(SaCounters.Extra.DUMMIES_SEALED);
    finish(batch);
    return index;
  }

  /** Encrypts what has been laid out. */
  private void finish(PacketBatch batch) {
    int count = frames.count();
    if (count == 0) {
      return;
    }
    transform.seal(batch.slab(), frames);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += frames.encryptedLength(i);
      if (encapsulation.finishesUdp()) {
        int udp = frames.espOffset(i) - EspSuite.UDP_HEADER_LENGTH;
        OuterHeader.finishUdp(batch.slab(), batch.offset(frames.packet(i)), udp);
      }
      frames.judge(batch, i, EspVerdict.SEALED);
    }
    counters.count(EspVerdict.SEALED, count);
    counters.countBytes(bytes);
    sequence.publish();
  }

  private void refuse(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
    if (verdict == EspVerdict.SEQUENCE_EXHAUSTED) {
      audit.note(verdict, batch, index, sequence.current());
    }
  }

  @Override
  public SaParameters parameters() {
    return parameters;
  }

  @Override
  public SaCounters counters() {
    return counters;
  }

  /**
   * {@inheritDoc} A sender notes that its sequence numbers have come to their end and packets are
   * refused (RFC 4303 section 3.3.3).
   */
  @Override
  public void auditTo(@Nullable AuditLog log) {
    audit.setLog(log);
  }

  /** The sequence number of the last packet, 0 before the first; any thread may ask. */
  public long sequence() {
    return sequence.published();
  }

  /** Where packets go: the peer's address as negotiated, or as last redirected. */
  public IpAddress destination() {
    return outer.remote();
  }

  /** The UDP port that packets go to, as negotiated or as last redirected; 0 without UDP. */
  public int destinationPort() {
    return outer.remotePort();
  }

  /**
   * Sends to another port of the peer from now on, because a translator before it has changed its
   * mapping: see {@link InboundSa#lastSourcePort}. Belongs to the thread that seals; {@link
   * #parameters} and the {@link SecurityAssociationDatabase} go on naming what was negotiated.
   *
   * @param remotePort the port, 1 to 65 535
   * @throws IllegalStateException without UDP encapsulation
   */
  public void redirect(int remotePort) {
    requireRedirectable(remotePort);
    outer.redirect(outer.remote(), remotePort);
  }

  /**
   * Sends to another address and port of the peer from now on, as {@link #redirect(int)}.
   *
   * @param remote the address, of the SA's version
   * @param remotePort the port, 1 to 65 535
   * @return false, with nothing changed, for another address in transport mode: there the address
   *     is the protected packet's own and the selectors name it, so that the SA has to be
   *     negotiated anew
   * @throws IllegalStateException without UDP encapsulation
   */
  public boolean redirect(IpAddress remote, int remotePort) {
    requireRedirectable(remotePort);
    if (remote.byteLength() != parameters.remote().byteLength()) {
      throw new IllegalArgumentException("the address is of another version than the SA");
    }
    if (parameters.mode() == EspMode.TRANSPORT && !remote.equals(parameters.remote())) {
      return false;
    }
    if (!remote.equals(outer.remote())) {
      pathMtu.forget();
    }
    outer.redirect(remote, remotePort);
    return true;
  }

  private void requireRedirectable(int remotePort) {
    if (parameters.udpEncapsulation() == null) {
      throw new IllegalStateException("only an SA with UDP encapsulation can be redirected");
    }
    if (remotePort < 1 || remotePort > 0xffff) {
      throw new IllegalArgumentException("a UDP port is 1 to 65535");
    }
  }

  /**
   * Notes that the path to the peer carries less than was known (RFC 4301 section 8.2.1). Whoever
   * calls has made sure that the report is about this SA; {@link #learnPathMtu(IcmpQuote, long)}
   * does that too. Over IPv4 less than 576 is taken for 576, over IPv6 less than 1280 is ignored
   * (RFC 8201 section 4).
   *
   * @param mtu the length of the longest ESP packet that gets through, with its IP header
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
   * Follows an ICMP error if it quotes a packet that this SA has sent: {@link #hasSent}.
   *
   * @param nowNanos now on the driver's clock
   * @return whether the path MTU is lower than before
   */
  public boolean learnPathMtu(IcmpQuote quote, long nowNanos) {
    return hasSent(quote) && learnPathMtu(quote.mtu(), nowNanos);
  }

  /**
   * Whether the packet that an ICMP error quotes can be one of this SA's: addresses, ports, SPI,
   * and a sequence number among the last 2^20 that were sent. Nobody signs such messages; who has
   * not seen our packets has to guess all of it.
   */
  public boolean hasSent(IcmpQuote quote) {
    UdpEncapsulation udp = parameters.udpEncapsulation();
    long sent = sequence.current() - parameters.initialSequence();
    long age = sequence.current() - quote.sequence() & LOW;
    return quote.spi() == parameters.spi()
        && quote.source().equals(parameters.local())
        && quote.destination().equals(outer.remote())
        && quote.sourcePort() == (udp == null ? 0 : udp.localPort())
        && quote.destinationPort() == outer.remotePort()
        && age < Math.min(QUOTE_WINDOW, sent);
  }

  /**
   * The path MTU that was learned and is not older than ten minutes, or {@link #UNKNOWN_PATH_MTU}.
   *
   * @param nowNanos now on the driver's clock
   */
  public int pathMtu(long nowNanos) {
    return pathMtu.at(nowNanos);
  }

  /** Sets after what time a learned path MTU is forgotten; ten minutes at first (RFC 1191). */
  public void forgetPathMtuAfter(Duration age) {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("an age is positive");
    }
    pathMtu.setAge(age.toNanos());
  }

  /**
   * The longest packet whose sealed form gets to the peer: see {@link SaParameters#maxInner}. It
   * holds for packets without IPv4 options and IPv6 extension headers; in transport mode, those
   * with some have another: {@link #maxInner(byte[], int, int, long)}.
   *
   * @param linkMtu the MTU of the link that ESP packets leave by
   * @param nowNanos now on the driver's clock
   */
  public int maxInner(int linkMtu, long nowNanos) {
    return parameters.maxInner(Math.min(linkMtu, pathMtu.at(nowNanos)));
  }

  /**
   * The longest packet with the headers of this one whose sealed form gets to the peer. In
   * transport mode, IPv4 options and the IPv6 extension headers before ESP are part of what is not
   * encrypted.
   *
   * @param offset where a well-formed IPv4 or IPv6 packet starts
   * @param linkMtu the MTU of the link that ESP packets leave by
   * @param nowNanos now on the driver's clock
   * @return the length with the packet's headers, or 0 if not even they fit
   */
  public int maxInner(byte[] bytes, int offset, int linkMtu, long nowNanos) {
    int mtu = Math.min(linkMtu, pathMtu.at(nowNanos));
    long place = parameters.mode() == EspMode.TUNNEL ? -1 : TransportPlace.of(bytes, offset);
    return place < 0 ? parameters.maxInner(mtu) : parameters.maxInner(mtu, place);
  }

  /** Whether the sequence numbers have come to their end. */
  boolean isExhausted() {
    return sequence.isExhausted();
  }

  /** Whether another packet can be sealed. */
  boolean isUsable() {
    return !closed && !sequence.isExhausted() && lifetime.state() != LifetimeState.HARD_EXPIRED;
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

  /**
   * For tests that seal recorded packets again: what the next packets use instead of fresh values.
   *
   * @param lastUsed the sequence number before the next packet's
   * @param iv the IV of every packet from now on, or null for fresh ones
   * @param nextIdentification the next outer header's identification in tunnel mode
   */
  void preset(long lastUsed, byte @Nullable [] iv, int nextIdentification) {
    sequence.preset(lastUsed);
    frames.presetIv(iv);
    outer.setIdentification(nextIdentification);
  }

  @Override
  public String toString() {
    return "OutboundSa[" + parameters.spiText() + " " + parameters.suite() + "]";
  }
}
