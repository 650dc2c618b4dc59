package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The description of databases (RFC 2328 sections 10.6 and 10.8). */
final class DatabaseExchange {
  private static final int NEGOTIATING =
      DatabaseDescriptionPacket.INIT
          | DatabaseDescriptionPacket.MORE
          | DatabaseDescriptionPacket.MASTER;

  private final Core core;

  DatabaseExchange(Core core) {
    this.core = core;
  }

  /** What tells two consecutive Database Description packets apart. */
  private record Received(int flags, Options options, int ddSequenceNumber) {
    static Received of(DatabaseDescriptionPacket packet) {
      return new Received(packet.flags(), packet.options(), packet.ddSequenceNumber());
    }
  }

  /** How far the exchange with one neighbor has come. */
  static final class Progress {
    private final Core core;
    private final Timer retransmitTimer;
    private final Timer releaseTimer = new Timer(now -> this.lastSent = null);
    private final Deque<HeldLsa> summaryList = new ArrayDeque<>();
    private boolean begun;
    private boolean master;
    private int ddSequenceNumber;
    private Options options = Options.NONE;
    private @Nullable Received lastReceived;
    private @Nullable Function<OspfHeader, OspfPacket> lastSent;
    private boolean lastSentMore;

    /** The MTU in the neighbor's last packet; 0 before the first. */
    private int neighborMtu;

    /** How often in a row this router's or the neighbor's packet was repeated. */
    private int repetitions;

    Progress(Core core, Neighbor neighbor) {
      this.core = core;
      this.retransmitTimer = new Timer(now -> core.exchange.retransmit(neighbor));
    }

    /** Whether this router is the master. */
    boolean isMaster() {
      return master;
    }

    /** Whether the neighbor's Database Description packets have the O-bit (RFC 5250). */
    boolean neighborIsOpaqueCapable() {
      return options.has(Options.O);
    }

    /** The Options of the neighbor's packets. */
    Options options() {
      return options;
    }

    /** LSAs that have still to be described. */
    int remaining() {
      return summaryList.size();
    }

    void clear() {
      core.heap.cancel(retransmitTimer);
      core.heap.cancel(releaseTimer);
      summaryList.clear();
      lastReceived = null;
      lastSent = null;
      lastSentMore = false;
      neighborMtu = 0;
      repetitions = 0;
    }
  }

  /** Begins to negotiate, as master: the action on entering ExStart (section 10.3). */
  void begin(Neighbor neighbor) {
    Progress progress = neighbor.exchange;
    progress.ddSequenceNumber =
        progress.begun ? progress.ddSequenceNumber + 1 : core.jitter.nextInt();
    progress.begun = true;
    progress.master = true;
    progress.lastReceived = null;
    sendInitial(neighbor);
  }

  /** Sends the empty packet of ExStart, and again every RxmtInterval. */
  void sendInitial(Neighbor neighbor) {
    send(neighbor, NEGOTIATING, List.of());
    restartRetransmitTimer(neighbor);
  }

  /** Fills the Database summary list: the action of NegotiationDone (section 10.3). */
  void describe(Neighbor neighbor) {
    core.heap.cancel(neighbor.exchange.retransmitTimer);
    list(neighbor, neighbor.attachedTo().linkLocal);
    list(neighbor, neighbor.area().database);
    if (neighbor.attachedTo().takesAsScope()) {
      list(neighbor, core.external);
    }
  }

  private void list(Neighbor neighbor, Database database) {
    for (HeldLsa lsa : database.all()) {
      if (!neighbor.takes(lsa.key.type())) {
        continue;
      }
      if (lsa.isMaxAge()) {
        neighbor.retransmissionList.add(lsa);
      } else {
        neighbor.exchange.summaryList.add(lsa);
      }
    }
  }

  /** Section 10.6. */
  void receive(Neighbor neighbor, DatabaseDescriptionPacket packet) {
    OspfInterface on = neighbor.attachedTo();
    OspfInterfaceConfig config = on.config();
    if (packet.interfaceMtu() > config.mtu() && !config.mtuIgnore()) {
      Mismatch mismatch = new Mismatch.Mtu(config.mtu(), packet.interfaceMtu());
      on.explanations.drop(
          neighbor.address(), neighbor.routerId(), mismatch, DropReason.MTU_MISMATCH);
      return;
    }
    on.explanations.mtuMatches(neighbor.address());
    neighbor.exchange.neighborMtu = packet.interfaceMtu();
    if (neighbor.state() == NeighborState.INIT) {
      neighbor.event(NeighborEvent.TWO_WAY_RECEIVED, NeighborCause.TWO_WAY);
    }
    switch (neighbor.state()) {
      case DOWN, ATTEMPT, INIT, TWO_WAY ->
          core.drop(on.id(), neighbor.address(), DropReason.NEIGHBOR_STATE);
      case EX_START -> negotiate(neighbor, packet);
      case EXCHANGE -> exchange(neighbor, packet);
      case LOADING, FULL -> afterExchange(neighbor, packet);
    }
  }

  private void negotiate(Neighbor neighbor, DatabaseDescriptionPacket packet) {
    Progress progress = neighbor.exchange;
    boolean neighborIsLarger = neighbor.routerId().compareTo(core.routerId) > 0;
    boolean negotiating = (packet.flags() & NEGOTIATING) == NEGOTIATING;
    if (negotiating && !neighborIsLarger) {
      return; // Both begin as master; the neighbor will give in to this router's own packet.
    }
    if (negotiating && packet.lsaHeaders().isEmpty()) {
      progress.master = false;
      progress.ddSequenceNumber = packet.ddSequenceNumber();
    } else if (packet.isInit()
        || packet.isMaster()
        || packet.ddSequenceNumber() != progress.ddSequenceNumber
        || neighborIsLarger) {
      core.drop(neighbor.attachedTo().id(), neighbor.address(), DropReason.NOT_NEGOTIATING);
      return;
    }
    progress.options = packet.options();
    neighbor.event(NeighborEvent.NEGOTIATION_DONE, NeighborCause.NEGOTIATION_DONE);
    accept(neighbor, packet);
  }

  private void exchange(Neighbor neighbor, DatabaseDescriptionPacket packet) {
    Progress progress = neighbor.exchange;
    if (Received.of(packet).equals(progress.lastReceived)) {
      repeated(neighbor);
      return;
    }
    int expected = progress.ddSequenceNumber + (progress.master ? 0 : 1);
    if (packet.isMaster() == progress.master
        || packet.isInit()
        || !packet.options().equals(progress.options)
        || packet.ddSequenceNumber() != expected) {
      mismatch(neighbor);
      return;
    }
    accept(neighbor, packet);
  }

  private void afterExchange(Neighbor neighbor, DatabaseDescriptionPacket packet) {
    Progress progress = neighbor.exchange;
    if (!Received.of(packet).equals(progress.lastReceived)) {
      mismatch(neighbor);
    } else {
      repeated(neighbor);
    }
  }

  /** A duplicate: discarded by the master; the slave repeats its last packet while it has it. */
  private void repeated(Neighbor neighbor) {
    Progress progress = neighbor.exchange;
    withoutProgress(neighbor);
    Function<OspfHeader, OspfPacket> last = progress.lastSent;
    if (progress.master) {
      core.drop(neighbor.attachedTo().id(), neighbor.address(), DropReason.DUPLICATE_DD);
    } else if (last == null) {
      mismatch(neighbor);
    } else {
      core.outbox.send(neighbor.attachedTo(), neighbor.unicastDestination(), last);
    }
  }

  /**
   * Nothing has come of the last packets: the neighbor, which says that its MTU is smaller, may
   * reject them (section 10.6), of which it tells nothing.
   */
  private static void withoutProgress(Neighbor neighbor) {
    Progress progress = neighbor.exchange;
    OspfInterface on = neighbor.attachedTo();
    progress.repetitions++;
    boolean exchanging =
        neighbor.state() == NeighborState.EX_START || neighbor.state() == NeighborState.EXCHANGE;
    if (exchanging
        && progress.repetitions > 1
        && progress.neighborMtu != 0
        && progress.neighborMtu < on.config().mtu()) {
      on.explanations.explain(
          neighbor.address(),
          neighbor.routerId(),
          new Mismatch.Mtu(on.config().mtu(), progress.neighborMtu));
    } else if (neighbor.state() == NeighborState.EXCHANGE) {
      on.explanations.noProgress(neighbor, progress.repetitions);
    }
  }

  private static void mismatch(Neighbor neighbor) {
    neighbor.event(NeighborEvent.SEQ_NUMBER_MISMATCH, NeighborCause.SEQ_NUMBER_MISMATCH);
  }

  /** Takes a packet as the next in sequence. */
  private void accept(Neighbor neighbor, DatabaseDescriptionPacket packet) {
    Progress progress = neighbor.exchange;
    progress.lastReceived = Received.of(packet);
    progress.repetitions = 0;
    for (LsaHeader described : packet.lsaHeaders()) {
      if (!isKnownType(neighbor, described)) {
        mismatch(neighbor);
        return;
      }
      HeldLsa held = core.database(neighbor.attachedTo(), described.type()).find(described.key());
      if (held == null && !core.databaseLimit.mayRequest(neighbor)) {
        core.databaseLimit.refuse(neighbor, described);
      } else if (held == null || described.isNewerThan(held.header(core.now))) {
        neighbor.requestList.put(described.key(), described);
      }
    }
    boolean done;
    if (progress.master) {
      progress.ddSequenceNumber++;
      core.heap.cancel(progress.retransmitTimer);
      done = !progress.lastSentMore && !packet.isMore();
      if (!done) {
        sendNext(neighbor);
        restartRetransmitTimer(neighbor);
      }
    } else {
      progress.ddSequenceNumber = packet.ddSequenceNumber();
      sendNext(neighbor);
      done = !progress.lastSentMore && !packet.isMore();
      if (done) {
        long dead = neighbor.attachedTo().config().timers().deadSeconds() * Core.SECOND;
        core.heap.schedule(progress.releaseTimer, core.now + dead);
      }
    }
    if (done) {
      neighbor.event(NeighborEvent.EXCHANGE_DONE, NeighborCause.EXCHANGE_DONE);
    } else {
      core.requests.sendIfIdle(neighbor);
    }
  }

  /** Whether the neighbor may describe an LSA of this type (section 10.6). */
  private boolean isKnownType(Neighbor neighbor, LsaHeader described) {
    boolean opaque = core.config.opaqueCapable() && neighbor.takes(described.type());
    return switch (described.type()) {
      case LsaType.ROUTER, LsaType.NETWORK, LsaType.SUMMARY_NETWORK, LsaType.SUMMARY_ASBR -> true;
      case LsaType.AS_EXTERNAL -> !neighbor.area().isStub();
      case LsaType.NSSA -> neighbor.area().isNssa();
      case LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA -> opaque;
      case LsaType.OPAQUE_AS -> opaque && !neighbor.area().isStub();
      default -> false;
    };
  }

  /** Describes the top of the Database summary list. */
  private void sendNext(Neighbor neighbor) {
    Progress progress = neighbor.exchange;
    int room =
        neighbor.attachedTo().packetCapacity()
            - OspfHeader.LENGTH
            - DatabaseDescriptionPacket.FIXED_LENGTH;
    int most = Math.max(1, room / LsaHeader.LENGTH);
    List<LsaHeader> headers = new ArrayList<>();
    while (headers.size() < most && !progress.summaryList.isEmpty()) {
      HeldLsa lsa = progress.summaryList.remove();
      if (lsa.database.find(lsa.key) == lsa) {
        headers.add(lsa.header(core.now));
      }
    }
    int more = progress.summaryList.isEmpty() ? 0 : DatabaseDescriptionPacket.MORE;
    send(neighbor, more | (progress.master ? DatabaseDescriptionPacket.MASTER : 0), headers);
  }

  private void send(Neighbor neighbor, int flags, List<LsaHeader> headers) {
    Progress progress = neighbor.exchange;
    OspfInterface on = neighbor.attachedTo();
    int mtu = core.virtualLinks.of(on) == null ? on.config().mtu() : 0;
    Options areaOptions = on.area().options();
    Options options = core.config.opaqueCapable() ? areaOptions.with(Options.O) : areaOptions;
    int sequence = progress.ddSequenceNumber;
    Function<OspfHeader, OspfPacket> packet =
        header -> new DatabaseDescriptionPacket(header, mtu, options, flags, sequence, headers);
    progress.lastSent = packet;
    progress.lastSentMore = (flags & DatabaseDescriptionPacket.MORE) != 0;
    core.outbox.send(on, neighbor.unicastDestination(), packet);
  }

  private void retransmit(Neighbor neighbor) {
    withoutProgress(neighbor);
    Function<OspfHeader, OspfPacket> last = neighbor.exchange.lastSent;
    if (neighbor.state() == NeighborState.EX_START) {
      sendInitial(neighbor);
    } else if (last != null) {
      core.outbox.send(neighbor.attachedTo(), neighbor.unicastDestination(), last);
      restartRetransmitTimer(neighbor);
    }
  }

  private void restartRetransmitTimer(Neighbor neighbor) {
    long interval = neighbor.attachedTo().config().timers().retransmitSeconds() * Core.SECOND;
    core.heap.schedule(neighbor.exchange.retransmitTimer, core.now + core.jittered(interval));
  }
}
