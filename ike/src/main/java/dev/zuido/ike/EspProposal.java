package dev.zuido.ike;

/**
 * One ESP suite that a child offers and accepts.
 *
 * @param encryption the cipher
 * @param keyBits 128, 192 or 256 where the cipher has a choice, else 0
 * @param integrity the integrity algorithm; {@link EspIntegrity#NONE} exactly with an AEAD
 */
public record EspProposal(EspEncryption encryption, int keyBits, EspIntegrity integrity) {
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

  /** Bytes of the encryption key with its salt. */
  public int encryptionKeyBytes() {
    int bits = encryption.hasKeyLength() ? keyBits : encryption.fixedKeyBits();
    return bits / 8 + encryption.saltBytes();
  }

  @Override
  public String toString() {
    return encryption
        + (keyBits == 0 ? "" : "-" + keyBits)
        + (integrity == EspIntegrity.NONE ? "" : "/" + integrity);
  }
}
