package dev.zuido.ospf;

/** How full the link state database is. */
public enum DatabaseLevel {
  /** There is room. */
  NORMAL,
  /** The threshold of {@link OspfLimits#lsaWarningPercent} is passed. */
  WARNING,
  /** LSAs of other routers were refused and are missing. */
  FULL
}
