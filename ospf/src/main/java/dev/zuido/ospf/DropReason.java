package dev.zuido.ospf;

/** Why a packet, or an LSA in a packet, changed nothing. */
public enum DropReason {
  /** The packet cannot be decoded. */
  MALFORMED,
  /** No such interface, or it is down or passive. */
  INTERFACE_NOT_RUNNING,
  /** The destination is neither the interface's address nor a group that it listens to. */
  WRONG_DESTINATION,
  /** The router's own packet came back. */
  OWN_PACKET,
  /** The TTL shows that the packet came from too far away (RFC 5082). */
  TTL_SECURITY,
  /** The source is not on the interface's network. */
  WRONG_SOURCE,
  /** The Area ID is another. */
  AREA_MISMATCH,
  /** The authentication type or the authentication itself is wrong. */
  AUTHENTICATION,
  /** The cryptographic sequence number is lower than one received before. */
  REPLAY,
  /** No packet was sent, because the time of the key chain's first key has not come. */
  NO_KEY,
  /** A link-local signalling block is no sequence of TLVs; the packet was processed without it. */
  LLS_MALFORMED,
  /** A link-local signalling block's checksum is wrong; the packet was processed without it. */
  LLS_CHECKSUM,
  /** A link-local signalling block is not authentic; the packet was processed without it. */
  LLS_AUTHENTICATION,
  /** Another router has the same Router ID. */
  DUPLICATE_ROUTER_ID,
  /** The network mask differs. */
  MASK_MISMATCH,
  /** HelloInterval differs. */
  HELLO_INTERVAL_MISMATCH,
  /** RouterDeadInterval differs. */
  DEAD_INTERVAL_MISMATCH,
  /** The E-bit or the N-bit differs. */
  OPTIONS_MISMATCH,
  /** The neighbor's MTU is larger. */
  MTU_MISMATCH,
  /** A further router on a point-to-point link. */
  SEVERAL_NEIGHBORS,
  /** The interface has as many neighbors as it may. */
  NEIGHBOR_LIMIT,
  /** The sender is no neighbor. */
  UNKNOWN_NEIGHBOR,
  /** The neighbor's state does not take such a packet. */
  NEIGHBOR_STATE,
  /** A Database Description packet that repeats the last. */
  DUPLICATE_DD,
  /** A Database Description packet that does not negotiate, while negotiating. */
  NOT_NEGOTIATING,
  /** An LSA whose checksum is wrong (section 13, step 1). */
  LSA_CHECKSUM,
  /** An LSA of an unknown type, or one that contradicts itself (section 13, step 2). */
  LSA_TYPE,
  /** An AS-external-LSA or type 11 LSA in a stub area (section 13, step 3). */
  LSA_EXTERNAL_IN_STUB,
  /** An LSA that came too soon after the one before (section 13, step 5a). */
  LSA_MIN_ARRIVAL,
  /** An LSA older than the one in the database, or than one flushed just now (13, step 8). */
  LSA_OLDER,
  /** The database is full. */
  LSA_LIMIT,
  /** The router announces as many external destinations or opaque LSAs as it may. */
  ANNOUNCEMENT_LIMIT,
  /**
   * So many own LSAs were flushed that the sequence number of the first of them is forgotten
   * (section 12.1.6).
   */
  SEQUENCE_LIMIT,
  /** A summary of a network for which all Link State IDs are taken (appendix E). */
  NO_LINK_STATE_ID,
  /** An acknowledgment for an instance that is not on the list. */
  QUESTIONABLE_ACK,
  /** The state table has no row for the event. */
  UNEXPECTED_EVENT
}
