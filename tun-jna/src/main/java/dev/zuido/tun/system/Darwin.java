package dev.zuido.tun.system;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.Set;

/**
 * What macOS has beside or otherwise than Linux.
 *
 * <p>{@code ioctl} and {@code fcntl} are variadic in C, and on Apple silicon an argument behind the
 * fixed ones is passed on the stack, unlike in a call of a function that is not variadic. Their
 * declarations here have so many parameters that the last one is passed on the stack too: the
 * argument is given twice, as the first behind the fixed ones for x86-64, and as the last for Apple
 * silicon; what is between is not looked at.
 */
public final class Darwin {
  public static final int AF_SYSTEM = 32;
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 30;
  public static final int SOCK_DGRAM = 2;

  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int FD_CLOEXEC = 1;
  private static final int O_NONBLOCK = 4;
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  private Darwin() {}

  /** The functions, in a class of their own that is initialized on macOS only. */
  private static final class Functions {
    static {
      Native.register(Functions.class, NativeLibrary.getProcess());
    }

    private Functions() {}

    static native int socket(int domain, int type, int protocol);

    static native int connect(int descriptor, long address, int length);

    static native int getsockopt(int descriptor, int level, int name, long value, long length);

    static native int pipe(long descriptors);

    static native int ioctl(
        int descriptor,
        long request,
        long argument,
        long unused1,
        long unused2,
        long unused3,
        long unused4,
        long unused5,
        long sameArgument);

    static native int fcntl(
        int descriptor,
        int command,
        long argument,
        long unused1,
        long unused2,
        long unused3,
        long unused4,
        long unused5,
        long sameArgument);
  }

  /** Whether this is macOS. */
  public static boolean isHere() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }

  /**
   * Checks that the constants of this class are those of the platform.
   *
   * @throws UnsupportedOperationException if it is not macOS on x86-64 or arm64
   */
  public static void require() {
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (!isHere() || !ARCHITECTURES.contains(architecture)) {
      throw new UnsupportedOperationException(
          "utun interfaces are for macOS on x86-64 and arm64, not for "
              + System.getProperty("os.name", "")
              + " on "
              + architecture);
    }
  }

  /** Opens a socket. */
  public static int socket(String operation, int domain, int type, int protocol) {
    return check(operation, Functions.socket(domain, type, protocol));
  }

  /** Connects a socket; the result is below 0 if it fails. */
  public static int connect(int descriptor, NativeBuffer address) {
    try {
      return Functions.connect(descriptor, address.address(), (int) address.size());
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  /** Reads an option of a socket into a buffer. */
  public static void socketOption(
      String operation, int descriptor, int level, int name, NativeBuffer value) {
    NativeBuffer length = new NativeBuffer(Integer.BYTES);
    length.putInt(0, (int) value.size());
    try {
      check(
          operation,
          Functions.getsockopt(descriptor, level, name, value.address(), length.address()));
    } finally {
      Reference.reachabilityFence(value);
      Reference.reachabilityFence(length);
    }
  }

  /** Controls a device; its argument is a buffer. */
  public static void ioctl(String operation, int descriptor, long request, NativeBuffer argument) {
    long address = argument.address();
    try {
      check(operation, Functions.ioctl(descriptor, request, address, 0, 0, 0, 0, 0, address));
    } finally {
      Reference.reachabilityFence(argument);
    }
  }

  /** Makes a pipe whose ends do not block: writes the descriptors to read and to write. */
  static void pipe(NativeBuffer descriptors) {
    check("make a pipe", Functions.pipe(descriptors.address()));
    prepare(descriptors.getInt(0));
    prepare(descriptors.getInt(Integer.BYTES));
  }

  /** Makes a descriptor non-blocking and keeps it from the programs that the process starts. */
  public static void prepare(int descriptor) {
    int flags = check("fcntl", fcntl(descriptor, F_GETFL, 0));
    check("fcntl", fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
    check("fcntl", fcntl(descriptor, F_SETFD, FD_CLOEXEC));
  }

  private static int fcntl(int descriptor, int command, long argument) {
    return Functions.fcntl(descriptor, command, argument, 0, 0, 0, 0, 0, argument);
  }

  private static int check(String operation, int result) {
    if (result < 0) {
      throw new OperatingSystemException(operation, errno());
    }
    return result;
  }

  /** The error number of this thread's last call, as Linux numbers it. */
  public static int errno() {
    return linuxNumber(Native.getLastError());
  }

  /**
   * The number that Linux gives an error of macOS ({@code sys/errno.h}), which is the same up to 34
   * but for one; the negative number where {@link Errno} has none for it.
   */
  static int linuxNumber(int number) {
    return switch (number) {
      case 11 -> -number;
      case 35 -> Errno.EAGAIN.number();
      case 40 -> Errno.EMSGSIZE.number();
      case 42 -> Errno.ENOPROTOOPT.number();
      case 43 -> Errno.EPROTONOSUPPORT.number();
      case 45, 102 -> Errno.EOPNOTSUPP.number();
      case 47 -> Errno.EAFNOSUPPORT.number();
      case 48 -> Errno.EADDRINUSE.number();
      case 49 -> Errno.EADDRNOTAVAIL.number();
      case 50 -> Errno.ENETDOWN.number();
      case 51 -> Errno.ENETUNREACH.number();
      case 55 -> Errno.ENOBUFS.number();
      case 60 -> Errno.ETIMEDOUT.number();
      case 61 -> Errno.ECONNREFUSED.number();
      case 65 -> Errno.EHOSTUNREACH.number();
      case 78 -> Errno.ENOSYS.number();
      default -> number > 34 ? -number : number;
    };
  }
}
