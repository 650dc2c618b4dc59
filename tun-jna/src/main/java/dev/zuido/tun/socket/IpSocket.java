package dev.zuido.tun.socket;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.lang.ref.Reference;

/** What raw and UDP sockets share: options, and how long packets may be. */
abstract sealed class IpSocket extends MessageSocket
    permits RawIpSocket, RawIpv6Socket, UdpSocket, UdpIpv6Socket {

  private static final int SO_BINDTODEVICE = 25;

  private final int mtu;
  private final int maxReceiveBytes;

  IpSocket(Descriptor descriptor, String text, SocketConfiguration configuration) {
    this(descriptor, text, configuration, new UdpOffloads(false, false));
  }

  IpSocket(
      Descriptor descriptor, String text, SocketConfiguration configuration, UdpOffloads offloads) {
    super(descriptor, text, offloads);
    this.mtu = configuration.mtu();
    this.maxReceiveBytes = configuration.maxReceiveBytes();
  }

  /** Opens a non-blocking socket with the options of a configuration. */
  static Descriptor openSocket(
      String text, int domain, int type, int protocol, SocketConfiguration configuration) {
    Linux.require();
    int flags = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;
    int number = Libc.socket(domain, type | flags, protocol);
    Descriptor descriptor = new Descriptor(Linux.check("open a socket for " + text, number));
    try {
      sizeBuffers(number, configuration.bufferBytes());
      String name = configuration.interfaceName();
      if (!name.isEmpty()) {
        NativeBuffer value = new NativeBuffer(name.length() + 1);
        value.putText(0, name);
        Linux.option(
            number, "bind " + text + " to " + name, Linux.SOL_SOCKET, SO_BINDTODEVICE, value);
      }
    } catch (OperatingSystemException e) {
      descriptor.close();
      throw e;
    }
    return descriptor;
  }

  static void requirePort(int port) {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
  }

  /** Binds a UDP socket to a socket address. */
  static void bind(int number, NativeBuffer address, String operation) {
    try {
      if (Libc.bind(number, address.address(), (int) address.size()) < 0) {
        int errno = Linux.errno();
        throw new OperatingSystemException(operation, errno, adviceOnBinding(errno));
      }
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  private static String adviceOnBinding(int errno) {
    return switch (Errno.of(errno)) {
      case EADDRINUSE ->
          "Another process, perhaps another IKE daemon, has the port: ss -lunp shows which.";
      case EADDRNOTAVAIL -> "The host does not have the address: give it to an interface first.";
      case EACCES -> "CAP_NET_BIND_SERVICE is needed for ports below 1024: run as root.";
      default -> new OperatingSystemException("", errno).advice();
    };
  }

  @Override
  public final int mtu() {
    return mtu;
  }

  @Override
  public final int maxReceiveBytes() {
    return maxReceiveBytes;
  }
}
