package dev.zuido.ospf;

/** The states of a neighbor conversation (RFC 2328 section 10.1), in the RFC's order. */
public enum NeighborState {
  /** Nothing has been heard from the neighbor recently. */
  DOWN("DOWN"),
  /** NBMA only: nothing has been heard, but the router keeps trying. */
  ATTEMPT("ATTEMPT"),
  /** A Hello has been seen from the neighbor, in which the router is not listed. */
  INIT("INIT"),
  /** Communication is bidirectional. */
  TWO_WAY("2WAY"),
  /** Master and slave, and the first DD sequence number, are being settled. */
  EX_START("EXSTART"),
  /** The databases are being described. */
  EXCHANGE("EXCHANGE"),
  /** The LSAs that were described and not known are being requested. */
  LOADING("LOADING"),
  /** The routers are fully adjacent. */
  FULL("FULL");

  private final String shortName;

  NeighborState(String shortName) {
    this.shortName = shortName;
  }

  /** The name that {@code show ip ospf neighbor} prints. */
  public String shortName() {
    return shortName;
  }

  /** Whether this state is the other or follows it in the RFC's order. */
  public boolean atLeast(NeighborState other) {
    return compareTo(other) >= 0;
  }
}
