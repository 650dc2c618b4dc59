package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;

/** Whether both sides have an ISAKMP SA, when it gets a successor, and when it ends. */
final class IsakmpLifetime {
  /** After a rekeying that failed, the next try. */
  private static final long REKEY_RETRY = 30 * EngineContext.SECOND;

  /**
   * How long one that was to end waits for its last exchange, before it looks again; longer than
   * any datagram is on its way.
   */
  private static final long BUSY_WAIT = 10 * EngineContext.SECOND;

  private enum Timer {
    HALF_OPEN,
    REKEY,
    TRUST,
    RETIRE,
    EXPIRE
  }

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Timers<Timer> timers;
  private boolean outgrown;
  private boolean heard;
  private long firstHeardNanos;
  private long lastHeardNanos;

  IsakmpLifetime(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.timers = new Timers<>(context.heap, Timer.class, this::expired);
  }

  /** A responder waits for the peer's proof. */
  void startHalfOpen(long nowNanos) {
    timers.set(
        Timer.HALF_OPEN,
        nowNanos + context.config.limits().halfOpenSeconds() * EngineContext.SECOND);
  }

  /** It is established. */
  void start(long lifetimeSeconds, long nowNanos) {
    timers.clear(Timer.HALF_OPEN);
    long lifetime = lifetimeSeconds * EngineContext.SECOND;
    RekeyPolicy policy = sa.peer().config().rekey();
    timers.set(Timer.REKEY, nowNanos + policy.softNanos(lifetime, context.jitter));
    timers.set(Timer.EXPIRE, nowNanos + lifetime);
  }

  /** Its lifetime is shorter than was agreed first. */
  void shorten(long lifetimeSeconds, long sinceNanos) {
    long lifetime = lifetimeSeconds * EngineContext.SECOND;
    if (timers.isSet(Timer.REKEY)) {
      RekeyPolicy policy = sa.peer().config().rekey();
      timers.set(Timer.REKEY, sinceNanos + policy.softNanos(lifetime, context.jitter));
    }
    timers.set(Timer.EXPIRE, sinceNanos + lifetime);
  }

  /**
   * It takes another's place. If nothing comes under it that proves that both sides have it, then
   * the time will: by then the peer has either completed main mode, or has given up and said so.
   */
  void trustLater(long nowNanos) {
    timers.set(Timer.TRUST, trustedNanos(nowNanos));
  }

  private long trustedNanos(long sinceNanos) {
    return sinceNanos + context.config.retransmission().totalNanos() + BUSY_WAIT;
  }

  /**
   * Whether a phase 1 that began at a time may have been begun without knowledge of this one: the
   * peer did not have it for certain then, or only for so short a time that a first message sent
   * before may still have been on its way.
   */
  boolean isYoungAt(long nanos) {
    long established = sa.establishedNanos();
    long known = provesItself() ? established : heard ? firstHeardNanos : trustedNanos(established);
    return nanos < Math.min(known + BUSY_WAIT, trustedNanos(established));
  }

  /**
   * Whether a phase 1 of the peer may cross this one of ours, of which nothing had shown that the
   * peer has it: what the peer says there of earlier contact is not about it.
   */
  boolean mayBeCrossedBy(IsakmpSa theirs) {
    boolean unheard = !heard || firstHeardNanos >= theirs.startedNanos();
    return sa.isInitiator() && !theirs.isInitiator() && unheard && isYoungAt(theirs.startedNanos());
  }

  /**
   * Whether the peer, who has begun it, may not know yet that we have it. What we began now it
   * would take for something that we began before.
   */
  boolean mayBeUnknownToInitiator(long nowNanos) {
    return !sa.isInitiator()
        && !heard
        && nowNanos < trustedNanos(sa.establishedNanos()) + BUSY_WAIT;
  }

  /** It has carried nearly as many exchanges as it can: a successor is due, once. */
  void outgrown() {
    if (!outgrown) {
      outgrown = true;
      timers.set(Timer.REKEY, context.nowNanos());
    }
  }

  /** A newer one is there: this one gets no successor any more. */
  void retire() {
    timers.clear(Timer.REKEY);
  }

  /** The newer one is gone before it: it needs a successor again. */
  void reinstate(long nowNanos) {
    timers.clear(Timer.RETIRE);
    retryRekey(nowNanos);
  }

  /** The rekeying is tried again a little later. */
  void retryRekey(long nowNanos) {
    timers.set(Timer.REKEY, nowNanos + REKEY_RETRY);
  }

  /**
   * The peer is known to use a newer one: this one ends when whatever the peer may still repeat
   * under it has been repeated.
   *
   * @param last whether it is the last that ends: should the peer use just this one, it has ended
   *     the others by then, and this one stays
   */
  void endSoon(boolean last, long nowNanos) {
    if (!timers.isSet(Timer.RETIRE)) {
      long grace = context.config.retransmission().totalNanos();
      timers.set(Timer.RETIRE, nowNanos + grace + (last ? 2 * BUSY_WAIT : 0));
    }
  }

  /**
   * Whether the peer has it for certain: it has sent the last message of phase 1, or something
   * under this SA since. Who has sent the last message cannot know that it has arrived.
   */
  boolean isProven() {
    return provesItself() || heard;
  }

  /** Whether the last message of phase 1 is the peer's. */
  private boolean provesItself() {
    return sa.isInitiator() != sa.isAggressive();
  }

  /** Whether the peer has sent anything under it since phase 1. */
  boolean isHeard() {
    return heard;
  }

  /** When the peer last sent something under it that was no copy. */
  long lastHeardNanos() {
    return heard ? lastHeardNanos : sa.establishedNanos();
  }

  /** The peer has sent something under it. */
  void heard(long nowNanos) {
    lastHeardNanos = nowNanos;
    if (!heard) {
      heard = true;
      firstHeardNanos = nowNanos;
      sa.peer().isakmpSas().trust(sa, nowNanos);
    }
  }

  void stop() {
    timers.clearAll();
  }

  private void expired(Timer timer, long nowNanos) {
    switch (timer) {
      case HALF_OPEN -> notCompleted(nowNanos);
      case REKEY -> {
        if (mayBeUnknownToInitiator(nowNanos)) {
          retryRekey(nowNanos);
        }
        sa.peer().rekeyPhaseOne(sa, nowNanos);
      }
      case TRUST -> sa.peer().isakmpSas().trust(sa, nowNanos);
      case RETIRE -> {
        if (sa.exchanges().isBusy()) {
          timers.set(Timer.RETIRE, nowNanos + BUSY_WAIT);
        } else {
          end(EndReason.REPLACED, nowNanos);
        }
      }
      case EXPIRE -> end(EndReason.EXPIRED, nowNanos);
    }
  }

  private void end(EndReason reason, long nowNanos) {
    sa.sendDelete();
    sa.peer().removePhaseOne(sa, reason, nowNanos);
  }

  private void notCompleted(long nowNanos) {
    PhaseOne negotiating = sa.phaseOne();
    String hint = negotiating == null ? null : negotiating.hint();
    sa.fail(
        hint == null
            ? "the peer at "
                + sa.remote()
                + " has begun "
                + sa.exchangeName()
                + " and not gone on within "
                + context.config.limits().halfOpenSeconds()
                + " s: do our answers reach it? Its address may be forged too"
            : hint,
        nowNanos);
  }
}
