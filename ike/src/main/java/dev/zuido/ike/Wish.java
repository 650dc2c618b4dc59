package dev.zuido.ike;

/** A child's wish for a quick mode: since when there is one, and from when on it may be granted. */
final class Wish {
  private final EngineContext context;
  private final HoldOff holdOff = new HoldOff();
  private boolean there;
  private long sinceMoment;
  private boolean queued;

  Wish(EngineContext context) {
    this.context = context;
  }

  boolean isThere() {
    return there;
  }

  /** The moment at which it came up: who asked first is served first. */
  long sinceMoment() {
    return sinceMoment;
  }

  /** The earliest time for it. */
  long notBeforeNanos() {
    return holdOff.untilNanos();
  }

  /** Asks, unless that was done. */
  void ask() {
    if (!there) {
      there = true;
      queued = false;
      sinceMoment = context.nextMoment();
    }
  }

  /** Asks, for a time at the earliest. */
  void askFor(long nanos) {
    ask();
    holdOff.atLeastUntil(nanos);
  }

  /** It has to wait for other quick modes, which is counted once. */
  void queue() {
    if (!queued) {
      queued = true;
      context.counters.quickModesQueued++;
    }
  }

  /** It is granted, or given up. */
  void drop() {
    there = false;
  }

  /** A quick mode has failed: the next one has to wait. */
  void failed(long nowNanos) {
    holdOff.failed(nowNanos);
  }

  /** There is what was wished for. */
  void fulfilled() {
    there = false;
    holdOff.succeeded();
  }
}
