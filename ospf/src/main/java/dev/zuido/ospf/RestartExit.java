package dev.zuido.ospf;

/** How a graceful restart of this router ended (RFC 3623 section 2.2). */
public enum RestartExit {
  /** There was none. */
  NONE("no graceful restart"),
  /** All adjacencies are back. */
  COMPLETED("all adjacencies are back"),
  /** An LSA contradicts the pre-restart router-LSA, or that is missing. */
  INCONSISTENT("an LSA contradicts the router-LSA from before the restart"),
  /** The grace period is over. */
  EXPIRED("the grace period is over"),
  /** The caller took it back before it began. */
  CANCELLED("it was cancelled");

  private final String words;

  RestartExit(String words) {
    this.words = words;
  }

  /** What a log prints. */
  public String words() {
    return words;
  }
}
