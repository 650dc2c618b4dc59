package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineReport;
import dev.zuido.router.config.RouterConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class IosReaderPropertyTest {
  private static final String KEY = "Pl0verEgg";

  @Property(tries = 500)
  void anyTextGetsAReportPerLine(@ForAll String text) {
    assertCovered(text);
  }

  @Property(tries = 500)
  void anyWordsGetAReportPerLine(@ForAll("words") String text) {
    assertCovered(text);
  }

  @Property(tries = 400)
  void anyMutationGetsAReportPerLine(@ForAll long seed, @ForAll boolean siteB) {
    Random random = new Random(seed);
    List<String> lines =
        new ArrayList<>(
            (siteB ? ReferenceConfigs.SITE_B : ReferenceConfigs.SITE_A).lines().toList());
    for (int i = random.nextInt(8); i >= 0; i--) {
      mutate(lines, random);
    }
    assertCovered(String.join("\n", lines));
  }

  /** A mistyped 'key' that is a way to shorten another command. */
  @net.jqwik.api.Example
  void theKeyBehindAnotherCommandIsNotShown() {
    ConfigReport report = IosReader.read("no crypto isakmp kee " + KEY + " address 200.1.1.1\n");
    assertFalse(report.accepted(), report::render);
    assertFalse(report.render().contains(KEY), report::render);
  }

  /** One mistake of a typist, in a line of a secret, never prints the secret. */
  @Property(tries = 400)
  void aMistypedLineKeepsItsSecret(
      @ForAll("secretLines") String line,
      @ForAll("mistakes") int mistake,
      @ForAll boolean manual,
      @ForAll long seed) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    Random random = new Random(seed);
    int at;
    do {
      at = random.nextInt(words.size());
    } while (words.get(at).equals(KEY));
    switch (mistake) {
      case 0 -> words.remove(at);
      case 1 -> words.set(at, garble(words.get(at), random));
      case 2 -> words.add(at, words.get(at));
      default -> words.add("surplus");
    }
    boolean known = manual && line.contains("session-key");
    boolean peer = manual && line.contains("aggressive-mode");
    String opening =
        line.contains("virtual-link")
            ? "router ospf 1\n"
            : known
                ? "crypto map M 1 ipsec-manual\n"
                : peer ? "crypto isakmp peer address 1.1.1.1\n" : "interface Dialer1\n";
    String text = opening + String.join(" ", words);
    ConfigReport report = IosReader.read(text);
    assertFalse(report.render().contains(KEY), report::render);
    assertFalse(report.toString().contains(KEY));
  }

  @Property(tries = 200)
  void layoutAndCaseDoNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    String[] ends = {"\n", "\r\n", "\r"};
    String end = ends[random.nextInt(ends.length)];
    String text =
        ReferenceConfigs.SITE_A
            .lines()
            .map(line -> " ".repeat(random.nextInt(3)) + line.replace(" ", blanks(random)))
            .map(line -> random.nextInt(4) == 0 ? line + "\t " : line)
            .map(line -> random.nextInt(6) == 0 ? line + end + "!" : line)
            .map(line -> line.replace("Tunnel 1", random.nextBoolean() ? "tun1" : "TU 1"))
            .map(line -> line.startsWith("encry") ? "ENCR 3Des" : line)
            .collect(Collectors.joining(end));
    RouterConfig plain = ReferenceConfigs.accept(ReferenceConfigs.SITE_A);
    assertEquals(plain, ReferenceConfigs.accept(text));
  }

  @Property(tries = 300)
  void whatIsAcceptedIsWrittenAndReadBackEqual(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(ReferenceConfigs.SITE_A.lines().toList());
    lines.addAll(RICH.lines().toList());
    for (int i = random.nextInt(20); i >= 0; i--) {
      int victim = random.nextInt(lines.size());
      if (!lines.get(victim).startsWith("!")) {
        lines.remove(victim);
      }
    }
    RouterConfig config = IosReader.read(String.join("\n", lines)).config();
    if (config != null) {
      String written = IosWriter.write(config, IosWriter.Secrets.SHOWN);
      assertEquals(config, ReferenceConfigs.accept(written), written);
    }
  }

  /** Every kind of line that the model keeps and the reference files do not have. */
  static final String RICH =
      """
      hostname rich
      ip domain name example.com
      ip host far.example.com 10.9.1.9
      crypto pki trustpoint CA-one
       certificate file /etc/zuido/a name.pem
       key file /etc/zuido/a.key
       ca file ca.pem
      crypto isakmp policy 20
       encryption aes 256
       hash sha512
       authentication pre-share
       group 21
       lifetime 600
      crypto isakmp policy 30
       encryption aes 192
       hash sha384
       group 31
      crypto isakmp key 0 other address 10.9.0.0 255.255.0.0
      crypto isakmp key 0 named hostname far.example.com
      crypto isakmp identity hostname
      no crypto isakmp aggressive-mode disable
      crypto isakmp fragmentation force
      crypto isakmp invalid-spi-recovery
      crypto isakmp peer address 10.9.1.1
       description who is called
       set aggressive-mode client-endpoint fqdn rich.example.com
       set aggressive-mode password 0 pass-word
      crypto isakmp profile P-far
       description a branch
       ca trust-point CA-one
       match identity host far.example.com
       self-identity user-fqdn gw@example.com
       keepalive 20 retry 3
       initiate mode aggressive
      crypto isakmp nat keepalive 5
      crypto ipsec nat-transparency force
      crypto ipsec security-association lifetime seconds 900
      crypto ipsec security-association lifetime kilobytes 10000
      crypto ipsec security-association replay window-size 1024
      crypto ipsec security-association esn
      crypto ipsec transform-set G esp-gcm 256
       mode transport
      crypto ipsec transform-set N esp-null esp-sha256-hmac
       mode transport
      crypto ipsec transform-set P esp-aes 192 esp-sha384-hmac
       mode tunnel
      crypto ipsec transform-set Q esp-des esp-sha512-hmac
       mode tunnel
      crypto map M-ipsec 7 ipsec-isakmp
       description second
       set peer 10.9.1.1
       set transform-set G N
       set isakmp-profile P-far
       set pfs group14
       set security-association lifetime seconds 600
       set security-association lifetime kilobytes 5000
       match address A-ipsec
      crypto dynamic-map D-any 10
       description who calls
       set peer 10.9.1.2
       set peer 10.9.1.3
       set transform-set N
       set pfs group19
       set security-association lifetime seconds 60
       set security-association lifetime kilobytes 2560
       match address A-ipsec
      crypto dynamic-map D-any 20
       set transform-set G
      crypto map M-ipsec 65535 ipsec-isakmp dynamic D-any
      crypto map M-keys 10 ipsec-manual
       description keys by hand
       set peer 10.9.1.4
       set session-key inbound esp 4294967295 authenticator KEY32
       set session-key outbound esp 256 authenticator KEY32
       set transform-set N
       match address A-ipsec
      crypto map M-keys 20 ipsec-manual
       set peer 10.9.1.4
       set session-key inbound esp 4097 cipher KEY16KEY08 authenticator KEY16
       set session-key outbound esp 4098 cipher KEY08KEY16 authenticator KEY16
       set transform-set IPSEC
       match address A-ipsec
      interface Tunnel2
       description a tunnel ! with all
       bandwidth 1000
       ip unnumbered Loopback0
       ip mtu 1300
       keepalive 5 4
       tunnel source 100.1.1.1
       tunnel destination 10.9.1.1
       tunnel key 4294967295
       tunnel checksum
       tunnel sequence-datagrams
       tunnel tos 184
       tunnel ttl 64
       tunnel mode gre ip
       ip ospf network broadcast
       ip ospf cost 7
       ip ospf hello-interval 3
       ip ospf dead-interval 9
       ip ospf priority 0
       ip ospf retransmit-interval 2
       ip ospf transmit-delay 2
       ip ospf mtu-ignore
       ip ospf authentication message-digest
       ip ospf authentication-key 0 eight888
       ip ospf message-digest-key 255 md5 0 sixteen-letters!
       ip ospf 1 area 0.0.0.5
       ip ospf prefix-suppression
       ip ospf ttl-security hops 4
       shutdown
      interface GigabitEthernet0/2
       mtu 9000
       ip address 10.7.0.1 255.255.255.0
       ip address 10.8.0.1 255.255.255.0 secondary
       ip access-group 101 out
       ip ospf network non-broadcast
       ip ospf prefix-suppression disable
       ip ospf ttl-security disable
      interface GigabitEthernet0/3
       ip address 10.7.3.1 255.255.255.0
       ip ospf network point-to-multipoint non-broadcast
       ip ospf authentication key-chain K-one
      username concentrator password 0 con-secret
      interface GigabitEthernet0/4
       mtu 1508
       pppoe enable group global
       pppoe-client dial-pool-number 5 dial-on-demand service-name gold
       pppoe-client ppp-max-payload 1500
      interface GigabitEthernet0/5
       pppoe-client dial-pool-number 6
       no pppoe enable
      interface GigabitEthernet0/6
       pppoe-client service-name silver
      interface Dialer5
       encapsulation ppp
       ip address negotiated
       dialer pool 5
       dialer idle-timeout 300 either
       dialer persistent delay 5 max-attempts 9
       dialer-group 5
       keepalive 20 3
       ppp timeout retry 4
       ppp timeout authentication 20
       ppp max-configure 20
       ppp max-failure 7
       ppp max-terminate 3
       ppp authentication pap chap
       ppp chap hostname rich@isp
       ppp chap password 0 isp-secret
       ppp chap refuse
       ppp pap sent-username richer@isp password 0 7
       ppp ipcp dns request
      interface Dialer6
       no keepalive
       ppp authentication chap callin
       ppp pap refuse
       dialer idle-timeout 0
       dialer persistent
       shutdown
      dialer-list 5 protocol ip list 101
      dialer-list 6 protocol ip deny
      key chain K-one
       key 1
        key-string 0 first
        accept-lifetime 00:00:00 Jan 1 2026 infinite
        send-lifetime 00:00:00 Jan 1 2026 12:30:00 Mar 31 2026
       key 2
        key-string 0 second
        cryptographic-algorithm hmac-sha-512
      router ospf 1
       router-id 9.9.9.9
       passive-interface default
       no passive-interface Tunnel1
       log-adjacency-changes detail
       auto-cost reference-bandwidth 10000
       area 0.0.0.0 authentication message-digest
       area 0.0.0.5 authentication
       area 0.0.0.5 range 10.1.0.0 255.255.0.0 cost 9
       area 0.0.0.5 range 10.2.0.0 255.255.0.0 not-advertise
       area 0.0.0.5 virtual-link 9.9.9.8 authentication message-digest hello-interval 5 retransmit-interval 6 transmit-delay 2 dead-interval 20
       area 0.0.0.5 virtual-link 9.9.9.8 message-digest-key 3 md5 0 virtual
       area 0.0.0.5 virtual-link 9.9.9.7 authentication
       area 0.0.0.5 virtual-link 9.9.9.7 authentication-key 0 virtual7
       area 0.0.0.5 virtual-link 9.9.9.6 authentication key-chain K-one
       area 0.0.0.6 stub no-summary
       area 0.0.0.6 default-cost 40
       area 0.0.0.7 nssa no-redistribution default-information-originate metric 5 metric-type 1 no-summary
       area 0.0.0.7 nssa translate type7 always
       summary-address 10.9.0.0 255.255.0.0 tag 5
       summary-address 10.10.0.0 255.255.0.0 not-advertise
       redistribute connected metric 7 metric-type 1 tag 4294967295 subnets
       redistribute static
       default-information originate always metric 20 metric-type 1
       default-metric 30
       maximum-paths 8
       distance ospf intra-area 90 inter-area 100 external 120
       timers throttle spf 10 100 5000
       timers throttle lsa 5 100 5000
       max-metric router-lsa external-lsa 100 include-stub on-shutdown 3 on-startup 60 summary-lsa 200
       nsf ietf restart-interval 60
       nsf ietf helper disable
       nsf ietf helper strict-lsa-checking
       prefix-suppression
       ttl-security all-interfaces hops 2
       no compatible rfc1583
       max-lsa 12000
       no capability opaque
       neighbor 10.7.0.9 priority 3 poll-interval 60
       neighbor 10.7.3.9 cost 12
       network 10.0.0.0 0.255.255.255 area 0.0.0.5
      ip route 10.0.0.0 255.0.0.0 Null0 250
      ip route 10.3.0.0 255.255.0.0 192.168.1.2
      ip route 10.4.0.0 255.255.0.0 Tunnel1 192.168.1.2 7
      access-list 101 remark what goes out
      access-list 101 permit tcp any gt 1023 10.1.0.0 0.0.255.255 range ftp-data ftp established log
      access-list 101 deny icmp host 1.2.3.4 any unreachable
      access-list 101 permit icmp any any 3 4
      access-list 101 permit 99 any any fragments
      access-list 101 permit udp any neq ntp any lt 1024
      access-list 7 permit 10.0.0.0 0.255.255.255 log
      ip access-list standard S
       25 deny host 1.1.1.1
       permit any
       remark done
      """
          .replace("KEY32", "0123456789abcdef".repeat(4))
          .replace("KEY16", "0123456789ABCDEF".repeat(2))
          .replace("KEY08", "fedcba9876543210");

  private static void assertCovered(String text) {
    ConfigReport report = IosReader.read(text);
    List<String> lines = text.lines().toList();
    assertEquals(lines.size(), report.lines().size());
    for (int i = 0; i < lines.size(); i++) {
      LineReport line = report.lines().get(i);
      assertEquals(i + 1, line.number());
      assertFalse(line.text().chars().anyMatch(Character::isISOControl));
    }
    assertNotNull(report.render());
  }

  private static void mutate(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    List<String> words = new ArrayList<>(Arrays.asList(lines.get(at).split(" ", -1)));
    int word = random.nextInt(words.size());
    switch (random.nextInt(9)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(random.nextInt(lines.size()), lines.get(at));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> words.remove(word);
      case 4 -> words.add(word, words.get(word));
      case 5 -> Collections.swap(words, word, random.nextInt(words.size()));
      case 6 -> words.set(word, garble(words.get(word), random));
      case 7 -> words.add(0, random.nextBoolean() ? "no" : "default");
      default -> words.set(word, Long.toString(random.nextLong()));
    }
    if (at < lines.size() && lines.size() > 1) {
      lines.set(at, String.join(" ", words));
    }
    if (lines.isEmpty()) {
      lines.add("!");
    }
  }

  private static String garble(String word, Random random) {
    if (word.isEmpty()) {
      return "x";
    }
    int at = random.nextInt(word.length());
    char other = (char) ('a' + random.nextInt(26));
    return switch (random.nextInt(3)) {
      case 0 -> word.substring(0, at) + other + word.substring(at + 1);
      case 1 -> word.substring(0, at) + other + word.substring(at);
      default -> word.toUpperCase(Locale.ROOT) + "\u00e9";
    };
  }

  private static String blanks(Random random) {
    String[] blanks = {" ", "  ", "\t", " \t"};
    return blanks[random.nextInt(blanks.length)];
  }

  @Provide
  Arbitrary<String> words() {
    Arbitrary<String> word =
        Arbitraries.of(
            (ReferenceConfigs.SITE_A
                    + RICH
                    + " no default exit end banner motd ^C 0 -1 7 99999999999")
                .split("\\s+", -1));
    Arbitrary<String> line = word.list().ofMaxSize(7).map(words -> String.join(" ", words));
    Arbitrary<String> known = Arbitraries.of((ReferenceConfigs.SITE_A + RICH).lines().toList());
    Arbitrary<String> mixed =
        Combinators.combine(line, known, Arbitraries.integers().between(0, 2))
            .as((random, real, which) -> which == 0 ? random : real + (which == 1 ? "" : " x"));
    return mixed.list().ofMaxSize(12).map(lines -> String.join("\n", lines));
  }

  @Provide
  Arbitrary<String> secretLines() {
    return Arbitraries.of(
        "crypto isakmp key " + KEY + " address 200.1.1.1",
        "crypto isakmp key 0 " + KEY + " address 200.1.1.1 255.255.255.255",
        "crypto isakmp key 6 " + KEY + " address 200.1.1.1",
        "no crypto isakmp key " + KEY + " address 200.1.1.1",
        "crypto isakmp key " + KEY + " hostname far.example.com",
        "no crypto isakmp key 0 " + KEY + " hostname far.example.com",
        "set aggressive-mode password " + KEY,
        "set aggressive-mode password 0 " + KEY,
        "no set aggressive-mode password 0 " + KEY,
        "set session-key inbound esp 300 cipher " + KEY,
        "set session-key outbound esp 300 cipher " + KEY + " authenticator " + KEY,
        "set session-key inbound esp 300 authenticator " + KEY,
        "no set session-key inbound esp 300 authenticator " + KEY,
        "ip ospf authentication-key " + KEY,
        "ip ospf authentication-key 0 " + KEY,
        "ip ospf message-digest-key 1 md5 " + KEY,
        "no ip ospf message-digest-key 1 md5 7 " + KEY,
        "area 1 virtual-link 1.1.1.1 authentication-key " + KEY,
        "area 1 virtual-link 1.1.1.1 message-digest-key 1 md5 0 " + KEY,
        "no area 1 virtual-link 1.1.1.1 message-digest-key 1 md5 7 " + KEY,
        "no area 1 virtual-link 1.1.1.1 authentication-key " + KEY,
        "ppp chap password " + KEY,
        "ppp chap password 0 " + KEY,
        "no ppp chap password 7 " + KEY,
        "ppp pap sent-username someone password 0 " + KEY,
        "no ppp pap sent-username someone password " + KEY,
        "username someone password " + KEY,
        "username someone password 7 " + KEY,
        "username someone secret 5 " + KEY,
        "username someone privilege 15 secret 0 " + KEY,
        "no username someone password 0 " + KEY);
  }

  @Provide
  Arbitrary<Integer> mistakes() {
    return Arbitraries.integers().between(0, 3);
  }
}
