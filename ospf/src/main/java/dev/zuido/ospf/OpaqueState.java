package dev.zuido.ospf;

/**
 * What an application may do with an opaque LSA of another router (RFC 5250 sections 3.1 and 5).
 */
public enum OpaqueState {
  /** Its originator is reachable: the information may be used. */
  USABLE,
  /** It is in the database, but its originator is not reachable: it must not be used. */
  UNREACHABLE,
  /** It is gone: flushed, too old, or its interface went down. */
  WITHDRAWN
}
