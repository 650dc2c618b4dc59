package dev.zuido.tun.system;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;

/** A table of {@code struct pollfd}: which descriptors somebody waits for, and which are ready. */
public final class PollTable {
  private static final int ENTRY_BYTES = 8;
  private static final int EVENTS = 4;
  private static final int RETURNED_EVENTS = 6;
  private static final int POLLIN = 1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NativeBuffer entries;

  /** Makes a table of so many entries, each to be {@linkplain #watch filled}. */
  public PollTable(int capacity) {
    entries = new NativeBuffer(Math.multiplyExact(capacity, ENTRY_BYTES));
  }

  /** Has an entry wait until a descriptor can be read. */
  public void watch(int index, int descriptor) {
    entries.putInt(index * ENTRY_BYTES, descriptor);
    entries.putShort(index * ENTRY_BYTES + EVENTS, POLLIN);
    entries.putShort(index * ENTRY_BYTES + RETURNED_EVENTS, 0);
  }

  /** Whether the last wait found the entry readable, broken or closed. */
  public boolean isReady(int index) {
    return entries.getShort(index * ENTRY_BYTES + RETURNED_EVENTS) != 0;
  }

  /**
   * Waits for the first entries, also when signals interrupt.
   *
   * @param timeoutNanos rounded up to milliseconds; 0 or less only looks
   * @return whether at least one entry is ready; false if the time is over
   */
  public boolean await(int count, long timeoutNanos) {
    long start = System.nanoTime();
    while (true) {
      long left = timeoutNanos - (System.nanoTime() - start);
      long millis = left <= 0 ? 0 : (left - 1) / NANOS_PER_MILLI + 1;
      int ready = Posix.poll(entries.address(), count, (int) Math.min(millis, Integer.MAX_VALUE));
      if (ready > 0) {
        return true;
      }
      if (ready < 0 && Linux.errno() != Errno.EINTR.number()) {
        throw new OperatingSystemException("poll", Linux.errno());
      }
      if (left <= 0) {
        return false;
      }
    }
  }
}
