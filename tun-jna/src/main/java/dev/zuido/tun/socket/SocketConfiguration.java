package dev.zuido.tun.socket;

/**
 * What raw and UDP sockets have in common.
 *
 * @param interfaceName the interface to which the socket is bound: it receives what arrives there
 *     only, and sends out of it only; empty for all
 * @param mtu the longest packet that the port sends, {@value #MIN_MTU} to {@value #MAX_MTU} bytes
 * @param maxReceiveBytes the longest packet that the port delivers, at least the MTU, up to {@value
 *     #MAX_MTU} bytes: the kernel reassembles fragments, so more than the MTU can arrive
 * @param bufferBytes what the kernel may queue in each direction, at least 4096; it may grant less
 *     (net.core.rmem_max, wmem_max) to a process without CAP_NET_ADMIN
 * @param segmentation whether a UDP socket leaves it to the kernel to cut datagrams apart that go
 *     to one peer, where it can (UDP_SEGMENT); of no meaning to raw sockets
 * @param coalescing whether a UDP socket takes datagrams together that come from one peer, where
 *     the kernel can (UDP_GRO); of no meaning to raw sockets. Batches hold the same in any case
 */
public record SocketConfiguration(
    String interfaceName,
    int mtu,
    int maxReceiveBytes,
    int bufferBytes,
    boolean segmentation,
    boolean coalescing) {
  /** The smallest MTU: every IPv4 link carries 68 bytes (RFC 791). */
  public static final int MIN_MTU = 68;

  /** The largest MTU. */
  public static final int MAX_MTU = 0xffff;

  /** The messages that one system call moves at most. */
  public static final int MAX_GROUP = 64;

  /** What is queued unless chosen otherwise. */
  public static final int DEFAULT_BUFFER_BYTES = 1 << 20;

  /** With the offloads that the kernel has. */
  public SocketConfiguration(String interfaceName, int mtu, int maxReceiveBytes, int bufferBytes) {
    this(interfaceName, mtu, maxReceiveBytes, bufferBytes, true, true);
  }

  /** Checks the ranges. */
  public SocketConfiguration {
    requireName(interfaceName);
    if (mtu < MIN_MTU || mtu > MAX_MTU || bufferBytes < 4096) {
      throw new IllegalArgumentException("the MTU or the buffer is too small or too large");
    }
    if (maxReceiveBytes < mtu || maxReceiveBytes > MAX_MTU) {
      throw new IllegalArgumentException(
          "what is received is as long as the MTU, up to " + MAX_MTU);
    }
  }

  static void requireName(String interfaceName) {
    if (interfaceName.length() > 15
        || interfaceName.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '/')) {
      throw new IllegalArgumentException("not an interface's name: '" + interfaceName + "'");
    }
  }

  /** Bound to no interface, with an MTU of 1500. */
  public static SocketConfiguration onAll() {
    return on("");
  }

  /** Bound to an interface, with an MTU of 1500. */
  public static SocketConfiguration on(String interfaceName) {
    return new SocketConfiguration(interfaceName, 1500, 1500, DEFAULT_BUFFER_BYTES);
  }

  /**
   * The same with another MTU, and with the longest packet to be delivered as the MTU where it was
   * so before.
   */
  public SocketConfiguration withMtu(int bytes) {
    int longest = maxReceiveBytes == mtu ? bytes : Math.max(bytes, maxReceiveBytes);
    return new SocketConfiguration(
        interfaceName, bytes, longest, bufferBytes, segmentation, coalescing);
  }

  /**
   * The same with another longest packet to be delivered: {@value #MAX_MTU} for all that the kernel
   * reassembles.
   */
  public SocketConfiguration withMaxReceiveBytes(int bytes) {
    return new SocketConfiguration(
        interfaceName, mtu, bytes, bufferBytes, segmentation, coalescing);
  }

  /** The same with another queue in the kernel, in bytes. */
  public SocketConfiguration withBufferBytes(int bytes) {
    return new SocketConfiguration(
        interfaceName, mtu, maxReceiveBytes, bytes, segmentation, coalescing);
  }

  /** The same with UDP_SEGMENT where the kernel has it, or without. */
  public SocketConfiguration withSegmentation(boolean wanted) {
    return new SocketConfiguration(
        interfaceName, mtu, maxReceiveBytes, bufferBytes, wanted, coalescing);
  }

  /** The same with UDP_GRO where the kernel has it, or without. */
  public SocketConfiguration withCoalescing(boolean wanted) {
    return new SocketConfiguration(
        interfaceName, mtu, maxReceiveBytes, bufferBytes, segmentation, wanted);
  }
}
