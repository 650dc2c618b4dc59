package dev.zuido.testkit;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a queue of events, and a clock that jumps from each to the next.
 *
 * <p>Events at the same time happen in the order in which they were scheduled, so that a run
 * depends on nothing but its inputs. Times are nanoseconds from 0.
 */
public final class SimClock {
  /** Events that may happen without time passing, before that is taken for an endless loop. */
  public static final int MAX_EVENTS_PER_INSTANT = 1_000_000;

  /** An action that will happen, unless it is cancelled. */
  public final class Timer {
    private final long atNanos;
    private final long sequence;
    private final Runnable action;
    private boolean over;

    private Timer(long atNanos, long sequence, Runnable action) {
      this.atNanos = atNanos;
      this.sequence = sequence;
      this.action = action;
    }

    /** When it happens. */
    public long atNanos() {
      return atNanos;
    }

    /** Whether it has neither happened nor been cancelled. */
    public boolean isPending() {
      return !over;
    }

    /** Makes it not happen; nothing changes when it already has. */
    public void cancel() {
      if (!over) {
        over = true;
        cancelled++;
        forgetCancelled();
      }
    }
  }

  private final PriorityQueue<Timer> queue =
      new PriorityQueue<>(
          Comparator.<Timer>comparingLong(t -> t.atNanos).thenComparingLong(t -> t.sequence));
  private long nowNanos;
  private long nextSequence;
  private int cancelled;
  private int eventsOfInstant;

  /** A clock at time 0 with nothing to do. */
  public SimClock() {}

  /** The time. */
  public long nowNanos() {
    return nowNanos;
  }

  /**
   * Lets an action happen at a time; one that has passed means now, after what is already due.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public Timer schedule(long atNanos, Runnable action) {
    if (atNanos < 0) {
      throw new IllegalArgumentException("virtual time starts at 0, not at " + atNanos);
    }
    Timer timer = new Timer(Math.max(atNanos, nowNanos), nextSequence++, action);
    queue.add(timer);
    return timer;
  }

  /** The time of the next event, or {@link VirtualNode#NO_DEADLINE} if there is none. */
  public long nextEventNanos() {
    Timer next = next();
    return next == null ? VirtualNode.NO_DEADLINE : next.atNanos;
  }

  /**
   * Jumps to the next event and lets it happen.
   *
   * @return false if there was none
   * @throws IllegalStateException if {@value #MAX_EVENTS_PER_INSTANT} events have happened without
   *     time passing
   */
  public boolean step() {
    Timer next = next();
    if (next == null) {
      return false;
    }
    queue.remove();
    if (next.atNanos > nowNanos) {
      eventsOfInstant = 0;
    } else if (++eventsOfInstant > MAX_EVENTS_PER_INSTANT) {
      throw new IllegalStateException(
          "virtual time stands still at "
              + nowNanos
              + " ns: a node asks to be run again and again");
    }
    nowNanos = next.atNanos;
    next.over = true;
    next.action.run();
    return true;
  }

  /** Moves the time forward to where no event lies before. */
  void advanceTo(long nanos) {
    if (nanos < nowNanos || nextEventNanos() < nanos) {
      throw new IllegalStateException("the clock cannot go to " + nanos + " from " + nowNanos);
    }
    if (nanos > nowNanos) {
      eventsOfInstant = 0;
    }
    nowNanos = nanos;
  }

  private @Nullable Timer next() {
    while (true) {
      Timer next = queue.peek();
      if (next == null || !next.over) {
        return next;
      }
      queue.remove();
      cancelled--;
    }
  }

  private void forgetCancelled() {
    if (cancelled > 1_024 && cancelled > queue.size() / 2) {
      queue.removeIf(t -> t.over);
      cancelled = 0;
    }
  }
}
