package dev.zuido.tun;

import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.tun.system.Posix;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The kernel's settings of the network, below {@code /proc/sys/net}, of the network namespace of
 * the process.
 *
 * <p>Names are those of sysctl(8) with slashes, since the names of interfaces can have dots: {@code
 * net/ipv4/ip_forward}, {@code net/ipv4/conf/eth0.7/rp_filter}.
 */
public final class Sysctl {
  private static final String ROOT = "/proc/sys/";
  private static final int MAX_VALUE_BYTES = 4096;
  private static final Pattern NAME = Pattern.compile("net(/[^/\\x00-\\x20\\x7f-\\uffff]+)+");

  private Sysctl() {}

  /**
   * Reads a setting.
   *
   * @return its value without the line's end
   * @throws OperatingSystemException ENOENT if there is no such setting or interface, EACCES if it
   *     may not be read
   * @throws IllegalArgumentException if it is no name below {@code net/}
   */
  public static String read(String name) {
    NativeBuffer value = new NativeBuffer(MAX_VALUE_BYTES);
    String operation = "read " + name;
    int descriptor = open(operation, name, Linux.O_RDONLY);
    try {
      int length = check(operation, Posix.read(descriptor, value.address(), MAX_VALUE_BYTES));
      byte[] bytes = new byte[length];
      value.get(0, bytes, 0, length);
      return new String(bytes, StandardCharsets.US_ASCII).stripTrailing();
    } finally {
      Posix.close(descriptor);
      Reference.reachabilityFence(value);
    }
  }

  /**
   * Reads a setting that is a number.
   *
   * @throws OperatingSystemException as {@link #read}
   * @throws NumberFormatException if it is no number
   */
  public static int readInt(String name) {
    return Integer.parseInt(read(name));
  }

  /**
   * Changes a setting, for all that use the network namespace and until it is changed again.
   *
   * @throws OperatingSystemException ENOENT if there is no such setting or interface, EACCES
   *     without the privilege, EROFS where a container may not change it, EINVAL if the kernel does
   *     not take the value
   * @throws IllegalArgumentException if it is no name below {@code net/}, or the value is too long
   */
  public static void write(String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length == 0 || bytes.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("no value of a setting: '" + value + "'");
    }
    NativeBuffer buffer = new NativeBuffer(bytes.length);
    buffer.put(0, bytes, 0, bytes.length);
    String operation = "set " + name + " to " + value;
    int descriptor = open(operation, name, Linux.O_WRONLY);
    try {
      check(operation, Posix.write(descriptor, buffer.address(), bytes.length));
    } finally {
      Posix.close(descriptor);
      Reference.reachabilityFence(buffer);
    }
  }

  /** Changes a setting that is a number, as {@link #write(String, String)} does. */
  public static void write(String name, int value) {
    write(name, Integer.toString(value));
  }

  private static int open(String operation, String name, int flags) {
    Linux.require();
    if (!NAME.matcher(name).matches() || (name + "/").contains("/../")) {
      throw new IllegalArgumentException("no setting of the network: '" + name + "'");
    }
    return check(operation, Libc.open(ROOT + name, flags | Linux.O_CLOEXEC));
  }

  private static int check(String operation, long result) {
    if (result < 0) {
      int errno = Linux.errno();
      throw new OperatingSystemException(operation, errno, advice(errno));
    }
    return (int) result;
  }

  private static String advice(int errno) {
    return switch (Errno.of(errno)) {
      case ENOENT ->
          "The interface is absent, or the kernel lacks the setting (as those of IPv6 where that is"
              + " not built in).";
      case EACCES, EPERM -> "It needs root in the network namespace.";
      case EROFS ->
          "The container may not change settings: change it on the host, or give the container the"
              + " setting (--sysctl) or more privileges.";
      case EINVAL, ERANGE -> "The kernel does not take this value.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }
}
