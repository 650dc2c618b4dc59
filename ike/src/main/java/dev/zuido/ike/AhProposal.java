package dev.zuido.ike;

import dev.zuido.ike.message.ProtocolId;

/**
 * One algorithm of AH (RFC 4302) that a child offers and accepts.
 *
 * @param integrity the algorithm
 */
public record AhProposal(AhIntegrity integrity) implements IpsecProposal {
  @Override
  public int protocolId() {
    return ProtocolId.AH;
  }

  @Override
  public int transformId() {
    return integrity.transformId();
  }

  /** None: each length of GMAC's key has a transform of its own (RFC 4543 section 5.3). */
  @Override
  public int keyLengthAttribute() {
    return 0;
  }

  @Override
  public int authenticationAttribute() {
    return integrity.attributeValue();
  }

  @Override
  public int encryptionKeyBytes() {
    return 0;
  }

  @Override
  public int integrityKeyBytes() {
    return integrity.keyBytes() + integrity.saltBytes();
  }

  @Override
  public String toString() {
    return "AH/" + integrity;
  }
}
