package dev.zuido.tun;

import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.lang.ref.Reference;

/**
 * The requests of the TUN driver ({@code linux/if_tun.h}) and their {@code struct ifreq}.
 *
 * <pre>
 *   | name 16, ended by a zero byte | flags 2 | unused up to 40 |
 * </pre>
 */
final class TunRequest {
  static final int IFREQ_BYTES = 40;
  static final int IFNAMSIZ = 16;
  static final int IFREQ_FLAGS = 16;
  static final long TUNSETIFF = 0x400454caL;
  static final long TUNGETIFF = 0x800454d2L;
  static final long TUNSETOFFLOAD = 0x400454d0L;
  static final long TUNSETVNETHDRSZ = 0x400454d8L;
  static final long TUNSETCARRIER = 0x400454e2L;
  static final int TUN_F_CSUM = 1;
  static final int TUN_F_TSO4 = 2;
  static final int TUN_F_TSO6 = 4;
  static final int IFF_TUN = 1;
  static final int IFF_TAP = 2;
  static final int IFF_NO_PI = 0x1000;
  static final int IFF_MULTI_QUEUE = 0x100;
  static final int IFF_VNET_HDR = 0x4000;

  private TunRequest() {}

  /** A request for an interface of a name. */
  static NativeBuffer ofName(String name, TunOptions options) {
    boolean usable =
        !name.isEmpty()
            && name.length() <= LinuxTunDevice.MAX_NAME_LENGTH
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
    if (!usable) {
      throw new IllegalArgumentException(
          "an interface's name is 1 to 15 visible ASCII characters without / and :, not '"
              + name
              + "'");
    }
    NativeBuffer request = new NativeBuffer(IFREQ_BYTES);
    request.putText(0, name);
    request.putShort(
        IFREQ_FLAGS,
        IFF_TUN
            | IFF_NO_PI
            | (options.vnetHeader() ? IFF_VNET_HDR : 0)
            | (options.multiQueue() ? IFF_MULTI_QUEUE : 0));
    return request;
  }

  /** The name that the kernel has written into a request. */
  static String name(NativeBuffer request) {
    return request.getText(0, IFNAMSIZ);
  }

  /** Attaches a descriptor of the clone device to the interface of a request. */
  static void attach(int descriptor, String name, NativeBuffer request) {
    try {
      if (Libc.ioctl(descriptor, TUNSETIFF, request.address()) < 0) {
        int errno = Linux.errno();
        throw new OperatingSystemException(
            "make the TUN interface " + name, errno, adviceOnAttaching(errno));
      }
    } finally {
      Reference.reachabilityFence(request);
    }
  }

  /** Has the host leave segmentation and checksums to the device, as the options say. */
  static void enableOffload(int descriptor, String name, TunOptions options) {
    if (!options.vnetHeader()) {
      return;
    }
    setInt(descriptor, TUNSETVNETHDRSZ, VirtioHeader.BYTES, "size the headers of " + name);
    // This one takes its argument by value.
    if (Libc.ioctl(descriptor, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) < 0) {
      throw new OperatingSystemException("enable the offload of " + name, Linux.errno());
    }
  }

  /** Tells the host whether the line behind the interface is connected. */
  static void setCarrier(int descriptor, String name, boolean carrier) {
    setInt(descriptor, TUNSETCARRIER, carrier ? 1 : 0, "set the carrier of " + name);
  }

  private static void setInt(int descriptor, long request, int value, String operation) {
    NativeBuffer argument = new NativeBuffer(Integer.BYTES);
    argument.putInt(0, value);
    try {
      if (Libc.ioctl(descriptor, request, argument.address()) < 0) {
        int errno = Linux.errno();
        String advice =
            switch (Errno.of(errno)) {
              case EINVAL, ENOTTY -> "This kernel lacks it: a newer one is needed.";
              case EBADFD -> "The interface was deleted: open it again.";
              default -> new OperatingSystemException("", errno).advice();
            };
        throw new OperatingSystemException(operation, errno, advice);
      }
    } finally {
      Reference.reachabilityFence(argument);
    }
  }

  /**
   * The name and flags of the interface behind a descriptor, which has to deliver packets as the
   * options say.
   */
  static NativeBuffer describe(int descriptor, TunOptions options) {
    NativeBuffer request = new NativeBuffer(IFREQ_BYTES);
    try {
      if (Libc.ioctl(descriptor, TUNGETIFF, request.address()) < 0) {
        throw new OperatingSystemException(
            "take over descriptor " + descriptor,
            Linux.errno(),
            "It has to be an open descriptor of /dev/net/tun that is attached to an interface.");
      }
    } finally {
      Reference.reachabilityFence(request);
    }
    int wanted = IFF_TUN | IFF_NO_PI | (options.vnetHeader() ? IFF_VNET_HDR : 0);
    int flags = request.getShort(IFREQ_FLAGS);
    if ((flags & (IFF_TUN | IFF_TAP | IFF_NO_PI | IFF_VNET_HDR)) != wanted) {
      throw new IllegalArgumentException(
          name(request)
              + " is not a TUN interface with IFF_NO_PI and "
              + (options.vnetHeader() ? "with" : "without")
              + " IFF_VNET_HDR");
    }
    return request;
  }

  /** Makes a descriptor non-blocking. */
  static void makeNonBlocking(int descriptor) {
    int flags = Linux.check("fcntl", Libc.fcntl(descriptor, Linux.F_GETFL, 0));
    Linux.check("fcntl", Libc.fcntl(descriptor, Linux.F_SETFL, flags | Linux.O_NONBLOCK));
  }

  /** What to do if the clone device cannot be opened. */
  static String adviceOnOpening(int errno) {
    return switch (Errno.of(errno)) {
      case ENOENT ->
          "The TUN driver or its device file is missing: modprobe tun; in a container, give it the"
              + " device (--device /dev/net/tun).";
      case ENODEV, ENXIO -> "The kernel has no TUN driver: modprobe tun.";
      case EACCES, EPERM ->
          "The permissions of /dev/net/tun, or the container's rules for devices, forbid it.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }

  /** What to do if the interface cannot be made. */
  static String adviceOnAttaching(int errno) {
    return switch (Errno.of(errno)) {
      case EPERM ->
          "CAP_NET_ADMIN is needed: run as root (in a container: --cap-add NET_ADMIN), or let root"
              + " make a persistent interface for this user (ip tuntap add mode tun user ...).";
      case EBUSY ->
          "Another process holds the interface of this name: end it, or choose another name.";
      case EINVAL ->
          "The name belongs to an interface that is not a TUN interface of this kind or has other"
              + " options, or the kernel does not take the name: choose another.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }
}
