package dev.zuido.wire;

/** Why bytes from a peer were refused by a decoder. */
public enum MalformedReason {
  /** The bytes end before the field does. */
  TRUNCATED,
  /** A length field contradicts what it measures, or lies outside of what its protocol allows. */
  BAD_LENGTH,
  /** Bytes are left over where the message had to end. */
  TRAILING_BYTES,
  /** The version of the protocol is not one that the decoder knows. */
  BAD_VERSION,
  /** A checksum does not match. */
  BAD_CHECKSUM,
  /** Bits that had to be zero are not. */
  RESERVED_BITS,
  /** A field has a value that its protocol forbids. */
  BAD_VALUE,
  /** There is more of something than the decoder's documented limit. */
  LIMIT_EXCEEDED,
  /** The bytes are well-formed, but use something that this decoder refuses. */
  UNSUPPORTED
}
