package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Counters;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;

/**
 * The data path of one PPTP session: PPP packets in enhanced GRE, version 1 (RFC 2637 section 4).
 * The control connection is not here.
 *
 * <p>Packets are sent as the peer's window allows, which acknowledgments open and time-outs close;
 * nothing is sent again. Packets that arrive late are dropped. What has arrived is acknowledged
 * with the next packet that is sent, or by {@link #appendAcknowledgment} where there is none.
 *
 * <p>Works in place on the packets of a batch that {@link PacketBatch#passes pass}, allocates
 * nothing, and leaves the {@link EnhancedGreVerdict} of each packet in the batch. Belongs to one
 * thread.
 */
public final class EnhancedGre {
  /** Bytes that encapsulation adds at most. */
  public static final int MAX_OVERHEAD =
      Ipv4Fields.MIN_HEADER_LENGTH + EnhancedGreFields.MAX_HEADER_LENGTH;

  private static final int MAX_TOTAL_LENGTH = 0xffff;

  private final EnhancedGreConfig config;
  private final int local;
  private final int remote;
  private final AckWindow window;
  private final Counters<EnhancedGreVerdict> sent = new Counters<>(EnhancedGreVerdict.class);
  private final Counters<EnhancedGreVerdict> received = new Counters<>(EnhancedGreVerdict.class);
  private int identification;
  private int lastReceived = -1;
  private boolean acknowledgmentDue;
  private long timeouts;

  /** Makes a session whose sequence numbers start at 0. */
  public EnhancedGre(EnhancedGreConfig config) {
    this.config = config;
    this.local = config.local().value();
    this.remote = config.remote().value();
    this.window = new AckWindow(config);
  }

  /** What became of the packets that were to be encapsulated. */
  public Counters<EnhancedGreVerdict> sent() {
    return sent;
  }

  /** What became of the packets that were to be decapsulated. */
  public Counters<EnhancedGreVerdict> received() {
    return received;
  }

  /** The send window, in packets. */
  public int window() {
    return window.size();
  }

  /** Packets sent that are neither acknowledged nor given up. */
  public int outstanding() {
    return window.outstanding();
  }

  /** The acknowledgment time-out as it is now, in nanoseconds. */
  public long timeoutNanos() {
    return window.timeoutNanos();
  }

  /** How often acknowledgments did not come in time. */
  public long timeouts() {
    return timeouts;
  }

  /** Whether something has arrived that no packet has acknowledged yet. */
  public boolean isAcknowledgmentDue() {
    return acknowledgmentDue;
  }

  /**
   * Puts enhanced GRE and the outer IPv4 header before each PPP packet of a batch.
   *
   * @return how many packets were encapsulated
   */
  public int encapsulate(PacketBatch batch, long nowNanos) {
    int done = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i) && encapsulate(batch, i, nowNanos).passes()) {
        done++;
      }
    }
    return done;
  }

  /** Encapsulates one packet and leaves its verdict in the batch. */
  public EnhancedGreVerdict encapsulate(PacketBatch batch, int index, long nowNanos) {
    EnhancedGreVerdict verdict = prepend(batch, index, nowNanos);
    batch.setVerdict(index, verdict);
    sent.increment(verdict);
    return verdict;
  }

  private EnhancedGreVerdict prepend(PacketBatch batch, int index, long nowNanos) {
    int length = batch.length(index);
    int present =
        EnhancedGreFields.SEQUENCE_PRESENT
            | (acknowledgmentDue ? EnhancedGreFields.ACKNOWLEDGMENT_PRESENT : 0);
    int headers = Ipv4Fields.MIN_HEADER_LENGTH + EnhancedGreFields.headerLength(present);
    if (batch.gsoSize(index) != 0) {
      return EnhancedGreVerdict.NOT_SEGMENTED;
    }
    if (length == 0 || length + headers > MAX_TOTAL_LENGTH) {
      return EnhancedGreVerdict.BAD_PAYLOAD;
    }
    if (batch.headroom(index) < headers) {
      return EnhancedGreVerdict.NO_HEADROOM;
    }
    if (!window.isOpen()) {
      return EnhancedGreVerdict.WINDOW_CLOSED;
    }
    int outer = batch.offset(index) - headers;
    write(batch.slab(), outer, present, length, window.send(nowNanos));
    batch.setBounds(index, outer, headers + length);
    return EnhancedGreVerdict.ENCAPSULATED;
  }

  private void write(byte[] slab, int outer, int present, int length, int sequence) {
    int gre = outer + Ipv4Fields.MIN_HEADER_LENGTH;
    int header = EnhancedGreFields.headerLength(present);
    EnhancedGreFields.write(
        slab, gre, present, length, config.remoteCallId(), sequence, lastReceived);
    Ipv4Fields.write(
        slab,
        outer,
        0,
        Ipv4Fields.MIN_HEADER_LENGTH + header + length,
        identification++ & 0xffff,
        0,
        config.ttl(),
        IpProtocol.GRE,
        local,
        remote);
    if ((present & EnhancedGreFields.ACKNOWLEDGMENT_PRESENT) != 0) {
      acknowledgmentDue = false;
    }
  }

  /**
   * Appends a packet that acknowledges what has arrived, if {@link #isAcknowledgmentDue}.
   *
   * @return its index, or -1 if none is due or the batch is full
   */
  public int appendAcknowledgment(PacketBatch batch) {
    if (!acknowledgmentDue || batch.isFull()) {
      return -1;
    }
    int present = EnhancedGreFields.ACKNOWLEDGMENT_PRESENT;
    int length = Ipv4Fields.MIN_HEADER_LENGTH + EnhancedGreFields.headerLength(present);
    int index = batch.addUninitialized(length);
    write(batch.slab(), batch.offset(index), present, 0, 0);
    batch.setVerdict(index, EnhancedGreVerdict.ENCAPSULATED);
    sent.increment(EnhancedGreVerdict.ACKNOWLEDGMENT);
    return index;
  }

  /**
   * Takes the outer headers away from each packet of a batch.
   *
   * @return how many packets were decapsulated
   */
  public int decapsulate(PacketBatch batch, long nowNanos) {
    int done = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i) && decapsulate(batch, i, nowNanos).passes()) {
        done++;
      }
    }
    return done;
  }

  /** Decapsulates one packet and leaves its verdict in the batch. */
  public EnhancedGreVerdict decapsulate(PacketBatch batch, int index, long nowNanos) {
    EnhancedGreVerdict verdict = strip(batch, index, nowNanos);
    batch.setVerdict(index, verdict);
    received.increment(verdict);
    return verdict;
  }

  private EnhancedGreVerdict strip(PacketBatch batch, int index, long nowNanos) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    if (!Ipv4Fields.isWellFormed(slab, outer, batch.length(index))) {
      return EnhancedGreVerdict.BAD_OUTER_HEADER;
    }
    if (Ipv4Fields.protocol(slab, outer) != IpProtocol.GRE
        || Ipv4Fields.source(slab, outer) != remote
        || Ipv4Fields.destination(slab, outer) != local) {
      return EnhancedGreVerdict.NOT_THIS_SESSION;
    }
    if (Ipv4Fields.isFragment(slab, outer)) {
      return EnhancedGreVerdict.OUTER_FRAGMENT;
    }
    int gre = outer + Ipv4Fields.headerLength(slab, outer);
    int available = outer + Ipv4Fields.totalLength(slab, outer) - gre;
    EnhancedGreVerdict header = checkHeader(slab, gre, available);
    if (!header.passes()) {
      return header;
    }
    int flags = EnhancedGreFields.flags(slab, gre);
    boolean sequenced = (flags & EnhancedGreFields.SEQUENCE_PRESENT) != 0;
    if ((flags & EnhancedGreFields.ACKNOWLEDGMENT_PRESENT) != 0
        && !window.acknowledge(EnhancedGreFields.acknowledgment(slab, gre, flags), nowNanos)) {
      return EnhancedGreVerdict.BAD_ACKNOWLEDGMENT;
    }
    if (!sequenced) {
      return EnhancedGreVerdict.ACKNOWLEDGMENT;
    }
    int sequence = EnhancedGreFields.sequence(slab, gre);
    if (!GreReorderBuffer.isAhead(sequence, lastReceived)) {
      return EnhancedGreVerdict.OUT_OF_SEQUENCE;
    }
    lastReceived = sequence;
    acknowledgmentDue = true;
    batch.setEcn(index, Ipv4Fields.tos(slab, outer) & DsField.ECN_MASK);
    batch.setBounds(
        index,
        gre + EnhancedGreFields.headerLength(flags),
        EnhancedGreFields.payloadLength(slab, gre));
    return EnhancedGreVerdict.DECAPSULATED;
  }

  /** The checks of the GRE header, in the order of its fields. */
  private EnhancedGreVerdict checkHeader(byte[] slab, int gre, int available) {
    if (available < EnhancedGreFields.MIN_HEADER_LENGTH) {
      return EnhancedGreVerdict.TRUNCATED;
    }
    int flags = EnhancedGreFields.flags(slab, gre);
    if ((flags & GreFields.VERSION_MASK) != EnhancedGreFields.VERSION) {
      return EnhancedGreVerdict.BAD_VERSION;
    }
    if ((flags & EnhancedGreFields.FIXED_MASK) != EnhancedGreFields.FIXED_BITS) {
      return EnhancedGreVerdict.BAD_FLAGS;
    }
    if (BigEndian.getUnsignedShort(slab, gre + 2) != GreProtocolType.PPP) {
      return EnhancedGreVerdict.BAD_PROTOCOL_TYPE;
    }
    int length = EnhancedGreFields.payloadLength(slab, gre);
    if (EnhancedGreFields.headerLength(flags) + length > available) {
      return EnhancedGreVerdict.TRUNCATED;
    }
    if (EnhancedGreFields.callId(slab, gre) != config.localCallId()) {
      return EnhancedGreVerdict.NOT_THIS_SESSION;
    }
    return length != 0 && (flags & EnhancedGreFields.SEQUENCE_PRESENT) == 0
        ? EnhancedGreVerdict.SEQUENCE_MISSING
        : EnhancedGreVerdict.DECAPSULATED;
  }

  /** Gives up packets that were not acknowledged in time, and closes the window by half. */
  public void handleTimeout(long nowNanos) {
    if (window.handleTimeout(nowNanos)) {
      timeouts++;
    }
  }

  /** When {@link #handleTimeout} has something to do, or {@link GreTunnel#NO_DEADLINE}. */
  public long nextDeadline() {
    return window.nextDeadline();
  }
}
