package dev.zuido.tun.system;

import com.sun.jna.Native;
import dev.zuido.tun.OperatingSystemException;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.Set;

/** Constants that several callers share, the check of the platform, and errors as exceptions. */
public final class Linux {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;
  public static final int F_GETFL = 3;
  public static final int F_SETFL = 4;

  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;
  public static final int AF_NETLINK = 16;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_NONBLOCK = O_NONBLOCK;
  public static final int SOCK_CLOEXEC = O_CLOEXEC;
  public static final int SOL_SOCKET = 1;
  public static final int MSG_TRUNC = 0x20;
  public static final int MSG_DONTWAIT = 0x40;

  static final int EFD_NONBLOCK = O_NONBLOCK;
  static final int EFD_CLOEXEC = O_CLOEXEC;

  private static final Set<String> ARCHITECTURES =
      Set.of("amd64", "x86_64", "aarch64", "riscv64", "loongarch64");

  private Linux() {}

  /**
   * Checks that the constants of this package are those of the platform.
   *
   * @throws UnsupportedOperationException if it is not 64-bit Linux of a known architecture
   */
  public static void require() {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
      throw new UnsupportedOperationException(
          "native ports are for Linux on x86-64, arm64, riscv64 and loongarch64, not for "
              + system
              + " on "
              + architecture);
    }
  }

  /** The error number of this thread's last call. */
  public static int errno() {
    return Native.getLastError();
  }

  /** The result of a call, or its error as an exception if it is below 0. */
  public static int check(String operation, int result) {
    if (result < 0) {
      throw new OperatingSystemException(operation, errno());
    }
    return result;
  }

  /** Sets an integer option of a socket. */
  public static void option(int descriptor, String operation, int level, int name, int value) {
    NativeBuffer buffer = new NativeBuffer(Integer.BYTES);
    buffer.putInt(0, value);
    option(descriptor, operation, level, name, buffer);
  }

  /** Sets an option of a socket. */
  public static void option(
      int descriptor, String operation, int level, int name, NativeBuffer value) {
    try {
      check(
          operation, Libc.setsockopt(descriptor, level, name, value.address(), (int) value.size()));
    } finally {
      Reference.reachabilityFence(value);
    }
  }
}
