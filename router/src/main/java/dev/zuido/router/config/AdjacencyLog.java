package dev.zuido.router.config;

/** Which changes of an adjacency are logged. */
public enum AdjacencyLog {
  /** None. */
  OFF,
  /** To and from Full. */
  FULL_AND_DOWN,
  /** Every state. */
  DETAIL
}
