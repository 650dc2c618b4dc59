package dev.zuido.tun;

/** What a {@link PortPoller} can wait for: a file descriptor that becomes readable. */
public interface Waitable {
  /**
   * The number of the file descriptor. It stays its owner's: whoever asks must not close it, and
   * must not use it once {@link #isOpen()} is false.
   */
  int fileDescriptor();

  /** Whether it has not been closed. */
  boolean isOpen();

  /**
   * Whether something has been read from the descriptor and waits to be taken, so that the
   * descriptor need not be readable. Nobody waits for a descriptor whose owner has such.
   */
  default boolean hasPending() {
    return false;
  }
}
