package dev.zuido.ospf;

/** Why a neighbor's state changed, in the words of an adjacency-change log. */
public enum NeighborCause {
  /** A configured neighbor is sent Hellos. */
  START("Start"),
  /** A Hello came from a router that was not known. */
  HELLO("Received Hello"),
  /** Communication became bidirectional. */
  TWO_WAY("2-Way Received"),
  /** The Designated Router or its Backup changed. */
  ADJ_OK("AdjOK?"),
  /** Master and slave are settled. */
  NEGOTIATION_DONE("Negotiation Done"),
  /** The databases are described; something is missing, or nothing. */
  EXCHANGE_DONE("Exchange Done"),
  /** Nothing is missing any more. */
  LOADING_DONE("Loading Done"),
  /** A Database Description packet was not the expected one. */
  SEQ_NUMBER_MISMATCH("SeqNumberMismatch"),
  /** A request or an LSA contradicted the exchange. */
  BAD_LS_REQ("BadLSReq"),
  /** The neighbor no longer lists this router. */
  ONE_WAY("1-Way"),
  /** The interface went down. */
  INTERFACE_DOWN("Neighbor Down: Interface down or detached"),
  /** No Hello came for RouterDeadInterval. */
  DEAD_TIMER("Neighbor Down: Dead timer expired"),
  /** The lower levels say that the neighbor is unreachable. */
  LL_DOWN("Neighbor Down: Lower level down"),
  /** The neighbor is no longer configured. */
  NEIGHBOR_REMOVED("Neighbor Down: Neighbor no longer configured"),
  /** BFD says that the neighbor is unreachable. */
  BFD_DOWN("Neighbor Down: BFD session down"),
  /** Another router ID came from the neighbor's address, or the neighbor moved. */
  IDENTITY_CHANGED("Neighbor Down: Router ID or address changed"),
  /** Someone cleared the conversation. */
  CLEARED("Neighbor Down: Adjacency forced to reset"),
  /** The interface got another address, area or type. */
  RECONFIGURED("Neighbor Down: Interface reconfigured"),
  /** The area became a stub area or NSSA, or is one no longer. */
  AREA_TYPE_CHANGED("Neighbor Down: Area type changed"),
  /** The interface does not exist any more. */
  INTERFACE_REMOVED("Neighbor Down: Interface removed"),
  /** Its graceful restart was not completed, and it had been silent for RouterDeadInterval. */
  RESTART_FAILED("Neighbor Down: Graceful restart not completed"),
  /** The database has room again, and too many LSAs were refused to ask for each. */
  DATABASE_HAS_ROOM("Database has room again"),
  /** The MTU of the interface changed while the databases were described. */
  MTU_CHANGED("Interface MTU changed"),
  /** OSPF shuts down. */
  SHUTDOWN("Neighbor Down: OSPF shut down");

  private final String words;

  NeighborCause(String words) {
    this.words = words;
  }

  /** The cause as a log prints it. */
  public String words() {
    return words;
  }
}
