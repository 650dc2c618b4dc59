package dev.zuido.tun;

import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/**
 * A lock that one process of a network namespace can hold, for what is there once: routes of a
 * protocol number, a table of the packet filter. The kernel takes it back when the process ends,
 * however it ends.
 *
 * <p>It is an abstract Unix domain socket that nobody connects to: their names belong to the
 * network namespace, and no file is left behind.
 */
public final class NamespaceLock implements AutoCloseable {
  /** The longest name, in ASCII characters. */
  public static final int MAX_NAME_LENGTH = 100;

  private static final int AF_UNIX = 1;

  /** {@code struct sockaddr_un}: the family, then a name that begins with a zero byte. */
  private static final int NAME_OFFSET = 2;

  private final Descriptor descriptor;

  private NamespaceLock(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Takes the lock.
   *
   * @param name what is locked, up to {@value #MAX_NAME_LENGTH} visible ASCII characters
   * @throws OperatingSystemException EADDRINUSE if another process holds it
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static NamespaceLock acquire(String name) {
    Linux.require();
    if (name.isEmpty()
        || name.length() > MAX_NAME_LENGTH
        || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("not the name of a lock: '" + name + "'");
    }
    int type = Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC;
    String operation = "lock " + name + " in this network namespace";
    Descriptor descriptor = new Descriptor(Linux.check(operation, Libc.socket(AF_UNIX, type, 0)));
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    NativeBuffer address = new NativeBuffer(NAME_OFFSET + 1 + bytes.length);
    address.putShort(0, AF_UNIX);
    address.put(NAME_OFFSET + 1, bytes, 0, bytes.length);
    try {
      int length = NAME_OFFSET + 1 + bytes.length;
      if (Libc.bind(descriptor.number(), address.address(), length) < 0) {
        int errno = Linux.errno();
        descriptor.close();
        throw new OperatingSystemException(
            operation, errno, "Another process holds it: one of them at a time.");
      }
    } finally {
      Reference.reachabilityFence(address);
    }
    return new NamespaceLock(descriptor);
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    descriptor.close();
  }
}
