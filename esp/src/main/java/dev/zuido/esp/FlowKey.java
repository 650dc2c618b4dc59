package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * All that selectors can see of a packet, from our point of view. Packets with equal keys are
 * decided alike by a database, so that a key is what a {@link FlowCache} remembers by.
 *
 * <p>It is filled anew for each packet; one thread uses it. Addresses are left-aligned in 128 bits,
 * IPv4 addresses in the highest 32.
 */
final class FlowKey {
  boolean ipv6;
  long localHigh;
  long localLow;
  long remoteHigh;
  long remoteLow;

  /** The {@link UpperLayer}, local port first. */
  long upper;

  /**
   * Takes the key of a well-formed packet.
   *
   * @return false if it is IPv6 and its extension headers cannot be walked
   */
  boolean read(byte[] bytes, int offset, boolean outbound) {
    long found = UpperLayer.of(bytes, offset);
    if (found == UpperLayer.MALFORMED) {
      return false;
    }
    upper = UpperLayer.localFirst(found, outbound);
    ipv6 = Ipv4Fields.version(bytes, offset) == 6;
    if (ipv6) {
      readIpv6(bytes, offset, outbound);
      return true;
    }
    long source = (long) Ipv4Fields.source(bytes, offset) << 32;
    long destination = (long) Ipv4Fields.destination(bytes, offset) << 32;
    localHigh = outbound ? source : destination;
    remoteHigh = outbound ? destination : source;
    localLow = 0;
    remoteLow = 0;
    return true;
  }

  private void readIpv6(byte[] bytes, int offset, boolean outbound) {
    long sourceHigh = Ipv6Fields.sourceHigh(bytes, offset);
    long sourceLow = Ipv6Fields.sourceLow(bytes, offset);
    long destinationHigh = Ipv6Fields.destinationHigh(bytes, offset);
    long destinationLow = Ipv6Fields.destinationLow(bytes, offset);
    localHigh = outbound ? sourceHigh : destinationHigh;
    localLow = outbound ? sourceLow : destinationLow;
    remoteHigh = outbound ? destinationHigh : sourceHigh;
    remoteLow = outbound ? destinationLow : sourceLow;
  }

  /**
   * Whether a policy decides about the packet: it selects it, or it protects or discards and might
   * select it if the packet hid nothing.
   */
  boolean isFor(SecurityPolicy policy) {
    TrafficSelector selector = policy.selector();
    return contains(selector.local(), localHigh, localLow)
        && contains(selector.remote(), remoteHigh, remoteLow)
        && (selector.matches(upper)
            || (policy.action() != PolicyAction.BYPASS && selector.mayMatch(upper)));
  }

  private boolean contains(AddressRange range, long high, long low) {
    return ipv6 ? range.contains(high, low) : range.contains((int) (high >>> 32));
  }
}
