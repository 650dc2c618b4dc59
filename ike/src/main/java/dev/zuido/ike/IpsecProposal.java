package dev.zuido.ike;

/**
 * What one pair of IPsec SAs is made with: a suite of ESP, or an integrity algorithm of AH. A child
 * offers and accepts several, in its order of preference.
 */
public sealed interface IpsecProposal permits EspProposal, AhProposal {
  /**
   * The protocol, see {@link dev.zuido.ike.message.ProtocolId}: {@link
   * dev.zuido.ike.message.ProtocolId#ESP} or {@link dev.zuido.ike.message.ProtocolId#AH}.
   */
  int protocolId();

  /** The transform identifier, of the protocol's own registry (RFC 2407 section 4.4). */
  int transformId();

  /** The Key Length attribute in bits; 0 where the attribute must be absent. */
  int keyLengthAttribute();

  /** The Authentication Algorithm attribute; 0 where the attribute must be absent. */
  int authenticationAttribute();

  /** Bytes of the encryption key with its salt: the first part of KEYMAT. */
  int encryptionKeyBytes();

  /** Bytes of the integrity key, of AH's GMAC with its salt: the second part of KEYMAT. */
  int integrityKeyBytes();
}
