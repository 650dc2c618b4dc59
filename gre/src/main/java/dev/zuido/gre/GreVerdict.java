package dev.zuido.gre;

import dev.zuido.wire.Verdict;

/** What {@link GreTunnel} decided about a packet. Each verdict has a counter per direction. */
public enum GreVerdict implements Verdict {
  /** The outer headers were put before the packet. */
  ENCAPSULATED(true),
  /** The outer headers were taken away: an IPv4 or IPv6 packet, or an Ethernet frame, is left. */
  DECAPSULATED(true),
  /**
   * The packet was a keepalive of the peer. What is left in the batch is the answer, with its time
   * to live decremented: an IP packet from the local to the remote endpoint, to be sent as it is.
   */
  KEEPALIVE_REQUEST(false),
  /** The packet is the answer to an own keepalive: for {@link GreKeepalive#handleReply}. */
  KEEPALIVE_REPLY(false),
  /**
   * The packet came before its turn and waits in the tunnel's buffer: {@link GreTunnel#release}
   * gives it back.
   */
  HELD(false),
  /** Sending: the packet is neither IPv4 nor IPv6, or its length fields contradict its length. */
  BAD_PAYLOAD(false),
  /** Sending: a super-packet, or one whose transport checksum is not finished. */
  NOT_SEGMENTED(false),
  /** Sending: the slot has not enough headroom for the outer headers. */
  NO_HEADROOM(false),
  /** Sending: the outer packet would exceed its length field. */
  TOO_LONG(false),
  /**
   * Sending: the packet exceeds {@link GreTunnel#payloadMtu} and must not be fragmented. Its sender
   * is owed "fragmentation needed" or "packet too big" with that value (RFC 7588 section 3.3.1).
   */
  PACKET_TOO_BIG(false),
  /**
   * Sending: the packet exceeds {@link GreTunnel#payloadMtu}, may be fragmented, and its outer
   * packet may not: it is to be fragmented first, to that value (RFC 7588 section 3.3.1.1).
   */
  NEEDS_FRAGMENTATION(false),
  /** Sending: the packet is one that this tunnel has sent already. */
  RECURSION(false),
  /** The outer IP or UDP header is malformed. */
  BAD_OUTER_HEADER(false),
  /** The outer packet is a fragment: reassembly comes before decapsulation. */
  OUTER_FRAGMENT(false),
  /** The outer addresses, protocol or port are not those of this tunnel. */
  NOT_THIS_TUNNEL(false),
  /** GRE in UDP with DTLS, port 4755 (RFC 8086 section 5), which is not supported. */
  DTLS_UNSUPPORTED(false),
  /** The checksum of the outer UDP header is wrong. */
  BAD_UDP_CHECKSUM(false),
  /** The outer UDP header has no checksum, and the tunnel asks for one (RFC 8086 section 6). */
  UDP_CHECKSUM_MISSING(false),
  /** The packet ends before the GRE header does. */
  TRUNCATED(false),
  /** The version is not 0. */
  BAD_VERSION(false),
  /** The packet has source routes (RFC 1701). */
  ROUTING_PRESENT(false),
  /** Bit 4 or 5 is set (RFC 2784 section 2.3). */
  RESERVED_BITS(false),
  /** The checksum is wrong. */
  BAD_CHECKSUM(false),
  /** The tunnel has a checksum, the packet has none. */
  CHECKSUM_MISSING(false),
  /** The tunnel has a key, the packet has none. */
  KEY_MISSING(false),
  /** The packet has a key, the tunnel has none. */
  KEY_UNEXPECTED(false),
  /** The packet has another key than the tunnel. */
  WRONG_KEY(false),
  /**
   * The sequence number is that of the last packet or older, or of one that waits already (RFC 2890
   * section 2.2).
   */
  OUT_OF_SEQUENCE(false),
  /** The packet came before its turn, and the buffer has no room for it. */
  REORDER_BUFFER_FULL(false),
  /** The payload is of a protocol that the tunnel does not carry. */
  UNSUPPORTED_PROTOCOL(false),
  /** The payload is not what its protocol type says. */
  BAD_INNER_PACKET(false),
  /** The payload is addressed to the other end of the tunnel (RFC 2784 section 3.1). */
  LOOP(false),
  /**
   * Congestion was marked on the outer header, but the payload's sender cannot react (RFC 6040).
   */
  ECN_NOT_CAPABLE(false);

  private final boolean passes;

  GreVerdict(boolean passes) {
    this.passes = passes;
  }

  @Override
  public boolean passes() {
    return passes;
  }
}
