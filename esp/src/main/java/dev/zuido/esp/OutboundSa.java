package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an SA: RFC 4303 section 3.3.
 *
 * <p>{@link #seal} turns IPv4 packets into ESP packets where they lie, using the batch's head- and
 * tailroom. Transport mode keeps the IP header with its options and changes protocol, length and
 * checksum; tunnel mode puts a new header before the packet. Whoever forwards has decremented the
 * time to live, and has seen to it that the result fits the path ({@link SaParameters#maxInner}).
 *
 * <p>After its last sequence number it refuses, whatever its keys and the peer's replay protection:
 * a sender is to assume that the peer has it on (RFC 4303 section 3.3.3), and AES-GCM would repeat
 * an IV. SAs that are keyed by hand end there too, until somebody changes the keys.
 */
public final class OutboundSa implements SecurityAssociation {
  private static final long MAX_SEQUENCE = 0xffff_ffffL;

  /** So many packets before the last sequence number a successor is asked for. */
  private static final long SEQUENCE_MARGIN = 1L << 24;

  private final SaParameters parameters;
  private final EspTransform transform;
  private final EspFrames frames;
  private final LifetimeMeter lifetime;
  private final SaCounters counters = new SaCounters();
  private final int ivLength;
  private final int icvLength;
  private final int udpLength;
  private final boolean tunnel;
  private final long lastSequence;
  private Ipv4Address destination;
  private int destinationPort;
  private volatile long sequence;
  private int identification;
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
    EspSuite suite = parameters.suite();
    this.parameters = parameters;
    this.transform = transform;
    this.ivLength = suite.encryption().ivLength();
    this.icvLength = suite.icvLength();
    UdpEncapsulation udp = parameters.udpEncapsulation();
    this.udpLength = udp == null ? 0 : EspSuite.UDP_HEADER_LENGTH;
    this.destination = parameters.remote();
    this.destinationPort = udp == null ? 0 : udp.remotePort();
    this.tunnel = parameters.mode() == EspMode.TUNNEL;
    this.lastSequence = parameters.extendedSequenceNumbers() ? Long.MAX_VALUE : MAX_SEQUENCE;
    this.frames = new EspFrames(ivLength);
    this.lifetime = new LifetimeMeter(parameters.lifetime(), nowNanos);
    this.identification = identification;
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
   * Seals the packets of a part of a batch that pass, in order.
   *
   * @param from the first packet
   * @param to the packet behind the last
   */
  public void seal(PacketBatch batch, int from, int to) {
    int next = from;
    while (next < to) {
      frames.clear();
      while (next < to && !frames.isFull()) {
        if (batch.passes(next)) {
          EspVerdict refusal = frame(batch, next);
          if (refusal != null) {
            refuse(batch, next, refusal);
          }
        }
        next++;
      }
      transform.seal(batch.slab(), frames);
      for (int i = 0; i < frames.count(); i++) {
        batch.setVerdict(frames.packet(i), EspVerdict.SEALED);
        counters.count(EspVerdict.SEALED);
        counters.countBytes(frames.encryptedLength(i));
      }
    }
  }

  /** Lays a packet out as ESP around its payload, all but IV, encryption and ICV. */
  private @Nullable EspVerdict frame(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    EspVerdict refusal = refusal(batch, index, offset);
    if (refusal != null) {
      return refusal;
    }
    int headerLength =
        tunnel ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv4Fields.headerLength(slab, offset);
    int payload = tunnel ? offset : offset + headerLength;
    int payloadLength = offset + Ipv4Fields.totalLength(slab, offset) - payload;
    int encryptedLength = parameters.suite().encryptedLength(payloadLength);
    int esp = payload - ivLength - EspSuite.ESP_HEADER_LENGTH;
    int outer = esp - udpLength - headerLength;
    int outerLength = payload - outer + encryptedLength + icvLength;
    if (outerLength > 0xffff) {
      return EspVerdict.BAD_LENGTH;
    }
    int slotEnd = offset + batch.length(index) + batch.tailroom(index);
    if (offset - outer > batch.headroom(index) || outer + outerLength > slotEnd) {
      return EspVerdict.NO_ROOM;
    }
    if (sequence >= lastSequence) {
      return EspVerdict.SEQUENCE_EXHAUSTED;
    }
    if (!lifetime.take(encryptedLength)) {
      return EspVerdict.HARD_LIFETIME;
    }
    long number = nextSequence();
    int nextHeader = tunnel ? IpProtocol.IPV4 : Ipv4Fields.protocol(slab, offset);
    writeOuterHeader(slab, offset, outer, headerLength, outerLength);
    writeUdpHeader(slab, outer + headerLength, outerLength - headerLength);
    BigEndian.putInt(slab, esp, parameters.spi());
    BigEndian.putInt(slab, esp + 4, (int) number);
    writeTrailer(slab, payload + payloadLength, encryptedLength - payloadLength, nextHeader);
    batch.setBounds(index, outer, outerLength);
    batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    frames.add(index, esp, encryptedLength, number);
    return null;
  }

  private @Nullable EspVerdict refusal(PacketBatch batch, int index, int offset) {
    byte[] slab = batch.slab();
    if (closed) {
      return EspVerdict.CLOSED;
    }
    if (!Ipv4Fields.isWellFormed(slab, offset, batch.length(index))) {
      return EspVerdict.NOT_IPV4;
    }
    if (batch.gsoSize(index) != 0
        || batch.checksumState(index) == PacketBatch.ChecksumState.PARTIAL) {
      return EspVerdict.UNSUPPORTED;
    }
    // RFC 4303 section 3.3.4: "transport mode ESP is applied only to whole IP datagrams".
    return !tunnel && Ipv4Fields.isFragment(slab, offset) ? EspVerdict.FRAGMENT : null;
  }

  private long nextSequence() {
    long number = sequence + 1;
    sequence = number;
    if (lastSequence - number == SEQUENCE_MARGIN) {
      lifetime.wantSuccessor();
    }
    return number;
  }

  private void writeOuterHeader(
      byte[] slab, int offset, int outer, int headerLength, int outerLength) {
    int protocol = udpLength == 0 ? IpProtocol.ESP : IpProtocol.UDP;
    if (tunnel) {
      TunnelHeader header = parameters.tunnelHeader();
      int innerTos = Ipv4Fields.tos(slab, offset);
      int flags =
          switch (header.dontFragment()) {
            case COPY -> Ipv4Fields.flagsAndOffset(slab, offset) & Ipv4Fields.DONT_FRAGMENT;
            case SET -> Ipv4Fields.DONT_FRAGMENT;
            case CLEAR -> 0;
          };
      Ipv4Fields.write(
          slab,
          outer,
          header.dscp() == TunnelHeader.COPY_DSCP ? innerTos : header.dscp() << 2 | (innerTos & 3),
          outerLength,
          identification++ & 0xffff,
          flags,
          header.ttl(),
          protocol,
          parameters.local().value(),
          destination.value());
    } else {
      System.arraycopy(slab, offset, slab, outer, headerLength);
      BigEndian.putShort(slab, outer + 2, outerLength);
      Ipv4Fields.setProtocol(slab, outer, protocol);
    }
  }

  /** RFC 3948 section 2.1: the checksum "SHOULD be transmitted as a zero value". */
  private void writeUdpHeader(byte[] slab, int offset, int length) {
    UdpEncapsulation udp = parameters.udpEncapsulation();
    if (udp != null) {
      BigEndian.putShort(slab, offset, udp.localPort());
      BigEndian.putShort(slab, offset + 2, destinationPort);
      BigEndian.putShort(slab, offset + 4, length);
      BigEndian.putShort(slab, offset + 6, 0);
    }
  }

  /** Padding 1, 2, 3, …, pad length and next header (RFC 4303 section 2.4 to 2.6). */
  private static void writeTrailer(byte[] slab, int offset, int length, int nextHeader) {
    int padLength = length - EspSuite.TRAILER_LENGTH;
    for (int i = 0; i < padLength; i++) {
      slab[offset + i] = (byte) (i + 1);
    }
    slab[offset + padLength] = (byte) padLength;
    slab[offset + padLength + 1] = (byte) nextHeader;
  }

  private void refuse(PacketBatch batch, int index, EspVerdict verdict) {
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

  /** The sequence number of the last packet, 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Where packets go: the peer's address as negotiated, or as last redirected. */
  public Ipv4Address destination() {
    return destination;
  }

  /** The UDP port that packets go to, as negotiated or as last redirected; 0 without UDP. */
  public int destinationPort() {
    return destinationPort;
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
    destinationPort = remotePort;
  }

  /**
   * Sends to another address and port of the peer from now on, as {@link #redirect(int)}.
   *
   * @param remote the address
   * @param remotePort the port, 1 to 65 535
   * @return false, with nothing changed, for another address in transport mode: there the address
   *     is the protected packet's own and the selectors name it, so that the SA has to be
   *     negotiated anew
   * @throws IllegalStateException without UDP encapsulation
   */
  public boolean redirect(Ipv4Address remote, int remotePort) {
    requireRedirectable(remotePort);
    if (!tunnel && !remote.equals(parameters.remote())) {
      return false;
    }
    destination = remote;
    destinationPort = remotePort;
    return true;
  }

  private void requireRedirectable(int remotePort) {
    if (udpLength == 0) {
      throw new IllegalStateException("only an SA with UDP encapsulation can be redirected");
    }
    if (remotePort < 1 || remotePort > 0xffff) {
      throw new IllegalArgumentException("a UDP port is 1 to 65535");
    }
  }

  /** Whether another packet can be sealed. */
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
    sequence = lastUsed;
    frames.presetIv(iv);
    identification = nextIdentification;
  }

  @Override
  public String toString() {
    return "OutboundSa[" + parameters.spiText() + " " + parameters.suite() + "]";
  }
}
