package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Address;

/**
 * An ICMP error that a host received (RFC 792).
 *
 * @param from who sent it
 * @param type 3 for unreachable, 11 for time exceeded
 * @param code the code of the type
 * @param nextHopMtu for type 3 code 4 the MTU of the next link (RFC 1191), else 0
 * @param nanos when it arrived
 */
public record IcmpError(Ipv4Address from, int type, int code, int nextHopMtu, long nanos) {}
