package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An access line with one thing changed: the line to blame, and why. */
final class AccessLineProblemsTest {
  private static final String TEXT =
      """
      hostname here
      interface GigabitEthernet0/0
       pppoe enable group global
       pppoe-client dial-pool-number 1
      interface Loopback0
       ip address 100.1.1.1 255.255.255.255
      interface Dialer1
       ip unnumbered Loopback0
       encapsulation ppp
       dialer pool 1
       dialer-group 1
       ppp authentication chap callin
       ppp chap password cisco
      dialer-list 1 protocol ip permit
      """;

  @Test
  void theTextIsWithoutProblems() {
    assertEquals(List.of(), problems(TEXT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "group global ~ group isp ~ 3 ~ there is no group 'isp': only a concentrator has groups,"
            + " and Zuido dials",
        "pppoe-client dial-pool-number 1 ~ no ip address ~ 10 ~ no interface has 'pppoe-client"
            + " dial-pool-number 1' with PPPoE enabled",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 2 ~ 10 ~ no interface has"
            + " 'pppoe-client dial-pool-number 1' with PPPoE enabled",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\nno pppoe enable ~ 11 ~"
            + " no interface has 'pppoe-client dial-pool-number 1' with PPPoE enabled",
        "interface Loopback0 ~ interface gi0/1\\npppoe-client dial-pool-number 1\\ninterface"
            + " Loopback0 ~ 6 ~ GigabitEthernet0/0 serves pool 1 already: a pool has one line here",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\nip address 9.1.1.1"
            + " 255.255.255.0 ~ 5 ~ beside PPPoE there is no IP on the Ethernet itself: the address"
            + " belongs to the Dialer",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\nip unnumbered lo0 ~ 5"
            + " ~ beside PPPoE there is no IP on the Ethernet itself: the address belongs to the"
            + " Dialer",
        "encapsulation ppp ~ no encapsulation ppp ~ 10 ~ without 'encapsulation ppp' nothing can be"
            + " dialled",
        "interface Dialer1 ~ interface Dialer2\\n"
            + "encapsulation ppp\\n"
            + "dialer pool 1\\n"
            + "ip unnumbered lo0\\n"
            + "interface Dialer1 ~ 9 ~ Dialer1 has pool 1 already, and it has one line",
        "ip unnumbered Loopback0 ~ ! ~ 10 ~ it dials, and has no address: say 'ip address"
            + " negotiated' or 'ip unnumbered'",
        "dialer-group 1 ~ mtu 127 ~ 11 ~ a PPP link carries packets of 128 bytes at least",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\n"
            + "mtu 135 ~ 5 ~ it leaves less than 128 bytes for a packet of PPP",
        "dialer pool 1 ~ ip address negotiated ~ 10 ~ without 'dialer pool' there is nobody who"
            + " would give it an address",
        "chap callin ~ chap ~ 12 ~ without 'callin' the concentrator has to prove itself to us, and"
            + " no 'username NAME password PASSWORD' says by what",
        "hostname here ~ ! ~ 13 ~ CHAP sends a name with it, and there is neither 'ppp chap"
            + " hostname' nor 'hostname'",
        "password cisco ~ password cisco\\nppp pap sent-username here password other ~ 14 ~ we have"
            + " one name and one password, for CHAP and for PAP: make them equal, or say 'ppp chap"
            + " refuse' or 'ppp pap refuse'",
        "password cisco ~ password cisco\\n"
            + "ppp pap sent-username other password cisco ~ 14 ~ we have one name and one password,"
            + " for CHAP and for PAP: make them equal, or say 'ppp chap refuse' or 'ppp pap"
            + " refuse'",
        "ip permit ~ ip list 101 ~ 14 ~ there is no access list '101'",
        "interface Dialer1 ~ interface Dialer2\\nip unnumbered Dialer3\\ninterface Dialer3\\n"
            + "ip address negotiated\\nencapsulation ppp\\ndialer pool 3\\ninterface gi0/3\\n"
            + "pppoe-client dial-pool-number 3\\ninterface Dialer1 ~ 8 ~ Dialer3 has no address of"
            + " its own to lend",
      })
  void anErrorRefusesTheLineToBlame(String before, String after, int line, String message) {
    ConfigReport report = changed(before, after);
    assertEquals(
        List.of(line + ": " + message),
        report.refusals().stream().map(AccessLineProblemsTest::refusal).toList(),
        report::render);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "interface Loopback0 ~ interface gi0/1\\npppoe enable\\ninterface Loopback0 ~ 6: without"
            + " 'pppoe-client dial-pool-number' there is no Dialer that could dial here",
        "interface Loopback0 ~ interface gi0/1\\npppoe-client dial-pool-number 2\\ninterface"
            + " Loopback0 ~ 6: no Dialer has 'dialer pool 2'",
        "interface Loopback0 ~ interface gi0/1\\npppoe-client dial-pool-number 2\\nno pppoe enable"
            + "\\ninterface Loopback0 ~ 6: 'no pppoe enable' has turned it off",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\npppoe-client"
            + " ppp-max-payload 1500\\nmtu 1504 ~ 5: the interface's MTU leaves 1496 bytes; 'mtu"
            + " 1508' would leave room",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\npppoe-client"
            + " ppp-max-payload 1500\\nmtu 1508 ~ ''",
        "pppoe-client dial-pool-number 1 ~ pppoe-client dial-pool-number 1\\nshutdown ~ 11: its"
            + " line GigabitEthernet0/0 is shut down",
        "dialer pool 1 ~ ! ~ 4: no Dialer has 'dialer pool 1' | 7: without 'dialer pool' it dials"
            + " nothing, and needs a link of its own",
        "dialer-group 1 ~ dialer-group 2 ~ 11: there is no 'dialer-list 2': no traffic is"
            + " interesting",
        "dialer-group 1 ~ ! ~ ''",
        "dialer-group 1 ~ mtu 128 ~ ''",
        "dialer-group 1 ~ dialer-group 1\\ndialer idle-timeout 60 ~ 12: the line is kept whatever"
            + " the traffic: only 'pppoe-client dial-pool-number N dial-on-demand' without 'dialer"
            + " persistent' lets it end",
        "dialer-group 1 ~ dialer-group 1\\ndialer idle-timeout 0 ~ ''",
        "dialer-group 1 ~ ip mtu 1492 ~ ''",
        "dialer-group 1 ~ ip mtu 1493 ~ 11: PPPoE on GigabitEthernet0/0 carries 1492 bytes,"
            + " which is then the MTU; 'pppoe-client ppp-max-payload' may carry more",
        "ip unnumbered Loopback0 ~ ip address negotiated ~ ''",
        "ppp chap password cisco ~ ! ~ 12: if the concentrator asks who we are there is no answer:"
            + " no 'ppp chap password', no 'ppp pap sent-username', or they are refused",
        "ppp chap password cisco ~ ppp chap password cisco\\n"
            + "ppp chap refuse ~ 12: if the concentrator asks who we are there is no answer: no"
            + " 'ppp chap password', no 'ppp pap sent-username', or they are refused",
        "ppp chap password cisco ~ ppp pap sent-username a password b ~ ''",
        "hostname here ~ hostname here\\nusername b password c\\ninterface Dialer1\\nppp"
            + " authentication chap ~ ''",
        "encapsulation ppp ~ shutdown ~ ''",
        "pool-number 1 ~ pool-number 1 dial-on-demand ~ ''",
        "dialer-group 1 ~ dialer-group 1\\nkeepalive 5 2 ~ ''",
      })
  void aWarningRefusesNothing(String before, String after, String warnings) {
    ConfigReport report = changed(before, after);
    assertTrue(report.accepted(), report::render);
    assertEquals(warnings, String.join(" | ", warnings(report)));
  }

  @Test
  void aLineOnDemandWithoutInterestingTrafficIsNeverDialled() {
    String demand = TEXT.replace("number 1", "number 1 dial-on-demand");
    assertEquals(List.of(), problems(demand));
    assertEquals(
        List.of(
            "10: without 'dialer-group': no traffic is interesting, and the line is never dialled"),
        problems(demand.replace(" dialer-group 1\n", "")));
    assertEquals(
        List.of(
            "11: there is no 'dialer-list 2': no traffic is interesting, and the line is never"
                + " dialled"),
        problems(demand.replace("group 1\n", "group 2\n")));
    assertEquals(List.of(), problems(demand.replace("group 1\n", "group 1\n dialer idle 60\n")));
  }

  @Test
  void ourChallengeNeedsAName() {
    String nameless =
        TEXT.replace("hostname here", "username bras password theirs")
            .replace("chap callin", "chap")
            .replace(" ppp chap password cisco\n", "");
    assertEquals(
        List.of(
            "12: our challenge needs a name, and there is neither 'ppp chap hostname' nor"
                + " 'hostname'",
            "12: if the concentrator asks who we are there is no answer: no 'ppp chap password', no"
                + " 'ppp pap sent-username', or they are refused"),
        problems(nameless));
    assertEquals(
        List.of(
            "12: if the concentrator asks who we are there is no answer: no 'ppp chap password', no"
                + " 'ppp pap sent-username', or they are refused"),
        problems(nameless.replace("authentication chap", "authentication pap")));
  }

  @Test
  void whatHasTheAddressOfTheLineWaitsForIt() {
    String tunnel =
        TEXT.replace("ip unnumbered Loopback0", "ip address negotiated\n crypto map M")
            + """
            interface Tunnel1
             ip address 10.0.0.1 255.255.255.0
             tunnel source Dialer1
             tunnel destination 9.9.9.9
            crypto isakmp key k address 9.9.9.9
            crypto isakmp policy 1
             authentication pre-share
            crypto ipsec transform-set T esp-aes esp-sha-hmac
            access-list 101 permit gre any host 9.9.9.9
            crypto map M 1 ipsec-isakmp
             set peer 9.9.9.9
             set transform-set T
             match address 101
            """;
    assertEquals(List.of(), problems(tunnel));
  }

  @Test
  void theMtuOfATunnelIsComparedWithWhatPppoeCarries() {
    String tunnel =
        TEXT
            + """
            interface Tunnel1
             ip address 10.0.0.1 255.255.255.0
             ip mtu 1469
             tunnel source Dialer1
             tunnel destination 9.9.9.9
            """;
    assertEquals(
        List.of(
            "17: a packet of 1469 bytes becomes 1493 with GRE, but the MTU of Dialer1 is 1492; it"
                + " will be fragmented"),
        problems(tunnel));
    assertEquals(List.of(), problems(tunnel.replace("1469", "1468")));
    String payload = "number 1\n pppoe-client ppp-max-payload 1493";
    assertEquals(List.of(), problems(tunnel.replace("number 1", payload)));
  }

  private static ConfigReport changed(String before, String after) {
    assertTrue(TEXT.contains(before), before);
    return IosReader.read(TEXT.replace(before, after.replace("\\n", "\n")));
  }

  /** All errors and warnings of a text, with their lines. */
  private static List<String> problems(String text) {
    ConfigReport report = IosReader.read(text);
    return Stream.concat(
            report.refusals().stream().map(AccessLineProblemsTest::refusal),
            warnings(report).stream())
        .toList();
  }

  private static List<String> warnings(ConfigReport report) {
    return report.lines().stream()
        .flatMap(line -> line.warnings().stream().map(text -> line.number() + ": " + text))
        .toList();
  }

  private static String refusal(LineReport line) {
    return line.outcome() instanceof LineOutcome.Refused refused
        ? line.number() + ": " + refused.reason()
        : "";
  }
}
