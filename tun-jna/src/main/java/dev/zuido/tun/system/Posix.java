package dev.zuido.tun.system;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of the C library that are called on every platform, under their own names; types
 * and errors are as in {@link Libc}.
 */
public final class Posix {
  static {
    Native.register(Posix.class, NativeLibrary.getProcess());
  }

  private Posix() {}

  public static native int close(int descriptor);

  public static native long read(int descriptor, long buffer, long count);

  public static native long write(int descriptor, long buffer, long count);

  public static native int poll(long descriptors, long count, int timeoutMillis);
}
