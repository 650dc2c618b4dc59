package dev.zuido.esp;

import dev.zuido.wire.Verdict;

/** What IPsec decided about a packet; the name is the counter's name. */
public enum EspVerdict implements Verdict {
  /** An outbound packet was protected and goes on. */
  SEALED(true),
  /** An inbound packet was authentic, fresh and what its SA is for; it goes on. */
  OPENED(true),
  /** The policy lets the packet by without IPsec. */
  BYPASSED(true),
  /** The policy discards the packet (RFC 4301 section 4.4.1). */
  DISCARDED(false),
  /** The policy demands protection and no SA is there; the key exchange is asked for one. */
  NO_SA(false),
  /**
   * The policy demands protection and the packet waits for its SA; it will be sealed, or counted
   * once more as dropped.
   */
  HELD(false),
  /** A packet came in the clear that the policy demands to be protected (RFC 4301 section 5.2). */
  CLEARTEXT(false),
  /** No inbound SA has this SPI at this address. */
  UNKNOWN_SPI(false),
  /** The sequence number was seen before. */
  REPLAYED(false),
  /** The sequence number lies left of the window, or is 0. */
  TOO_OLD(false),
  /** The ICV does not match. */
  BAD_ICV(false),
  /** The padding is not 1, 2, 3, … or is longer than what it pads (RFC 4303 section 2.4). */
  BAD_PADDING(false),
  /** Too short for its suite, not a multiple of the block, or too long for IP once sealed. */
  BAD_LENGTH(false),
  /** ESP in UDP where the SA is not encapsulated, or the other way round (RFC 3948). */
  BAD_ENCAPSULATION(false),
  /** The sender has used its last sequence number: a new SA is needed (RFC 4303 section 3.3.3). */
  SEQUENCE_EXHAUSTED(false),
  /** The SA's hard lifetime is over (RFC 4301 section 4.4.2.1). */
  HARD_LIFETIME(false),
  /** The SA was closed and its keys are wiped. */
  CLOSED(false),
  /** A dummy packet: authentic, and to be dropped without a word (RFC 4303 section 2.6). */
  DUMMY(false),
  /** The packet, or the one that came out of the tunnel, is no well-formed IPv4 or IPv6. */
  NOT_IPV4(false),
  /**
   * A super-packet or one with an unfinished checksum, which has to be split or finished first. AH
   * also refuses so what a source route or a routing header sends further, and Mobile IPv6's home
   * addresses.
   */
  UNSUPPORTED(false),
  /** What came out is not what the SA was negotiated for (RFC 4301 section 5.2 step 4). */
  SELECTOR_MISMATCH(false),
  /** The policies do not want what came out to come by this SA (RFC 4301 section 5.2 step 4). */
  POLICY_MISMATCH(false),
  /**
   * A fragment: transport mode protects whole datagrams only (RFC 4303 section 3.3.4), and inbound
   * ESP is reassembled first (section 3.4.1).
   */
  FRAGMENT(false),
  /**
   * A packet, as a rule a fragment other than the first, that does not show the ports or the
   * protocol that every SA of its policy selects by: it must not go over one of them (RFC 4301
   * section 7.3). An SA for {@link PortRange#OPAQUE} ports takes it.
   */
  PORTS_HIDDEN(false),
  /**
   * A fragment came over an SA for {@link PortRange#OPAQUE} ports that lies inside its upper
   * layer's header, or that is the first and does not hold all of it: it could overwrite the ports
   * of another (RFC 4301 section 7.2).
   */
  TINY_FRAGMENT(false),
  /**
   * Congestion was marked on the way and the inner packet cannot carry it (RFC 6040 section 4.2).
   */
  CONGESTION_UNMARKABLE(false),
  /** The batch has too little head- or tailroom for what ESP adds. */
  NO_ROOM(false),
  /**
   * The packet was to be protected or opened, and the cipher failed with an exception before that
   * was done: it, or the packets behind the one where it failed. Nothing of them passes.
   */
  CIPHER_FAILED(false);

  private final boolean passes;

  EspVerdict(boolean passes) {
    this.passes = passes;
  }

  /**
   * Whether RFC 4301 section 5.2 and RFC 4303 section 4 want to have it noted that a packet got
   * this verdict: see {@link AuditEvent}.
   */
  public boolean isAuditable() {
    return switch (this) {
      case UNKNOWN_SPI,
          REPLAYED,
          TOO_OLD,
          BAD_ICV,
          BAD_PADDING,
          BAD_LENGTH,
          FRAGMENT,
          TINY_FRAGMENT,
          SELECTOR_MISMATCH,
          POLICY_MISMATCH,
          CLEARTEXT,
          SEQUENCE_EXHAUSTED ->
          true;
      default -> false;
    };
  }

  @Override
  public boolean passes() {
    return passes;
  }
}
