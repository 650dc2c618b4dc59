package dev.zuido.gre;

/** What {@link GreTunnel#learnPathMtu} made of a router's report. */
public enum GrePathMtuReport {
  /** The path MTU is lower now. */
  LEARNED,
  /** The path MTU was not higher already, or may not fall lower. */
  NOT_LOWER,
  /**
   * The packet that the report quotes would have fitted the MTU that it names, or that is less than
   * each link of IPv6 takes.
   */
  IMPLAUSIBLE,
  /**
   * The report quotes no packet of this tunnel that must not be fragmented: other addresses,
   * protocol, port, flags or key, or it ends before the key.
   */
  NOT_THIS_TUNNEL,
  /** Path MTU discovery is off. */
  DISABLED
}
