package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineReport;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference configuration with one thing changed: the line to blame, and why. */
final class ConfigProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "set transform-set IPSEC ~ set transform-set NONE ~ 15 ~ there is no transform set 'NONE'",
        "set transform-set IPSEC ~ ! ~ 13 ~ crypto map M-ipsec 1 has no 'set transform-set'",
        "esp-3des esp-md5-hmac ~ esp-chacha20-poly1305 ~ 15 ~ IKEv1 has no number for"
            + " esp-chacha20-poly1305 (RFC 2407 sections 4.4.4 and 4.5), so that transform set"
            + " 'IPSEC' needs session keys (ipsec-manual)",
        "esp-3des esp-md5-hmac ~ esp-aes esp-aes-cmac ~ 15 ~ IKEv1 has no number for esp-aes-cmac"
            + " (RFC 2407 sections 4.4.4 and 4.5), so that transform set 'IPSEC' needs session keys"
            + " (ipsec-manual)",
        "match address A-ipsec ~ match address NONE ~ 16 ~ there is no access list 'NONE'",
        "match address A-ipsec ~ ! ~ 13 ~ crypto map M-ipsec 1 has no 'match address'",
        "set peer 200.1.1.1 ~ ! ~ 13 ~ crypto map M-ipsec 1 has no 'set peer'",
        "set peer 200.1.1.1 ~ set peer 200.1.1.2 ~ 14 ~ there is no 'crypto isakmp key' for the"
            + " peer 200.1.1.2",
        "authentication pre-share ~ ! ~ 1 ~ without 'authentication pre-share' the policy means RSA"
            + " signatures, and there is no 'crypto pki trustpoint' with 'certificate file', 'key"
            + " file' and 'ca file'",
        "group 2 ~ group 2\\nauthentication rsa-sig\\ncrypto pki trustpoint T\\n certificate"
            + " file x\\n key file y ~ 1 ~ without 'authentication pre-share' the policy means RSA"
            + " signatures, and there is no 'crypto pki trustpoint' with 'certificate file', 'key"
            + " file' and 'ca file'",
        "crypto isakmp keepalive 30 ~ crypto isakmp identity hostname ~ 8 ~ there is no 'hostname'",
        "crypto isakmp keepalive 30 ~ crypto isakmp identity dn ~ 8 ~ there is no certificate with a"
            + " name",
        "crypto isakmp keepalive 30 ~ crypto isakmp aggressive-mode disable\\ncrypto isakmp peer"
            + " address 1.1.1.1\\nset aggressive-mode password x ~ 10 ~ 'crypto isakmp"
            + " aggressive-mode disable' forbids it",
        "crypto isakmp keepalive 30 ~ crypto isakmp aggressive-mode disable\\ncrypto isakmp profile"
            + " P\\nmatch identity host b\\ninitiate mode aggressive ~ 11 ~ 'crypto isakmp"
            + " aggressive-mode disable' forbids it",
        "crypto isakmp keepalive 30 ~ crypto isakmp profile P\\nkeepalive 30 retry 2 ~ 8 ~ crypto"
            + " isakmp profile P has no 'match identity'",
        "crypto isakmp keepalive 30 ~ crypto isakmp profile P\\nmatch identity host b\\nself-identity"
            + " fqdn ~ 10 ~ there is no 'hostname'",
        "crypto isakmp keepalive 30 ~ crypto isakmp profile P\\nmatch identity host b\\nca"
            + " trust-point T ~ 10 ~ there is no trustpoint 'T' with 'certificate file', 'key file'"
            + " and 'ca file'",
        "set transform-set IPSEC ~ set transform-set IPSEC\\nset isakmp-profile P ~ 16 ~ there is no"
            + " profile 'P'",
        "ip access-group A-security in ~ ip access-group NONE in ~ 39 ~ there is no access list"
            + " 'NONE'",
        "ip access-group A-security in ~ ip access-group NONE out ~ 39 ~ there is no access list"
            + " 'NONE'",
        "crypto map M-ipsec\\n ~ crypto map NONE\\n ~ 48 ~ there is no crypto map 'NONE'",
        "tunnel source Dialer1 ~ ! ~ 31 ~ Tunnel1 has no tunnel source",
        "tunnel source Dialer1 ~ tunnel source Dialer2 ~ 34 ~ Dialer2 is not configured",
        "tunnel source Dialer1 ~ tunnel source Tunnel1 ~ 34 ~ a tunnel cannot be its own source",
        "tunnel source Dialer1 ~ tunnel source gi0/0 ~ 34 ~ GigabitEthernet0/0 has no address",
        "tunnel source Dialer1 ~ tunnel source 9.9.9.9 ~ 34 ~ 9.9.9.9 is no address of this router",
        "tunnel destination 200.1.1.1 ~ ! ~ 31 ~ Tunnel1 has no tunnel destination",
        "tunnel destination 200.1.1.1 ~ tunnel destination 100.1.1.1 ~ 35 ~ 100.1.1.1 is an address"
            + " of this router itself",
        "ip unnumbered Loopback0 ~ ip unnumbered Loopback9 ~ 38 ~ Loopback9 is not configured",
        "ip unnumbered Loopback0 ~ ip unnumbered Dialer1 ~ 38 ~ Dialer1 has no address of its own"
            + " to lend",
        "ip unnumbered Loopback0 ~ ip unnumbered gi0/0 ~ 38 ~ GigabitEthernet0/0 has no address",
        "ip address 192.168.1.1 255.255.255.0 ~ ip address 10.1.1.1 255.255.255.128 ~ 32 ~"
            + " 10.1.1.0/25 overlaps 10.1.1.0/24 of GigabitEthernet0/1",
        "ip address 192.168.1.1 255.255.255.0 ~ ip address 10.1.1.254 255.255.255.0 ~ 32 ~ the"
            + " address 10.1.1.254/24 is also that of GigabitEthernet0/1",
        "ip route 0.0.0.0 0.0.0.0 Dialer1 ~ ip route 0.0.0.0 0.0.0.0 Dialer9 ~ 57 ~ the route's"
            + " interface Dialer9 is not configured",
        "permit gre host 100.1.1.1 host 200.1.1.1 ~ deny gre any any ~ 16 ~ access list 'A-ipsec'"
            + " permits nothing",
        "permit gre host 100.1.1.1 host 200.1.1.1 ~ permit gre 10.0.0.0 0.255.0.255 any ~ 16 ~"
            + " 'permit gre 10.0.0.0 0.255.0.255 any' of access list 'A-ipsec' has a wildcard that"
            + " no quick-mode identity can carry",
        "permit gre host 100.1.1.1 host 200.1.1.1 ~ permit udp any lt 5 any ~ 16 ~ 'permit udp any"
            + " lt 5 any' of access list 'A-ipsec' has ports that no quick-mode identity can carry",
        "permit gre host 100.1.1.1 host 200.1.1.1 ~ permit tcp any any established ~ 16 ~ 'permit"
            + " tcp any any established' of access list 'A-ipsec' asks for what no security policy"
            + " can say",
        "tunnel source Dialer1 ~ tunnel source Dialer1\\n"
            + "crypto map M-ipsec ~ 35 ~ a crypto map belongs to the interface that the tunnel's"
            + " packets leave by",
        "crypto isakmp keepalive 30 ~ crypto ipsec nat-transparency force\\nno crypto ipsec"
            + " nat-transparency udp-encapsulation ~ 8 ~ encapsulation cannot be forced and turned off"
            + " at the same time",
        "ip mtu 1372 ~ ip ospf 9 area 0 ~ 33 ~ there is one OSPF process, and it is 1",
        "ip mtu 1372 ~ ip ospf authentication key-chain NONE ~ 33 ~ there is no key chain 'NONE'",
        "log-adjacency-changes ~ area 7 virtual-link 1.2.3.4\\narea 7 stub ~ 53 ~ no virtual link runs"
            + " through area 0.0.0.7, a stub area or an NSSA",
        "log-adjacency-changes ~ area 7 virtual-link 100.1.1.1 ~ 52 ~ the virtual link leads to this"
            + " router itself",
        "no cdp enable\\n"
            + "!\\n"
            + "interface Gig ~ crypto map M-ipsec\\n"
            + "!\\n"
            + "interface Gig ~ 25 ~ without an address no peer can be spoken to",
      })
  void anErrorRefusesTheLineToBlame(String before, String after, int line, String message) {
    ConfigReport report = changed(before, after);
    assertEquals(
        List.of(line + ": " + message),
        report.refusals().stream()
            .map(r -> r.number() + ": " + reason(r))
            .filter(text -> !text.contains("is also that") || text.contains(message))
            .toList(),
        report::render);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "ip mtu 1372 ~ ip mtu 1394 ~ 0 ~ ''",
        "ip mtu 1372 ~ ip mtu 1395 ~ 33 ~ a packet of 1395 bytes becomes 1456 with GRE and ESP, but"
            + " the MTU of Dialer1 is 1454; it will be fragmented",
        "mode transport ~ mode tunnel ~ 0 ~ ''",
        "crypto isakmp keepalive 30 ~ crypto ipsec nat-transparency force ~ 8 ~ this line is an"
            + " extension: IOS does not know it",
        "group 2 ~ group 31 ~ 5 ~ this line is an extension: IOS does not know it",
        "set transform-set IPSEC ~ set transform-set IPSEC\\nset pfs group17 ~ 16 ~ this line is an"
            + " extension: IOS does not know it",
        "crypto isakmp keepalive 30 ~ crypto isakmp identity key-id b ~ 8 ~ this line is an"
            + " extension: IOS does not know it",
        "crypto isakmp keepalive 30 ~ crypto isakmp fragmentation force ~ 8 ~ this line is an"
            + " extension: IOS does not know it",
        "crypto isakmp keepalive 30 ~ no crypto isakmp aggressive-mode disable ~ 8 ~ aggressive mode"
            + " shows identities in the clear, and with a pre-shared key gives everybody who asks"
            + " what is needed to try out keys",
        "crypto isakmp keepalive 30 ~ crypto isakmp peer address 1.1.1.1 ~ 8 ~ without 'set"
            + " aggressive-mode' it does nothing",
        "crypto isakmp keepalive 30 ~ crypto isakmp profile P\\nmatch identity key-id b ~ 9 ~ this"
            + " line is an extension: IOS does not know it",
        "crypto isakmp keepalive 30 ~ crypto pki trustpoint T ~ 8 ~ it is not used: it needs"
            + " 'certificate file', 'key file' and 'ca file'",
        "network 10.1.1.254 0.0.0.0 area 0 ~ network 10.9.9.9 0.0.0.0 area 0 ~ 53 ~ no interface"
            + " has an address that matches",
        "log-adjacency-changes ~ passive-interface Dialer7 ~ 52 ~ Dialer7 is not configured",
        "ip mtu 1372 ~ ip ospf authentication ~ 33 ~ Tunnel1 authenticates OSPF with an empty key,"
            + " since it has no 'ip ospf authentication-key'",
        "ip mtu 1372 ~ ip ospf authentication message-digest\\nip ospf message-digest-key 1 md5 k ~ 0 ~"
            + " ''",
        "ip mtu 1372 ~ ip ospf authentication null\\nip ospf authentication-key k ~ 34 ~ nothing says"
            + " that Tunnel1 authenticates OSPF by simple passwords",
        "ip mtu 1372 ~ ip ospf message-digest-key 1 md5 k ~ 33 ~ nothing says that Tunnel1"
            + " authenticates OSPF by message digests",
        "log-adjacency-changes ~ area 0 authentication message-digest\\npassive-interface gi0/1 ~ 31 ~"
            + " Tunnel1 authenticates OSPF with an empty key, since it has no 'ip ospf"
            + " message-digest-key'",
        "log-adjacency-changes ~ redistribute static ~ 52 ~ without 'subnets' only classful networks"
            + " are redistributed",
        "log-adjacency-changes ~ neighbor 10.1.1.7 ~ 52 ~ GigabitEthernet0/1 is a broadcast network,"
            + " whose neighbors are found by multicast",
        "log-adjacency-changes ~ neighbor 9.1.1.7 ~ 52 ~ no interface has a network with this neighbor",
        "log-adjacency-changes ~ area 0 default-cost 7 ~ 52 ~ the default cost of area 0.0.0.0 is of"
            + " stub areas and NSSAs alone",
        "log-adjacency-changes ~ area 7 authentication ~ 52 ~ no network is in the area 0.0.0.7",
        "ip mtu 1372 ~ ip ospf dead-interval 5 ~ 33 ~ the dead interval is not longer than the"
            + " hello interval",
      })
  void aWarningRefusesNothing(String before, String after, int line, String message) {
    ConfigReport report = changed(before, after);
    assertTrue(report.accepted(), report::render);
    assertEquals(
        line == 0 ? List.of() : List.of(line + ": " + message),
        report.lines().stream()
            .flatMap(l -> l.warnings().stream().map(warning -> l.number() + ": " + warning))
            .toList());
  }

  @Test
  void aPeerHasOneProfile() {
    String text =
        ReferenceConfigs.SITE_A.replace(
            "set transform-set IPSEC", "set transform-set IPSEC\nset isakmp-profile P");
    String profile = "crypto isakmp profile P\n match identity host b\n";
    assertTrue(IosReader.read(text + profile).accepted());
    String second =
        """
        crypto map M-ipsec 2 ipsec-isakmp
         set peer 200.1.1.1
         set transform-set IPSEC
         match address A-ipsec
        """;
    assertEquals(
        List.of("another entry for the peer 200.1.1.1 names another profile, or none"),
        IosReader.read(text + profile + second).refusals().stream()
            .map(ConfigProblemsTest::reason)
            .toList());
  }

  @Test
  void strangersHaveOneProfile() {
    String text =
        ReferenceConfigs.SITE_A
            + """
            crypto isakmp key any address 0.0.0.0
            crypto isakmp profile P
             match identity host b
            crypto dynamic-map D 1
             set transform-set IPSEC
             set isakmp-profile P
             match address A-ipsec
            """;
    assertTrue(IosReader.read(text).accepted(), IosReader.read(text)::render);
    String second = "crypto dynamic-map D 2\n set transform-set IPSEC\n match address A-ipsec\n";
    assertEquals(
        List.of(
            "the entries of dynamic maps without 'set peer' name one profile, or none",
            "the entries of dynamic maps without 'set peer' name one profile, or none"),
        IosReader.read(text + second).refusals().stream().map(ConfigProblemsTest::reason).toList());
  }

  @Test
  void aCertificateTakesAKeysPlace() {
    String text =
        ReferenceConfigs.SITE_A
            .replace("authentication pre-share", "authentication rsa-sig")
            .replace("crypto isakmp key cisco address 200.1.1.1", "!");
    assertFalse(IosReader.read(text).accepted());
    String files = "crypto pki trustpoint T\n certificate file x\n key file y\n ca file z\n";
    assertTrue(IosReader.read(text + files).accepted(), IosReader.read(text + files)::render);
  }

  @Test
  void aKeyByNameIsForAHostWhoseAddressIsGiven() {
    String text =
        ReferenceConfigs.SITE_A.replace(
            "crypto isakmp key cisco address 200.1.1.1", "crypto isakmp key cisco hostname b.c");
    assertFalse(IosReader.read(text).accepted());
    assertTrue(IosReader.read(text + "ip host b.c 200.1.1.1\n").accepted());
  }

  @Test
  void anEntryHasOnePeerAndOneMode() {
    ConfigReport report =
        IosReader.read(
            ReferenceConfigs.SITE_A
                .replace("set peer 200.1.1.1", "set peer 200.1.1.1\nset peer 200.1.1.2")
                .replace("key cisco address 200.1.1.1", "key k address 0.0.0.0 0.0.0.0")
                .replace("!\ncrypto map", "crypto ipsec transform-set T esp-gcm\ncrypto map")
                .replace("set transform-set IPSEC", "set transform-set IPSEC T"));
    assertEquals(
        List.of(
            "an entry has one peer here; there is no falling back to a second",
            "the transform sets differ in their modes"),
        report.refusals().stream().map(ConfigProblemsTest::reason).toList());
  }

  @Test
  void onlyTheLastEntryMayDeny() {
    String text =
        ReferenceConfigs.SITE_A.replace("permit gre host 1", "deny gre any any\npermit gre host 1");
    assertTrue(IosReader.read(text).accepted());
    String second =
        """
        crypto map M-ipsec 2 ipsec-isakmp
        set peer 200.1.1.1
        set transform-set IPSEC
        match address A-security
        """;
    assertEquals(
        List.of(
            "'deny gre any any' of access list 'A-ipsec' denies, which only the last entry of a"
                + " crypto map may do"),
        IosReader.read(text + second).refusals().stream().map(ConfigProblemsTest::reason).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "set transform-set IPSEC ~ set transform-set X ~ 15: there is no transform set 'X'",
        "set transform-set IPSEC ~ ! ~ 13: crypto dynamic-map D 5 has no 'set transform-set'",
        "set peer 200.1.1.1 ~ set peer 1.2.3.4 ~ 14: there is no 'crypto isakmp key' for the peer"
            + " 1.2.3.4",
        "match address A-ipsec ~ match address X ~ 16: there is no access list 'X'",
        "dynamic D ~ dynamic E ~ 17: there is no dynamic map 'E'",
        "dynamic D ~ dynamic D\\ncrypto map M-ipsec 2 ipsec-isakmp dynamic D ~ 16: 'deny gre any any'"
            + " of access list 'A-ipsec' denies, which only the last entry of a crypto map may do",
        "crypto isakmp key cisco address 200.1.1.1 ~ ! ~ 13: there is no 'crypto isakmp key' that a"
            + " peer could know",
      })
  void anErrorOfADynamicMapRefusesTheLineToBlame(String before, String after, String expected) {
    String text =
        ReferenceConfigs.SITE_A
            .replace("crypto map M-ipsec 1 ipsec-isakmp", "crypto dynamic-map D 5")
            .replace("A-ipsec\n!", "A-ipsec\ncrypto map M-ipsec 1 ipsec-isakmp dynamic D\n!")
            .replace("permit gre host 100", "deny gre any any\npermit gre host 100");
    String from = before.strip();
    if (from.startsWith("crypto isakmp key")) {
      text = text.replace("set peer 200.1.1.1", "!");
    }
    assertTrue(IosReader.read(text).accepted() || from.startsWith("crypto isakmp key"));
    assertTrue(text.contains(from), from);
    ConfigReport report = IosReader.read(text.replace(from, after.replace("\\n", "\n")));
    assertEquals(
        List.of(expected),
        report.refusals().stream().map(r -> r.number() + ": " + reason(r)).toList(),
        report::render);
  }

  private static final String MANUAL =
      ReferenceConfigs.SITE_A
          .replace("ipsec-isakmp", "ipsec-manual")
          .replace(
              "set transform-set IPSEC",
              "set session-key inbound esp 300 cipher KEY24 authenticator KEY16\n"
                  + "set session-key outbound esp 301 cipher KEY24 authenticator KEY16\n"
                  + "set transform-set IPSEC");

  private static String withKeys(String text) {
    return text.replace("KEY24", "0f".repeat(24)).replace("KEY16", "0f".repeat(16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "inbound esp 300 cipher KEY24 ~ inbound esp 300 cipher KEY16 ~ 15: the cipher key has 16"
            + " bytes, and that of esp-3des has 24",
        "inbound esp 300 cipher KEY24 ~ inbound esp 300 ~ 15: the cipher key is missing: esp-3des has"
            + " one of 24 bytes",
        "outbound esp 301 cipher KEY24 authenticator KEY16 ~ outbound esp 301 cipher KEY24 ~ 16: the"
            + " authenticator key is missing: esp-md5-hmac has one of 16 bytes",
        "outbound esp 301 cipher KEY24 authenticator KEY16 ~ outbound esp 301 cipher KEY24"
            + " authenticator KEY24 ~ 16: the authenticator key has 24 bytes, and that of esp-md5-hmac"
            + " has 16",
        "IPSEC esp-3des esp-md5-hmac ~ IPSEC esp-null esp-md5-hmac ~ 15: esp-null has no use for the"
            + " cipher key; 16: esp-null has no use for the cipher key",
        "set session-key outbound ~ !set ~ 13: crypto map M-ipsec 1 has no 'set session-key outbound'",
        "set peer 200.1.1.1 ~ ! ~ 13: crypto map M-ipsec 1 has no 'set peer'",
        "set transform-set IPSEC ~ ! ~ 13: crypto map M-ipsec 1 has no 'set transform-set'",
        "set transform-set IPSEC ~ set transform-set IPSEC T\\ncrypto ipsec transform-set T esp-des"
            + " esp-md5-hmac\\nmode transport\\ncrypto map M-ipsec 1 ~ 17: session keys are those of one"
            + " transform set",
        "match address A-ipsec ~ ! ~ 13: crypto map M-ipsec 1 has no 'match address'",
        "match address A-ipsec ~ match address A-security ~ 18: one pair of session keys is for one"
            + " rule, which permits, but access list 'A-security' has others",
        "permit gre host 100.1.1.1 host 200.1.1.1 ~ permit gre 10.0.0.0 0.255.0.255 any ~ 18:"
            + " 'permit gre 10.0.0.0 0.255.0.255 any' of access list 'A-ipsec' has a wildcard that no"
            + " security policy can carry",
        "match address A-ipsec ~ match address A-ipsec\\ncrypto map M-ipsec 2 ipsec-manual\\nset peer"
            + " 200.1.1.1\\nset session-key inbound esp 300 cipher KEY24 authenticator KEY16\\nset"
            + " session-key outbound esp 301 cipher KEY24 authenticator KEY16\\nset transform-set"
            + " IPSEC\\nmatch address A-ipsec ~ 21: another entry has the inbound SPI too; 22: another"
            + " entry has the SPI to this peer too",
      })
  void anErrorOfSessionKeysRefusesTheLineToBlame(String before, String after, String expected) {
    assertTrue(IosReader.read(withKeys(MANUAL)).accepted());
    assertTrue(MANUAL.contains(before), before);
    ConfigReport report =
        IosReader.read(withKeys(MANUAL.replace(before, after.replace("\\n", "\n"))));
    assertEquals(
        expected,
        report.refusals().stream()
            .map(r -> r.number() + ": " + reason(r))
            .collect(Collectors.joining("; ")),
        report::render);
  }

  @Test
  void aCounterModeHasNoSessionKeysUnlessForTests() {
    String text =
        MANUAL
            .replace("esp-3des esp-md5-hmac", "esp-gcm 256")
            .replace("KEY24 authenticator KEY16", "KEY24" + "00".repeat(12));
    ConfigReport report = IosReader.read(withKeys(text));
    assertEquals(
        List.of(
            "17: esp-gcm 256 must not have session keys: after a restart its nonces would come again"
                + " under the same key, which lays open what was sent (RFC 4106 section 2)"),
        report.refusals().stream().map(r -> r.number() + ": " + reason(r)).toList());
    ReaderOptions tests = new ReaderOptions(true);
    assertTrue(IosReader.read(withKeys(text), tests).accepted());
    assertEquals(
        "the cipher key has 16 bytes, and that of esp-gcm 256 has 36, the last 4 of them the salt",
        reason(
            IosReader.read(
                    withKeys(
                        text.replace(
                            "inbound esp 300 cipher KEY24" + "00".repeat(12),
                            "inbound esp 300 cipher KEY16")),
                    tests)
                .refusals()
                .get(0)));
  }

  @Test
  void aDynamicMapWithoutAnAccessListLeavesTrafficInTheClear() {
    ConfigReport report =
        IosReader.read(
            ReferenceConfigs.SITE_A
                .replace("crypto map M-ipsec 1 ipsec-isakmp", "crypto dynamic-map D 5")
                .replace("match address A-ipsec", "crypto map M-ipsec 1 ipsec-isakmp dynamic D"));
    assertTrue(report.accepted(), report::render);
    assertEquals(
        List.of(
            "without 'match address' what a peer asks for is protected while it is there, and"
                + " leaves in the clear when it is gone"),
        report.lines().get(12).warnings());
  }

  @Test
  void forcedEncapsulationCountsIntoTheMtuOfATunnel() {
    String text = ReferenceConfigs.SITE_A.replace("ip mtu 1372", "ip mtu 1387");
    assertTrue(IosReader.read(text).lines().stream().allMatch(line -> line.warnings().isEmpty()));
    ConfigReport report = IosReader.read(text + "\ncrypto ipsec nat-transparency force");
    assertTrue(report.render().contains("becomes 1456 with GRE and ESP"), report::render);
  }

  @Test
  void theMtuOfATunnelToACallerIsCheckedToo() {
    ConfigReport report =
        IosReader.read(
            ReferenceConfigs.SITE_A
                .replace("crypto map M-ipsec 1 ipsec-isakmp", "crypto dynamic-map D 5")
                .replace("set peer 200.1.1.1", "!")
                .replace("A-ipsec\n!", "A-ipsec\ncrypto map M-ipsec 1 ipsec-isakmp dynamic D\n!")
                .replace("ip mtu 1372", "ip mtu 1395"));
    assertTrue(report.render().contains("becomes 1456 with GRE and ESP"), report::render);
  }

  @Test
  void twoErrorsOfOneLineAreToldTogether() {
    String text =
        ReferenceConfigs.SITE_A.replace("set transform-set IPSEC", "set transform-set X Y");
    LineReport refused = IosReader.read(text).lines().get(14);
    assertEquals("there is no transform set 'X'; there is no transform set 'Y'", reason(refused));
  }

  @Test
  void checksWaitUntilEveryLineReads() {
    String text = ReferenceConfigs.SITE_A.replace("set transform-set IPSEC", "set transform-set X");
    ConfigReport report = IosReader.read(text + "\nbogus\n");
    assertEquals(List.of("bogus"), report.refusals().stream().map(LineReport::text).toList());
  }

  private static ConfigReport changed(String before, String after) {
    String from = before.replace("\\n", "\n");
    assertTrue(ReferenceConfigs.SITE_A.contains(from), from);
    return IosReader.read(ReferenceConfigs.SITE_A.replace(from, after.replace("\\n", "\n")));
  }

  private static String reason(LineReport line) {
    return line.outcome() instanceof dev.zuido.router.config.LineOutcome.Refused refused
        ? refused.reason()
        : "";
  }
}
