package dev.zuido.ike;

import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one IPsec SA, cut from KEYMAT (RFC 2409 section 5.5).
 *
 * <p>The engine keeps none: the driver copies what it needs before it answers the install and the
 * engine wipes this object on the answer. Nothing prints the keys.
 */
public final class SaKeys {
  private final byte[] encryption;
  private final byte[] integrity;

  SaKeys(byte[] encryption, byte[] integrity) {
    this.encryption = encryption;
    this.integrity = integrity;
  }

  /**
   * Makes the keys of one SA: the encryption key, its salt, then the integrity key.
   *
   * @param keys the ISAKMP SA's keys
   * @param suite what the SA is made with; its protocol goes into KEYMAT
   * @param spi the SPI that the SA's receiver chose
   * @param initiatorNonce Ni_b
   * @param responderNonce Nr_b
   * @param quickModeSecret the secret of a fresh Diffie-Hellman exchange, or null
   */
  static SaKeys derive(
      PhaseOneKeys keys,
      IpsecProposal suite,
      int spi,
      ByteString initiatorNonce,
      ByteString responderNonce,
      @Nullable Secret quickModeSecret) {
    int encryption = suite.encryptionKeyBytes();
    int length = encryption + suite.integrityKeyBytes();
    try (Secret keymat =
        keys.keymat(
            suite.protocolId(),
            PhaseTwoOffer.spiBytes(spi),
            initiatorNonce,
            responderNonce,
            quickModeSecret,
            length)) {
      byte[] bytes = keymat.toArray();
      SaKeys cut =
          new SaKeys(
              Arrays.copyOf(bytes, encryption), Arrays.copyOfRange(bytes, encryption, length));
      Arrays.fill(bytes, (byte) 0);
      return cut;
    }
  }

  /**
   * A copy of the encryption key; for AES-CTR, -GCM, -CCM and -GMAC followed by its salt (RFC 4106
   * section 8.1, RFC 4309 section 7.1). Empty for NULL and of AH.
   */
  public byte[] encryption() {
    return encryption.clone();
  }

  /**
   * A copy of the key of the integrity algorithm, of AH's AES-GMAC followed by its salt (RFC 4543
   * section 5.4); empty if there is none.
   */
  public byte[] integrity() {
    return integrity.clone();
  }

  void wipe() {
    Arrays.fill(encryption, (byte) 0);
    Arrays.fill(integrity, (byte) 0);
  }

  @Override
  public String toString() {
    return "SaKeys[masked]";
  }
}
