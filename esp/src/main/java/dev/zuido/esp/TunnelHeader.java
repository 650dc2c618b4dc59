package dev.zuido.esp;

/**
 * How tunnel mode makes the outer header from the inner one, and what the inner one takes from the
 * outer at the other end (RFC 4301 section 5.1.2).
 *
 * <p>The outer flow label of IPv6 is 0. Congestion marks are always combined at the end of the
 * tunnel (RFC 6040 section 4.2), whatever {@code ecn} says, since that is about its beginning.
 *
 * @param dontFragment what becomes of the inner packet's "don't fragment"; an outer IPv6 header has
 *     none
 * @param dscp the DSCP of the outer header, 0 to 63, or {@link #COPY_DSCP} for the inner packet's
 * @param ttl the outer time to live or hop limit, 1 to 255, or {@link #COPY_TTL} for the inner
 *     packet's
 * @param ecn what becomes of the inner packet's ECN field
 * @param dscpInward whether an inbound SA gives the inner packet the outer DSCP; otherwise the
 *     inner packet keeps its own, which the network on the way cannot change (RFC 2983)
 */
public record TunnelHeader(
    DontFragment dontFragment, int dscp, int ttl, EcnMode ecn, boolean dscpInward) {
  /** The DSCP is copied from the inner packet. */
  public static final int COPY_DSCP = -1;

  /**
   * The time to live is copied from the inner packet. Protocols that send with 1 to stay on their
   * link, as OSPF does, do not get through a tunnel that does so.
   */
  public static final int COPY_TTL = 0;

  /** Copies DSCP, ECN and "don't fragment"; time to live 64; the inner DSCP stays. */
  public static final TunnelHeader DEFAULT = new TunnelHeader(DontFragment.COPY, COPY_DSCP, 64);

  /** What becomes of "don't fragment". */
  public enum DontFragment {
    /**
     * The outer header has what the inner has. IPv6 has no such flag and its packets are never
     * fragmented on their way, so an inner IPv6 packet counts as having it.
     */
    COPY,
    /** The outer header always has it. */
    SET,
    /** The outer header never has it. */
    CLEAR
  }

  /** What becomes of the ECN field where the tunnel begins: RFC 6040 section 4.1 and 4.3. */
  public enum EcnMode {
    /** The outer header has the inner field. */
    NORMAL,
    /** The outer header says that its sender knows no ECN, for a peer that does not combine it. */
    COMPATIBILITY
  }

  /** Checks the ranges. */
  public TunnelHeader {
    if (dscp < COPY_DSCP || dscp > 63) {
      throw new IllegalArgumentException("a DSCP is 0 to 63");
    }
    if (ttl < COPY_TTL || ttl > 255) {
      throw new IllegalArgumentException("a time to live is 1 to 255, or 0 for the inner packet's");
    }
  }

  /** A header whose ECN field is copied, and whose DSCP stays outside. */
  public TunnelHeader(DontFragment dontFragment, int dscp, int ttl) {
    this(dontFragment, dscp, ttl, EcnMode.NORMAL, false);
  }

  /** The same with another way of the ECN field. */
  public TunnelHeader withEcn(EcnMode mode) {
    return new TunnelHeader(dontFragment, dscp, ttl, mode, dscpInward);
  }

  /** The same with the outer DSCP given to the inner packet, or not. */
  public TunnelHeader withDscpInward(boolean inward) {
    return new TunnelHeader(dontFragment, dscp, ttl, ecn, inward);
  }

  /** The outer type of service or traffic class for an inner one. */
  int outerTos(int innerTos) {
    int outerDscp = dscp == COPY_DSCP ? innerTos & ~Ecn.MASK : dscp << 2;
    return ecn == EcnMode.NORMAL ? outerDscp | (innerTos & Ecn.MASK) : outerDscp;
  }
}
