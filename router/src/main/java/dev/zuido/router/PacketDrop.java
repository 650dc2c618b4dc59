package dev.zuido.router;

import dev.zuido.wire.Verdict;

/** Why the router itself dropped a packet; the protocols' modules have reasons of their own. */
public enum PacketDrop implements Verdict {
  /** No IPv4 header with a right checksum and plausible lengths. */
  NOT_IPV4("not an IPv4 packet"),
  /** The source or destination address must not be seen on a link (RFC 1812 section 5.3.7). */
  MARTIAN("martian address"),
  /** An inbound access list denied it. */
  ACCESS_LIST_IN("denied by inbound access list"),
  /** An outbound access list denied it. */
  ACCESS_LIST_OUT("denied by outbound access list"),
  /** No route to the destination. */
  NO_ROUTE("no route"),
  /** The route leads to Null0. */
  NULL_ROUTE("route to Null0"),
  /** The time to live ran out. */
  TTL_EXPIRED("time to live exceeded"),
  /** Larger than the next link takes, and must not be fragmented. */
  FRAGMENTATION_NEEDED("fragmentation needed and DF set"),
  /** It could not be fragmented. */
  FRAGMENTATION_FAILED("fragmentation failed"),
  /** A fragment to the router itself did not become a datagram. */
  REASSEMBLY_FAILED("reassembly failed"),
  /** To the router itself, with a protocol that nothing here takes. */
  PROTOCOL_UNREACHABLE("no such protocol here"),
  /** To the router itself, to a UDP port that nothing here takes, or TCP. */
  PORT_UNREACHABLE("no such port here"),
  /** The packet to the router itself is malformed behind its IP header. */
  MALFORMED("malformed"),
  /** It came in the clear, and the security policy wants it protected (RFC 4301 section 5.2). */
  CLEAR_TEXT_REFUSED("clear text where the policy protects"),
  /** The security policy protects it, and there is no security association yet. */
  NO_SECURITY_ASSOCIATION("no security association"),
  /** ESP refused it: the counters of the security associations say why. */
  IPSEC_REFUSED("refused by IPsec"),
  /** The security policy says DISCARD. */
  POLICY_DISCARD("discarded by policy"),
  /** No tunnel matches the GRE packet. */
  NO_TUNNEL("no such tunnel"),
  /** The tunnel's destination would be reached through the tunnel itself. */
  RECURSIVE_TUNNEL("tunnel through itself"),
  /** The interface on which it would leave is down. */
  INTERFACE_DOWN("interface down"),
  /** The router's own, from an address that it has not: that of a Dialer without a session. */
  NO_SOURCE("source address not known at the moment"),
  /** Multicast or broadcast that this router does not take. */
  NOT_FOR_US("multicast or broadcast not for this router"),
  /** The port took no more. */
  PORT_FULL("port full");

  private final String words;

  PacketDrop(String words) {
    this.words = words;
  }

  /** The reason in words, for counters that people read. */
  public String words() {
    return words;
  }

  @Override
  public boolean passes() {
    return false;
  }
}
