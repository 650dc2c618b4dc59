package dev.zuido.ike;

/** Why a datagram or a command changed nothing. Each has a counter in {@link IkeCounters}. */
public enum DropReason {
  /** The bytes are no ISAKMP message. */
  MALFORMED("the message is malformed"),
  /** A keepalive of NAT traversal: it is counted, and appears in no output. */
  NAT_KEEPALIVE("it keeps a translator's mapping alive"),
  /** A datagram to port 4500 without a non-ESP marker: ESP, which is the driver's. */
  ESP_IN_UDP("the datagram is ESP in UDP, not ISAKMP"),
  /** The other port or address than the ISAKMP SA's. */
  WRONG_PATH("the ISAKMP SA is not at this address or port"),
  /** No peer is configured for these addresses. */
  UNKNOWN_PEER("no peer is configured for the addresses"),
  /** The cookies belong to no ISAKMP SA of this path. */
  UNKNOWN_COOKIES("the cookies belong to no ISAKMP SA"),
  /** An exchange type that is not offered, or not under such an SA. */
  UNSUPPORTED_EXCHANGE("the exchange type is not supported here"),
  /** Aggressive mode where it was not asked for: {@link PeerOptions#aggressiveMode}. */
  AGGRESSIVE_MODE_OFF(
      "aggressive mode is off: let the peer use main mode, or accept it for the peer"),
  /** A message that the exchange's state does not expect. */
  UNEXPECTED_MESSAGE("the exchange does not expect this message now"),
  /** A message in the clear where it had to be encrypted, or the other way round. */
  WRONG_PROTECTION("the message is in the clear where it must be encrypted, or the reverse"),
  /** Decryption left no well-formed payloads: the key differs, or the bytes were altered. */
  UNDECRYPTABLE("decryption left no well-formed payloads"),
  /** A HASH payload does not match. */
  BAD_HASH("the HASH does not match"),
  /** An RSA signature does not verify with the key of the peer's certificate. */
  BAD_SIGNATURE("the signature does not verify"),
  /** The peer's certificate is missing, not good, or does not name the peer. */
  BAD_CERTIFICATE("the certificate proves nothing"),
  /** A payload that the message needs is missing, or one stands where it must not. */
  BAD_PAYLOADS("a payload is missing or stands where it must not"),
  /** A public Diffie-Hellman value, nonce or cookie that is not allowed. */
  BAD_VALUE("a public value, a nonce or a cookie is not allowed"),
  /** The peer offered nothing that is configured. */
  NO_PROPOSAL("no proposal matches the configuration"),
  /** The peer's identity is not the configured one. */
  WRONG_IDENTITY("the peer's identity is not the configured one"),
  /** The quick mode's identities match no configured child. */
  NO_SELECTOR("the identities match no configured selectors"),
  /** An informational message that nothing authenticates: read, reported, not obeyed. */
  UNAUTHENTICATED("the informational message is not authenticated"),
  /** A notify that is not acted on. */
  IGNORED_NOTIFY("the notify is not acted on"),
  /** A sequence number of dead peer detection that does not fit. */
  BAD_SEQUENCE("the sequence number does not fit"),
  /** The same message again; the stored answer, if there is one, was sent again. */
  DUPLICATE("the message was already handled"),
  /** A fragment of a message that does not fit, or the fragments before it do not. */
  BAD_FRAGMENT("the fragment does not fit"),
  /** Fragments of a message came, and the others did not in time. */
  FRAGMENTS_MISSING("the message's other fragments did not come"),
  /** An answer that is longer than its request allows while anybody may have sent that one. */
  AMPLIFICATION("nobody has proved to be at the address, and it was sent enough"),
  /** A table is full. */
  LIMIT("a table is full"),
  /** Too soon after a failure or after the last message of the kind. */
  RATE_LIMITED("too soon after the last attempt"),
  /** A command names a peer, a child, an SA or a task that is not there. */
  UNKNOWN_TARGET("the command names nothing that is there"),
  /** The engine was shut down. */
  SHUT_DOWN("the engine was shut down");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /** The reason as a clause that can follow "dropped: ". */
  public String text() {
    return text;
  }
}
