package dev.zuido.ike;

/**
 * Whether a child's SAs may have sequence numbers of 64 bits (RFC 4304). The attribute has one
 * value alone, so that an SA without it has 32 bits.
 */
public enum ExtendedSequenceNumbers {
  /** Neither offered nor accepted. */
  NONE,
  /** Each suite is offered with them, then without; both are accepted, rather with them. */
  ALLOWED,
  /** Neither offered nor accepted without them. */
  REQUIRED
}
