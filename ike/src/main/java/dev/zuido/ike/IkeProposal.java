package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;

/**
 * One phase 1 proposal (RFC 2409 Appendix A): an ISAKMP policy in IOS's words.
 *
 * @param cipher the encryption algorithm with its key length
 * @param hash the hash algorithm, whose HMAC is the PRF
 * @param authentication how the peers prove themselves
 * @param group the Diffie-Hellman group
 * @param lifetimeSeconds the lifetime offered, 60 to 2^31 - 1; what holds where the peer's is
 *     another is for {@link PeerOptions#lifetimes} to say
 */
public record IkeProposal(
    IkeCipher cipher,
    IkeHash hash,
    AuthenticationMethod authentication,
    DhGroup group,
    long lifetimeSeconds) {
  /** IOS's default: one day. */
  public static final long DEFAULT_LIFETIME_SECONDS = 86_400;

  /** Checks the lifetime. */
  public IkeProposal {
    if (lifetimeSeconds < 60 || lifetimeSeconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a lifetime is at least 60 s, not " + lifetimeSeconds);
    }
  }

  /**
   * A proposal with a pre-shared key and the default lifetime. For RSA signatures use the
   * constructor.
   */
  public static IkeProposal preShared(IkeCipher cipher, IkeHash hash, DhGroup group) {
    return new IkeProposal(
        cipher, hash, AuthenticationMethod.PRE_SHARED_KEY, group, DEFAULT_LIFETIME_SECONDS);
  }

  @Override
  public String toString() {
    return cipher + "/" + hash + "/" + authentication + "/" + group + "/" + lifetimeSeconds + " s";
  }
}
