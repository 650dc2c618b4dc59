package dev.zuido.tun.system;

/** An eventfd: what one thread signals ends another thread's wait. */
public final class WakeUp {
  private final NativeBuffer written = new NativeBuffer(Long.BYTES);
  private final NativeBuffer read = new NativeBuffer(Long.BYTES);
  private final int number;

  /** Makes one that is not signalled. */
  public WakeUp() {
    number = Linux.check("eventfd", Libc.eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK));
    written.putLong(0, 1);
  }

  /** The descriptor to wait for. */
  public int number() {
    return number;
  }

  /** Makes it readable until {@link #reset()}. */
  public void signal() {
    // It fails only where the count would overflow, and then it is readable already.
    Libc.write(number, written.address(), Long.BYTES);
  }

  /** Makes it unreadable; only the thread that waits does this. */
  public void reset() {
    Libc.read(number, read.address(), Long.BYTES);
  }

  /** Closes it; nobody may use it any more. */
  public void close() {
    Libc.close(number);
  }
}
