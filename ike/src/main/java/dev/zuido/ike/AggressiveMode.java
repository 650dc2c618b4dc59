package dev.zuido.ike;

/**
 * Whether aggressive mode (RFC 2409 section 5.4) may be used with a peer.
 *
 * <p>It is off unless asked for. With a pre-shared key its second message shows everybody who asks
 * a hash that depends on nothing secret but the key, so that a weak key is found by trying; the
 * identities are in the clear, and who is answered shows which identities are configured; and every
 * first message, from whatever address, costs the responder a Diffie-Hellman computation. What it
 * has for that is a pre-shared key that is chosen by name: for peers with changing addresses.
 * Certificates do the same in main mode, without showing anything.
 */
public enum AggressiveMode {
  /** It is refused. */
  OFF,
  /** The peer may begin with it, or with main mode; we begin with main mode. */
  ACCEPT,
  /** We begin with it; the peer may begin with either. */
  INITIATE
}
