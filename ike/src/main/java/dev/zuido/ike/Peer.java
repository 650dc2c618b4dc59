package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the engine holds for one peer: its ISAKMP SAs and its children. */
final class Peer {
  private static final long FIRST_HOLD_OFF = 2 * EngineContext.SECOND;
  private static final int MAX_DOUBLINGS = 5;

  private enum Timer {
    WORK
  }

  private final EngineContext context;
  private final SaRegistry registry;
  private final PeerConfig config;
  private final String name;
  private final Children children;

  /** Established ISAKMP SAs, oldest first. */
  private final List<IsakmpSa> established = new ArrayList<>();

  private final Timers<Timer> timers;
  private final DeadPeerDetection deadPeerDetection;
  private final NatKeepalive natKeepalive;
  private final Informational informational;

  /**
   * Where the peer is: of a fixed one that we have nothing with, where it is configured to be. As
   * long as there are pairs it is theirs, with the mapping that keepalives hold open.
   */
  private UdpPath path;

  private @Nullable IsakmpSa initiating;
  private @Nullable IsakmpSa current;

  /** Who the peer has proved to be last. */
  private @Nullable Identity identity;

  private int failures;
  private long notBeforeNanos;

  Peer(EngineContext context, SaRegistry registry, PeerConfig config, UdpPath path, String name) {
    this.context = context;
    this.registry = registry;
    this.config = config;
    this.path = path;
    this.name = name;
    this.children = new Children(context, this);
    this.timers = new Timers<>(context.heap, Timer.class, (timer, now) -> work(now));
    this.natKeepalive = new NatKeepalive(context, this);
    this.deadPeerDetection = new DeadPeerDetection(context, this);
    this.informational = new Informational(context, this);
  }

  String name() {
    return name;
  }

  PeerConfig config() {
    return config;
  }

  UdpPath path() {
    return path;
  }

  SaRegistry registry() {
    return registry;
  }

  Informational informational() {
    return informational;
  }

  DeadPeerDetection deadPeerDetection() {
    return deadPeerDetection;
  }

  /** Its children; those of a template's peer are what it has asked for. */
  Children children() {
    return children;
  }

  /** The ISAKMP SA that new exchanges use, or null. */
  @Nullable IsakmpSa current() {
    return current;
  }

  List<IsakmpSa> established() {
    return List.copyOf(established);
  }

  /** Our own main mode in progress, or null. */
  @Nullable IsakmpSa initiating() {
    return initiating;
  }

  /**
   * Whether the peer has begun what we are about to ask for: a main mode that came from its address
   * is under way, or was completed so shortly ago that its quick mode is still to come.
   *
   * @param withinNanos how long ago at most
   */
  boolean isCalling(long withinNanos, long nowNanos) {
    IsakmpSa sa = current;
    return registry.isAnswering(path.remote().address())
        || (sa != null && !sa.isInitiator() && nowNanos - sa.establishedNanos() < withinNanos);
  }

  boolean hasPairs() {
    return children.all().stream().anyMatch(Child::hasPairs);
  }

  /** Whether nothing is left of it. */
  boolean isIdle() {
    return isFirstContact() && initiating == null;
  }

  /** Whether nothing is left of earlier contact with the peer: what INITIAL-CONTACT says. */
  boolean isFirstContact() {
    return established.isEmpty() && !hasPairs();
  }

  /**
   * Who the peer has proved to be. A template's peer is never another; a fixed one may be, once
   * nothing is left of it, and then this is null.
   */
  @Nullable Identity identity() {
    return config.isFixed() && isFirstContact() ? null : identity;
  }

  /** An authenticated message came from the peer. */
  void heard(long nowNanos) {
    deadPeerDetection.heard(nowNanos);
  }

  /** A message was sent to the peer. */
  void sent(long nowNanos) {
    natKeepalive.sent(nowNanos);
  }

  /** When an SA last carried a packet to the peer, or {@link TrafficClock#NEVER}. */
  long lastPacketSentNanos() {
    return lastPacketNanos(SaPair::outbound);
  }

  /** When an SA last carried a packet from the peer, or {@link TrafficClock#NEVER}. */
  long lastPacketHeardNanos() {
    return lastPacketNanos(SaPair::inbound);
  }

  private long lastPacketNanos(Function<SaPair, SaParameters> side) {
    long last = TrafficClock.NEVER;
    for (Child child : children.all()) {
      for (SaPair pair : child.pairs()) {
        last = Math.max(last, context.traffic.lastPacketNanos(side.apply(pair).id()));
      }
    }
    return last;
  }

  /**
   * The peer's translator has given it another port or address: every SA that was there moves. An
   * SA in transport mode belongs to its addresses and cannot follow to another one.
   */
  void moved(UdpPath from, UdpPath to) {
    boolean sameAddress = from.remote().address().equals(to.remote().address());
    context.outbox.add(
        new IkeOutput.Notice(
            name, "the peer has moved from " + from.remote() + " to " + to.remote()));
    for (IsakmpSa sa : established) {
      if (sa.path().equals(from)) {
        sa.moveTo(to);
      }
    }
    if (path.equals(from)) {
      path = to;
      context.dynamicPeers.moved(this, from, to);
    }
    for (Child child : children.all()) {
      for (SaPair pair : child.pairs()) {
        if (pair.isAt(from)) {
          if (sameAddress || pair.inbound().mode() == EncapsulationMode.TUNNEL) {
            pair.moveTo(to);
          } else {
            child.remove(pair, EndReason.PEER_MOVED, context.nowNanos());
          }
        }
      }
    }
  }

  /** Begins what is wanted: quick modes, or first a main mode for them. */
  void work(long nowNanos) {
    long next = IkeEngine.NO_DEADLINE;
    for (Child child : children.all()) {
      IsakmpSa sa = current;
      if (sa != null) {
        child.begin(sa, nowNanos);
      }
      if (child.isWanted() && child.notBeforeNanos() > nowNanos) {
        next = Math.min(next, child.notBeforeNanos());
      } else if (child.isWanted() && current == null && initiating == null) {
        next = Math.min(next, connect(nowNanos));
      }
    }
    timers.set(Timer.WORK, next);
    if (!config.isFixed() && isIdle()) {
      context.dynamicPeers.perhapsIdle(this);
    }
  }

  /** Nothing is left of it, and nothing is to be done. */
  void stop() {
    deadPeerDetection.stop();
    natKeepalive.stop();
    timers.clearAll();
  }

  /** Begins a main mode, or says from when on it may begin. */
  private long connect(long nowNanos) {
    if (nowNanos < notBeforeNanos) {
      return notBeforeNanos;
    }
    startMainMode(nowNanos);
    return IkeEngine.NO_DEADLINE;
  }

  /** Begins a main mode, unless one is in progress or was tried too shortly before. */
  void connectForProbe(long nowNanos) {
    if (initiating == null && config.isFixed() && nowNanos >= notBeforeNanos) {
      startMainMode(nowNanos);
    }
  }

  private void startMainMode(long nowNanos) {
    if (!config.isFixed() && established.isEmpty()) {
      for (Child child : children.all()) {
        child.unwant();
      }
      context.outbox.drop(
          DropReason.UNKNOWN_TARGET, null, "peer " + name + " may only initiate by itself");
      return;
    }
    if (isFirstContact()) {
      path = UdpPath.isakmp(config.localAddress(), path.remote().address());
    }
    initiating = IsakmpSa.initiate(context, this, nowNanos);
  }

  /** A successor of the current ISAKMP SA is due. */
  void rekeyPhaseOne(IsakmpSa sa, long nowNanos) {
    if (sa == current && initiating == null) {
      startMainMode(nowNanos);
    }
  }

  /** Main mode is complete. */
  void phaseOneEstablished(IsakmpSa sa, boolean initialContact, long nowNanos) {
    if (initiating == sa) {
      initiating = null;
    }
    failures = 0;
    notBeforeNanos = 0;
    heard(nowNanos);
    boolean isSame = Objects.equals(identity(), sa.remoteIdentity());
    if (initialContact) {
      forgetEarlierContact(sa, nowNanos);
    }
    established.add(sa);
    identity = sa.remoteIdentity();
    choose(sa, isSame);
    context.outbox.add(new IkeOutput.PhaseOneEstablished(sa.view(current == sa)));
    if (established.size() > context.config.limits().isakmpSasPerPeer()) {
      IsakmpSa oldest = established.get(0) == current ? established.get(1) : established.get(0);
      oldest.sendDelete();
      removePhaseOne(oldest, EndReason.REPLACED, nowNanos);
    }
    deadPeerDetection.start(nowNanos);
    natKeepalive.start(sa, nowNanos);
    informational.invalidSpiReports().established(sa, nowNanos);
    work(nowNanos);
  }

  /**
   * Of two ISAKMP SAs that were negotiated at the same time, both sides use the one with the
   * greater initiator cookie; else the newer one.
   *
   * @param isSame whether the peer is who it was before: then what it has moves with it
   */
  private void choose(IsakmpSa sa, boolean isSame) {
    IsakmpSa before = current;
    boolean crossing = before != null && before.establishedNanos() >= sa.startedNanos();
    if (before != null
        && crossing
        && Arrays.compareUnsigned(
                before.initiatorCookie().toBytes(), sa.initiatorCookie().toBytes())
            > 0) {
      sa.retire();
      return;
    }
    if (before != null) {
      before.retire();
    }
    current = sa;
    if (isSame && path.isFloated() && sa.path().isFloated() && !path.equals(sa.path())) {
      moved(path, sa.path());
    } else if (!path.equals(sa.path())) {
      UdpPath from = path;
      path = sa.path();
      context.dynamicPeers.moved(this, from, path);
    }
  }

  /**
   * The peer has restarted: what was established before this main mode began is gone on its side
   * (RFC 2407 section 4.6.3.3). What crossing exchanges have made since then stays, and so does
   * what belongs to another identity behind the same address (RFC 3947 section 6).
   */
  void forgetEarlierContact(IsakmpSa sa, long nowNanos) {
    for (IsakmpSa old : established()) {
      if (old != sa
          && old.establishedNanos() < sa.startedNanos()
          && Objects.equals(old.remoteIdentity(), sa.remoteIdentity())) {
        removePhaseOne(old, EndReason.PEER_RESTARTED, nowNanos);
      }
    }
    for (Child child : children.all()) {
      child.removeRestarted(sa, nowNanos);
    }
  }

  /**
   * Main mode has failed; the SA is closed by now. Without an ISAKMP SA that was the last probe of
   * dead peer detection. But a peer that has sent anything since it began is not dead, whatever
   * became of the main mode (RFC 3706 section 5.5); the next check will see.
   */
  void phaseOneFailed(IsakmpSa sa, String reason, long nowNanos) {
    context.outbox.add(new IkeOutput.ExchangeFailed(name, null, sa.exchangeName(), reason));
    if (initiating != sa) {
      return;
    }
    initiating = null;
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    notBeforeNanos = nowNanos + (FIRST_HOLD_OFF << (failures - 1));
    IsakmpSa present = current;
    if (present != null) {
      present.retryRekey(nowNanos);
      return;
    }
    if (config.isFixed() && !hasPairs()) {
      path = UdpPath.isakmp(config.localAddress(), config.remote().address());
    }
    for (Child child : children.all()) {
      child.unwant();
    }
    boolean silent = deadPeerDetection.lastHeardNanos() < sa.startedNanos();
    if (config.dpd().mode() != DpdConfig.Mode.OFF && hasPairs() && silent) {
      dead(nowNanos);
    }
    context.dynamicPeers.perhapsIdle(this);
  }

  /** Removes an established ISAKMP SA. The children stay. */
  void removePhaseOne(IsakmpSa sa, EndReason reason, long nowNanos) {
    if (!established.remove(sa)) {
      return;
    }
    IkeSnapshot.IsakmpSaView view = sa.view(sa == current);
    if (sa == current) {
      current = established.isEmpty() ? null : established.get(established.size() - 1);
    }
    sa.close();
    context.outbox.add(new IkeOutput.PhaseOneDeleted(view, reason));
    work(nowNanos);
  }

  /** The peer does not answer any more: everything with it ends. */
  void dead(long nowNanos) {
    context.outbox.add(
        new IkeOutput.Notice(name, "the peer is dead: it answers no probe, its SAs are removed"));
    removeEverything(EndReason.PEER_DEAD, nowNanos);
  }

  /** Ends everything, and tells the peer if the reason is ours. */
  void removeEverything(EndReason reason, long nowNanos) {
    stop();
    for (Child child : children.all()) {
      child.unwant();
      child.removeAll(reason, nowNanos);
    }
    IsakmpSa own = initiating;
    if (own != null) {
      initiating = null;
      own.close();
    }
    for (IsakmpSa sa : established()) {
      if (reason == EndReason.TERMINATED) {
        sa.sendDelete();
      }
      removePhaseOne(sa, reason, nowNanos);
    }
    for (Child child : children.all()) {
      child.unwant();
    }
    stop();
    context.dynamicPeers.perhapsIdle(this);
  }
}
