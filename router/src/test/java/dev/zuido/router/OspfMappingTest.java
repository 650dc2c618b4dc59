package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.NssaConfig;
import dev.zuido.ospf.OriginationThrottle;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.StaticNeighbor;
import dev.zuido.ospf.StubRouterConfig;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a configuration's interfaces authenticate OSPF. */
final class OspfMappingTest {
  private static OspfAuthentication authentication(String port, String area) {
    RouterConfig config =
        IosReader.read(
                "interface GigabitEthernet0/0\n ip address 10.0.0.1 255.255.255.0\n"
                    + port
                    + "\nrouter ospf 1\n network 10.0.0.0 0.0.0.255 area 5\n"
                    + area)
            .config();
    List<RouterInterface> interfaces = new ArrayList<>();
    for (InterfaceConfig each : Objects.requireNonNull(config).interfaces()) {
      interfaces.add(
          new RouterInterface(
              0,
              each,
              config.addressOf(each.name()).orElse(null),
              null,
              null,
              null,
              null,
              null,
              null));
    }
    OspfConfig process = Objects.requireNonNull(OspfMapping.process(config, interfaces));
    return process.interfaces().get(0).authentication();
  }

  private static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static OspfAuthentication md5(int id, ByteString key) {
    return new OspfAuthentication.Cryptographic(id, CryptographicKey.Algorithm.MD5, key);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', area 6 authentication",
    "ip ospf authentication null, area 5 authentication",
    "ip ospf authentication-key k, ''",
    "ip ospf message-digest-key 1 md5 k, ''",
  })
  void withoutAWayThereIsNone(String port, String area) {
    assertEquals(OspfAuthentication.NONE, authentication(port, area));
  }

  @Test
  void aPasswordGoesAlongWithTheInterfacesOrTheAreasWay() {
    OspfAuthentication expected = new OspfAuthentication.Simple(bytes("pass"));
    String key = "ip ospf authentication-key pass\n";
    assertEquals(expected, authentication(key + "ip ospf authentication", ""));
    assertEquals(expected, authentication(key, "area 5 authentication"));
    assertEquals(
        expected,
        authentication(key + "ip ospf authentication", "area 5 authentication message-digest"));
  }

  @Test
  void aDigestKeyGoesAlongWithTheInterfacesOrTheAreasWay() {
    String key = "ip ospf message-digest-key 7 md5 secret\n";
    OspfAuthentication expected = md5(7, bytes("secret"));
    assertEquals(expected, authentication(key + "ip ospf authentication message-digest", ""));
    assertEquals(expected, authentication(key, "area 5 authentication message-digest"));
  }

  @Test
  void severalDigestKeysAreAChainThatIsAlwaysValid() {
    OspfAuthentication.KeyChain chain =
        (OspfAuthentication.KeyChain)
            authentication(
                "ip ospf authentication message-digest\nip ospf message-digest-key 9 md5 b\n"
                    + "ip ospf message-digest-key 2 md5 a\n",
                "");
    assertEquals(
        List.of(
            OspfAuthentication.Key.always(2, CryptographicKey.Algorithm.MD5, bytes("a")),
            OspfAuthentication.Key.always(9, CryptographicKey.Algorithm.MD5, bytes("b"))),
        chain.keys());
  }

  @Test
  void aKeyChainsKeysHaveTheirTimes() {
    OspfAuthentication.KeyChain chain =
        (OspfAuthentication.KeyChain)
            authentication(
                "ip ospf authentication key-chain C\nkey chain C\nkey 1\nkey-string a\n"
                    + "send-lifetime 00:00:01 Jan 1 1970 00:00:10 Jan 1 1970\nkey 2\n"
                    + "key-string b\ncryptographic-algorithm hmac-sha-384\n"
                    + "accept-lifetime 00:01:00 1 Jan 1970 infinite\nkey 3\n",
                "");
    assertEquals(2, chain.keys().size());
    assertEquals(new OspfAuthentication.Lifetime(1, 10), chain.keys().get(0).send());
    assertEquals(OspfAuthentication.Lifetime.ALWAYS, chain.keys().get(0).accept());
    assertEquals(CryptographicKey.Algorithm.HMAC_SHA_384, chain.keys().get(1).algorithm());
    assertEquals(OspfAuthentication.Lifetime.from(60), chain.keys().get(1).accept());
  }

  @Test
  void theProcessIsAsItsLinesSay() {
    RouterConfig config =
        Objects.requireNonNull(
            IosReader.read(
                    """
                    interface GigabitEthernet0/0
                     ip address 10.0.0.1 255.255.255.0
                     ip ospf network non-broadcast
                    interface Loopback0
                     ip address 10.8.0.1 255.255.255.255
                    interface Tunnel1
                     shutdown
                     ip unnumbered Loopback0
                     ip ospf 1 area 2
                    router ospf 1
                     router-id 9.9.9.9
                     network 10.0.0.0 0.0.0.255 area 0
                     neighbor 10.0.0.7 priority 3 poll-interval 60
                     area 2 nssa no-summary default-information-originate metric 4 metric-type 1
                     area 2 nssa translate type7 always
                     area 2 range 10.1.0.0 255.255.0.0 not-advertise
                     max-metric router-lsa include-stub on-startup 60 summary-lsa
                     timers throttle spf 1 2 3
                     timers throttle lsa 4 5 6
                     nsf ietf helper disable
                     max-lsa 77
                     no compatible rfc1583
                     ttl-security all-interfaces hops 3
                     prefix-suppression
                    """)
                .config());
    List<RouterInterface> interfaces = new ArrayList<>();
    for (InterfaceConfig each : config.interfaces()) {
      interfaces.add(
          new RouterInterface(
              interfaces.size(),
              each,
              config.addressOf(each.name()).orElse(null),
              null,
              null,
              null,
              null,
              null,
              null));
    }
    OspfConfig process = Objects.requireNonNull(OspfMapping.process(config, interfaces));
    var nbma = process.interfaces().get(0);
    assertEquals(NetworkType.NBMA, nbma.type());
    assertEquals(30, nbma.timers().helloSeconds());
    assertEquals(120, nbma.timers().deadSeconds());
    assertEquals(
        List.of(new StaticNeighbor(Ipv4Address.of(10, 0, 0, 7), 3, 60, 0)), nbma.staticNeighbors());
    assertEquals(3, nbma.ttlSecurityHops());
    assertEquals(true, nbma.prefixSuppression());
    var tunnel = process.interfaces().get(1);
    assertEquals(Ipv4Address.UNSPECIFIED, tunnel.address());
    assertEquals(Ipv4Address.of(10, 8, 0, 1), tunnel.borrowedAddress());
    OspfAreaConfig area = process.area(Ipv4Address.of(0, 0, 0, 2));
    assertEquals(AreaType.NSSA, area.type());
    assertEquals(false, area.summaries());
    assertEquals(4, area.defaultCost());
    assertEquals(NssaConfig.TranslatorRole.ALWAYS, area.nssa().translatorRole());
    assertEquals(true, area.nssa().defaultRoute());
    assertEquals(false, area.nssa().defaultType2());
    assertEquals(1, area.ranges().size());
    assertEquals(new StubRouterConfig(false, 60, 0, true, 16_711_680, 0), process.stubRouter());
    assertEquals(3, process.spfBackoff().longMillis());
    assertEquals(new OriginationThrottle(4, 5, 6), process.originationThrottle());
    assertEquals(false, process.gracefulRestart().helper());
    assertEquals(77, process.limits().lsas());
    assertEquals(false, process.rfc1583Compatibility());
  }

  @Test
  void anEmptyKeyIsAsOnIos() {
    ByteString zeros = ByteString.of(new byte[1]);
    assertEquals(md5(0, zeros), authentication("", "area 5 authentication message-digest"));
    assertEquals(new OspfAuthentication.Simple(zeros), authentication("", "area 5 authentication"));
  }
}
