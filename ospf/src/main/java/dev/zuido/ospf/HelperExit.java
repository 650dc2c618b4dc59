package dev.zuido.ospf;

/** How this router's help for a restarting neighbor ended (RFC 3623 section 3.2). */
public enum HelperExit {
  /** The neighbor flushed its grace-LSA: it is back. */
  COMPLETED("the neighbor is back"),
  /** The grace period is over. */
  EXPIRED("the grace period is over"),
  /** The contents of an LSA changed that the neighbor would have to know. */
  TOPOLOGY_CHANGED("the topology changed"),
  /** The conversation with the neighbor was ended for another reason. */
  NEIGHBOR_LOST("the conversation was ended");

  private final String words;

  HelperExit(String words) {
    this.words = words;
  }

  /** What a log prints. */
  public String words() {
    return words;
  }
}
