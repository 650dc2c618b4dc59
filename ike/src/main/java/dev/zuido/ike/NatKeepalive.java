package dev.zuido.ike;

/**
 * Keeps the mapping of our translator alive (RFC 3948 section 4): one byte to the peer when nothing
 * else was sent to it for a while, as long as there are SAs with it.
 */
final class NatKeepalive {
  private enum Timer {
    CHECK
  }

  private final EngineContext context;
  private final Peer peer;
  private final Timers<Timer> timers;
  private long lastMessageNanos;

  NatKeepalive(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    this.timers = new Timers<>(context.heap, Timer.class, (timer, now) -> check(now));
  }

  private long intervalNanos() {
    return peer.config().natTraversal().keepaliveSeconds() * EngineContext.SECOND;
  }

  /** An ISAKMP SA was established. */
  void start(IsakmpSa sa, long nowNanos) {
    if (sa.nat().encapsulates() && sa.nat().localBehindNat() && intervalNanos() > 0) {
      timers.set(Timer.CHECK, nowNanos + intervalNanos());
    }
  }

  void stop() {
    timers.clearAll();
  }

  /** A message was sent to the peer. */
  void sent(long nowNanos) {
    lastMessageNanos = nowNanos;
  }

  private void check(long nowNanos) {
    UdpPath path = peer.path();
    IsakmpSa sa = peer.current();
    if (peer.isIdle() || !path.isFloated() || (sa != null && !sa.nat().localBehindNat())) {
      return;
    }
    long due = Math.max(lastMessageNanos, peer.lastPacketSentNanos()) + intervalNanos();
    if (due <= nowNanos) {
      context.outbox.keepalive(path.local(), path.remote());
      lastMessageNanos = nowNanos;
      due = nowNanos + intervalNanos();
    }
    timers.set(Timer.CHECK, due);
  }
}
