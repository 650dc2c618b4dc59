package dev.zuido.pppoe.ppp;

/** Why a link has ended. */
public enum PppEnd {
  /** We closed it. */
  CLOSED,
  /** The peer closed it. */
  PEER_CLOSED,
  /** What is below went down. */
  LOWER_DOWN,
  /** The peer gave no answer to Configure-Requests. */
  NO_ANSWER,
  /** LCP or a network protocol found nothing on which both sides agree. */
  NO_AGREEMENT,
  /** Our own packets come back (RFC 1661 section 6.4). */
  LOOPED_BACK,
  /** The peer demands a proof that we do not have or do not give. */
  PROOF_IMPOSSIBLE,
  /** The peer does not accept our proof. */
  PROOF_REFUSED,
  /** The peer has not proved to be who it says. */
  PEER_NOT_AUTHENTICATED,
  /** Authentication took too long. */
  AUTHENTICATION_TIMEOUT,
  /** No network protocol came up. */
  NO_NETWORK_PROTOCOL,
  /** The peer answers no Echo-Requests any more. */
  PEER_DEAD
}
