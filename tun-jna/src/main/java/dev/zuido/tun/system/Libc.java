package dev.zuido.tun.system;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of the C library that this module calls on Linux beside those of {@link Posix},
 * under their own names.
 *
 * <p>Pointers, {@code size_t} and {@code ssize_t} are {@code long}. After a result below 0 the
 * error is {@link Native#getLastError()} of the same thread. {@code ioctl}, {@code fcntl} and
 * {@code open} are variadic in C, which makes no difference to the calling convention of integer
 * arguments on the platforms of {@link Linux}.
 */
public final class Libc {
  static {
    Native.register(Libc.class, NativeLibrary.getProcess());
  }

  private Libc() {}

  public static native int open(String path, int flags);

  public static native int ioctl(int descriptor, long request, long argument);

  public static native int fcntl(int descriptor, int command, long argument);

  public static native int eventfd(int initial, int flags);

  public static native int socket(int domain, int type, int protocol);

  public static native int bind(int descriptor, long address, int length);

  public static native int setsockopt(int descriptor, int level, int name, long value, int length);

  public static native int getsockopt(int descriptor, int level, int name, long value, long length);

  public static native int getsockname(int descriptor, long address, long length);

  public static native long send(int descriptor, long buffer, long length, int flags);

  public static native long recv(int descriptor, long buffer, long length, int flags);

  public static native int recvmmsg(
      int descriptor, long messages, int count, int flags, long timeout);

  public static native int sendmmsg(int descriptor, long messages, int count, int flags);
}
