package dev.zuido.esp;

/**
 * How tunnel mode makes the outer IPv4 header (RFC 4301 section 5.1.2). The ECN field is always
 * copied, and combined again at the other end (RFC 6040).
 *
 * @param dontFragment what becomes of the inner packet's "don't fragment"
 * @param dscp the DSCP of the outer header, 0 to 63, or {@link #COPY_DSCP} for the inner packet's
 * @param ttl the outer time to live, 1 to 255
 */
public record TunnelHeader(DontFragment dontFragment, int dscp, int ttl) {
  /** The DSCP is copied from the inner packet. */
  public static final int COPY_DSCP = -1;

  /** Copies DSCP and "don't fragment"; time to live 64. */
  public static final TunnelHeader DEFAULT = new TunnelHeader(DontFragment.COPY, COPY_DSCP, 64);

  /** What becomes of "don't fragment". */
  public enum DontFragment {
    /** The outer header has what the inner has. */
    COPY,
    /** The outer header always has it. */
    SET,
    /** The outer header never has it. */
    CLEAR
  }

  /** Checks the ranges. */
  public TunnelHeader {
    if (dscp < COPY_DSCP || dscp > 63) {
      throw new IllegalArgumentException("a DSCP is 0 to 63");
    }
    if (ttl < 1 || ttl > 255) {
      throw new IllegalArgumentException("a time to live is 1 to 255");
    }
  }
}
