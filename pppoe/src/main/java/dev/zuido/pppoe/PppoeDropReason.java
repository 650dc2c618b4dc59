package dev.zuido.pppoe;

/** Why a discovery packet was dropped. Each has a counter. */
public enum PppoeDropReason {
  /** It cannot be decoded. */
  MALFORMED,
  /** Its CODE has no meaning for this side, or not now. */
  UNEXPECTED_CODE,
  /** Its SESSION_ID is not what its CODE demands (RFC 2516 section 5). */
  WRONG_SESSION_ID,
  /** It has no Host-Uniq, or another than the one that we sent. */
  WRONG_HOST_UNIQ,
  /** It comes from another station than the one that it would have to come from. */
  WRONG_STATION,
  /** A tag that has to be there once is missing, or there more than once. */
  MISSING_TAG,
  /** A PADO of a concentrator that we do not want. */
  OTHER_CONCENTRATOR,
  /** A PADO without the service that we want, or a PADI for one that we have not. */
  OTHER_SERVICE,
  /** A PADO or PADR with an error tag. */
  ERROR_TAG,
  /** A PADR without the cookie that we gave to its station. */
  BAD_COOKIE,
  /** A PADI that could not be served: there are as many sessions as there may be. */
  FULL,
  /** The answer would not fit into a frame. */
  ANSWER_TOO_LONG,
  /** Not received, but to be sent: too many frames wait for {@code poll} already. */
  QUEUE_FULL
}
