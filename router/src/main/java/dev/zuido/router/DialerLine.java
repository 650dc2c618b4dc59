package dev.zuido.router;

import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeEnd;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.PppoeSnapshot;
import dev.zuido.pppoe.PppoeState;
import dev.zuido.pppoe.ppp.PppDropReason;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Counters;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The line of a Dialer interface: a PPPoE client over an Ethernet, as a port of IP packets.
 *
 * <p>Packets pass while the session carries IPv4 <i>and</i> the router has said that the address of
 * this session is in force ({@link #putInForce}); before, between and after they are dropped and
 * counted, in both directions. So no packet that was made for one address leaves with the next.
 *
 * <p>A line that is kept is dialled at the beginning and again after each end. One on demand is
 * dialled by the first interesting packet, which is dropped as all are until the session is up, and
 * hung up when no packet was interesting for the idle time. While it may be dialled its interface
 * counts as up, or nothing would be routed to it: IOS says "up (spoofing)".
 */
final class DialerLine implements BatchPort {
  private static final long NANOS = 1_000_000_000L;

  /** How long a call on demand may take at least, as IOS's {@code dialer wait-for-carrier-time}. */
  private static final long CARRIER_SECONDS = 30;

  /** More than the Terminate-Requests that may be configured. */
  private static final int MAX_FAREWELLS = 300;

  /** Why packets did not pass, beside the reasons of {@link PppoeClient#counters}. */
  enum Loss {
    /** Sent to us while the line was not in force. */
    RECEIVED_WHILE_DOWN,
    /** To be sent while the line was not in force. */
    SENT_WHILE_DOWN,
    /** Frames that the Ethernet did not take. */
    ETHERNET_FULL
  }

  private final DialPlan plan;
  private final PppoeClient client;
  private final EthernetLine ethernet;
  private final DialerLog log;
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY, 0xffff);
  private final PacketBatch frame = PacketBatch.ofOne(PppoeClient.FRAME_CAPACITY);
  private final PacketBatch moved = PacketBatch.ofOne(0xffff);
  private final Counters<Loss> losses = new Counters<>(Loss.class);
  private final Counters<PppDropReason> pppDrops = new Counters<>(PppDropReason.class);
  private long nowNanos;
  private boolean ethernetUp = true;
  private boolean dialled;
  private boolean started;
  private boolean gaveUp;
  private int failures;
  private long lastInterestNanos;
  private int sessionMtu;
  private PppOutput.@Nullable Ipv4Up addresses;
  private boolean inForce;
  private boolean lost;
  private long interesting;
  private long dials;
  private long idleHangUps;

  DialerLine(DialPlan plan, PppoeClient client, EthernetLine ethernet, DialerLog log) {
    this.plan = plan;
    this.client = client;
    this.ethernet = ethernet;
    this.log = log;
  }

  DialPlan plan() {
    return plan;
  }

  EthernetLine ethernet() {
    return ethernet;
  }

  // ---- What the router does with it

  /** Says what time it is, for all that happens until the next call. */
  void setNow(long nanos) {
    nowNanos = nanos;
  }

  /** Dials what is to be kept, hangs up what is idle, runs what is due. */
  void run(long nanos) {
    nowNanos = nanos;
    boolean up = ethernet.port().isUp();
    if (up != ethernetUp) {
      ethernetUp = up;
      client.lineChanged(up, nanos);
      drain();
    }
    if (!started) {
      started = true;
      if (plan.enabled() && !plan.onDemand()) {
        dial();
      }
    }
    if (client.nextDeadline() <= nanos) {
      client.handleTimeout(nanos);
      drain();
    }
    if (idleDeadline() <= nanos) {
      idleHangUps++;
      log.idle(plan, idleSeconds());
      hangUp();
    }
  }

  /** When {@link #run} has something to do, or {@link PppoeClient#NO_DEADLINE}. */
  long nextDeadline() {
    return started ? Math.min(client.nextDeadline(), idleDeadline()) : nowNanos;
  }

  private long idleDeadline() {
    return plan.onDemand() && dialled && plan.idle().seconds() > 0
        ? lastInterestNanos + idleSeconds() * NANOS
        : PppoeClient.NO_DEADLINE;
  }

  /** The packet that raises the line may wait for it: a short idle time does not end the call. */
  private long idleSeconds() {
    long seconds = plan.idle().seconds();
    return addresses == null ? Math.max(seconds, CARRIER_SECONDS) : seconds;
  }

  /** What the peer has agreed to, if the session carries IPv4; whether it is in force or not. */
  PppOutput.@Nullable Ipv4Up addresses() {
    return addresses;
  }

  /** The router works with the addresses of this session: packets pass from now on. */
  void putInForce() {
    inForce = addresses != null;
    lost = false;
  }

  /** Whether the addresses of a session in force are gone, since the last call. */
  boolean takeLost() {
    boolean was = lost;
    lost = false;
    return was;
  }

  /** Whether packets pass. */
  boolean isInForce() {
    return inForce;
  }

  /** Begins to dial as if an interesting packet had come; of no consequence if it does already. */
  private void dial() {
    lastInterestNanos = nowNanos;
    if (!dialled) {
      dialled = true;
      dials++;
      client.dial(nowNanos);
      drain();
    }
  }

  private void hangUp() {
    if (dialled) {
      dialled = false;
      client.hangUp(nowNanos);
      drain();
    }
  }

  /** Ends the session as a person asks; a line that is kept is dialled again at once. */
  void clear(long nanos) {
    nowNanos = nanos;
    hangUp();
    gaveUp = false;
    failures = 0;
    if (plan.enabled() && !plan.onDemand()) {
      dial();
    }
  }

  /**
   * Ends the session for good. As nobody comes back for the peer's answer, the time in which it
   * could come is taken to be over: the Terminate-Requests and the PADT leave at once.
   */
  void shutdown(long nanos) {
    nowNanos = nanos;
    hangUp();
    for (int i = 0; i < MAX_FAREWELLS && client.nextDeadline() != PppoeClient.NO_DEADLINE; i++) {
      client.handleTimeout(client.nextDeadline());
      drain();
    }
  }

  // ---- Packets

  /**
   * {@inheritDoc}
   *
   * <p>What is left of the frames passes if it is an IP packet of the session; frames of discovery
   * and of PPP's negotiation are used up.
   */
  @Override
  public int receive(PacketBatch into) {
    int before = into.size();
    int count = ethernet.port().receive(into);
    if (count == 0) {
      return 0;
    }
    client.decapsulate(into, nowNanos);
    drain();
    for (int i = before; i < into.size(); i++) {
      if (!into.passes(i)) {
        continue;
      }
      if (!inForce) {
        losses.increment(Loss.RECEIVED_WHILE_DOWN);
        into.setVerdict(i, PacketDrop.INTERFACE_DOWN);
      } else if (plan.onDemand() && plan.idle().direction().countsReceived()) {
        noteInterest(into, i);
      }
    }
    return count;
  }

  @Override
  public int send(PacketBatch from) {
    if (plan.onDemand()) {
      raise(from);
    }
    if (!inForce) {
      for (int i = 0; i < from.size(); i++) {
        if (from.passes(i)) {
          losses.increment(Loss.SENT_WHILE_DOWN);
          from.setVerdict(i, PacketDrop.INTERFACE_DOWN);
        }
      }
      return 0;
    }
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i) && from.headroom(i) < PppoeClient.OVERHEAD) {
        return sendEachAlone(from);
      }
    }
    return transmit(from);
  }

  private int transmit(PacketBatch batch) {
    client.encapsulate(batch);
    int frames = 0;
    for (int i = 0; i < batch.size(); i++) {
      frames += batch.passes(i) ? 1 : 0;
    }
    int taken = ethernet.port().send(batch);
    losses.add(Loss.ETHERNET_FULL, frames - taken);
    return taken;
  }

  /** Packets deep in tunnels may have used up the room before them: they are copied. */
  private int sendEachAlone(PacketBatch from) {
    int taken = 0;
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i)) {
        moved.clear();
        moved.add(from, i);
        taken += transmit(moved);
        from.setVerdict(i, moved.verdict(0));
      }
    }
    return taken;
  }

  /** An interesting packet raises the line, and keeps it up. */
  private void raise(PacketBatch from) {
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i) && noteInterest(from, i) && plan.enabled()) {
        dial();
      }
    }
  }

  private boolean noteInterest(PacketBatch batch, int index) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    boolean interests =
        batch.length(index) >= Ipv4Fields.MIN_HEADER_LENGTH && plan.interest().in(bytes, offset);
    if (interests) {
      interesting++;
      lastInterestNanos = nowNanos;
    }
    return interests;
  }

  @Override
  public int mtu() {
    return sessionMtu > 0 ? sessionMtu : plan.largestMtu();
  }

  @Override
  public int maxReceiveBytes() {
    return ethernet.port().maxReceiveBytes();
  }

  @Override
  public boolean isUp() {
    return plan.onDemand() ? plan.enabled() : inForce;
  }

  // ---- What the client says

  private void drain() {
    PppoeOutput output;
    while ((output = client.poll(out.clear())) != null) {
      if (output instanceof PppoeOutput.Transmit transmit) {
        frame.clear();
        frame.add(out.array(), out.arrayOffset() + out.readerIndex(), transmit.length());
        if (ethernet.port().send(frame) == 0) {
          losses.increment(Loss.ETHERNET_FULL);
        }
      } else if (output instanceof PppoeOutput.Ppp ppp) {
        ppp(ppp.news());
      } else if (output instanceof PppoeOutput.Ended ended) {
        ended(ended);
      } else {
        log.pppoe(plan, output);
      }
    }
  }

  private void ppp(PppOutput news) {
    if (news instanceof PppOutput.Ipv4Up up) {
      addresses = up;
      sessionMtu = client.mtu();
      failures = 0;
      lastInterestNanos = nowNanos;
    } else if (news instanceof PppOutput.Ipv4Down) {
      down();
    } else if (news instanceof PppOutput.Dropped dropped) {
      pppDrops.increment(dropped.reason());
    }
    log.ppp(plan, news, sessionMtu);
  }

  private void ended(PppoeOutput.Ended ended) {
    down();
    boolean wanted = !(ended.end() instanceof PppoeEnd.HungUp);
    if (wanted) {
      failures++;
    }
    gaveUp = wanted && plan.maxAttempts() > 0 && failures >= plan.maxAttempts();
    log.ended(plan, ended, gaveUp);
    if (gaveUp) {
      dialled = false;
      client.hangUp(nowNanos);
    }
  }

  private void down() {
    lost |= inForce;
    addresses = null;
    inForce = false;
    sessionMtu = 0;
  }

  // ---- Displays

  PppoeSnapshot snapshot(long nanos) {
    return client.snapshot(nanos);
  }

  /** Why the line is as it is, a clause. */
  String cause() {
    if (!plan.enabled()) {
      return plan.physical() + " is shut down";
    }
    if (inForce) {
      return "the session carries IPv4";
    }
    PppoeSnapshot now = client.snapshot(nowNanos);
    String state =
        gaveUp ? "it has given up after " + failures + " attempts" : DialerLog.words(now.state());
    PppoeEnd last = now.lastEnd();
    boolean tells = now.state() == PppoeState.IDLE || now.state() == PppoeState.WAITING;
    return last == null || !tells ? state : state + ": " + DialerLog.words(plan, last);
  }

  /** The seconds until it is hung up for want of interesting packets; -1 if it is not. */
  long idleLeftSeconds(long nanos) {
    long deadline = idleDeadline();
    return deadline == PppoeClient.NO_DEADLINE ? -1 : Math.max(0, deadline - nanos) / NANOS;
  }

  long interestingPackets() {
    return interesting;
  }

  long dials() {
    return dials;
  }

  long idleHangUps() {
    return idleHangUps;
  }

  Counters<Loss> losses() {
    return losses;
  }

  Counters<PppDropReason> pppDrops() {
    return pppDrops;
  }

  PppoeClient client() {
    return client;
  }
}
