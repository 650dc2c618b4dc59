package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
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
  private final Endpoint local;
  private final Endpoint remote;
  private final Map<String, Child> children = new LinkedHashMap<>();

  /** Established ISAKMP SAs, oldest first. */
  private final List<IsakmpSa> established = new ArrayList<>();

  private final Timers<Timer> timers;
  private final DeadPeerDetection deadPeerDetection;
  private final Informational informational;
  private @Nullable IsakmpSa initiating;
  private @Nullable IsakmpSa current;
  private int failures;
  private long notBeforeNanos;

  Peer(
      EngineContext context,
      SaRegistry registry,
      PeerConfig config,
      Endpoint local,
      Endpoint remote) {
    this.context = context;
    this.registry = registry;
    this.config = config;
    this.name = config.isFixed() ? config.name() : config.name() + "@" + remote.address();
    this.local = local;
    this.remote = remote;
    for (ChildConfig child : config.children()) {
      children.put(child.name(), new Child(context, this, child));
    }
    this.timers = new Timers<>(context.heap, Timer.class, (timer, now) -> work(now));
    this.deadPeerDetection = new DeadPeerDetection(context, this);
    this.informational = new Informational(context, this);
  }

  String name() {
    return name;
  }

  PeerConfig config() {
    return config;
  }

  Endpoint local() {
    return local;
  }

  Endpoint remote() {
    return remote;
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

  Iterable<Child> children() {
    return children.values();
  }

  @Nullable Child child(String childName) {
    return children.get(childName);
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
    return registry.isAnswering(remote.address())
        || (sa != null && !sa.isInitiator() && nowNanos - sa.establishedNanos() < withinNanos);
  }

  boolean hasPairs() {
    return children.values().stream().anyMatch(Child::hasPairs);
  }

  /** Whether nothing is left of earlier contact with the peer: what INITIAL-CONTACT says. */
  boolean isFirstContact() {
    return established.isEmpty() && !hasPairs();
  }

  /** The child with these selectors, or null. */
  @Nullable Child childFor(TrafficSelector ours, TrafficSelector theirs) {
    for (Child child : children.values()) {
      if (child.config().local().equals(ours) && covers(child.config().remote(), theirs)) {
        return child;
      }
    }
    return null;
  }

  /** Equality; a peer of a template may ask for a part of its template's selector. */
  private boolean covers(TrafficSelector configured, TrafficSelector asked) {
    if (configured.equals(asked)) {
      return true;
    }
    return !config.isFixed()
        && configured.protocol() == asked.protocol()
        && configured.port() == asked.port()
        && configured.prefix() instanceof Ipv4Prefix wide
        && asked.prefix() instanceof Ipv4Prefix narrow
        && wide.contains(narrow);
  }

  String selectorsText() {
    StringJoiner text = new StringJoiner(", ");
    for (Child child : children.values()) {
      text.add(child.config().local() + " to " + child.config().remote());
    }
    return text.toString();
  }

  /** An authenticated message came from the peer. */
  void heard(long nowNanos) {
    deadPeerDetection.heard(nowNanos);
  }

  /** Begins what is wanted: quick modes, or first a main mode for them. */
  void work(long nowNanos) {
    long next = IkeEngine.NO_DEADLINE;
    for (Child child : children.values()) {
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
      for (Child child : children.values()) {
        child.unwant();
      }
      context.outbox.drop(
          DropReason.UNKNOWN_TARGET, null, "peer " + name + " may only initiate by itself");
      return;
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
    if (initialContact) {
      forgetEarlierContact(sa, nowNanos);
    }
    established.add(sa);
    choose(sa);
    context.outbox.add(new IkeOutput.PhaseOneEstablished(sa.view(current == sa)));
    if (established.size() > context.config.limits().isakmpSasPerPeer()) {
      IsakmpSa oldest = established.get(0) == current ? established.get(1) : established.get(0);
      oldest.sendDelete();
      removePhaseOne(oldest, EndReason.REPLACED, nowNanos);
    }
    deadPeerDetection.start(nowNanos);
    work(nowNanos);
  }

  /**
   * Of two ISAKMP SAs that were negotiated at the same time, both sides use the one with the
   * greater initiator cookie; else the newer one.
   */
  private void choose(IsakmpSa sa) {
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
  }

  /**
   * The peer has restarted: what was established before this main mode began is gone on its side
   * (RFC 2407 section 4.6.3.3). What crossing exchanges have made since then stays.
   */
  void forgetEarlierContact(IsakmpSa sa, long nowNanos) {
    for (IsakmpSa old : established()) {
      if (old != sa && old.establishedNanos() < sa.startedNanos()) {
        removePhaseOne(old, EndReason.PEER_RESTARTED, nowNanos);
      }
    }
    for (Child child : children.values()) {
      child.removeEstablishedBefore(sa.startedNanos(), EndReason.PEER_RESTARTED, nowNanos);
    }
  }

  /** Main mode has failed; the SA is closed by now. */
  void phaseOneFailed(IsakmpSa sa, String reason, long nowNanos) {
    context.outbox.add(new IkeOutput.ExchangeFailed(name, null, ExchangeName.MAIN_MODE, reason));
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
    for (Child child : children.values()) {
      child.unwant();
    }
    if (config.dpd().mode() != DpdConfig.Mode.OFF && hasPairs()) {
      dead(nowNanos);
    }
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
    deadPeerDetection.stop();
    for (Child child : children.values()) {
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
    for (Child child : children.values()) {
      child.unwant();
    }
    timers.clearAll();
  }
}
