package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Counters;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Header;
import dev.zuido.wire.PacketBatch;

/**
 * The data path of a point-to-point GRE tunnel over IPv4 (RFC 2784, RFC 2890).
 *
 * <p>Both directions work in place on the packets of a batch that {@link PacketBatch#passes pass},
 * allocate nothing, and leave the {@link GreVerdict} of each packet in the batch. The two
 * directions share no mutable state, so each may belong to a thread of its own.
 *
 * <p>Routing, fragmentation of outer packets and reassembly before decapsulation are the caller's.
 */
public final class GreTunnel {
  private final GreTunnelConfig config;
  private final int local;
  private final int remote;
  private final int flags;
  private final int greLength;
  private final int key;

  /** The octet to write, or -1 to copy the payload's. */
  private final int fixedTos;

  private final Counters<GreVerdict> sent = new Counters<>(GreVerdict.class);
  private final Counters<GreVerdict> received = new Counters<>(GreVerdict.class);
  private int nextIdentification;
  private int nextSequence;

  /** "Upon establishment of the GRE tunnel, this value should be set to (2**32)-1." */
  private int lastSequence = -1;

  /** Makes a tunnel whose sequence numbers and IPv4 identifications start at 0. */
  public GreTunnel(GreTunnelConfig config) {
    this.config = config;
    this.local = config.local().value();
    this.remote = config.remote().value();
    this.flags = config.flags();
    this.greLength = GreFields.headerLength(flags);
    Integer configuredKey = config.key();
    this.key = configuredKey == null ? 0 : configuredKey;
    this.fixedTos =
        config.tosPolicy() instanceof GreTunnelConfig.TosPolicy.Fixed fixed ? fixed.tos() : -1;
  }

  /** The configuration. */
  public GreTunnelConfig config() {
    return config;
  }

  /** Bytes that encapsulation adds. */
  public int overhead() {
    return config.overhead();
  }

  /** What became of the packets that were to be encapsulated. */
  public Counters<GreVerdict> sent() {
    return sent;
  }

  /** What became of the packets that were to be decapsulated. */
  public Counters<GreVerdict> received() {
    return received;
  }

  /**
   * Takes the next sequence number of the peer as it comes: for when the peer is known to have
   * started anew.
   */
  public void resetReceiveSequence() {
    lastSequence = -1;
  }

  /**
   * Puts GRE and the outer IPv4 header before each IPv4 or IPv6 packet of a batch. Bytes behind a
   * packet's own length are cut off.
   *
   * @return how many packets were encapsulated
   */
  public int encapsulate(PacketBatch batch) {
    int done = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i) && encapsulate(batch, i).passes()) {
        done++;
      }
    }
    return done;
  }

  /** Encapsulates one packet and leaves its verdict in the batch. */
  public GreVerdict encapsulate(PacketBatch batch, int index) {
    GreVerdict verdict = prepend(batch, index);
    batch.setVerdict(index, verdict);
    sent.increment(verdict);
    return verdict;
  }

  private GreVerdict prepend(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int inner = batch.offset(index);
    int length = innerLength(slab, inner, batch.length(index));
    if (length < 0) {
      return GreVerdict.BAD_PAYLOAD;
    }
    if (batch.gsoSize(index) != 0
        || batch.checksumState(index) == PacketBatch.ChecksumState.PARTIAL) {
      return GreVerdict.NOT_SEGMENTED;
    }
    int outerLength = Ipv4Header.MIN_LENGTH + greLength + length;
    if (outerLength > 0xffff) {
      return GreVerdict.TOO_LONG;
    }
    int gre = inner - greLength;
    int outer = gre - Ipv4Header.MIN_LENGTH;
    if (batch.headroom(index) < inner - outer) {
      return GreVerdict.NO_HEADROOM;
    }
    boolean ipv4 = Ipv4Fields.version(slab, inner) == 4;
    if (ipv4
        && Ipv4Fields.protocol(slab, inner) == IpProtocol.GRE
        && Ipv4Fields.source(slab, inner) == local
        && Ipv4Fields.destination(slab, inner) == remote) {
      return GreVerdict.RECURSION;
    }
    int protocolType = ipv4 ? GreProtocolType.IPV4 : GreProtocolType.IPV6;
    GreFields.write(slab, gre, flags, protocolType, key, nextSequence);
    if ((flags & GreFields.SEQUENCE_PRESENT) != 0) {
      nextSequence++;
    }
    if ((flags & GreFields.CHECKSUM_PRESENT) != 0) {
      BigEndian.putShort(slab, gre + 4, InternetChecksum.of(slab, gre, greLength + length));
    }
    Ipv4Fields.write(
        slab,
        outer,
        fixedTos >= 0 ? fixedTos : EcnField.tos(slab, inner, ipv4),
        outerLength,
        nextIdentification++ & 0xffff,
        outerFlags(slab, inner, ipv4),
        config.ttl(),
        IpProtocol.GRE,
        local,
        remote);
    batch.setBounds(index, outer, outerLength);
    batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    return GreVerdict.ENCAPSULATED;
  }

  private int outerFlags(byte[] slab, int inner, boolean ipv4) {
    boolean dontFragment =
        switch (config.dfPolicy()) {
          case CLEAR -> false;
          case COPY -> !ipv4 || Ipv4Fields.dontFragment(slab, inner);
          case SET -> true;
        };
    return dontFragment ? Ipv4Fields.DONT_FRAGMENT : 0;
  }

  /** The length of an IP packet by its own header, or -1 if it cannot be one. */
  private static int innerLength(byte[] slab, int offset, int available) {
    if (available < Ipv4Header.MIN_LENGTH) {
      return -1;
    }
    int length =
        switch (Ipv4Fields.version(slab, offset)) {
          case 4 -> {
            int total = Ipv4Fields.totalLength(slab, offset);
            int header = Ipv4Fields.headerLength(slab, offset);
            yield header >= Ipv4Header.MIN_LENGTH && total >= header ? total : -1;
          }
          case 6 -> Ipv6Header.LENGTH + BigEndian.getUnsignedShort(slab, offset + 4);
          default -> -1;
        };
    return length <= available ? length : -1;
  }

  /**
   * Whether a packet belongs to this tunnel: its outer addresses, and a key that is equal or absent
   * on both sides. This is how a router finds the tunnel of a packet; {@link #decapsulate} checks
   * it again.
   *
   * @param bytes the array in which a {@linkplain Ipv4Fields#isWellFormed well-formed} IPv4 packet
   *     stands
   * @param offset its first byte
   */
  public boolean matches(byte[] bytes, int offset) {
    int gre = offset + Ipv4Fields.headerLength(bytes, offset);
    int available = offset + Ipv4Fields.totalLength(bytes, offset) - gre;
    return isFromPeer(bytes, offset)
        && available >= GreFields.MIN_HEADER_LENGTH
        && available >= GreFields.headerLength(GreFields.flags(bytes, gre))
        && checkKey(bytes, gre, GreFields.flags(bytes, gre)).passes();
  }

  private boolean isFromPeer(byte[] bytes, int offset) {
    return Ipv4Fields.protocol(bytes, offset) == IpProtocol.GRE
        && Ipv4Fields.source(bytes, offset) == remote
        && Ipv4Fields.destination(bytes, offset) == local;
  }

  /**
   * Takes the outer IPv4 header and GRE away from each packet of a batch.
   *
   * <p>What {@link GreVerdict#KEEPALIVE_REQUEST} and {@link GreVerdict#KEEPALIVE_REPLY} leave to be
   * done stands there.
   *
   * @return how many packets were decapsulated
   */
  public int decapsulate(PacketBatch batch) {
    int done = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i) && decapsulate(batch, i).passes()) {
        done++;
      }
    }
    return done;
  }

  /** Decapsulates one packet and leaves its verdict in the batch. */
  public GreVerdict decapsulate(PacketBatch batch, int index) {
    GreVerdict verdict = strip(batch, index);
    batch.setVerdict(index, verdict);
    received.increment(verdict);
    return verdict;
  }

  private GreVerdict strip(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    if (!Ipv4Fields.isWellFormed(slab, outer, batch.length(index))) {
      return GreVerdict.BAD_OUTER_HEADER;
    }
    if (!isFromPeer(slab, outer)) {
      return GreVerdict.NOT_THIS_TUNNEL;
    }
    if (Ipv4Fields.isFragment(slab, outer)) {
      return GreVerdict.OUTER_FRAGMENT;
    }
    int gre = outer + Ipv4Fields.headerLength(slab, outer);
    int available = outer + Ipv4Fields.totalLength(slab, outer) - gre;
    GreVerdict header = checkHeader(slab, gre, available);
    if (!header.passes()) {
      return header;
    }
    int greFlags = GreFields.flags(slab, gre);
    int inner = gre + GreFields.headerLength(greFlags);
    int length = available - (inner - gre);
    GreVerdict verdict = checkPayload(slab, outer, gre, inner, length);
    boolean deliver = verdict.passes() || verdict == GreVerdict.KEEPALIVE_REQUEST;
    if (!deliver && verdict != GreVerdict.KEEPALIVE_REPLY) {
      return verdict;
    }
    if ((greFlags & GreFields.SEQUENCE_PRESENT) != 0) {
      lastSequence = GreFields.sequence(slab, gre, greFlags);
    }
    if (deliver) {
      batch.setEcn(index, Ipv4Fields.tos(slab, outer) & 3);
      batch.setBounds(index, inner, innerLength(slab, inner, length));
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    }
    return verdict;
  }

  /** The checks of the GRE header, in the order of its fields. */
  private GreVerdict checkHeader(byte[] slab, int gre, int available) {
    if (available < GreFields.MIN_HEADER_LENGTH) {
      return GreVerdict.TRUNCATED;
    }
    int greFlags = GreFields.flags(slab, gre);
    if ((greFlags & GreFields.VERSION_MASK) != 0) {
      return GreVerdict.BAD_VERSION;
    }
    if ((greFlags & GreFields.ROUTING_PRESENT) != 0) {
      return GreVerdict.ROUTING_PRESENT;
    }
    if ((greFlags & GreFields.DISCARD_BITS) != 0
        && config.reservedBits() == GreHeader.ReservedBits.RFC_2784) {
      return GreVerdict.RESERVED_BITS;
    }
    if (available < GreFields.headerLength(greFlags)) {
      return GreVerdict.TRUNCATED;
    }
    GreVerdict keyVerdict = checkKey(slab, gre, greFlags);
    if (!keyVerdict.passes()) {
      return keyVerdict;
    }
    if ((greFlags & GreFields.CHECKSUM_PRESENT) == 0) {
      if ((flags & GreFields.CHECKSUM_PRESENT) != 0) {
        return GreVerdict.CHECKSUM_MISSING;
      }
    } else if (InternetChecksum.of(slab, gre, available) != 0) {
      return GreVerdict.BAD_CHECKSUM;
    }
    return isOutOfSequence(slab, gre, greFlags)
        ? GreVerdict.OUT_OF_SEQUENCE
        : GreVerdict.DECAPSULATED;
  }

  private GreVerdict checkKey(byte[] slab, int gre, int greFlags) {
    boolean keyed = (flags & GreFields.KEY_PRESENT) != 0;
    if ((greFlags & GreFields.KEY_PRESENT) == 0) {
      return keyed ? GreVerdict.KEY_MISSING : GreVerdict.DECAPSULATED;
    }
    if (!keyed) {
      return GreVerdict.KEY_UNEXPECTED;
    }
    return GreFields.key(slab, gre, greFlags) == key
        ? GreVerdict.DECAPSULATED
        : GreVerdict.WRONG_KEY;
  }

  /**
   * Packets without a number may come between those with one; a number out of sequence lies "in the
   * range of the last received sequence number and the preceding 2**31-1 values, inclusive".
   */
  private boolean isOutOfSequence(byte[] slab, int gre, int greFlags) {
    if ((flags & greFlags & GreFields.SEQUENCE_PRESENT) == 0) {
      return false;
    }
    int ahead = GreFields.sequence(slab, gre, greFlags) - lastSequence;
    return ahead <= 0 && ahead != Integer.MIN_VALUE;
  }

  private GreVerdict checkPayload(byte[] slab, int outer, int gre, int inner, int length) {
    int protocolType = GreFields.protocolType(slab, gre);
    if (protocolType == GreProtocolType.KEEPALIVE) {
      return GreVerdict.KEEPALIVE_REPLY;
    }
    boolean ipv4 = protocolType == GreProtocolType.IPV4;
    if (!ipv4 && protocolType != GreProtocolType.IPV6) {
      return GreVerdict.UNSUPPORTED_PROTOCOL;
    }
    if (innerLength(slab, inner, length) < 0 || Ipv4Fields.version(slab, inner) != (ipv4 ? 4 : 6)) {
      return GreVerdict.BAD_INNER_PACKET;
    }
    if (ipv4 && Ipv4Fields.destination(slab, inner) == remote) {
      if (!isKeepaliveAnswer(slab, inner, length)) {
        return GreVerdict.LOOP;
      }
      Ipv4Fields.decrementTtl(slab, inner);
      return GreVerdict.KEEPALIVE_REQUEST;
    }
    return EcnField.merge(Ipv4Fields.tos(slab, outer) & 3, slab, inner, ipv4)
        ? GreVerdict.DECAPSULATED
        : GreVerdict.ECN_NOT_CAPABLE;
  }

  /** Whether the payload is the answer that a keepalive of the peer brings along. */
  private boolean isKeepaliveAnswer(byte[] slab, int inner, int length) {
    if (!Ipv4Fields.isWellFormed(slab, inner, length)
        || Ipv4Fields.protocol(slab, inner) != IpProtocol.GRE
        || Ipv4Fields.source(slab, inner) != local
        || Ipv4Fields.ttl(slab, inner) < 2
        || Ipv4Fields.isFragment(slab, inner)) {
      return false;
    }
    int header = Ipv4Fields.headerLength(slab, inner);
    return Ipv4Fields.totalLength(slab, inner) - header >= GreFields.MIN_HEADER_LENGTH
        && GreFields.protocolType(slab, inner + header) == GreProtocolType.KEEPALIVE;
  }
}
