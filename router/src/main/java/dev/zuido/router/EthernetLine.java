package dev.zuido.router;

import dev.zuido.wire.BatchPort;
import dev.zuido.wire.MacAddress;

/**
 * The Ethernet behind a physical interface with {@code pppoe enable}, over which a Dialer interface
 * has its PPPoE session.
 *
 * <p>The port moves whole Ethernet frames of the types 0x8863 and 0x8864 (RFC 2516): from the
 * destination address to the end of the payload, without the frame check sequence. What it receives
 * may be padded to Ethernet's least length; what it is given is not.
 *
 * @param port the frames' port; its {@link BatchPort#mtu} is the largest frame in bytes, 14 more
 *     than the largest Ethernet payload: 1514, or more where larger PPP payloads can be agreed (RFC
 *     4638)
 * @param address our Ethernet address there
 */
public record EthernetLine(BatchPort port, MacAddress address) {
  /** Bytes of a frame before its payload. */
  public static final int HEADER = 14;

  /** Checks that the port takes at least a frame of a discovery packet. */
  public EthernetLine {
    if (port.mtu() < HEADER + 68) {
      throw new IllegalArgumentException("an Ethernet port takes frames, its header included");
    }
  }

  /** The largest Ethernet payload, in bytes. */
  int payloadMtu() {
    return port.mtu() - HEADER;
  }
}
