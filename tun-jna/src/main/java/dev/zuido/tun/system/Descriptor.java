package dev.zuido.tun.system;

import dev.zuido.tun.OperatingSystemException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that any thread may close while others use it.
 *
 * <p>Closing a descriptor does not end another thread's {@code poll} or {@code read} on it, and its
 * number is given away again at once, so that a late call would reach a stranger's file. Therefore
 * each use is bracketed by {@link #enter()} and {@link #leave()}, closing wakes those who wait by
 * an eventfd that stays readable, and whoever is the last to leave closes both.
 */
public final class Descriptor {
  private static final int CLOSING = 1 << 31;

  private final int number;
  private final WakeUp wakeUp;

  /** How many are inside, and {@link #CLOSING}. */
  private final AtomicInteger users = new AtomicInteger();

  private final Object waiting = new Object();
  private final PollTable table = new PollTable(2);

  /**
   * Takes over an open descriptor; it is closed if that fails.
   *
   * @throws OperatingSystemException if no eventfd can be had
   */
  public Descriptor(int number) {
    this.number = number;
    try {
      this.wakeUp = new WakeUp();
    } catch (OperatingSystemException e) {
      Posix.close(number);
      throw e;
    }
    table.watch(0, number);
    table.watch(1, wakeUp.number());
  }

  /** The number, to be used between {@link #enter()} and {@link #leave()} only. */
  public int number() {
    return number;
  }

  /** Starts a use. Returns false, and must not be followed by {@link #leave()}, if it is closed. */
  public boolean enter() {
    return change(1);
  }

  /** Ends a use. */
  public void leave() {
    if (users.decrementAndGet() == CLOSING) {
      Posix.close(number);
      wakeUp.close();
    }
  }

  /** Whether {@link #close()} has not been called. */
  public boolean isOpen() {
    return users.get() >= 0;
  }

  /** Waits until it can be read, the time is over, or it is closed; true only in the first case. */
  public boolean awaitReadable(long timeoutNanos) {
    if (!enter()) {
      return false;
    }
    try {
      synchronized (waiting) {
        return table.await(2, timeoutNanos) && isOpen();
      }
    } finally {
      leave();
    }
  }

  /** Closes it now, or when the last use has ended, which this hastens. */
  public void close() {
    // Closing is a use itself, so that the eventfd is still ours when it is signalled.
    if (change(CLOSING + 1)) {
      wakeUp.signal();
      leave();
    }
  }

  private boolean change(int delta) {
    int now = users.get();
    while (now >= 0) {
      if (users.compareAndSet(now, now + delta)) {
        return true;
      }
      now = users.get();
    }
    return false;
  }
}
