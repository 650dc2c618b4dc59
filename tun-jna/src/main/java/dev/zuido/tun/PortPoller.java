package dev.zuido.tun;

import dev.zuido.tun.system.Darwin;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.PollTable;
import dev.zuido.tun.system.WakeUp;

/**
 * Waits for several ports, and whatever else is {@link Waitable}, at once: what the one thread of
 * an engine sleeps in until a packet, its next deadline or another thread's {@link #wakeUp()}.
 *
 * <p>One thread adds and waits; any thread wakes up. A port that is closed by another thread than
 * that one has to be followed by {@link #wakeUp()}, since its descriptor cannot report it.
 */
public final class PortPoller implements AutoCloseable {
  private final WakeUp wakeUp;
  private final PollTable table;
  private final Waitable[] ports;

  /** Which ports have something that their descriptors do not know of, at the last wait. */
  private final boolean[] pending;

  private int size;
  private boolean open = true;

  /**
   * Makes a poller without ports.
   *
   * @param capacity how many ports it can wait for, at least 1
   * @throws OperatingSystemException if there are too many open files
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public PortPoller(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a poller waits for at least one port");
    }
    if (!Darwin.isHere()) {
      Linux.require();
    }
    ports = new Waitable[capacity];
    pending = new boolean[capacity];
    table = new PollTable(Math.addExact(capacity, 1));
    wakeUp = new WakeUp();
    table.watch(0, wakeUp.number());
  }

  /**
   * Adds an open port, or whatever else is to be waited for.
   *
   * @return its index, counted from 0
   * @throws IllegalStateException if the poller has as many as it can wait for
   */
  public int add(Waitable port) {
    if (size == ports.length) {
      throw new IllegalStateException("the poller waits for " + size + " ports already");
    }
    ports[size] = port;
    table.watch(size + 1, port.fileDescriptor());
    return size++;
  }

  /**
   * Waits until a port can be read, the time is over or {@link #wakeUp()} was called.
   *
   * @param timeoutNanos how long to wait at most, rounded up to milliseconds; 0 or less only looks
   * @return whether at least one port {@linkplain #isReady is ready}
   */
  public boolean await(long timeoutNanos) {
    boolean anyPending = false;
    for (int i = 0; i < size; i++) {
      boolean isOpen = ports[i].isOpen();
      pending[i] = isOpen && ports[i].hasPending();
      anyPending |= pending[i];
      // poll() skips an entry below 0.
      table.watch(i + 1, isOpen ? ports[i].fileDescriptor() : -1);
    }
    if (!table.await(size + 1, anyPending ? 0 : timeoutNanos)) {
      return anyPending;
    }
    if (table.isReady(0)) {
      wakeUp.reset();
    }
    for (int i = 0; i < size; i++) {
      if (isReady(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last wait found that a port would receive something, or is broken. */
  public boolean isReady(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("port " + index + " of " + size);
    }
    return pending[index] || table.isReady(index + 1);
  }

  /** Ends the wait that is under way or else the next one; from any thread. */
  public void wakeUp() {
    synchronized (wakeUp) {
      if (open) {
        wakeUp.signal();
      }
    }
  }

  /** Frees the poller, not the ports. Not while a thread waits in it. */
  @Override
  public void close() {
    synchronized (wakeUp) {
      if (open) {
        open = false;
        wakeUp.close();
      }
    }
  }
}
