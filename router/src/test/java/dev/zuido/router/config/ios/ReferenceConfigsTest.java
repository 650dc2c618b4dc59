package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AdjacencyLog;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerList;
import dev.zuido.router.config.EncapsulationMode;
import dev.zuido.router.config.EspCipher;
import dev.zuido.router.config.EspIntegrity;
import dev.zuido.router.config.IkeAuthentication;
import dev.zuido.router.config.IkeEncryption;
import dev.zuido.router.config.IkeHash;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import dev.zuido.router.config.OspfNetworkType;
import dev.zuido.router.config.PppAuthenticationProtocol;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.router.config.TransformSet;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceConfigsTest {
  private final RouterConfig siteA = ReferenceConfigs.accept(ReferenceConfigs.SITE_A);
  private final RouterConfig siteB = ReferenceConfigs.accept(ReferenceConfigs.SITE_B);

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void everyLineIsDoneOrAcceptedWithAReason(String site) {
    ConfigReport report =
        IosReader.read(site.equals("A") ? ReferenceConfigs.SITE_A : ReferenceConfigs.SITE_B);
    assertEquals(67, report.lines().size());
    assertTrue(report.accepted(), report::render);
    assertTrue(report.lines().stream().allMatch(line -> line.warnings().isEmpty()));
    assertEquals(
        Map.of("no cdp enable", "CDP is not spoken here"),
        report.lines().stream()
            .filter(line -> line.outcome() instanceof LineOutcome.WithoutEffect)
            .collect(
                Collectors.toMap(
                    LineReport::text,
                    line -> ((LineOutcome.WithoutEffect) line.outcome()).reason(),
                    (one, other) -> one)));
    assertTrue(
        report.render().endsWith("49 done, 2 accepted without effect, 0 refused, 0 warnings\n"),
        report::render);
  }

  @Test
  void theAccessLine() {
    InterfaceConfig wan = port("Dialer1");
    DialerConfig dialer = wan.dialer();
    assertEquals(
        DialerConfig.NONE
            .withEncapsulationPpp(true)
            .withPool(OptionalInt.of(1))
            .withGroup(OptionalInt.of(1))
            .withAuthentication(
                proofs ->
                    proofs
                        .withProtocols(List.of(PppAuthenticationProtocol.CHAP), true)
                        .withChapHostname("cisco@cisco.com")
                        .withChapPassword(Secret.of("cisco"))),
        dialer);
    assertEquals(List.of(), dialer.authentication().demanded());
    assertEquals(List.of(PppAuthenticationProtocol.CHAP), dialer.authentication().provable());
    assertEquals(Optional.of("cisco@cisco.com"), siteA.chapName(dialer));
    InterfaceConfig line = siteA.pppoeLineOf(wan).orElseThrow();
    assertEquals(port("GigabitEthernet0/0"), line);
    assertEquals(
        new PppoeLineConfig("global", OptionalInt.of(1), false, null, OptionalInt.empty()),
        line.pppoe());
    assertEquals(1500, line.pppoeLinkMtu());
    assertEquals(1454, siteA.ipMtuOf(wan));
    assertTrue(siteA.keepsLine(wan));
    assertEquals(Optional.of(new DialerList(1, true, null)), siteA.dialerList(1));
    assertEquals(Optional.of(Ipv4Address.of(100, 1, 1, 1)), siteA.addressOf(wan.name()));
  }

  @Test
  void phaseOne() {
    assertEquals(
        List.of(
            new IsakmpPolicy(
                1,
                IkeEncryption.TRIPLE_DES,
                IkeHash.MD5,
                IkeAuthentication.PRE_SHARED_KEY,
                2,
                86_400)),
        siteA.isakmpPolicies());
    assertEquals(new IsakmpKeepalive(30, 2, false), siteA.isakmpKeepalive());
    assertEquals(
        "cisco", siteA.isakmpKeyFor(Ipv4Address.of(200, 1, 1, 1)).orElseThrow().key().reveal());
    assertEquals(Optional.empty(), siteA.isakmpKeyFor(Ipv4Address.of(200, 1, 1, 2)));
    assertTrue(siteB.isakmpKeyFor(Ipv4Address.of(100, 1, 1, 1)).isPresent());
  }

  @Test
  void phaseTwo() {
    assertEquals(
        Optional.of(
            new TransformSet(
                "IPSEC",
                EspCipher.TRIPLE_DES,
                EspIntegrity.HMAC_MD5_96,
                EncapsulationMode.TRANSPORT)),
        siteA.transformSet("IPSEC"));
    CryptoMapEntry entry = siteA.cryptoMap("M-ipsec").orElseThrow().entries().get(0);
    assertEquals(1, entry.sequence());
    assertEquals(List.of(Ipv4Address.of(200, 1, 1, 1)), entry.peers());
    assertEquals(List.of("IPSEC"), entry.transformSets());
    assertEquals("A-ipsec", entry.accessList());
    assertEquals(3_600, siteA.ipsecDefaults().lifetimeSeconds());
    assertEquals(4_608_000, siteA.ipsecDefaults().lifetimeKilobytes());
  }

  @Test
  void accessLists() {
    List<AccessRule> crypto = siteA.accessList("A-ipsec").orElseThrow().rules();
    assertEquals(1, crypto.size());
    assertEquals(47, crypto.get(0).protocol().orElseThrow());
    assertEquals("100.1.1.1/32", crypto.get(0).source().prefix().orElseThrow().toString());
    List<AccessRule> security = siteA.accessList("A-security").orElseThrow().rules();
    assertEquals(
        List.of(50, 17, 47), security.stream().map(r -> r.protocol().orElseThrow()).toList());
    assertTrue(security.get(1).destinationPorts().matches(500));
    assertFalse(security.get(1).destinationPorts().matches(501));
    assertEquals(List.of(10L, 20L, 30L), security.stream().map(AccessRule::sequence).toList());
  }

  @Test
  void interfaces() {
    InterfaceConfig tunnel = port("Tunnel1");
    assertEquals(1372, tunnel.effectiveIpMtu());
    TunnelConfig gre = tunnel.tunnel();
    assertEquals(Optional.of(Ipv4Address.of(100, 1, 1, 1)), siteA.addressOf(gre.source()));
    assertEquals(Ipv4Address.of(200, 1, 1, 1), gre.destination());
    assertEquals(4, gre.greHeaderLength());
    assertEquals(OspfNetworkType.POINT_TO_POINT, tunnel.effectiveOspfNetworkType());
    InterfaceConfig lan = port("GigabitEthernet0/1");
    assertEquals(1332, lan.adjustMss().orElseThrow());
    assertEquals(OspfNetworkType.BROADCAST, lan.effectiveOspfNetworkType());
    InterfaceConfig wan = port("Dialer1");
    assertEquals(IosInterfaceName.parse("Loopback0"), wan.unnumbered());
    assertEquals(1454, wan.effectiveIpMtu());
    assertEquals("A-security", wan.accessGroupIn());
    assertEquals("M-ipsec", wan.cryptoMap());
  }

  @Test
  void routing() {
    assertEquals("ip route 0.0.0.0 0.0.0.0 Dialer1", siteA.staticRoutes().get(0).toString());
    assertEquals(AdjacencyLog.FULL_AND_DOWN, siteA.ospf().adjacencyLog());
    assertEquals(
        Optional.of(Ipv4Address.UNSPECIFIED), siteA.ospf().areaOf(Ipv4Address.of(10, 1, 1, 254)));
    assertEquals(Optional.empty(), siteA.ospf().areaOf(Ipv4Address.of(100, 1, 1, 1)));
    assertEquals(Optional.of(Ipv4Address.of(100, 1, 1, 1)), siteA.ospfRouterId());
    assertEquals(1000, siteA.ospf().costOf(port("Tunnel1")));
    assertEquals(1, siteA.ospf().costOf(port("GigabitEthernet0/1")));
  }

  @Test
  void neitherReportNorModelShowsAKey() {
    String text = ReferenceConfigs.SITE_A.replace("cisco", "xyzzy");
    ConfigReport report = IosReader.read(text);
    // The name for CHAP is sent in the clear, and shown.
    String name = "xyzzy@xyzzy.com";
    assertFalse(report.toString().replace(name, "").contains("xyzzy"));
    String written = IosWriter.write(report.config(), IosWriter.Secrets.HIDDEN);
    assertFalse(written.replace(name, "").contains("xyzzy"), written);
    assertTrue(written.contains(" ppp chap password 0 ********\n"), written);
  }

  private InterfaceConfig port(String name) {
    return siteA.interfaceNamed(IosInterfaceName.parse(name)).orElseThrow();
  }
}
