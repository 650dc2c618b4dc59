package dev.zuido.ospf;

/** Why a neighbor is not helped to restart gracefully (RFC 3623 section 3.1). */
public enum HelperRefusal {
  /** 1: the grace-LSA's sender is not fully adjacent on its interface. */
  NOT_FULL("there is no full adjacency"),
  /** 2: an LSA changed that the neighbor has not acknowledged. */
  DATABASE_CHANGED("it lacks a changed LSA"),
  /** 3: the LSA is older than the grace period, or cannot be read. */
  EXPIRED("the grace period is over"),
  /** 4: helping is switched off. */
  DISABLED("helping is switched off"),
  /** 4: the grace period is longer than the configuration lets it be. */
  PERIOD_TOO_LONG("the grace period is too long"),
  /** 4: the restart was not planned, and the configuration lets help only in planned ones. */
  UNPLANNED("the restart was not planned"),
  /** 5: this router restarts itself. */
  RESTARTING("this router restarts itself");

  private final String words;

  HelperRefusal(String words) {
    this.words = words;
  }

  /** What a log prints. */
  public String words() {
    return words;
  }
}
