package dev.zuido.router;

import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspSuite;
import dev.zuido.ike.EspProposal;
import dev.zuido.router.config.TransformSet;

/** ESP's suites by the names that the key exchange and configurations have for them. */
final class SuiteMapping {
  private SuiteMapping() {}

  /** ESP's suite for a negotiated one. */
  static EspSuite suite(EspProposal proposal) {
    String bits = "_" + proposal.keyBits();
    EspEncryption encryption =
        switch (proposal.encryption()) {
          case NULL -> EspEncryption.NULL;
          case DES_CBC -> EspEncryption.DES_CBC;
          case TRIPLE_DES_CBC -> EspEncryption.TRIPLE_DES_CBC;
          case AES_CBC,
              AES_CTR,
              AES_CCM_8,
              AES_CCM_12,
              AES_CCM_16,
              AES_GCM_8,
              AES_GCM_12,
              AES_GCM_16 ->
              EspEncryption.valueOf(proposal.encryption().name() + bits);
          case AES_GMAC -> EspEncryption.valueOf("NULL_AUTH_AES_GMAC" + bits);
        };
    EspIntegrity integrity =
        switch (proposal.integrity()) {
          case NONE -> EspIntegrity.NONE;
          case HMAC_MD5_96 -> EspIntegrity.HMAC_MD5_96;
          case HMAC_SHA1_96 -> EspIntegrity.HMAC_SHA1_96;
          case HMAC_SHA2_256_128 -> EspIntegrity.HMAC_SHA2_256_128;
          case HMAC_SHA2_384_192 -> EspIntegrity.HMAC_SHA2_384_192;
          case HMAC_SHA2_512_256 -> EspIntegrity.HMAC_SHA2_512_256;
          case AES_XCBC_MAC_96 -> EspIntegrity.AES_XCBC_96;
        };
    return new EspSuite(encryption, integrity);
  }

  /** ESP's suite for a configured one, whether or not IKE could negotiate it. */
  static EspSuite suite(TransformSet set) {
    EspEncryption encryption =
        switch (set.cipher()) {
          case NULL -> EspEncryption.NULL;
          case DES -> EspEncryption.DES_CBC;
          case TRIPLE_DES -> EspEncryption.TRIPLE_DES_CBC;
          case AES_CBC_128 -> EspEncryption.AES_CBC_128;
          case AES_CBC_192 -> EspEncryption.AES_CBC_192;
          case AES_CBC_256 -> EspEncryption.AES_CBC_256;
          case AES_CTR_128 -> EspEncryption.AES_CTR_128;
          case AES_CTR_192 -> EspEncryption.AES_CTR_192;
          case AES_CTR_256 -> EspEncryption.AES_CTR_256;
          case AES_GCM_128 -> EspEncryption.AES_GCM_16_128;
          case AES_GCM_192 -> EspEncryption.AES_GCM_16_192;
          case AES_GCM_256 -> EspEncryption.AES_GCM_16_256;
          case AES_CCM_128 -> EspEncryption.AES_CCM_16_128;
          case AES_CCM_192 -> EspEncryption.AES_CCM_16_192;
          case AES_CCM_256 -> EspEncryption.AES_CCM_16_256;
          case AES_GCM_8_128,
              AES_GCM_8_192,
              AES_GCM_8_256,
              AES_GCM_12_128,
              AES_GCM_12_192,
              AES_GCM_12_256,
              AES_CCM_8_128,
              AES_CCM_8_192,
              AES_CCM_8_256,
              AES_CCM_12_128,
              AES_CCM_12_192,
              AES_CCM_12_256 ->
              EspEncryption.valueOf(set.cipher().name());
          case AES_GMAC_128 -> EspEncryption.NULL_AUTH_AES_GMAC_128;
          case AES_GMAC_192 -> EspEncryption.NULL_AUTH_AES_GMAC_192;
          case AES_GMAC_256 -> EspEncryption.NULL_AUTH_AES_GMAC_256;
          case CHACHA20_POLY1305 -> EspEncryption.CHACHA20_POLY1305;
        };
    EspIntegrity integrity =
        switch (set.integrity()) {
          case NONE -> EspIntegrity.NONE;
          case HMAC_MD5_96 -> EspIntegrity.HMAC_MD5_96;
          case HMAC_SHA1_96 -> EspIntegrity.HMAC_SHA1_96;
          case HMAC_SHA2_256_128 -> EspIntegrity.HMAC_SHA2_256_128;
          case HMAC_SHA2_384_192 -> EspIntegrity.HMAC_SHA2_384_192;
          case HMAC_SHA2_512_256 -> EspIntegrity.HMAC_SHA2_512_256;
          case AES_XCBC_96 -> EspIntegrity.AES_XCBC_96;
          case AES_CMAC_96 -> EspIntegrity.AES_CMAC_96;
        };
    return new EspSuite(encryption, integrity);
  }
}
