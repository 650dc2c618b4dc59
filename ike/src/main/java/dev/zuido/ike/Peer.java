package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.Identity;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the engine holds for one peer: its ISAKMP SAs and its children. */
final class Peer {
  private enum Timer {
    WORK
  }

  private final EngineContext context;
  private final SaRegistry registry;
  private final PeerConfig config;
  private final String name;
  private final Children children;

  private final IsakmpSas isakmpSas;
  private final Timers<Timer> timers;
  private final DeadPeerDetection deadPeerDetection;
  private final NatKeepalive natKeepalive;
  private final Informational informational;

  /**
   * Where the peer is: of a fixed one that we have nothing with, where it is configured to be. As
   * long as there are pairs it is theirs, with the mapping that keepalives hold open.
   */
  private UdpPath path;

  /** Who the peer has proved to be last. */
  private @Nullable Identity identity;

  /** Everything is being removed: nothing is begun. */
  private boolean ending;

  Peer(EngineContext context, SaRegistry registry, PeerConfig config, UdpPath path, String name) {
    this.context = context;
    this.registry = registry;
    this.config = config;
    this.path = path;
    this.name = name;
    this.children = new Children(context, this);
    this.isakmpSas = new IsakmpSas(context, this);
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

  /** Its ISAKMP SAs. */
  IsakmpSas isakmpSas() {
    return isakmpSas;
  }

  /** The ISAKMP SA that new exchanges use, or null. */
  @Nullable IsakmpSa current() {
    return isakmpSas.current();
  }

  List<IsakmpSa> established() {
    return isakmpSas.established();
  }

  /** Our own phase 1 in progress, or null. */
  @Nullable IsakmpSa initiating() {
    return isakmpSas.initiating();
  }

  /**
   * Whether the peer has begun what we are about to ask for: a main mode that came from its address
   * is under way, or was completed so shortly ago that its quick mode is still to come.
   *
   * @param withinNanos how long ago at most
   */
  boolean isCalling(long withinNanos, long nowNanos) {
    return registry.isAnswering(path.remote().address())
        || isakmpSas.isCalling(withinNanos, nowNanos);
  }

  boolean hasPairs() {
    return children.all().stream().anyMatch(Child::hasPairs);
  }

  /** Whether nothing is left of it. */
  boolean isIdle() {
    return isFirstContact() && initiating() == null;
  }

  /** Whether nothing is left of earlier contact with the peer: what INITIAL-CONTACT says. */
  boolean isFirstContact() {
    return isakmpSas.isEmpty() && !hasPairs();
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
    return children.lastPacketNanos(side);
  }

  /** The peer's translator has given it another port or address: every SA that was there moves. */
  void moved(UdpPath from, UdpPath to) {
    context.outbox.add(
        new IkeOutput.Notice(
            name, "the peer has moved from " + from.remote() + " to " + to.remote()));
    for (IsakmpSa sa : established()) {
      if (sa.path().equals(from)) {
        sa.moveTo(to);
      }
    }
    if (path.equals(from)) {
      path = to;
      context.dynamicPeers.moved(this, from, to);
    }
    children.moved(from, to);
  }

  /** Begins what is wanted: quick modes, or first a phase 1 for them. */
  void work(long nowNanos) {
    if (ending) {
      return;
    }
    IsakmpSa sa = current();
    long next = sa == null ? IkeEngine.NO_DEADLINE : children.beginQuickModes(sa, nowNanos);
    for (Child child : children.wanting()) {
      if (child.wish().notBeforeNanos() > nowNanos) {
        next = Math.min(next, child.wish().notBeforeNanos());
      } else if (sa == null && initiating() == null) {
        next = Math.min(next, connect(child, nowNanos));
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

  /**
   * Begins a phase 1 for a child, or says from when on it may begin. Towards a template's peer none
   * is begun: while it has pairs it will call, and they are rekeyed then.
   */
  private long connect(Child child, long nowNanos) {
    if (!config.isFixed()) {
      if (!child.hasPairs()) {
        child.wish().drop();
        context.outbox.drop(
            DropReason.UNKNOWN_TARGET, null, "peer " + name + " may only initiate by itself");
      }
      return IkeEngine.NO_DEADLINE;
    }
    if (nowNanos < isakmpSas.notBeforeNanos()) {
      return isakmpSas.notBeforeNanos();
    }
    startMainMode(nowNanos);
    return IkeEngine.NO_DEADLINE;
  }

  /** Begins a phase 1, unless one is in progress or was tried too shortly before. */
  void connectForProbe(long nowNanos) {
    if (initiating() == null && config.isFixed() && nowNanos >= isakmpSas.notBeforeNanos()) {
      startMainMode(nowNanos);
    }
  }

  private void startMainMode(long nowNanos) {
    if (isFirstContact()) {
      path = UdpPath.isakmp(config.localAddress(), path.remote().address());
    }
    isakmpSas.initiate(nowNanos);
  }

  /** A successor of the current ISAKMP SA is due. */
  void rekeyPhaseOne(IsakmpSa sa, long nowNanos) {
    if (isakmpSas.isRekeyDue(sa) && !sa.lifetime().mayBeUnknownToInitiator(nowNanos)) {
      startMainMode(nowNanos);
    }
  }

  /** Main mode is complete. */
  void phaseOneEstablished(IsakmpSa sa, boolean initialContact, long nowNanos) {
    heard(nowNanos);
    boolean isSame = IdentityCheck.isOne(identity(), sa.remoteIdentity());
    if (initialContact) {
      forgetEarlierContact(sa, nowNanos);
    }
    identity = sa.remoteIdentity();
    if (isakmpSas.add(sa, nowNanos)) {
      follow(sa, isSame);
    }
    context.outbox.add(new IkeOutput.PhaseOneEstablished(sa.view(current() == sa)));
    isakmpSas.limit(nowNanos);
    deadPeerDetection.start(nowNanos);
    natKeepalive.start(sa, nowNanos);
    informational.invalidSpiReports().established(sa, nowNanos);
    if (current() == sa) {
      becameCurrent(sa, nowNanos);
    }
    if (!sa.isInitiator()) {
      children.wanting().forEach(child -> child.letPeerBegin(nowNanos));
    }
    work(nowNanos);
  }

  /** New exchanges use this ISAKMP SA from now on. */
  void becameCurrent(IsakmpSa sa, long nowNanos) {
    children.all().forEach(child -> child.succeeded(sa, nowNanos));
  }

  /**
   * The peer is where its newest ISAKMP SA is.
   *
   * @param isSame whether the peer is who it was before: then what it has moves with it
   */
  private void follow(IsakmpSa sa, boolean isSame) {
    if (isSame && path.isFloated() && sa.path().isFloated() && !path.equals(sa.path())) {
      moved(path, sa.path());
    } else if (!path.equals(sa.path())) {
      UdpPath from = path;
      path = sa.path();
      context.dynamicPeers.moved(this, from, path);
    }
  }

  /**
   * The peer has restarted: what was established before this phase 1 began is gone on its side (RFC
   * 2407 section 4.6.3.3). What crossing exchanges have made since then stays, and so does what
   * belongs to another identity behind the same address (RFC 3947 section 6).
   */
  void forgetEarlierContact(IsakmpSa sa, long nowNanos) {
    for (IsakmpSa old : established()) {
      if (old != sa
          && old.establishedAt() < sa.startedAt()
          && !old.lifetime().mayBeCrossedBy(sa)
          && IdentityCheck.isOne(old.remoteIdentity(), sa.remoteIdentity())) {
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
   * became of the phase 1 (RFC 3706 section 5.5); the next check will see. What lives is still to
   * be rekeyed, so that is tried again; for what is not there somebody has to ask again.
   */
  void phaseOneFailed(IsakmpSa sa, String reason, long nowNanos) {
    context.outbox.add(new IkeOutput.ExchangeFailed(name, null, sa.exchangeName(), reason));
    if (!isakmpSas.failed(sa, nowNanos) || current() != null) {
      return;
    }
    if (config.isFixed() && !hasPairs()) {
      path = UdpPath.isakmp(config.localAddress(), config.remote().address());
    }
    for (Child child : children.all()) {
      if (!child.hasPairs()) {
        child.wish().drop();
      }
    }
    boolean silent = deadPeerDetection.lastHeardNanos() < sa.startedNanos();
    if (config.dpd().mode() != DpdConfig.Mode.OFF && hasPairs() && silent) {
      dead(nowNanos);
    }
    work(nowNanos);
  }

  /** Removes an established ISAKMP SA. The children stay. */
  void removePhaseOne(IsakmpSa sa, EndReason reason, long nowNanos) {
    boolean wasProbed = sa == isakmpSas.newest();
    if (!isakmpSas.remove(sa, reason, nowNanos)) {
      return;
    }
    if (wasProbed && current() != null) {
      deadPeerDetection.start(nowNanos);
    }
    work(nowNanos);
  }

  /**
   * The peer has answered nothing under an ISAKMP SA for as long as a request is repeated, and has
   * sent nothing else: it has lost that SA. Where we can make another, or have one, it goes.
   */
  void unanswered(IsakmpSa sa, long sinceNanos, long nowNanos) {
    boolean replaceable = config.isFixed() || established().size() > 1;
    if (replaceable && sa.isEstablished() && sa.lifetime().lastHeardNanos() < sinceNanos) {
      context.outbox.add(
          new IkeOutput.Notice(
              name, "the peer answers nothing under an ISAKMP SA: it is given up"));
      sa.sendDelete();
      removePhaseOne(sa, EndReason.PEER_DEAD, nowNanos);
    }
  }

  /**
   * The peer does not answer any more: everything with it ends. Where there is an older ISAKMP SA
   * it may only have lost the current one.
   */
  void dead(long nowNanos) {
    if (isakmpSas.giveUpNewest(nowNanos)) {
      return;
    }
    context.outbox.add(
        new IkeOutput.Notice(name, "the peer is dead: it answers no probe, its SAs are removed"));
    removeEverything(EndReason.PEER_DEAD, nowNanos);
  }

  /** Ends everything, and tells the peer if the reason is ours. */
  void removeEverything(EndReason reason, long nowNanos) {
    ending = true;
    for (Child child : children.all()) {
      child.removeAll(reason, nowNanos);
    }
    isakmpSas.abandon();
    for (IsakmpSa sa : established()) {
      if (reason == EndReason.TERMINATED) {
        sa.sendDelete();
      }
      removePhaseOne(sa, reason, nowNanos);
    }
    for (Child child : children.all()) {
      child.removeUnconfirmed(nowNanos);
      child.wish().drop();
    }
    ending = false;
    stop();
    context.dynamicPeers.perhapsIdle(this);
  }
}
