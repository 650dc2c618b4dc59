package dev.zuido.ike;

import dev.zuido.ike.message.ProtocolId;

/**
 * One ESP suite that a child offers and accepts.
 *
 * @param encryption the cipher
 * @param keyBits 128, 192 or 256 where the cipher has a choice, else 0
 * @param integrity the integrity algorithm; {@link EspIntegrity#NONE} exactly with an AEAD, so that
 *     NULL never goes without one (RFC 2407 section 4.5)
 */
public record EspProposal(EspEncryption encryption, int keyBits, EspIntegrity integrity)
    implements IpsecProposal {
  /** Checks that the parts go together. */
  public EspProposal {
    if (encryption.hasKeyLength() != (keyBits == 128 || keyBits == 192 || keyBits == 256)
        || (!encryption.hasKeyLength() && keyBits != 0)) {
      throw new IllegalArgumentException(encryption + " cannot have a key of " + keyBits + " bits");
    }
    if (encryption.isAead() != (integrity == EspIntegrity.NONE)) {
      throw new IllegalArgumentException(encryption + " cannot go with integrity " + integrity);
    }
  }

  @Override
  public int protocolId() {
    return ProtocolId.ESP;
  }

  @Override
  public int transformId() {
    return encryption.transformId();
  }

  @Override
  public int keyLengthAttribute() {
    return keyBits;
  }

  @Override
  public int authenticationAttribute() {
    return integrity.attributeValue();
  }

  @Override
  public int encryptionKeyBytes() {
    int bits = encryption.hasKeyLength() ? keyBits : encryption.fixedKeyBits();
    return bits / 8 + encryption.saltBytes();
  }

  @Override
  public int integrityKeyBytes() {
    return integrity.keyBytes();
  }

  @Override
  public String toString() {
    return encryption
        + (keyBits == 0 ? "" : "-" + keyBits)
        + (integrity == EspIntegrity.NONE ? "" : "/" + integrity);
  }
}
