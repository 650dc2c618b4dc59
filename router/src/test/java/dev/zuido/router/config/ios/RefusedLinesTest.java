package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that are wrong in themselves: the column and the reason. */
final class RefusedLinesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "                       | frobnicate ~ 1 ~ unknown" + " command",
        "                       | crypto ~ 8 ~ incomplete:"
            + " expected one of: dynamic-map, ipsec, isakmp, key, map, pki",
        "                       | crypto i ~ 8 ~ ambiguous:" + " ipsec, isakmp",
        "                       | crypto isakmp policy 0 ~ 22 ~ out of range:"
            + " expected a number from 1 to 10000",
        "                       | crypto isakmp policy ten ~ 22 ~ expected a"
            + " number from 1 to 10000",
        "                       | crypto isakmp policy 1 2 ~ 24 ~ the command"
            + " ends before this word",
        "                       | crypto isakmp keepalive 9 ~ 25 ~ out of range:"
            + " expected a number from 10 to 3600",
        "                       | crypto isakmp keepalive 10 61 ~ 28 ~ out of range:"
            + " expected a number from 2 to 60",
        "                       | crypto isakmp identity auto ~ 1 ~ say which identity is told:"
            + " address, hostname, dn or key-id",
        "                       | crypto isakmp identity key-id ä ~ 1 ~ a key ID is of visible"
            + " ASCII, not 'ä'",
        "                       | crypto isakmp key 6 AAAA hostname b ~ 1 ~ keys that IOS"
            + " has encrypted cannot be read; give the key itself",
        "                       | crypto isakmp peer hostname b ~ 1 ~ names are never looked up; give"
            + " an address",
        "crypto isakmp peer address 1.1.1.1 | set aggressive-mode password 6 AA ~ 1 ~ keys that IOS"
            + " has encrypted cannot be read; give the key itself",
        "crypto isakmp profile P | match identity address 1.2.3.0 255.255.255.0 ~ 1 ~ a profile is"
            + " for one address here; give no mask",
        "crypto isakmp profile P | match identity host domain b.c ~ 1 ~ a profile is for one peer"
            + " here; give its whole name",
        "crypto isakmp profile P | match identity group G ~ 1 ~ groups of clients need mode-config,"
            + " not offered",
        "crypto isakmp profile P | match identity dn CN ~ 1 ~ 'CN' is no distinguished name such as"
            + " CN=gw, O=Example",
        "crypto isakmp profile P | match certificate M ~ 1 ~ certificate maps are not read; give"
            + " match identity with what the peer says it is",
        "crypto isakmp profile P | keyring K ~ 1 ~ keyrings are not read; keys are those of 'crypto"
            + " isakmp key'",
        "crypto isakmp profile P | client authentication list X ~ 1 ~ clients with XAUTH and"
            + " mode-config are not served",
        "                       | crypto pki certificate chain CA ~ 1 ~ certificates come from files:"
            + " 'certificate file', 'key file' and 'ca file' of a trustpoint",
        "                       | crypto pki import CA pem url x ~ 1 ~ certificates come from files:"
            + " 'certificate file', 'key file' and 'ca file' of a trustpoint",
        "crypto pki trustpoint CA | revocation-check crl none ~ 1 ~ revocation lists are not asked"
            + " for; say 'revocation-check none'",
        "crypto pki trustpoint CA | enrollment url http://x ~ 1 ~ nothing is enrolled here:"
            + " certificates come from files: 'certificate file', 'key file' and 'ca file' of a"
            + " trustpoint",
        "                       | no crypto pki trustpoint CA ~ 1 ~ there is no such trustpoint",
        "                       | no crypto isakmp profile P ~ 1 ~ there is no such profile",
        "                       | no crypto isakmp peer address 1.1.1.1 ~ 1 ~ there is no such peer",
        "                       | no ip host x ~ 1 ~ there is no such host",
        "                       | crypto ipsec transform-set X ah-sha-hmac esp-3des ~ 1 ~ the router"
            + " has no AH, only ESP, which authenticates too: take esp-null with the HMAC if"
            + " nothing is to be encrypted",
        "                       | crypto ipsec transform-set X esp-aes 256 ah-sha256-hmac ~ 1 ~ the"
            + " router has no AH, only ESP, which authenticates too: take esp-null with the HMAC if"
            + " nothing is to be encrypted",
        "                       | crypto ipsec transform-set X esp-3des esp-md5-hmac ah-md5-hmac ~ 1"
            + " ~ the router has no AH, only ESP, which authenticates too: take esp-null with the"
            + " HMAC if nothing is to be encrypted",
        "                       | crypto ipsec transform-set X esp-3des esp-md5-hmac comp-lzs ~ 1 ~"
            + " packets are not compressed",
        "                       | crypto isakmp nat keepalive 4 ~ 29 ~ out of range:"
            + " expected a number from 5 to 3600",
        "                       | crypto ipsec nat-transparency spi-matching ~ 1 ~ SPIs are drawn"
            + " at random, and no translator is helped by that",
        "                       | crypto isakmp key k address 1.2.3.4 255.0.255.0 ~ 37 ~ the ones"
            + " of a network mask are contiguous from the left",
        "                       | crypto isakmp key k address 1.2.3.4 255.0.0.0 ~ 1 ~ address and"
            + " mask are inconsistent; the network would be 1.0.0.0",
        "                       | crypto isakmp key 6 AAAA address 1.2.3.4 ~ 1 ~ keys that IOS"
            + " has encrypted cannot be read; give the key itself",
        "                       | crypto isakmp key k address 1.2.3.256 ~ 29 ~ expected an"
            + " IPv4 address",
        "crypto isakmp policy 1 | encryption aes 64 ~ 16 ~ expected one"
            + " of: 128, 192, 256, the end of the line",
        "crypto isakmp policy 1 | hash sha1 ~ 6 ~ expected one"
            + " of: md5, sha, sha256, sha384, sha512",
        "crypto isakmp policy 1 | authentication rsa-encr ~ 1 ~ authentication"
            + " by RSA encryption is not offered: it has been broken (Bleichenbacher's oracle)",
        "crypto isakmp policy 1 | group 24 ~ 1 ~ group 24 is not offered: nobody knows how its prime"
            + " was made (RFC 8247 section 2.4)",
        "crypto isakmp policy 1 | group 3 ~ 7 ~ expected one"
            + " of: 1, 14, 15, 16, 17, 18, 19, 2, 20, 21, 24, 31, 5",
        "crypto isakmp policy 1 | hash sha25 ~ 6 ~ expected one"
            + " of: md5, sha, sha256, sha384, sha512",
        "crypto isakmp policy 1 | lifetime 59 ~ 10 ~ out of range:"
            + " expected a number from 60 to 86400",
        "crypto isakmp policy 1 | lifetime 99999999999999999999999 ~ 10 ~ out of range:"
            + " expected a number from 60 to 86400",
        "                       | crypto ipsec transform-set X esp-3des ~ 1 ~ without an"
            + " HMAC packets are not authenticated (RFC 8221, section 4); add one such as"
            + " esp-sha-hmac",
        "                       | crypto ipsec transform-set X esp-aes 256 esp-aes 192 ~ 1 ~ a"
            + " transform set has one cipher and one HMAC",
        "                       | crypto ipsec transform-set X esp-3des esp-3des ~ 1 ~ a transform"
            + " set has one cipher and one HMAC",
        "                       | crypto ipsec transform-set X esp-gcm esp-sha-hmac ~ 1 ~ esp-gcm"
            + " authenticates by itself and takes no HMAC",
        "                       | crypto ipsec transform-set X esp-aes esp-sha ~ 38 ~ ambiguous:"
            + " esp-sha-hmac, esp-sha256-hmac, esp-sha384-hmac, esp-sha512-hmac",
        "                       | crypto ipsec security-association lifetime seconds 29 ~ 52 ~ out"
            + " of range: expected a number from 30 to 2592000",
        "                       | crypto map M 1 ~ 1 ~ a new entry of"
            + " a crypto map ends with ipsec-isakmp or ipsec-manual",
        "                       | crypto map M 65536 ipsec-isakmp ~ 14 ~ out of range:"
            + " expected a number from 1 to 65535",
        "                       | crypto map M 1 ipsec-isakmp dynamic D discover ~ 1 ~ the peers of"
            + " a dynamic map are not looked for: they have to call",
        "crypto map M 1 ipsec-isakmp dynamic D | set peer 1.2.3.4 ~ 1 ~ the entry stands for the"
            + " dynamic map D and has no settings of its own",
        "crypto map M 1 ipsec-isakmp dynamic D | crypto map M 1 ipsec-isakmp ~ 1 ~ entry 1 of M is"
            + " of another kind; take it back with 'no' first",
        "                       | crypto dynamic-map D ~ 22 ~ incomplete:" + " expected <1-65535>",
        "                       | no crypto dynamic-map D ~ 1 ~ there is no such dynamic map",
        "crypto map M 1 ipsec-manual | set session-key inbound esp 255 cipher 00 ~ 29 ~ out of"
            + " range: expected a number from 256 to 4294967295",
        "crypto map M 1 ipsec-manual | set session-key inbound esp 256 cipher 012 ~ 40 ~ a key has"
            + " two hexadecimal digits for each byte",
        "crypto map M 1 ipsec-manual | set session-key inbound esp 256 authenticator 0g ~ 47 ~ a"
            + " key has two hexadecimal digits for each byte",
        "crypto map M 1 ipsec-manual | set session-key inbound esp 256 ~ 33 ~ incomplete: expected"
            + " one of: authenticator, cipher",
        "crypto map M 1 ipsec-manual | set session-key inbound ah 256 00 ~ 1 ~ there is no AH, only"
            + " ESP",
        "crypto map M 1 ipsec-manual | set pfs group2 ~ 1 ~ nothing is negotiated for an entry that"
            + " ends with ipsec-manual",
        "crypto map M 1 ipsec-manual | set security-association lifetime seconds 600 ~ 1 ~ nothing"
            + " is negotiated for an entry that ends with ipsec-manual",
        "crypto map M 1 ipsec-isakmp | set session-key inbound esp 256 cipher 00 ~ 1 ~ session keys"
            + " belong to an entry that ends with ipsec-manual",
        "crypto dynamic-map D 1 | reverse-route ~ 1 ~ routes to what a peer protects are not made;"
            + " give a static route",
        "crypto map M 1 ipsec-isakmp | set security-association idle-time 60 ~ 1 ~ SAs are not"
            + " deleted because they are idle",
        "crypto map M 1 ipsec-isakmp | set pfs group3 ~ 9 ~ expected one"
            + " of: group1, group14, group15, group16, group17, group18, group19, group2, group20,"
            + " group21, group24, group31, group5, the end of the line",
        "crypto map M 1 ipsec-isakmp | set peer nowhere ~ 10 ~ expected an" + " IPv4 address",
        "                       | interface Serial0 ~ 11 ~ 'Serial' is no"
            + " kind of interface known here",
        "                       | interface T1 ~ 11 ~ 'T' is"
            + " ambiguous: TenGigabitEthernet, Tunnel",
        "                       | interface Gi0/0.1 ~ 11 ~ sub-interfaces" + " are not supported",
        "                       | interface Tunnel ~ 18 ~ incomplete:"
            + " expected the number of the interface",
        "                       | interface Null1 ~ 11 ~ '1' is no Null" + " number from 0 to 0",
        "interface Loopback0    | ip address 10.0.0.1 ~ 21 ~ incomplete:"
            + " expected a mask A.B.C.D",
        "interface Loopback0    | ip address 10.0.0.0 255.255.255.0 ~ 1 ~ 10.0.0.0 is no"
            + " host address of 10.0.0.0/24",
        "interface Loopback0    | ip address 10.0.0.255 255.255.255.0 ~ 1 ~ 10.0.0.255 is"
            + " no host address of 10.0.0.0/24",
        "interface Loopback0    | ip address 224.0.0.5 255.255.255.255 ~ 1 ~ 224.0.0.5 is"
            + " no unicast address",
        "interface Loopback0    | ip address 127.0.0.1 255.0.0.0 ~ 1 ~ 127.0.0.1 is"
            + " reserved for the loopback network 127.0.0.0/8",
        "interface Loopback0    | ip address 10.0.0.1 255.0.0.0 secondary ~ 1 ~ a secondary"
            + " address wants a primary one first",
        "interface Null0        | ip address 10.0.0.1 255.0.0.0 ~ 1 ~ Null0 has no" + " address",
        "interface Loopback0    | ip mtu 67 ~ 8 ~ out of range:"
            + " expected a number from 68 to 65535",
        "interface Loopback0    | ip tcp adjust-mss 1461 ~ 19 ~ out of range:"
            + " expected a number from 500 to 1460",
        "interface Loopback0    | ip access-group X ~ 19 ~ incomplete:"
            + " expected one of: in, out",
        "interface Loopback0    | tunnel source Dialer1 ~ 1 ~ Loopback0 is"
            + " no tunnel interface",
        "interface Tunnel0      | tunnel key 4294967296 ~ 12 ~ out of range:"
            + " expected a number from 0 to 4294967295",
        "interface Tunnel0      | tunnel mode ipsec ipv4 ~ 1 ~ tunnels are of" + " GRE over IPv4",
        "interface Tunnel0      | tunnel mode gre ipv6 ~ 1 ~ the router forwards"
            + " IPv4 only: GRE is over IPv4",
        "interface Tunnel0      | tunnel mode gre multipoint ~ 1 ~ a tunnel has"
            + " one destination: there is no NHRP",
        "interface Tunnel0      | tunnel path-mtu-discovery age-timer 9 ~ 37 ~ out of range:"
            + " expected a number from 10 to 30",
        "interface Tunnel0      | tunnel tos 256 ~ 12 ~ out of range:"
            + " expected a number from 0 to 255",
        "interface Tunnel0      | tunnel ttl 0 ~ 12 ~ out of range:"
            + " expected a number from 1 to 255",
        "interface Tunnel0      | ip ospf cost 0 ~ 14 ~ out of range:"
            + " expected a number from 1 to 65535",
        "interface Tunnel0      | ip ospf authentication-key 123456789 ~ 1 ~ a simple password has"
            + " at most 8 characters",
        "interface Tunnel0      | ip ospf authentication-key 7 0A0B ~ 1 ~ keys that IOS has"
            + " encrypted cannot be read; give the key itself",
        "interface Tunnel0      | ip ospf message-digest-key 1 md5 7 0A0B ~ 1 ~ keys that IOS has"
            + " encrypted cannot be read; give the key itself",
        "interface Tunnel0      | ip ospf message-digest-key 256 md5 x ~ 28 ~ out of range:"
            + " expected a number from 1 to 255",
        "interface Tunnel0      | ip ospf message-digest-key 1 sha x ~ 30 ~ expected md5",
        "interface Tunnel0      | ip ospf message-digest-key 1 md5 12345678901234567 ~ 1 ~ an MD5"
            + " key has at most 16 characters",
        "interface Tunnel0      | no ip ospf message-digest-key 1 ~ 1 ~ there is no key of this"
            + " number",
        "interface Tunnel0      | ip ospf dead-interval minimal hello-multiplier 4 ~ 1 ~ hello"
            + " intervals are of whole seconds",
        "interface Tunnel0      | ip ospf database-filter all out ~ 1 ~ every LSA goes to everybody",
        "interface Tunnel0      | ip ospf demand-circuit ~ 1 ~ demand circuits of other routers are"
            + " understood, but none can be operated (RFC 1793)",
        "interface Tunnel0      | ip ospf bfd ~ 1 ~ there is no BFD that would watch the neighbours",
        "interface Tunnel0      | no ip ospf 1 area 0 ~ 1 ~ the interface is not put into this"
            + " process",
        "key chain C            | key 1 2 ~ 7 ~ the command ends before this word",
        "router ospf 1          | area 0 stub ~ 1 ~ the backbone takes everything in",
        "router ospf 1          | no area 1 stub ~ 1 ~ the area is no stub area",
        "router ospf 1          | area 1 filter-list prefix P in ~ 1 ~ summaries are not filtered by"
            + " lists; 'area … range … not-advertise' hides networks",
        "router ospf 1          | area 1 range 10.0.0.1 255.0.0.0 ~ 1 ~ address and mask are"
            + " inconsistent; the network would be 10.0.0.0",
        "router ospf 1          | area 0 virtual-link 1.1.1.1 ~ 1 ~ a virtual link runs through"
            + " another area than 0",
        "router ospf 1          | area 1 virtual-link 1.1.1.1 authentication-key 123456789 ~ 1 ~ a"
            + " simple password has at most 8 characters",
        "router ospf 1          | area 1 virtual-link 1.1.1.1 hello-interval 5 hello-interval 6 ~ 46 ~"
            + " expected one of: authentication-key, dead-interval, message-digest-key,"
            + " retransmit-interval, transmit-delay, the end of the line",
        "router ospf 1          | redistribute static route-map M ~ 1 ~ there are no route maps",
        "router ospf 1          | redistribute rip subnets ~ 1 ~ there is no other routing protocol"
            + " here; static and connected routes can be told",
        "router ospf 1          | no redistribute static ~ 1 ~ these routes are not redistributed",
        "router ospf 1          | default-information originate route-map M ~ 1 ~ there are no route"
            + " maps",
        "router ospf 1          | timers throttle spf 10 5 100 ~ 1 ~ the second wait is not shorter"
            + " than the first",
        "router ospf 1          | timers throttle spf 10 50 20 ~ 1 ~ the longest wait is not shorter"
            + " than the one before",
        "router ospf 1          | timers throttle spf 10 50 600000 ~ 1 ~ the routes are calculated"
            + " after 60000 ms at the latest",
        "router ospf 1          | timers lsa arrival 100 ~ 1 ~ an LSA is taken once in 1000 ms:"
            + " MinLSArrival of RFC 2328, appendix B",
        "router ospf 1          | timers pacing flood 5 ~ 1 ~ packets of a flood leave at once, and"
            + " each LSA is refreshed by its own age",
        "router ospf 1          | max-metric router-lsa on-startup wait-for-bgp ~ 1 ~ there is no BGP"
            + " to wait for",
        "router ospf 1          | nsf cisco ~ 1 ~ give 'nsf ietf': graceful restart is RFC 3623's"
            + " here",
        "router ospf 1          | bfd all-interfaces ~ 1 ~ there is no BFD that would watch the"
            + " neighbours",
        "router ospf 1          | distance ospf ~ 1 ~ incomplete: expected one of: external,"
            + " inter-area, intra-area",
        "router ospf 1          | max-lsa 100 warning-only ~ 1 ~ what happens at the limit is fixed:"
            + " further LSAs are not taken, and counted",
        "router ospf 1          | neighbor 224.0.0.5 ~ 1 ~ 224.0.0.5 is no unicast address",
        "router ospf 1          | neighbor 1.1.1.1 database-filter all out ~ 1 ~ every LSA goes to"
            + " everybody",
        "router ospf 1          | area 0 authentication null ~ 23 ~ expected one of:"
            + " message-digest, the end of the line",
        "router ospf 1          | network 10.0.0.0 0.0.0.255 ~ 28 ~ incomplete:" + " expected area",
        "router ospf 1          | router-id 0.0.0.0 ~ 1 ~ 0.0.0.0 is no" + " router ID",
        "router ospf 1          | router ospf 2 ~ 1 ~ there is one" + " OSPF process, and it is 1",
        "                       | ip route 10.0.0.1 255.0.0.0 Null0 ~ 1 ~ address and"
            + " mask are inconsistent; the network would be 10.0.0.0",
        "                       | ip route 10.0.0.0 255.0.0.0 Null0 1.2.3.4 ~ 1 ~ nothing lies"
            + " behind Null0",
        "                       | ip route 10.0.0.0 255.0.0.0 1.2.3.4 256 ~ 37 ~ out of range:"
            + " expected a number from 1 to 255",
        "                       | ip access-list extended 50 ~ 1 ~ 50 does not"
            + " number extended access lists",
        "                       | access-list 200 permit ip any any ~ 13 ~ expected one of:"
            + " <1-99>, <1300-1999>, <100-199>, <2000-2699>",
        "ip access-list extended X | permit gre any ~ 16 ~ incomplete:"
            + " expected one of: any, host, A.B.C.D",
        "ip access-list extended X | permit foo any any ~ 8 ~ expected one"
            + " of: ahp, eigrp, esp, gre, icmp, igmp, ip, ipinip, nos, ospf, pcp, pim, tcp, udp",
        "ip access-list extended X | permit udp any eq 65536 any ~ 19 ~ out of range:"
            + " expected a number from 0 to 65535",
        "ip access-list extended X | permit udp any any eq www ~ 23 ~ expected a"
            + " port <0-65535> or the name of one",
        "ip access-list extended X | permit gre any any eq 5 ~ 20 ~ expected one"
            + " of: fragments, log",
        "ip access-list extended X | permit udp any any established ~ 20 ~ expected one"
            + " of: fragments, log",
        "ip access-list extended X | permit tcp any any range 9 8 ~ 28 ~ the range ends"
            + " before it begins",
        "ip access-list extended X | permit ip any any log log ~ 23 ~ expected" + " fragments",
        "ip access-list standard X | permit host ~ 13 ~ incomplete:" + " expected an IPv4 address",
      })
  void aLineIsRefused(String sectionAndLine, int column, String reason) {
    String[] parts = sectionAndLine.split("\\|", 2);
    String section = parts[0].strip();
    String line = parts[1].strip();
    ConfigReport report = IosReader.read((section.isEmpty() ? "!" : section) + "\n" + line);
    LineReport refused = report.lines().get(1);
    assertEquals(new LineOutcome.Refused(column, reason), refused.outcome());
    assertFalse(report.lines().get(0).refused());
  }

  static Stream<Arguments> sections() {
    return Stream.of(
        Arguments.of("interface Foo0", "ip address 1.1.1.1 255.0.0.0"),
        Arguments.of("crypto isakmp policy 0", "encr 3des"),
        Arguments.of("crypto map M x ipsec-isakmp", "set peer 1.1.1.1"),
        Arguments.of("router ospf", "network 1.1.1.1 0.0.0.0 area 0"),
        Arguments.of("crypto ipsec transform-set X esp-3des", "mode transport"));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void whatFollowsARefusedOpeningIsRefusedForThatReason(String opening, String line) {
    ConfigReport report = IosReader.read("interface Loopback0\n" + opening + "\n" + line);
    assertEquals(
        new LineOutcome.Refused(1, "line 2, which opens this section, is refused"),
        report.lines().get(2).outcome());
  }

  @Test
  void whatFollowsTheEndIsRefused() {
    ConfigReport report = IosReader.read("hostname a\nend\n\nhostname b");
    assertEquals(List.of(4), report.refusals().stream().map(LineReport::number).toList());
  }

  @Test
  void anInterfaceHasEightDigestKeys() {
    StringBuilder text = new StringBuilder("interface Tunnel0\n");
    for (int id = 1; id <= 9; id++) {
      text.append("ip ospf message-digest-key ").append(id).append(" md5 a\n");
    }
    ConfigReport report = IosReader.read(text.toString());
    assertFalse(report.lines().get(8).refused());
    assertEquals(
        new LineOutcome.Refused(1, "an interface has at most 8 keys"),
        report.lines().get(9).outcome());
  }

  @Test
  void aMistypedKeyStringKeepsTheKey() {
    for (String line :
        List.of("key-sting s3", "ke-string s3", "key-string 7 s3", "key-string s3 x")) {
      LineReport report = IosReader.read("key chain C\nkey 1\n" + line).lines().get(2);
      assertTrue(report.refused() && !report.text().contains("s3"), report::text);
    }
  }

  @Test
  void aSequenceNumberIsTakenOnce() {
    ConfigReport report =
        IosReader.read("ip access-list extended X\n10 permit ip any any\n10 deny ip any any");
    assertTrue(report.lines().get(2).refused());
  }

  @Test
  void linesAndTextHaveALimit() {
    String longLine = "description " + "x".repeat(IosReader.MAX_LINE_LENGTH);
    assertTrue(IosReader.read("interface Lo0\n" + longLine).lines().get(1).refused());
    ConfigReport report = IosReader.read("!\n".repeat(IosReader.MAX_LINES) + "hostname x\n");
    assertEquals(1, report.refusals().size());
    assertEquals(IosReader.MAX_LINES + 1, report.refusals().get(0).number());
  }

  @Test
  void aBannerHidesLinesThatLookLikeCommands() {
    ConfigReport report =
        IosReader.read("banner motd ^C\nhostname no\n  ^C\nhostname yes\nbanner login #hi#");
    assertEquals("yes", report.config().hostname());
    assertEquals(
        4,
        report.lines().stream()
            .filter(line -> line.outcome() instanceof LineOutcome.WithoutEffect)
            .count());
  }

  @Test
  void aBannerWithoutEndIsRefusedAlone() {
    ConfigReport report = IosReader.read("banner motd #\nhostname yes");
    assertEquals(List.of(1), report.refusals().stream().map(LineReport::number).toList());
  }

  @Test
  void controlCharactersAreNotPrinted() {
    ConfigReport report = IosReader.read("host\u001b[31mname x\u202e");
    assertEquals("host [31mname x?", report.lines().get(0).text());
  }
}
