package dev.zuido.router.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigValuesTest {
  /** The sizes of the reference scenario's table, without NAT traversal. */
  @ParameterizedTest
  @CsvSource({
    "TRIPLE_DES, HMAC_MD5_96, TRANSPORT, 1372, 1432",
    "TRIPLE_DES, HMAC_MD5_96, TRANSPORT, 1394, 1448",
    "TRIPLE_DES, HMAC_MD5_96, TRANSPORT, 1395, 1456",
    "TRIPLE_DES, HMAC_MD5_96, TUNNEL, 1372, 1448",
    "TRIPLE_DES, HMAC_MD5_96, TUNNEL, 1374, 1448",
    "TRIPLE_DES, HMAC_MD5_96, TUNNEL, 1375, 1456",
    "AES_CBC_128, HMAC_SHA1_96, TRANSPORT, 1372, 1448",
    "AES_CBC_128, HMAC_SHA1_96, TRANSPORT, 1386, 1448",
    "AES_GCM_128, NONE, TRANSPORT, 1372, 1432",
    "AES_GCM_128, NONE, TRANSPORT, 1394, 1452",
    "AES_GCM_128, NONE, TRANSPORT, 1395, 1456",
  })
  void aProtectedGrePacketHasTheSizeOfTheTable(
      EspCipher cipher, EspIntegrity integrity, EncapsulationMode mode, int inner, int wire) {
    assertEquals(wire, new TransformSet("X", cipher, integrity, mode).protectedGreLength(inner, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "GigabitEthernet 0/0, GigabitEthernet0/0",
    "gigabitethernet0/0, GigabitEthernet0/0",
    "Gi0/1, GigabitEthernet0/1",
    "gig 0/0, GigabitEthernet0/0",
    "Fa1, FastEthernet1",
    "Eth1/2/3, Ethernet1/2/3",
    "Te0/0, TenGigabitEthernet0/0",
    "Lo0, Loopback0",
    "Tu 2147483647, Tunnel2147483647",
    "Di255, Dialer255",
    "Nu0, Null0",
  })
  void aNameHasOneCanonicalForm(String text, String canonical) {
    assertEquals(canonical, IosInterfaceName.parse(text).toString());
    assertEquals(IosInterfaceName.parse(canonical), IosInterfaceName.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "T1",
    "Gi",
    "0/0",
    "Foo1",
    "Gi00",
    "Gi0/0/0/0",
    "Gi0/",
    "Lo-1",
    "Lo0/0",
    "Di256",
    "Nu1",
    "''",
    "Tu2147483648",
    "Tu99999999999999999999",
    "Gi1000"
  })
  void whatIsNoNameIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> IosInterfaceName.parse(text));
  }

  @Test
  void namesSortByKindAndNumbers() {
    List<String> sorted =
        List.of("Gi0/10", "Lo0", "Gi0/9", "Gi0", "Tu1").stream()
            .map(IosInterfaceName::parse)
            .sorted()
            .map(IosInterfaceName::toString)
            .toList();
    assertEquals(
        List.of(
            "GigabitEthernet0",
            "GigabitEthernet0/9",
            "GigabitEthernet0/10",
            "Loopback0",
            "Tunnel1"),
        sorted);
  }

  @Test
  void wildcardsMatchByTheirZeroBits() {
    AddressMatch odd =
        new AddressMatch(Ipv4Address.of(10, 1, 2, 1), Ipv4Address.of(0, 0, 255, 254));
    assertTrue(odd.matches(Ipv4Address.of(10, 1, 77, 3)));
    assertFalse(odd.matches(Ipv4Address.of(10, 1, 77, 2)));
    assertFalse(odd.matches(Ipv4Address.of(10, 2, 77, 3)));
    assertEquals(Optional.empty(), odd.prefix());
    assertEquals("10.1.0.1 0.0.255.254", odd.toString());
    assertEquals(Optional.of(Ipv4Prefix.DEFAULT), AddressMatch.ANY.prefix());
  }

  @Test
  void portsCompare() {
    PortMatch range = new PortMatch(PortMatch.Operator.RANGE, 5, 7);
    assertFalse(range.matches(4));
    assertTrue(range.matches(5) && range.matches(7));
    assertFalse(range.matches(8));
    assertTrue(PortMatch.of(PortMatch.Operator.LT, 5).matches(4));
    assertFalse(PortMatch.of(PortMatch.Operator.LT, 5).matches(5));
    assertFalse(PortMatch.of(PortMatch.Operator.GT, 5).matches(5));
    assertTrue(PortMatch.of(PortMatch.Operator.GT, 5).matches(65535));
    assertTrue(PortMatch.of(PortMatch.Operator.NEQ, 5).matches(6));
    assertFalse(PortMatch.of(PortMatch.Operator.NEQ, 5).matches(5));
  }

  @Test
  void aSecretNeverPrintsItself() {
    Secret secret = Secret.of("xyzzy");
    assertFalse(new IsakmpKey(secret, Ipv4Prefix.DEFAULT).toString().contains("xyzzy"));
    assertEquals(secret, Secret.of("xyzzy"));
    assertNotEquals(secret, Secret.of("xyzzz"));
    assertEquals("xyzzy", secret.reveal());
  }

  @Test
  void theLongestPrefixGivesTheKey() {
    RouterConfig config =
        RouterConfig.builder()
            .isakmpKey(new IsakmpKey(Secret.of("any"), Ipv4Prefix.DEFAULT))
            .isakmpKey(new IsakmpKey(Secret.of("net"), Ipv4Prefix.parse("10.0.0.0/8")))
            .build();
    assertEquals("net", keyFor(config, Ipv4Address.of(10, 1, 1, 1)));
    assertEquals("any", keyFor(config, Ipv4Address.of(11, 1, 1, 1)));
  }

  @Test
  void theMostSpecificNetworkLineGivesTheArea() {
    OspfProcess process =
        new OspfProcess.Builder(1)
            .addNetwork(new OspfNetwork(AddressMatch.ANY, Ipv4Address.of(0, 0, 0, 1)))
            .addNetwork(
                new OspfNetwork(
                    AddressMatch.host(Ipv4Address.of(10, 0, 0, 1)), Ipv4Address.of(0, 0, 0, 2)))
            .build();
    assertEquals(
        Optional.of(Ipv4Address.of(0, 0, 0, 2)), process.areaOf(Ipv4Address.of(10, 0, 0, 1)));
    assertEquals(
        Optional.of(Ipv4Address.of(0, 0, 0, 1)), process.areaOf(Ipv4Address.of(10, 0, 0, 2)));
  }

  @Test
  void transformSetsAuthenticateOnce() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TransformSet(
                "X", EspCipher.TRIPLE_DES, EspIntegrity.NONE, EncapsulationMode.TUNNEL));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TransformSet(
                "X", EspCipher.AES_GCM_128, EspIntegrity.HMAC_MD5_96, EncapsulationMode.TUNNEL));
  }

  private static String keyFor(RouterConfig config, Ipv4Address peer) {
    return config.isakmpKeyFor(peer).orElseThrow().key().reveal();
  }
}
