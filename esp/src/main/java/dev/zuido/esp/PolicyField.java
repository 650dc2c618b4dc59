package dev.zuido.esp;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;

/**
 * A field that a {@link PolicyIndex} divides policies by, as a number of 128 bits whose first bits
 * are the field. A policy has a range of it, a packet a value.
 */
enum PolicyField {
  /** The remote address. */
  REMOTE,
  /** The local address. */
  LOCAL,
  /** The protocol. */
  PROTOCOL,
  /** The remote port. */
  REMOTE_PORT,
  /** The local port, or type and code. */
  LOCAL_PORT;

  private static final int PROTOCOL_SHIFT = 56;
  private static final int PORT_SHIFT = 48;

  static long maskHigh(int length) {
    return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
  }

  static long maskLow(int length) {
    return length <= 64 ? 0 : -1L << (128 - length);
  }

  long firstHigh(TrafficSelector selector, boolean ipv6) {
    return switch (this) {
      case REMOTE -> firstHigh(selector.remote(), ipv6);
      case LOCAL -> firstHigh(selector.local(), ipv6);
      case PROTOCOL -> (long) Math.max(0, selector.protocol()) << PROTOCOL_SHIFT;
      case REMOTE_PORT -> (long) selector.remotePorts().first() << PORT_SHIFT;
      case LOCAL_PORT -> (long) selector.localPorts().first() << PORT_SHIFT;
    };
  }

  long firstLow(TrafficSelector selector) {
    return switch (this) {
      case REMOTE -> firstLow(selector.remote());
      case LOCAL -> firstLow(selector.local());
      default -> 0;
    };
  }

  long lastHigh(TrafficSelector selector, boolean ipv6) {
    return switch (this) {
      case REMOTE -> lastHigh(selector.remote(), ipv6);
      case LOCAL -> lastHigh(selector.local(), ipv6);
      case PROTOCOL ->
          selector.protocol() == TrafficSelector.ANY_PROTOCOL
              ? -1L
              : (long) selector.protocol() << PROTOCOL_SHIFT;
      case REMOTE_PORT -> (long) selector.remotePorts().last() << PORT_SHIFT;
      case LOCAL_PORT -> (long) selector.localPorts().last() << PORT_SHIFT;
    };
  }

  long lastLow(TrafficSelector selector) {
    return switch (this) {
      case REMOTE -> lastLow(selector.remote());
      case LOCAL -> lastLow(selector.local());
      default -> 0;
    };
  }

  private static long firstHigh(AddressRange range, boolean ipv6) {
    if (ipv6) {
      return range.first() instanceof Ipv6Address first ? first.high() : 0;
    }
    return range.first() instanceof Ipv4Address first ? (long) first.value() << 32 : 0;
  }

  private static long firstLow(AddressRange range) {
    return range.first() instanceof Ipv6Address first ? first.low() : 0;
  }

  private static long lastHigh(AddressRange range, boolean ipv6) {
    if (ipv6) {
      return range.last() instanceof Ipv6Address last ? last.high() : -1L;
    }
    return range.last() instanceof Ipv4Address last ? (long) last.value() << 32 : -1L;
  }

  private static long lastLow(AddressRange range) {
    return range.last() instanceof Ipv6Address last ? last.low() : 0;
  }

  /** The first 64 bits of a packet's value. */
  long high(FlowKey key) {
    return switch (this) {
      case REMOTE -> key.remoteHigh;
      case LOCAL -> key.localHigh;
      case PROTOCOL -> (long) UpperLayer.protocol(key.upper) << PROTOCOL_SHIFT;
      case REMOTE_PORT -> (long) UpperLayer.remotePort(key.upper) << PORT_SHIFT;
      case LOCAL_PORT -> (long) UpperLayer.localPort(key.upper) << PORT_SHIFT;
    };
  }

  /** The last 64 bits of a packet's value. */
  long low(FlowKey key) {
    return switch (this) {
      case REMOTE -> key.remoteLow;
      case LOCAL -> key.localLow;
      default -> 0;
    };
  }
}
