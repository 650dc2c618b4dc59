package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;

/**
 * An ICMP error that a host received, or gave itself because its own port is too narrow (RFC 792).
 *
 * @param from who sent it
 * @param type 3 for unreachable, 11 for time exceeded, 12 for a parameter problem
 * @param code the code of the type
 * @param nextHopMtu for type 3 code 4 the MTU of the next link (RFC 1191), else 0
 * @param destination where the packet that it is about was to go
 * @param nanos when it arrived
 */
public record IcmpError(
    Ipv4Address from, int type, int code, int nextHopMtu, Ipv4Address destination, long nanos) {
  /** Whether a packet was too long for a link and must not be fragmented. */
  public boolean isFragmentationNeeded() {
    return type == Ipv4Packets.UNREACHABLE && code == Ipv4Packets.CODE_FRAGMENTATION_NEEDED;
  }
}
