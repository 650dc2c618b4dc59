package dev.zuido.gre;

import dev.zuido.wire.Counters;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The data path of a point-to-point GRE tunnel (RFC 2784, RFC 2890, RFC 7676, RFC 8086).
 *
 * <p>Both directions work in place on the packets of a batch that {@link PacketBatch#passes pass},
 * allocate nothing, and leave the {@link GreVerdict} of each packet in the batch. The two
 * directions share no mutable state but the path MTU, which is safe, so each may belong to a thread
 * of its own; all that is not {@code encapsulate} belongs to the receiving one.
 *
 * <p>Routing, fragmentation, reassembly before decapsulation, and telling a sender of {@link
 * GreVerdict#PACKET_TOO_BIG} are the caller's.
 *
 * <p><b>Sequence numbers.</b> A receiver drops what is late. With {@link ReorderLimits} it also
 * holds what is early, until the gap is filled, the buffer is full, or the time is over: {@link
 * #release} is called after each batch and after {@link #handleTimeout}, and batches carry their
 * arrival times. A peer that starts anew counts from 0, and its packets are late until it has
 * caught up or {@link #resetReceiveSequence} is called: GRE itself does not tell. Numbers are not
 * authenticated (RFC 2890 section 3).
 *
 * <p><b>Path MTU.</b> With {@link GreMtu} packets that would need a larger outer packet are
 * refused, each by a verdict that says what to do; {@link #payloadMtu} is the value for it. Reports
 * of routers go to {@link #learnPathMtu}.
 */
public final class GreTunnel {
  /** No timer runs. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private final GreTunnelConfig config;
  private final boolean ipv4;
  private final GrePathMtu pathMtu;
  private final GreEncapsulator encapsulator;
  private final GreDecapsulator decapsulator;
  private final @Nullable GreReorderBuffer reorder;
  private final Ipv4Identifications identifications;
  private final Counters<GreVerdict> sent = new Counters<>(GreVerdict.class);
  private final Counters<GreVerdict> received = new Counters<>(GreVerdict.class);
  private final Counters<GrePathMtuReport> reports = new Counters<>(GrePathMtuReport.class);

  /** Makes a tunnel whose sequence numbers and IPv4 identifications start at 0. */
  public GreTunnel(GreTunnelConfig config) {
    this(config, new Ipv4Identifications(0));
  }

  /**
   * Makes a tunnel whose sequence numbers start at 0.
   *
   * @param identifications of outer IPv4 packets: shared by all tunnels with the same endpoints
   */
  public GreTunnel(GreTunnelConfig config, Ipv4Identifications identifications) {
    this.config = config;
    this.ipv4 = config.isOverIpv4();
    this.identifications = identifications;
    OuterMatch match = new OuterMatch(config);
    this.pathMtu = new GrePathMtu(config, match);
    ReorderLimits limits = config.reorder();
    this.reorder = limits == null ? null : new GreReorderBuffer(limits);
    this.encapsulator = new GreEncapsulator(config, match, pathMtu, sent);
    this.decapsulator = new GreDecapsulator(config, match, reorder, received);
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

  /**
   * What became of the packets that were to be decapsulated. A packet that waits counts as {@link
   * GreVerdict#HELD}, and once it is released as {@link GreVerdict#DECAPSULATED} too.
   */
  public Counters<GreVerdict> received() {
    return received;
  }

  /** What became of the reports about the path MTU. */
  public Counters<GrePathMtuReport> pathMtuReports() {
    return reports;
  }

  /**
   * Takes the next sequence number of the peer as it comes: for when the peer is known to have
   * started anew. Packets that wait are forgotten.
   */
  public void resetReceiveSequence() {
    decapsulator.resetSequence();
  }

  /**
   * Puts GRE and the outer headers before each packet or frame of a batch. Bytes behind an IP
   * packet's own length are cut off.
   *
   * @return how many packets were encapsulated
   */
  public int encapsulate(PacketBatch batch) {
    int size = batch.size();
    int identification = ipv4 ? identifications.take(size) : 0;
    int done = encapsulator.prepend(batch, 0, size, identification);
    sent.add(GreVerdict.ENCAPSULATED, done);
    return done;
  }

  /** Encapsulates one packet, whatever its verdict was, and leaves its new one in the batch. */
  public GreVerdict encapsulate(PacketBatch batch, int index) {
    int identification = ipv4 ? identifications.take(1) : 0;
    batch.setVerdict(index, Verdict.PASS);
    sent.add(
        GreVerdict.ENCAPSULATED, encapsulator.prepend(batch, index, index + 1, identification));
    return (GreVerdict) batch.verdict(index);
  }

  /**
   * Whether a packet belongs to this tunnel: its outer addresses, and a key that is equal or absent
   * on both sides; in UDP, its port too. {@link #decapsulate} checks it again. For many tunnels
   * there is {@link GreTunnelTable}.
   *
   * @param bytes the array in which a well-formed IPv4 or IPv6 packet stands
   * @param offset its first byte
   */
  public boolean matches(byte[] bytes, int offset) {
    return decapsulator.matches(bytes, offset);
  }

  /**
   * Takes the outer headers and GRE away from each packet of a batch.
   *
   * <p>What {@link GreVerdict#KEEPALIVE_REQUEST} and {@link GreVerdict#KEEPALIVE_REPLY} leave to be
   * done stands there.
   *
   * @return how many packets were decapsulated
   */
  public int decapsulate(PacketBatch batch) {
    int done = decapsulator.strip(batch, 0, batch.size());
    received.add(GreVerdict.DECAPSULATED, done);
    return done;
  }

  /** Decapsulates one packet, whatever its verdict was, and leaves its new one in the batch. */
  public GreVerdict decapsulate(PacketBatch batch, int index) {
    batch.setVerdict(index, Verdict.PASS);
    received.add(GreVerdict.DECAPSULATED, decapsulator.strip(batch, index, index + 1));
    return (GreVerdict) batch.verdict(index);
  }

  /**
   * Gives back packets that were {@link GreVerdict#HELD} and whose turn has come, in order. They
   * come behind those of the last batch. Called until it gives 0, with a batch that takes the
   * longest packet.
   *
   * @param out where they are appended
   * @return how many
   */
  public int release(PacketBatch out) {
    if (reorder == null) {
      return 0;
    }
    int released = reorder.release(out);
    received.add(GreVerdict.DECAPSULATED, released);
    return released;
  }

  /**
   * The longest IP packet that the tunnel takes now without fragmenting its outer packet: the value
   * for "fragmentation needed" and "packet too big", in bytes. Any thread may ask.
   */
  public int payloadMtu() {
    return encapsulator.payloadMtu();
  }

  /** The MTU of the way that outer packets take, as known now, in bytes. Any thread may ask. */
  public int pathMtu() {
    return pathMtu.current();
  }

  /**
   * Takes a router's report that an outer packet was too large: ICMP type 3 code 4 (RFC 1191) or
   * ICMPv6 type 2 (RFC 8201). It counts if it quotes a packet of this tunnel, with its key, that
   * was larger than the MTU; it can only lower the path MTU, and not below {@link GreMtu#least}.
   *
   * @param bytes the array in which the quoted packet stands, from its IP header on
   * @param offset its first byte
   * @param available how much of it was quoted, in bytes
   * @param mtu the MTU that the report names; 0 where an old router names none
   * @param nowNanos the driver's clock
   */
  public GrePathMtuReport learnPathMtu(
      byte[] bytes, int offset, int available, int mtu, long nowNanos) {
    GrePathMtuReport report = pathMtu.learn(bytes, offset, available, mtu, nowNanos);
    reports.increment(report);
    return report;
  }

  /**
   * Lets packets go that have waited long enough, to be had by {@link #release}, and forgets a path
   * MTU that is too old.
   */
  public void handleTimeout(long nowNanos) {
    pathMtu.handleTimeout(nowNanos);
    if (reorder != null) {
      reorder.handleTimeout(nowNanos);
    }
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    long deadline = pathMtu.nextDeadline();
    return reorder == null ? deadline : Math.min(deadline, reorder.nextDeadline());
  }
}
