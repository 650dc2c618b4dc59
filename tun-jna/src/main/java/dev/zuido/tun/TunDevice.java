package dev.zuido.tun;

import dev.zuido.wire.BatchPort;

/**
 * A layer-3 interface: what is sent to it enters the host's network stack, what the host routes to
 * it is received from it. Packets are IPv4 and IPv6 packets without any link-layer header.
 *
 * <p>A closed device receives nothing and takes nothing.
 */
public interface TunDevice extends BatchPort, AutoCloseable {
  /** The smallest MTU that a device takes: every IPv4 link carries 68 bytes (RFC 791). */
  int MIN_MTU = 68;

  /** The largest MTU that a device takes. */
  int MAX_MTU = 0xffff;

  /** The name of the interface, for example {@code tun0}. */
  String name();

  /**
   * Changes the MTU; packets that wait already are not affected.
   *
   * @param bytes {@value #MIN_MTU} to {@value #MAX_MTU}
   * @throws IllegalArgumentException if it is outside of this range
   */
  void setMtu(int bytes);

  /** What the device has done so far. */
  TunStatistics statistics();

  /** Closes the device and forgets the packets that wait. Closing again does nothing. */
  @Override
  void close();
}
