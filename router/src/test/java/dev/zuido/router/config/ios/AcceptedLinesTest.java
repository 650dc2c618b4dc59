package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IkeHash;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.IsakmpOptions;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.NatTransparency;
import dev.zuido.router.config.OspfOptions;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are accepted: what they come to, as the writer prints it. */
final class AcceptedLinesTest {
  @Test
  void aPolicyThatIsOpenedAgainIsTheSame() {
    RouterConfig config =
        Objects.requireNonNull(
            IosReader.read(
                    "crypto isakmp policy 1\n authentication pre-share\n group 14\n hash md5\n"
                        + "crypto isakmp policy 1\n hash sha256\n")
                .config());
    assertEquals(1, config.isakmpPolicies().size());
    assertEquals(14, config.isakmpPolicies().get(0).group());
    assertEquals(IkeHash.SHA2_256, config.isakmpPolicies().get(0).hash());
  }

  @Test
  void everyKindOfLineIsAccepted() {
    ConfigReport report = IosReader.read(ReferenceConfigs.SITE_A + IosReaderPropertyTest.RICH);
    assertTrue(report.accepted(), report::render);
    String written = IosWriter.write(report.config(), IosWriter.Secrets.SHOWN);
    assertEquals(report.config(), ReferenceConfigs.accept(written));
    // Nothing of what was read is lost: each line stands in the text again, but for spelling.
    String spelled =
        IosReaderPropertyTest.RICH
            .replace(" tunnel mode gre ip\n", "")
            .replace("ftp-data ftp", "20 21")
            .replace("neq ntp", "neq 123")
            .replace("any unreachable", "any 3")
            .replaceAll("access-list 101 |access-list 7 ", "")
            .replace("25 deny", "deny");
    String numbered = written.replaceAll("(?m)^ \\d+ ", " ");
    for (String line : spelled.lines().toList()) {
      assertTrue(
          numbered.lines().anyMatch(other -> other.strip().equals(line.strip())),
          line + " is not in\n" + written);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "crypto isakmp policy 9|encr aes|auth pre-share ~ encryption aes",
        "crypto isakmp policy 9|encr aes 128|auth pre-share ~ encryption aes",
        "crypto isakmp policy 9|encr aes 192|auth pre-share ~ encryption aes 192",
        "crypto isakmp policy 9|no encr|auth pre-share ~ encryption des",
        "crypto isakmp policy 9|hash sha256|no hash|auth pre-share ~ hash sha",
        "crypto isakmp policy 9|hash sha384|auth pre-share ~ hash sha384",
        "crypto isakmp policy 9|gr 19|au pre|li 60|ex ~ group 19",
        "cry map M 3 ipsec-m|set peer 1.1.1.1|set sess in esp 300 ci 00aaFF09aB000000 au"
            + " 00000000000000000000000000000000|set sess ou esp 0301 ci 00aaFF09aB000001 au"
            + " 00000000000000000000000000000001|set tr T|match add 150|cry ipsec tr T esp-des"
            + " esp-md5|access-list 150 per gre any any ~ set session-key outbound esp 301 cipher"
            + " 00aaFF09aB000001 authenticator 00000000000000000000000000000001",
        "cry isa key k address 0.0.0.0 ~ crypto isakmp key 0 k address 0.0.0.0 0.0.0.0",
        "cry isa key k address 0.0.0.0 0.0.0.0 no-xauth ~ crypto isakmp key 0 k address 0.0.0.0"
            + " 0.0.0.0",
        "cry isa key k address 0.0.0.0|no cry isa key k address 0.0.0.0 0.0.0.0|host x ~ hostname"
            + " x",
        "cry isa id h|host x ~ crypto isakmp identity hostname",
        "cry isa id key-id B ~ crypto isakmp identity key-id B",
        "cry isa id key-id B|cry isa id add|host x ~ hostname x",
        "cry isa agg dis ~ crypto isakmp aggressive-mode disable",
        "no cry isa agg dis ~ no crypto isakmp aggressive-mode disable",
        "no cry isa frag ~ no crypto isakmp fragmentation",
        "cry isa frag fo|cry isa frag|host x ~ hostname x",
        "cry isa inv ~ crypto isakmp invalid-spi-recovery",
        "cry isa key k hostn b.c no-x ~ crypto isakmp key 0 k hostname b.c",
        "cry isa peer add 1.2.3.4|set agg cl user a@b ~ set aggressive-mode client-endpoint"
            + " user-fqdn a@b",
        "cry isa peer add 1.2.3.4|set agg cl ipv 1.1.1.1 ~ set aggressive-mode client-endpoint"
            + " ipv4-address 1.1.1.1",
        "cry isa prof P|match id add 1.2.3.4 255.255.255.255 ~ match identity address 1.2.3.4",
        "cry isa prof P|match id user a@b|self fq|host h ~ self-identity fqdn",
        "cry isa prof P|match id key-id b|self add ~ match identity key-id b",
        "cry isa prof P|match id dn O=Z, cn=gw ~ match identity dn O=Z,CN=gw",
        "cry isa prof P|match id host b|no match id|match id user c@b ~ match identity user c@b",
        "ip domain-name b.c ~ ip domain name b.c",
        "cry pki tr T|cert file x|key file y|ca file /a b|cry isa id dn ~ crypto isakmp identity"
            + " dn",
        "cry pki tr T|cert file x|key file y|ca file z|cry isa pol 3|auth rsa-s ~ crypto isakmp"
            + " policy 3",
        "cry isa nat k 3600 ~ crypto isakmp nat keepalive 3600",
        "no cry isa nat keepalive 30 ~ no crypto isakmp nat keepalive",
        "no cry ips nat udp-encaps ~ no crypto ipsec nat-transparency udp-encapsulation",
        "cry ips nat force ~ crypto ipsec nat-transparency force",
        "cry ips df set ~ crypto ipsec df-bit set",
        "cry ips fragm after ~ crypto ipsec fragmentation after-encryption",
        "crypto isakmp keepalive 10 3 periodic ~ crypto isakmp keepalive 10 3 periodic",
        "crypto isakmp keepalive 10 on-demand ~ crypto isakmp keepalive 10",
        "cry ipsec tr X esp-aes esp-sha256 ~ crypto ipsec transform-set X esp-aes esp-sha256-hmac",
        "cry ipsec tr X esp-sha-h esp-aes 256 ~ crypto ipsec transform-set X esp-aes 256"
            + " esp-sha-hmac",
        "cry ipsec tr X esp-md5-hmac ~ crypto ipsec transform-set X esp-null esp-md5-hmac",
        "cry ipsec tr X esp-des esp-sha384 ~ crypto ipsec transform-set X esp-des esp-sha384-hmac",
        "cry ipsec tr X esp-sha512 esp-3des ~ crypto ipsec transform-set X esp-3des"
            + " esp-sha512-hmac",
        "cry ipsec tr X esp-aes 192 esp-md5 ~ crypto ipsec transform-set X esp-aes 192"
            + " esp-md5-hmac",
        "cry ipsec tr X esp-null esp-sha-h ~ crypto ipsec transform-set X esp-null esp-sha-hmac",
        "cry ipsec security-a l s 60 ~ crypto ipsec security-association lifetime seconds 60",
        "crypto isakmp policy 9|encr des|auth pre-share ~ encryption des",
        "crypto isakmp policy 9|encr 3des|ha sha512|auth pre-share ~ hash sha512",
        "cry ipsec tr X esp-gcm 128 ~ crypto ipsec transform-set X esp-gcm",
        "cry ipsec tr X esp-gcm 192 ~ mode tunnel",
        "cry ipsec tr X esp-gmac 128 ~ crypto ipsec transform-set X esp-gmac",
        "cry ipsec tr X esp-gm 256 ~ crypto ipsec transform-set X esp-gmac 256",
        "cry ipsec tr X esp-sha256 esp-aes-ctr 192 ~ crypto ipsec transform-set X esp-aes-ctr 192"
            + " esp-sha256-hmac",
        "cry ipsec tr X esp-aes-ccm 256 ~ crypto ipsec transform-set X esp-aes-ccm 256",
        "cry ipsec tr X esp-aes-ccm8 ~ crypto ipsec transform-set X esp-aes-ccm8",
        "cry ipsec tr X esp-aes-ccm12 192 ~ crypto ipsec transform-set X esp-aes-ccm12 192",
        "cry ipsec tr X esp-gcm8 256 ~ crypto ipsec transform-set X esp-gcm8 256",
        "cry ipsec tr X esp-gcm12 128 ~ crypto ipsec transform-set X esp-gcm12",
        "cry ipsec tr X esp-chacha ~ crypto ipsec transform-set X esp-chacha20-poly1305",
        "cry ipsec tr X esp-aes 256 esp-aes-x ~ crypto ipsec transform-set X esp-aes 256"
            + " esp-aes-xcbc-mac",
        "cry ipsec tr X esp-aes-cmac esp-aes ~ crypto ipsec transform-set X esp-aes esp-aes-cmac",
        "cry ipsec tr X esp-gcm|mode tra|default mode ~ mode tunnel",
        "int lo5|ip add 10.0.0.1 255.255.255.0 ~ ip address 10.0.0.1 255.255.255.0",
        "int tunnel 3|shut ~ interface Tunnel3",
        "int tu3|shut|keepalive ~ keepalive 10 3",
        "int tu3|shut|tunnel tos 0 ~ tunnel tos 0",
        "int tu3|shut|tun path ~ tunnel path-mtu-discovery",
        "int tu3|shut|tun path age inf ~ tunnel path-mtu-discovery age-timer infinite",
        "int tu3|shut|tun path age 20 ~ tunnel path-mtu-discovery age-timer 20",
        "int tu3|shut|tun path min 600 ~ tunnel path-mtu-discovery min-mtu 600",
        "int tu3|shut|tun ttl 7 ~ tunnel ttl 7",
        "int gig 0/3 ~ interface GigabitEthernet0/3",
        "int FastEthernet0 ~ interface FastEthernet0",
        "int e0/1 ~ interface Ethernet0/1",
        "int lo0|ip ospf authentication|ip ospf authentication-k secret ~ ip ospf"
            + " authentication-key 0 secret",
        "int lo0|ip ospf authentication ~ ip ospf authentication",
        "int lo0|ip ospf authentication nu ~ ip ospf authentication null",
        "int lo0|ip ospf message 1 md5 0 x ~ ip ospf message-digest-key 1 md5 0 x",
        "int lo0|ip ospf message 1 md5 y|ip ospf message 1 md5 x ~ ip ospf message-digest-key 1 md5"
            + " 0 x",
        "int lo0|ip ospf message 1 md5 y|no ip ospf mess 1|ip ospf message 2 md5 x ~ ip ospf"
            + " message-digest-key 2 md5 0 x",
        "int lo0|ip add 1.1.1.1 255.255.255.255|router ospf 1|area 3 auth mess ~ area 0.0.0.3"
            + " authentication message-digest",
        "int lo0|ip ospf message 1 md5 y|ip ospf message 2 md5 x ~ ip ospf message-digest-key 2 md5"
            + " 0 x",
        "int lo0|ip ospf network non-br ~ ip ospf network non-broadcast",
        "int lo0|ip ospf network point-to-m non ~ ip ospf network point-to-multipoint"
            + " non-broadcast",
        "int lo0|ip ospf network point-to-m ~ ip ospf network point-to-multipoint",
        "int lo0|ip add 1.1.1.1 255.255.255.255|ip ospf 7 area 0.0.0.9 sec no|router ospf 7 ~ ip"
            + " ospf 7 area 0.0.0.9",
        "int lo0|ip ospf pref ~ ip ospf prefix-suppression",
        "int lo0|ip ospf pref dis ~ ip ospf prefix-suppression disable",
        "int lo0|ip ospf ttl ~ ip ospf ttl-security hops 1",
        "int lo0|ip ospf ttl hops 9 ~ ip ospf ttl-security hops 9",
        "int lo0|ip ospf ttl dis ~ ip ospf ttl-security disable",
        "key chain C|key 1|key-s k|int lo0|ip ospf authentication key C ~ ip ospf authentication"
            + " key-chain C",
        "key chain C|key 1|key-string 0 k|key 2|key-s l|crypt hmac-sha-256 ~"
            + " cryptographic-algorithm hmac-sha-256",
        "key chain C|key 1|key-s k|exit|key 2|key-s l|exit|exit|host x ~ hostname x",
        "key chain C|key 1|key-s k|send 00:00:00 Jan 1 2026 inf ~ send-lifetime 00:00:00 Jan 1 2026"
            + " infinite",
        "key chain C|key 1|key-s k|acc 1:02:03 31 december 2025 dur 3600 ~ accept-lifetime 01:02:03"
            + " Dec 31 2025 02:02:03 Dec 31 2025",
        "key chain C|key 1|key-s k|send 00:00:00 Jan 1 2026 00:00:00 Feb 2 2026 ~ send-lifetime"
            + " 00:00:00 Jan 1 2026 00:00:00 Feb 2 2026",
        "PROCESS|area 3 stub ~ area 0.0.0.3 stub",
        "PROCESS|area 3 stub|area 3 stub no-s ~ area 0.0.0.3 stub no-summary",
        "PROCESS|area 3 stub no-s|no area 3 stub no-s ~ area 0.0.0.3 stub",
        "PROCESS|area 3 nssa|area 3 nssa no-s ~ area 0.0.0.3 nssa no-summary",
        "PROCESS|area 3 nssa no-r default-inf metric 9 metric-type 1 no-s ~ area 0.0.0.3 nssa"
            + " no-redistribution default-information-originate metric 9 metric-type 1 no-summary",
        "PROCESS|area 3 nssa no-s no-r def metric-type 1 metric 9 ~ area 0.0.0.3 nssa"
            + " no-redistribution default-information-originate metric 9 metric-type 1 no-summary",
        "PROCESS|area 3 nssa|area 3 nssa tr ty al ~ area 0.0.0.3 nssa translate type7 always",
        "PROCESS|area 3 nssa no-s|area 3 nssa def|no area 3 nssa no-s ~ area 0.0.0.3 nssa"
            + " default-information-originate",
        "PROCESS|area 3 stub|area 3 default-c 7 ~ area 0.0.0.3 default-cost 7",
        "PROCESS|area 3 range 10.0.0.0 255.0.0.0 ~ area 0.0.0.3 range 10.0.0.0 255.0.0.0",
        "PROCESS|area 3 ra 10.0.0.0 255.0.0.0 not|area 3 ra 10.0.0.0 255.0.0.0 adv cost 5 ~ area"
            + " 0.0.0.3 range 10.0.0.0 255.0.0.0 cost 5",
        "PROCESS|area 3 virt 9.9.9.9 ~ area 0.0.0.3 virtual-link 9.9.9.9",
        "PROCESS|area 3 virt 9.9.9.9 dead 9 hello 3 ~ area 0.0.0.3 virtual-link 9.9.9.9"
            + " hello-interval 3 dead-interval 9",
        "PROCESS|area 3 virt 9.9.9.9 authentication message-digest message-digest-k 4 md5 k ~ area"
            + " 0.0.0.3 virtual-link 9.9.9.9 message-digest-key 4 md5 0 k",
        "PROCESS|area 3 virt 9.9.9.9 authentication hello 3|area 3 virt 9.9.9.9 authentication-k s"
            + " ~ area 0.0.0.3 virtual-link 9.9.9.9 authentication-key 0 s",
        "PROCESS|area 3 virt 9.9.9.9 hello 3|no area 3 virt 9.9.9.9 hello ~ area 0.0.0.3"
            + " virtual-link 9.9.9.9",
        "PROCESS|red st sub ~ redistribute static subnets",
        "PROCESS|red st sub|red st metric 5|red st tag 4294967295 ~ redistribute static metric 5"
            + " tag 4294967295 subnets",
        "PROCESS|red con sub metric-type 1 tag 2 metric 3|no red con tag ~ redistribute connected"
            + " metric 3 metric-type 1 subnets",
        "PROCESS|default-inf or ~ default-information originate",
        "PROCESS|default-inf or metric-type 1 alw metric 2 ~ default-information originate always"
            + " metric 2 metric-type 1",
        "PROCESS|summary-a 10.0.0.0 255.0.0.0 tag 3 ~ summary-address 10.0.0.0 255.0.0.0 tag 3",
        "PROCESS|summary-a 10.0.0.0 255.0.0.0 not ~ summary-address 10.0.0.0 255.0.0.0"
            + " not-advertise",
        "PROCESS|default-m 7 ~ default-metric 7",
        "PROCESS|distance 90 ~ distance 90",
        "PROCESS|dist ospf ext 200 ~ distance ospf intra-area 110 inter-area 110 external 200",
        "PROCESS|maxi 9 ~ maximum-paths 9",
        "PROCESS|timers thr spf 1 2 3 ~ timers throttle spf 1 2 3",
        "PROCESS|timers thr lsa all 0 2 3 ~ timers throttle lsa 0 2 3",
        "PROCESS|max-m ro ~ max-metric router-lsa",
        "PROCESS|max-m ro summ inc on-st 60 ext 9 ~ max-metric router-lsa external-lsa 9"
            + " include-stub on-startup 60 summary-lsa 16711680",
        "PROCESS|max-m ro on-sh ~ max-metric router-lsa on-shutdown 5",
        "PROCESS|nsf ietf ~ nsf ietf",
        "PROCESS|nsf ietf res 60|nsf ietf h str ~ nsf ietf restart-interval 60",
        "PROCESS|nsf ietf h dis ~ nsf ietf helper disable",
        "PROCESS|prefix-s ~ prefix-suppression",
        "PROCESS|ttl all ~ ttl-security all-interfaces hops 1",
        "PROCESS|no comp rfc1583 ~ no compatible rfc1583",
        "PROCESS|max-lsa 5 ~ max-lsa 5",
        "PROCESS|no cap op ~ no capability opaque",
        "PROCESS|neigh 10.0.0.2 cost 3 pri 1 ~ neighbor 10.0.0.2 priority 1 cost 3",
        "ip route 0.0.0.0 0.0.0.0 nu 0 250 ~ ip route 0.0.0.0 0.0.0.0 Null0 250",
        "ip route 10.0.0.0 255.0.0.0 1.2.3.4 9 ~ ip route 10.0.0.0 255.0.0.0 1.2.3.4 9",
        "access-list 150 per udp h 1.1.1.1 eq isa any eq non500-isakmp ~ 10 permit udp host 1.1.1.1"
            + " eq 500 any eq 4500",
        "access-list 150 per 47 any any ~ 10 permit gre any any",
        "access-list 150 per 41 any any ~ 10 permit 41 any any",
        "access-list 150 per icmp any any echo ~ 10 permit icmp any any 8",
        "access-list 150 per icmp any any log ~ 10 permit icmp any any log",
        "access-list 150 per icmp any any ttl-exceeded ~ 10 permit icmp any any 11 0",
        "access-list 150 per tcp any any est log ~ 10 permit tcp any any established log",
        "access-list 150 per ip 1.2.3.4 0.0.0.0 1.2.3.4 255.255.255.255 ~ 10 permit ip host 1.2.3.4"
            + " any",
        "access-list 1350 permit 1.2.3.4 ~ 10 permit host 1.2.3.4",
        "ip access-list ext X|5 per ip any any|deny ip any any ~ 15 deny ip any any",
        "ip access-list ext X|per ip any any|no 10|deny ip any any ~ 10 deny ip any any",
        "ip access-list ext X|per ip any any|no per ip any any|deny ip any any ~ 10 deny ip any"
            + " any",
      })
  void aLineComesTo(String text, String expected) {
    String process =
        "int lo0|ip add 10.0.0.1 255.255.255.255|router ospf 1|network 10.0.0.1 0.0.0.0 area 3";
    RouterConfig config =
        ReferenceConfigs.accept(text.replace("PROCESS", process).replace('|', '\n'));
    String written = IosWriter.write(config, IosWriter.Secrets.SHOWN);
    assertTrue(
        written.lines().anyMatch(line -> line.strip().equals(expected)),
        expected + " is not in\n" + written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "router ospf 1|router-id 1.1.1.1|capability lls ~ LLS blocks are read, and none is sent"
            + " unless it is needed",
        "router ospf 1|router-id 1.1.1.1|nsf cisco helper disable ~ there is no helper of this"
            + " kind",
        "router ospf 1|router-id 1.1.1.1|ispf ~ only what an LSA touches is computed again, always",
        "crypto isakmp enable ~ ISAKMP is on wherever a crypto map is applied",
        "crypto pki trustpoint X|enrollment terminal ~ nothing is enrolled here: certificates come"
            + " from files: 'certificate file', 'key file' and 'ca file' of a trustpoint",
        "crypto pki trustpoint X|subject-name CN=a ~ nothing is enrolled here: certificates come"
            + " from files: 'certificate file', 'key file' and 'ca file' of a trustpoint",
        "crypto pki trustpoint X|rsakeypair K 2048 ~ the key is that of 'key file'",
        "crypto pki trustpoint X|revocation-check none ~ revocation lists are not asked for",
      })
  void aLineIsWithoutEffect(String text, String reason) {
    ConfigReport report = IosReader.read(text.replace('|', '\n'));
    assertTrue(report.accepted(), report::render);
    assertEquals(
        new LineOutcome.WithoutEffect(reason),
        report.lines().get(report.lines().size() - 1).outcome());
  }

  @Test
  void noFormsTakeBack() {
    String taken =
        (ReferenceConfigs.SITE_A + IosReaderPropertyTest.RICH + UNDO)
            .lines()
            .collect(Collectors.joining("\n"));
    RouterConfig config = ReferenceConfigs.accept(taken);
    assertNull(config.hostname());
    InterfaceConfig tunnel = config.interfaceNamed(IosInterfaceName.parse("Tunnel2")).orElseThrow();
    InterfaceConfig untouched =
        new InterfaceConfig.Builder(tunnel.name())
            .shutdown(true)
            .tunnel(t -> t.withSource(null))
            .build();
    assertEquals(untouched, tunnel);
    for (String bare : List.of("GigabitEthernet0/4", "GigabitEthernet0/6", "Dialer5")) {
      IosInterfaceName name = IosInterfaceName.parse(bare);
      assertEquals(
          new InterfaceConfig.Builder(name).build(), config.interfaceNamed(name).orElseThrow());
    }
    assertTrue(config.interfaceNamed(IosInterfaceName.parse("Dialer6")).isEmpty());
    assertTrue(config.users().isEmpty());
    assertEquals(1, config.dialerLists().size());
    assertEquals(1, config.isakmpPolicies().size());
    assertEquals(1, config.isakmpKeys().size());
    assertTrue(config.isakmpNameKeys().isEmpty());
    assertEquals(IsakmpOptions.DEFAULT, config.isakmpOptions());
    assertTrue(config.isakmpPeers().isEmpty());
    assertTrue(config.isakmpProfiles().isEmpty());
    assertTrue(config.trustpoints().isEmpty());
    assertNull(config.domainName());
    assertTrue(config.hosts().isEmpty());
    assertEquals(1, config.cryptoMap("M-ipsec").orElseThrow().entries().size());
    assertTrue(config.dynamicMaps().isEmpty());
    assertEquals(NatTransparency.DEFAULT, config.natTransparency());
    assertEquals(1, config.staticRoutes().size());
    assertTrue(config.accessList("101").isEmpty());
    assertTrue(config.accessList("S").isEmpty());
    assertEquals(100, config.ospf().referenceBandwidthMbps());
    assertEquals(Ipv4Address.of(100, 1, 1, 1), config.ospfRouterId().orElseThrow());
    assertTrue(config.ospf().passiveExceptions().isEmpty());
    assertTrue(config.ospf().areas().isEmpty());
    assertTrue(config.ospf().redistributions().isEmpty());
    assertTrue(config.ospf().summaryAddresses().isEmpty());
    assertTrue(config.ospf().neighbors().isEmpty());
    assertNull(config.ospf().defaultRoute());
    assertEquals(OspfOptions.DEFAULT, config.ospf().options());
    assertTrue(config.keyChains().isEmpty());
  }

  private static final String UNDO =
      """
      no hostname
      no ip domain name
      no ip host far.example.com 1.2.3.4
      no crypto isakmp policy 20
      no crypto isakmp policy 30
      no crypto isakmp key named hostname far.example.com
      no crypto isakmp identity
      default crypto isakmp aggressive-mode disable
      default crypto isakmp fragmentation
      no crypto isakmp invalid-spi-recovery
      crypto isakmp peer address 10.9.1.1
      no description
      no set aggressive-mode client-endpoint fqdn rich.example.com
      no set aggressive-mode password
      no crypto isakmp peer address 10.9.1.1
      crypto isakmp profile P-far
      no description
      no ca trust-point
      no match identity host far.example.com
      no self-identity
      no keepalive
      no initiate mode
      crypto map M-ipsec 7
      no set isakmp-profile P-far
      no crypto isakmp profile P-far
      crypto pki trustpoint CA-one
      no certificate file
      no key file x
      no ca file
      no crypto pki trustpoint CA-one
      no crypto isakmp key other address 10.9.0.0 255.255.0.0
      default crypto isakmp nat keepalive
      no crypto ipsec nat-transparency force
      no crypto ipsec df-bit
      no crypto ipsec fragmentation after-encryption
      no crypto ipsec nat-transparency udp-encapsulation
      default crypto ipsec nat-transparency udp-encapsulation
      no crypto ipsec security-association lifetime seconds
      no crypto ipsec security-association lifetime kilobytes 10000
      default crypto ipsec security-association replay window-size
      no crypto ipsec security-association esn
      no crypto map M-ipsec 7
      no crypto map M-ipsec 65535 ipsec-isakmp dynamic D-any
      no crypto dynamic-map D-any 20
      no crypto dynamic-map D-any
      crypto map M-keys 10
      no set session-key inbound esp 4294967295 authenticator 00
      default set session-key outbound esp
      no crypto map M-keys 10 ipsec-manual
      no crypto map M-keys
      no crypto ipsec transform-set G
      no crypto ipsec transform-set N
      interface Tunnel2
      no description
      no bandwidth
      no ip unnumbered
      no ip mtu
      no keepalive
      no tunnel source
      no tunnel destination
      no tunnel key
      no tunnel checksum
      no tunnel sequence-datagrams
      no tunnel path-mtu-discovery
      no tunnel tos
      no tunnel ttl
      no ip ospf network
      no ip ospf cost
      default ip ospf hello-interval
      no ip ospf dead-interval 9
      no ip ospf priority
      no ip ospf retransmit-interval
      no ip ospf transmit-delay
      no ip ospf mtu-ignore
      no ip ospf authentication
      no ip ospf authentication-key
      no ip ospf message-digest-key 255 md5 7 0A0B0C
      no ip ospf 1 area 5
      no ip ospf prefix-suppression
      no ip ospf ttl-security
      no username concentrator
      no dialer-list 5
      no dialer-list 6 protocol ip deny
      interface gi0/4
      no mtu
      no pppoe enable
      no pppoe-client dial-pool-number 5 dial-on-demand service-name gold
      no pppoe-client ppp-max-payload
      interface gi0/5
      no pppoe-client dial-pool-number
      interface gi0/6
      no pppoe-client service-name
      interface Dialer5
      no encapsulation ppp
      no ip address negotiated
      no dialer pool
      no dialer idle-timeout 300 either
      no dialer persistent delay 5
      no dialer-group 5
      default keepalive
      no ppp timeout retry
      default ppp timeout authentication 20
      no ppp max-configure
      no ppp max-failure 7
      no ppp max-terminate
      no ppp authentication pap chap
      no ppp chap hostname rich@isp
      no ppp chap password 7 0A0B
      no ppp chap refuse
      no ppp pap sent-username richer@isp password 0 7
      no ppp ipcp dns request
      interface Dialer6
      no ppp pap refuse
      no interface Dialer6
      interface gi0/2
      no ip address 10.8.0.1 255.255.255.0 secondary
      no ip access-group 101 out
      no mtu
      router ospf 1
      no router-id
      no passive-interface default
      default log-adjacency-changes
      no auto-cost reference-bandwidth
      no area 0 authentication message-digest
      default area 5 authentication
      no area 5 range 10.1.0.0 255.255.0.0
      no area 5 virtual-link 9.9.9.8 message-digest-key 3
      no area 5 virtual-link 9.9.9.8 authentication
      no area 5 virtual-link 9.9.9.8
      no area 5
      no area 6 stub
      no area 6 default-cost
      no area 7 nssa translate type7 always
      no area 7 nssa default-information-originate
      no area 7
      no redistribute static
      no redistribute connected metric-type
      no redistribute connected
      no summary-address 10.9.0.0 255.255.0.0 tag 5
      no default-information originate
      no default-metric
      no maximum-paths 8
      no distance ospf
      no timers throttle spf
      no timers throttle lsa all
      no max-metric router-lsa
      no nsf ietf restart-interval
      no nsf ietf helper disable
      no nsf ietf helper strict-lsa-checking
      no prefix-suppression
      no ttl-security all-interfaces
      compatible rfc1583
      no max-lsa
      default capability opaque
      no neighbor 10.7.0.9 priority 3
      no neighbor 10.7.3.9
      no summary-address 10.10.0.0 255.255.0.0
      no network 10.0.0.0 0.255.255.255 area 5
      exit
      no ip route 10.0.0.0 255.0.0.0 Null0
      no ip route 10.3.0.0 255.255.0.0 192.168.1.2
      no ip route 10.4.0.0 255.255.0.0 Tunnel1 192.168.1.2
      no access-list 101
      no ip access-list standard S
      interface gi0/3
      no ip ospf authentication key-chain K-one
      key chain K-one
      key 2
      no send-lifetime
      no accept-lifetime
      no cryptographic-algorithm
      no key-string
      no key 1
      exit
      no key 2
      no key chain K-one
      end
      """;
}
