package dev.zuido.tun.system;

/**
 * What one thread signals ends another thread's wait: an eventfd, or a pipe where there is none.
 */
public final class WakeUp {
  private final NativeBuffer written = new NativeBuffer(Long.BYTES);
  private final NativeBuffer read = new NativeBuffer(Long.BYTES);
  private final int number;
  private final int signalled;

  /** Makes one that is not signalled. */
  public WakeUp() {
    if (Darwin.isHere()) {
      NativeBuffer ends = new NativeBuffer(2 * Integer.BYTES);
      Darwin.pipe(ends);
      number = ends.getInt(0);
      signalled = ends.getInt(Integer.BYTES);
    } else {
      number = Linux.check("eventfd", Libc.eventfd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK));
      signalled = number;
    }
    written.putLong(0, 1);
  }

  /** The descriptor to wait for. */
  public int number() {
    return number;
  }

  /** Makes it readable until {@link #reset()}. */
  public void signal() {
    // It fails only where the count would overflow, or the pipe is full: it is readable already.
    Posix.write(signalled, written.address(), Long.BYTES);
  }

  /** Makes it unreadable; only the thread that waits does this. */
  public void reset() {
    long length;
    do {
      length = Posix.read(number, read.address(), Long.BYTES);
      // An eventfd is empty after one read, a pipe holds each signal.
    } while (length > 0 && number != signalled);
  }

  /** Closes it; nobody may use it any more. */
  public void close() {
    Posix.close(number);
    if (number != signalled) {
      Posix.close(signalled);
    }
  }
}
