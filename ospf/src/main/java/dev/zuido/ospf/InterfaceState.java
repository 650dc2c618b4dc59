package dev.zuido.ospf;

/** The states of an interface (RFC 2328 section 9.1), in the order of functionality. */
public enum InterfaceState {
  /** The interface is unusable. */
  DOWN("DOWN"),
  /** The interface is looped back and carries no traffic; its address is still advertised. */
  LOOPBACK("LOOPBACK"),
  /** The router listens for a (Backup) Designated Router before it takes part in an election. */
  WAITING("WAITING"),
  /** The interface is operational and has no Designated Router. */
  POINT_TO_POINT("POINT_TO_POINT"),
  /** Another router is Designated Router, and this one is not the Backup either. */
  DR_OTHER("DROTHER"),
  /** This router is the Backup Designated Router. */
  BACKUP("BDR"),
  /** This router is the Designated Router. */
  DR("DR");

  private final String shortName;

  InterfaceState(String shortName) {
    this.shortName = shortName;
  }

  /** The name that {@code show ip ospf interface} prints. */
  public String shortName() {
    return shortName;
  }
}
