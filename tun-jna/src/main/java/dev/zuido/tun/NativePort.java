package dev.zuido.tun;

import dev.zuido.wire.BatchPort;

/**
 * A port behind which a file descriptor of the operating system stands.
 *
 * <p>{@link #receive} and {@link #send} never block. A thread that has nothing else to do waits in
 * {@link #awaitReadable}, or for several ports at once in a {@link PortPoller}. One thread at a
 * time receives, one sends, one waits; any thread may close.
 */
public interface NativePort extends BatchPort, Waitable, AutoCloseable {
  /**
   * Waits until a packet can be received, the time is over, or another thread closes the port.
   *
   * @param timeoutNanos how long to wait at most; 0 or less only looks
   * @return whether {@link #receive} would find something; false once the port is closed
   */
  boolean awaitReadable(long timeoutNanos);

  /** Whether it is open: of the link behind it the port hears nothing. */
  @Override
  default boolean isUp() {
    return isOpen();
  }

  /**
   * Closes the port and ends at once what waits for it. The descriptor itself is closed when the
   * last call that uses it has returned. Closing again does nothing.
   */
  @Override
  void close();
}
