package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EspSuiteTest {
  private static final int WAN_MTU = 1454;

  /** IPv4 and GRE headers, which the packet has before ESP sees it. */
  private static final int GRE_OVERHEAD = 24;

  @ParameterizedTest(name = "{0} {1} {2} NAT-T {3}")
  @CsvSource({
    "TRIPLE_DES_CBC, HMAC_MD5_96,       TRANSPORT, no,  1432, 1394",
    "TRIPLE_DES_CBC, HMAC_MD5_96,       TRANSPORT, yes, 1440, 1386",
    "TRIPLE_DES_CBC, HMAC_MD5_96,       TUNNEL,    no,  1448, 1374",
    "TRIPLE_DES_CBC, HMAC_MD5_96,       TUNNEL,    yes, 1456, 1366",
    "AES_CBC_128,    HMAC_SHA1_96,      TRANSPORT, no,  1448, 1386",
    "AES_CBC_256,    HMAC_SHA1_96,      TRANSPORT, yes, 1456, 1370",
    "AES_CBC_128,    HMAC_SHA2_256_128, TRANSPORT, no,  1452, 1386",
    "AES_CBC_128,    HMAC_SHA2_256_128, TRANSPORT, yes, 1460, 1370",
    "AES_GCM_16_128, NONE,              TRANSPORT, no,  1432, 1394",
    "AES_GCM_16_256, NONE,              TRANSPORT, yes, 1440, 1386",
    "AES_GCM_8_128,  NONE,              TRANSPORT, no,  1424, 1402",
    "AES_CTR_192,    HMAC_SHA2_512_256, TRANSPORT, no,  1448, 1378",
    "AES_CTR_128,    AES_XCBC_96,       TUNNEL,    yes, 1456, 1370",
    "AES_CCM_8_128,  NONE,              TUNNEL,    no,  1444, 1382",
    "AES_CCM_12_256, NONE,              TRANSPORT, yes, 1436, 1390",
    "CHACHA20_POLY1305, NONE,           TRANSPORT, no,  1432, 1394",
    "NULL_AUTH_AES_GMAC_256, NONE,      TUNNEL,    yes, 1460, 1366",
    "NULL,           AES_CMAC_96,       TRANSPORT, no,  1420, 1406"
  })
  void theReferenceTableOfSizesHolds(
      EspEncryption encryption,
      EspIntegrity integrity,
      EspMode mode,
      String natT,
      int sealedOf1372,
      int largestInner) {
    EspSuite suite = new EspSuite(encryption, integrity);
    boolean udp = natT.equals("yes");
    assertEquals(sealedOf1372, suite.sealedLength(1372 + GRE_OVERHEAD, mode, udp));
    assertEquals(
        sealedOf1372 - 1372 - GRE_OVERHEAD, suite.overhead(1372 + GRE_OVERHEAD, mode, udp));
    assertEquals(largestInner, suite.maxInner(WAN_MTU, mode, udp) - GRE_OVERHEAD);
    SaParameters parameters =
        Packets.transport(suite)
            .withMode(mode)
            .withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null);
    assertEquals(sealedOf1372, parameters.sealedLength(1372 + GRE_OVERHEAD));
    assertEquals(largestInner, parameters.maxInner(WAN_MTU) - GRE_OVERHEAD);
  }

  @Test
  void maxInnerIsTheLargestThatFitsForEverySuiteAndMtu() {
    for (EspSuite suite : Packets.suites()) {
      for (EspMode mode : EspMode.values()) {
        for (int mtu = 0; mtu < 300; mtu++) {
          boolean udp = mtu % 2 == 0;
          int max = suite.maxInner(mtu, mode, udp);
          if (max == 0) {
            assertTrue(suite.sealedLength(20, mode, udp) > mtu);
          } else {
            assertTrue(suite.sealedLength(max, mode, udp) <= mtu);
            assertTrue(suite.sealedLength(max + 1, mode, udp) > mtu);
          }
        }
      }
    }
  }

  @Test
  void optionsStayInFrontInTransportModeAndAreProtectedInTunnelMode() {
    EspSuite suite = Packets.REFERENCE;
    assertEquals(24 + suite.espLength(76), suite.sealedLength(100, 24, EspMode.TRANSPORT, false));
    assertEquals(20 + suite.espLength(100), suite.sealedLength(100, 24, EspMode.TUNNEL, false));
  }

  @Test
  void encryptionWithoutIntegrityAndDoubleIntegrityAreRefused() {
    for (EspEncryption encryption :
        new EspEncryption[] {
          EspEncryption.NULL,
          EspEncryption.TRIPLE_DES_CBC,
          EspEncryption.AES_CBC_128,
          EspEncryption.AES_CTR_128 // RFC 3686 section 3
        }) {
      assertThrows(
          IllegalArgumentException.class, () -> new EspSuite(encryption, EspIntegrity.NONE));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new EspSuite(EspEncryption.AES_GCM_16_128, EspIntegrity.HMAC_SHA1_96));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EspSuite(EspEncryption.NULL_AUTH_AES_GMAC_128, EspIntegrity.AES_CMAC_96));
  }

  @Test
  void keyingMaterialHoldsTheSaltThatEachRfcAsksFor() {
    assertEquals(16 + 4, material(EspEncryption.AES_CTR_128) - 20);
    assertEquals(24 + 4, material(EspEncryption.AES_GCM_8_192));
    assertEquals(32 + 3, material(EspEncryption.AES_CCM_16_256));
    assertEquals(32 + 4, material(EspEncryption.CHACHA20_POLY1305));
    assertEquals(16 + 4, material(EspEncryption.NULL_AUTH_AES_GMAC_128));
  }

  private static int material(EspEncryption encryption) {
    return new EspSuite(
            encryption, encryption.isCombined() ? EspIntegrity.NONE : EspIntegrity.HMAC_SHA1_96)
        .keyMaterialLength();
  }

  @Test
  void theTypesNameTheVerdictsOfRfc8221() {
    assertTrue(Packets.REFERENCE.isDeprecated());
    assertEquals(AlgorithmStatus.SHOULD_NOT, EspEncryption.TRIPLE_DES_CBC.status());
    assertEquals(AlgorithmStatus.MUST_NOT, EspIntegrity.HMAC_MD5_96.status());
    assertEquals(AlgorithmStatus.MUST_MINUS, EspIntegrity.HMAC_SHA1_96.status());
    assertEquals(AlgorithmStatus.SHOULD, EspEncryption.CHACHA20_POLY1305.status());
    assertEquals(AlgorithmStatus.SHOULD, EspEncryption.AES_CCM_8_256.status());
    assertEquals(AlgorithmStatus.MAY, EspEncryption.AES_CCM_16_256.status());
    assertEquals(AlgorithmStatus.MAY, EspIntegrity.AES_XCBC_96.status());
    assertEquals(7634, EspEncryption.CHACHA20_POLY1305.rfc());
    assertEquals(4494, EspIntegrity.AES_CMAC_96.rfc());
    assertEquals("AES-GCM-16-256", EspSuite.combined(EspEncryption.AES_GCM_16_256).toString());
    assertEquals("3DES-CBC/HMAC-MD5-96", Packets.REFERENCE.toString());
  }
}
