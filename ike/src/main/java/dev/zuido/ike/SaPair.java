package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A pair of IPsec SAs, one for each direction, from one quick mode. */
final class SaPair {
  /** How long the initiator goes on sending on the old SA after its last message. */
  private static final long SWITCH_DELAY = 2 * EngineContext.SECOND;

  /** A peer that has completed a quick mode sends on its pair within so long. */
  private static final long LAST_USE = 10 * EngineContext.SECOND;

  /** When the successor has gone before it, this one gets another after so long. */
  private static final long REKEY_RETRY = 10 * EngineContext.SECOND;

  /** Where the outbound SA stands. */
  enum Outbound {
    /** It waits for the quick mode's end, or for the change from the old SA. */
    WAITING,
    /** It is installed, or being installed. */
    IN_USE,
    /** It was removed, or is never to be used. */
    RETIRED
  }

  private enum Timer {
    SWITCH,
    REKEY,
    EXPIRE
  }

  private final EngineContext context;
  private final Child child;
  private final boolean initiator;
  private final NatFinding nat;
  private final @Nullable Identity remoteIdentity;
  private SaParameters inbound;
  private SaParameters outbound;
  private final ByteString initiatorNonce;
  private final long startedAt;
  private final Timers<Timer> timers;
  private Outbound outboundState = Outbound.WAITING;
  private long establishedNanos = -1;
  private long establishedAt;
  private boolean superseded;

  /** It was negotiated at the same time as another that has won. */
  private boolean surplus;

  private SaPair(
      EngineContext context,
      IsakmpSa sa,
      QuickModeResult result,
      SaParameters inbound,
      SaParameters outbound) {
    this.context = context;
    this.child = result.child();
    this.initiator = result.initiator();
    this.nat = sa.nat();
    this.remoteIdentity = sa.remoteIdentity();
    this.inbound = inbound;
    this.outbound = outbound;
    this.initiatorNonce = result.initiatorNonce();
    this.startedAt = result.startedAt();
    this.timers = new Timers<>(context.heap, Timer.class, this::expired);
  }

  /** Makes the pair's keys and parameters; nothing is installed yet. */
  static SaPair derive(
      EngineContext context, IsakmpSa sa, QuickModeResult result, @Nullable Secret secret) {
    return new SaPair(
        context,
        sa,
        result,
        result.parameters(context, sa, secret, Direction.INBOUND),
        result.parameters(context, sa, secret, Direction.OUTBOUND));
  }

  /** Whether it sends ESP in UDP along a path. */
  boolean isAt(UdpPath path) {
    return inbound.udpEncapsulation() != null && path.equals(path());
  }

  /** Its ends, with port 0 where ESP is not in UDP. */
  UdpPath path() {
    SaParameters.UdpEncapsulation ports = inbound.udpEncapsulation();
    return new UdpPath(
        new Endpoint(inbound.destination(), ports == null ? 0 : ports.destinationPort()),
        new Endpoint(inbound.source(), ports == null ? 0 : ports.sourcePort()));
  }

  /** An authenticated ESP packet came from an endpoint. */
  void seenAt(Endpoint remote) {
    UdpPath from = path();
    boolean believed =
        nat.isPeerMovable() && child.peer().config().remote().contains(remote.address());
    if (believed && !remote.equals(from.remote())) {
      child.peer().moved(from, new UdpPath(from.local(), remote));
    }
  }

  /** The peer has other ends than before. */
  void moveTo(UdpPath path) {
    inbound = inbound.movedTo(path.remote(), path.local());
    outbound = outbound.movedTo(path.local(), path.remote());
    move(inbound);
    if (outboundState == Outbound.IN_USE) {
      move(outbound);
    }
  }

  private void move(SaParameters sa) {
    SaParameters.UdpEncapsulation ports = sa.udpEncapsulation();
    if (ports != null) {
      context.outbox.add(
          new IkeOutput.MoveSa(
              sa.id(), sa.spi(), sa.direction(), sa.source(), sa.destination(), ports));
    }
  }

  Child child() {
    return child;
  }

  SaParameters inbound() {
    return inbound;
  }

  SaParameters outbound() {
    return outbound;
  }

  /** Who had proved itself in the ISAKMP SA that it was negotiated under. */
  @Nullable Identity remoteIdentity() {
    return remoteIdentity;
  }

  boolean isInitiator() {
    return initiator;
  }

  /** When it was established, or -1. */
  long establishedNanos() {
    return establishedNanos;
  }

  boolean isEstablished() {
    return establishedNanos >= 0;
  }

  boolean isSuperseded() {
    return superseded;
  }

  boolean isSending() {
    return outboundState == Outbound.IN_USE;
  }

  /** The moment at which it was established. */
  long establishedAt() {
    return establishedAt;
  }

  /** Installs the inbound SA; the quick mode waits for the answer. */
  void installInbound(EngineContext.InstallWaiter waiter) {
    context.install(inbound, waiter);
  }

  /** The quick mode is complete: the lifetimes run. */
  void establish(long nowNanos) {
    establishedNanos = nowNanos;
    establishedAt = context.nextMoment();
    context.unconfirmed.remove(inbound.id());
    context.pairs.put(inbound.id(), this);
    context.pairs.put(outbound.id(), this);
    long lifetime = inbound.lifetimeSeconds() * EngineContext.SECOND;
    timers.set(
        Timer.REKEY, nowNanos + child.peer().config().rekey().softNanos(lifetime, context.jitter));
    timers.set(Timer.EXPIRE, nowNanos + lifetime);
  }

  /** Sends on this pair at once. */
  void installOutbound() {
    if (outboundState == Outbound.WAITING) {
      outboundState = Outbound.IN_USE;
      timers.clear(Timer.SWITCH);
      context.install(outbound, this::outboundAnswered);
    }
  }

  private void outboundAnswered(@Nullable String refusal, long nowNanos) {
    if (refusal == null) {
      child.sendsOn(this);
    } else {
      child.refused(this, refusal, nowNanos);
    }
  }

  /** Sends on this pair when the peer does, or in two seconds. */
  void installOutboundSoon(long nowNanos) {
    timers.set(Timer.SWITCH, nowNanos + SWITCH_DELAY);
  }

  /** The peer has used the inbound SA. */
  void used(long nowNanos) {
    if (timers.isSet(Timer.SWITCH)) {
      timers.clear(Timer.SWITCH);
      child.sendOn(this);
    }
    child.usedByPeer(this, nowNanos);
  }

  /**
   * The responder waits for the third message. A packet on the inbound SA says the same: its keys
   * are made of both nonces, so it is no less a proof than HASH(3).
   */
  void confirmByUse(LongConsumer confirmed) {
    context.unconfirmed.put(inbound.id(), confirmed);
  }

  /**
   * The quick mode was cut off before the third message, which may be lost: only use confirms. It
   * ends when the quick mode would have, but not before a packet that is on its way has come.
   */
  void expireUnlessUsed(long answeredNanos, long nowNanos) {
    long end = answeredNanos + context.config.retransmission().totalNanos();
    timers.set(Timer.EXPIRE, Math.max(end, nowNanos + LAST_USE));
  }

  /** Another pair takes this one's place: it only receives until its end. */
  void supersede() {
    superseded = true;
    timers.clear(Timer.REKEY);
    timers.clear(Timer.SWITCH);
  }

  /** The pair that it was superseded by has gone, and this one can still send: it is in use. */
  void reinstate(long nowNanos) {
    superseded = false;
    timers.set(Timer.REKEY, nowNanos + REKEY_RETRY);
  }

  /** It is one too many: it ends as soon as both sides surely use the other. */
  void endBy(long deadlineNanos) {
    surplus = true;
    timers.setAtMost(Timer.EXPIRE, deadlineNanos);
  }

  boolean isSurplus() {
    return surplus;
  }

  /** Sends no more on this pair. */
  void retireOutbound() {
    if (outboundState == Outbound.IN_USE) {
      context.outbox.add(
          new IkeOutput.RemoveSa(
              outbound.id(), outbound.spi(), Direction.OUTBOUND, EndReason.REPLACED));
    }
    outboundState = Outbound.RETIRED;
    context.cancelInstall(outbound);
  }

  /**
   * Whether this pair and another were negotiated at the same time: the peer's quick mode came
   * while ours was under way. Who begins his own knowing of the other's wants a newer one.
   */
  boolean crosses(SaPair other) {
    SaPair ours = initiator ? this : other;
    SaPair theirs = initiator ? other : this;
    return ours.initiator
        && !theirs.initiator
        && ours.startedAt < theirs.startedAt
        && (!ours.isEstablished() || theirs.startedAt < ours.establishedAt);
  }

  /**
   * Whether this pair wins against another: the newer one does. Of two that were negotiated at the
   * same time both sides compare the initiators' nonces, so both come to the same answer.
   */
  boolean winsAgainst(SaPair other) {
    return crosses(other)
        ? Arrays.compareUnsigned(initiatorNonce.toArray(), other.initiatorNonce.toArray()) > 0
        : startedAt > other.startedAt;
  }

  /** Takes both SAs back. */
  void remove(EndReason reason) {
    timers.clearAll();
    context.unconfirmed.remove(inbound.id());
    context.pairs.remove(inbound.id());
    context.pairs.remove(outbound.id());
    context.outbox.add(
        new IkeOutput.RemoveSa(inbound.id(), inbound.spi(), Direction.INBOUND, reason));
    if (outboundState == Outbound.IN_USE) {
      context.outbox.add(
          new IkeOutput.RemoveSa(outbound.id(), outbound.spi(), Direction.OUTBOUND, reason));
    }
    outboundState = Outbound.RETIRED;
    context.cancelInstall(inbound);
    context.cancelInstall(outbound);
    context.spis.release(inbound.spi());
  }

  private void expired(Timer timer, long nowNanos) {
    switch (timer) {
      case SWITCH -> child.sendOn(this);
      case REKEY -> child.rekey(nowNanos);
      case EXPIRE ->
          child.remove(
              this,
              !isEstablished()
                  ? EndReason.NOT_COMPLETED
                  : surplus ? EndReason.REPLACED : EndReason.EXPIRED,
              nowNanos);
    }
  }

  IkeSnapshot.ChildSaView view(boolean current) {
    return SnapshotViews.of(this, current);
  }
}
