package dev.zuido.examples;

import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.message.Cookie;
import dev.zuido.router.KeyListener;
import dev.zuido.testkit.WiresharkKeys;
import dev.zuido.wire.ByteString;

/** Gathers the keys of a simulated run for the files that Wireshark reads. */
final class CaptureKeys implements KeyListener {
  private final WiresharkKeys keys = new WiresharkKeys();

  WiresharkKeys keys() {
    return keys;
  }

  @Override
  public void isakmpKey(Cookie initiatorCookie, ByteString encryptionKey) {
    keys.addIkev1(ByteString.of(initiatorCookie.toBytes()), encryptionKey);
  }

  @Override
  public void espKeys(SaParameters sa) {
    if (sa.suite() instanceof EspProposal suite) {
      keys.addEsp(
          sa.source(),
          sa.destination(),
          sa.spi(),
          encryption(suite.encryption()),
          ByteString.of(sa.keys().encryption()),
          authentication(suite.integrity()),
          ByteString.of(sa.keys().integrity()));
    }
  }

  private static WiresharkKeys.Encryption encryption(EspEncryption encryption) {
    return switch (encryption) {
      case NULL -> WiresharkKeys.Encryption.NULL;
      case DES_CBC -> WiresharkKeys.Encryption.DES_CBC;
      case TRIPLE_DES_CBC -> WiresharkKeys.Encryption.TRIPLE_DES_CBC;
      case AES_CBC -> WiresharkKeys.Encryption.AES_CBC;
      case AES_CTR -> WiresharkKeys.Encryption.AES_CTR;
      case AES_GCM_8 -> WiresharkKeys.Encryption.AES_GCM_8;
      case AES_GCM_12 -> WiresharkKeys.Encryption.AES_GCM_12;
      case AES_GCM_16 -> WiresharkKeys.Encryption.AES_GCM_16;
      case AES_CCM_8, AES_CCM_12, AES_CCM_16, AES_GMAC ->
          throw new IllegalArgumentException("Wireshark has no name for " + encryption);
    };
  }

  private static WiresharkKeys.Authentication authentication(EspIntegrity integrity) {
    return switch (integrity) {
      case NONE -> WiresharkKeys.Authentication.NULL;
      case HMAC_MD5_96 -> WiresharkKeys.Authentication.HMAC_MD5_96;
      case HMAC_SHA1_96 -> WiresharkKeys.Authentication.HMAC_SHA1_96;
      case HMAC_SHA2_256_128 -> WiresharkKeys.Authentication.HMAC_SHA2_256_128;
      case HMAC_SHA2_384_192 -> WiresharkKeys.Authentication.HMAC_SHA2_384_192;
      case HMAC_SHA2_512_256 -> WiresharkKeys.Authentication.HMAC_SHA2_512_256;
      case AES_XCBC_MAC_96 ->
          throw new IllegalArgumentException("Wireshark has no name for " + integrity);
    };
  }
}
