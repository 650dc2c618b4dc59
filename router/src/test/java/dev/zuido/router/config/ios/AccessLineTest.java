package dev.zuido.router.config.ios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerIdle;
import dev.zuido.router.config.DialerPersistent;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.PppAuthenticationProtocol;
import dev.zuido.router.config.PppPassword;
import dev.zuido.router.config.PppTimersConfig;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of the access line one by one: what they come to, and which are refused and why. */
final class AccessLineTest {
  /** What stands before a line: an Ethernet and a Dialer that dials on it. */
  private static final String SETTING =
      """
      hostname here
      interface GigabitEthernet0/0
      pppoe enable
      pppoe-client dial-pool-number 1
      interface Dialer1
      encapsulation ppp
      dialer pool 1
      ip address 9.9.9.1 255.255.255.255
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "int gi0/0|pppoe en ~ pppoe enable group global",
        "no dialer pool|int gi0/0|no pppoe en ~ no pppoe enable",
        "int gi0/0|no pppoe en gr global|pppoe-c dial 1 ~ pppoe enable group global",
        "int gi0/0|pppoe-c dial 1 dial-on ~ pppoe-client dial-pool-number 1 dial-on-demand",
        "int gi0/0|pppoe-c dial 1 serv gold dial ~ pppoe-client dial-pool-number 1 dial-on-demand"
            + " service-name gold",
        "int gi0/0|pppoe-c serv gold ~ pppoe-client dial-pool-number 1 service-name gold",
        "int gi0/0|pppoe-c serv gold|pppoe-c dial 1 ~ pppoe-client dial-pool-number 1 service-name"
            + " gold",
        "int gi0/0|pppoe-c serv gold|no pppoe-c serv gold ~ pppoe-client dial-pool-number 1",
        "int gi0/0|no pppoe-c dial|pppoe-c dial 2|int di1|dialer pool 2 ~ pppoe-client"
            + " dial-pool-number 2",
        "int gi0/1|pppoe-c serv gold ~ pppoe-client service-name gold",
        "int gi0/0|pppoe-c ppp 1500 ~ pppoe-client ppp-max-payload 1500",
        "enc ppp ~ encapsulation ppp",
        "dialer-g 128 ~ dialer-group 128",
        "dialer idle 0 ~ dialer idle-timeout 0",
        "dialer idle 2147483 in ~ dialer idle-timeout 2147483 inbound",
        "dialer idle 60 ei ~ dialer idle-timeout 60 either",
        "dialer pers ~ dialer persistent",
        "dialer pers delay 1 ~ dialer persistent",
        "dialer pers max 3 delay 9 ~ dialer persistent delay 9 max-attempts 3",
        "ip add neg ~ ip address negotiated",
        "ip add 1.1.1.1 255.255.255.255|ip add neg ~ ip address negotiated",
        "ip add neg|ip add 1.1.1.1 255.255.255.255 ~ ip address 1.1.1.1 255.255.255.255",
        "int lo0|ip add 1.1.1.1 255.255.255.255|int di1|ip add neg|ip unn lo0 ~ ip unnumbered"
            + " Loopback0",
        "keepalive 30 ~ keepalive 30 5",
        "keepalive 30 1 ~ keepalive 30 1",
        "keepalive 32767 200 ~ keepalive 32767 200",
        "no keepalive ~ no keepalive",
        "ppp auth pap callin ~ ppp authentication pap callin",
        "ppp auth pap chap callin ~ ppp authentication pap chap callin",
        "ppp auth chap pap callin ~ ppp authentication chap pap callin",
        "username peer password 0 word|int di1|ppp auth chap ~ ppp authentication chap",
        "username peer password word ~ username peer password 0 word",
        "ppp chap host me@isp ~ ppp chap hostname me@isp",
        "ppp chap pass 0 word ~ ppp chap password 0 word",
        "ppp chap pass word ~ ppp chap password 0 word",
        "ppp chap pass 7 ~ ppp chap password 0 7",
        "ppp chap ref ~ ppp chap refuse",
        "ppp pap sent me@isp pass word ~ ppp pap sent-username me@isp password 0 word",
        "ppp pap sent me@isp pass 0 word ~ ppp pap sent-username me@isp password 0 word",
        "ppp pap refuse ~ ppp pap refuse",
        "ppp ipcp dns req ~ ppp ipcp dns request",
        "ppp ipcp dns req acc ~ ppp ipcp dns request",
        "ppp timeout ret 255 ~ ppp timeout retry 255",
        "ppp timeout auth 1 ~ ppp timeout authentication 1",
        "ppp max-c 1 ~ ppp max-configure 1",
        "ppp max-f 1 ~ ppp max-failure 1",
        "ppp max-t 1 ~ ppp max-terminate 1",
        "mtu 1492|ip mtu 1454|bandwidth 50000 ~ ip mtu 1454",
        "dialer-l 1 prot ip deny ~ dialer-list 1 protocol ip deny",
        "dialer-l 1 prot ip deny|dialer-l 1 prot ip perm ~ dialer-list 1 protocol ip permit",
        "access-list 7 permit any|dialer-l 1 prot ip li 7 ~ dialer-list 1 protocol ip list 7",
        "access-list 7 permit any|dialer-l 1 li 7 ~ dialer-list 1 protocol ip list 7",
        "ip access-list ext A|per ip any any|dialer-l 1 prot ip li A ~ dialer-list 1 protocol ip"
            + " list A",
      })
  void aLineComesTo(String text, String expected) {
    RouterConfig config = ReferenceConfigs.accept(SETTING + text.replace('|', '\n'));
    String written = IosWriter.write(config, IosWriter.Secrets.SHOWN);
    assertTrue(
        written.lines().anyMatch(line -> line.strip().equals(expected)),
        expected + " is not in\n" + written);
    assertEquals(config, ReferenceConfigs.accept(written), written);
  }

  /** The line takes back what stands before it, and nothing of it is written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "int gi0/0|pppoe-c ppp 1500 ~ default pppoe-client ppp-max-payload",
        "dialer-g 9 ~ no dialer-group",
        "dialer idle 9 ~ default dialer idle-timeout",
        "dialer pers ~ no dialer persistent",
        "keepalive 30 1 ~ default keepalive",
        "no keepalive ~ keepalive",
        "ppp auth pap callin ~ no ppp authentication",
        "ppp chap host me ~ no ppp chap hostname",
        "ppp chap pass word ~ no ppp chap password",
        "ppp chap ref ~ no ppp chap refuse callin",
        "ppp pap sent me pass word ~ no ppp pap sent-username me",
        "ppp pap ref ~ no ppp pap refuse",
        "ppp ipcp dns req ~ no ppp ipcp dns",
        "ppp timeout ret 9 ~ no ppp timeout retry 9",
        "ppp timeout auth 9 ~ default ppp timeout authentication",
        "ppp max-c 9 ~ no ppp max-configure",
        "ppp max-f 9 ~ no ppp max-failure",
        "ppp max-t 9 ~ no ppp max-terminate",
        "username u password p ~ no username u password 7 00",
        "dialer-l 3 prot ip deny ~ no dialer-list 3",
      })
  void aLineTakesBack(String text, String line) {
    RouterConfig before = ReferenceConfigs.accept(SETTING);
    String given = SETTING + text.replace('|', '\n');
    assertFalse(before.equals(ReferenceConfigs.accept(given)), given);
    assertEquals(before, ReferenceConfigs.accept(given + "\n" + line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "int lo0|pppoe enable ~ 1 ~ Loopback0 is no Ethernet interface",
        "pppoe-client dial-pool-number 1 ~ 1 ~ Dialer1 is no Ethernet interface",
        "int gi0/0|pppoe-client dial-pool-number 2 ~ 1 ~ the interface serves pool 1 already, and"
            + " has one PPPoE client; take that back first",
        "int gi0/0|pppoe-client dial-pool-number 256 ~ 31 ~ out of range: expected a number from 1"
            + " to 255",
        "int gi0/0|pppoe-client ppp-max-payload 1501 ~ 30 ~ out of range: expected a number from"
            + " 1492 to 1500",
        "int gi0/0|pppoe limit max-sessions 9 ~ 1 ~ the concentrator's side of PPPoE is not"
            + " offered: Zuido dials",
        "bba-group pppoe global ~ 1 ~ the concentrator's side of PPPoE is not offered: Zuido dials",
        "bba-group pppoe global|virtual-template 1 ~ 1 ~ line 9, which opens this section, is"
            + " refused",
        "vpdn-group 1|accept-dialin ~ 1 ~ the concentrator's side of PPPoE is not offered: Zuido"
            + " dials",
        "vpdn-group 1|protocol l2tp ~ 1 ~ tunnels of PPP are not offered",
        "int gi0/0|encapsulation ppp ~ 1 ~ GigabitEthernet0/0 is no Dialer interface",
        "int gi0/0|dialer pool 1 ~ 1 ~ GigabitEthernet0/0 is no Dialer interface",
        "int gi0/0|ip address negotiated ~ 1 ~ GigabitEthernet0/0 is no Dialer interface",
        "int tu1|ppp chap password x ~ 1 ~ Tunnel1 is no Dialer interface",
        "int tu1|ppp pap sent-username a password x ~ 1 ~ Tunnel1 is no Dialer interface",
        "int gi0/0|keepalive 9 ~ 1 ~ GigabitEthernet0/0 is no tunnel interface",
        "int gi0/0|no keepalive ~ 1 ~ GigabitEthernet0/0 is no tunnel interface",
        "encapsulation hdlc ~ 15 ~ expected ppp",
        "dialer hold-queue 9 ~ 1 ~ packets are not held while the line is dialled: they are"
            + " dropped, and who sent them sends them again",
        "dialer string 5551234 ~ 1 ~ there is no telephone line: a Dialer dials by PPPoE",
        "dialer in-band ~ 1 ~ there is no telephone line: a Dialer dials by PPPoE",
        "dialer load-threshold 1 either ~ 1 ~ a Dialer has one line",
        "dialer persistent delay initial 9 ~ 1 ~ the first attempt is made at once",
        "dialer persistent delay 0 ~ 25 ~ out of range: expected a number from 1 to 2147483",
        "dialer idle-timeout 2147484 ~ 21 ~ out of range: expected a number from 0 to 2147483",
        "dialer-group 129 ~ 14 ~ out of range: expected a number from 1 to 128",
        "ppp authentication ms-chap-v2 ~ 1 ~ the proofs are CHAP with MD5 and PAP",
        "ppp chap password 7 0822455D0A16 ~ 1 ~ keys that IOS has encrypted cannot be read; give"
            + " the key itself",
        "ppp pap sent-username a password 7 0822455D0A16 ~ 1 ~ keys that IOS has encrypted cannot"
            + " be read; give the key itself",
        "ppp chap refuse callin ~ 1 ~ nobody calls in here: without 'callin' the line holds for the"
            + " line that we dial",
        "ppp ipcp route default ~ 1 ~ say 'ip route 0.0.0.0 0.0.0.0' with the Dialer's name",
        "ppp ipcp address accept ~ 1 ~ say 'ip address negotiated'",
        "ppp ipcp mask request ~ 1 ~ a Dialer's address is a host's: its mask is /32",
        "ppp multilink ~ 1 ~ a Dialer has one line",
        "ppp max-configure 201 ~ 19 ~ out of range: expected a number from 1 to 200",
        "keepalive 10 201 ~ 1 ~ a Dialer takes at most 200 retries",
        "ppp timeout retry 0 ~ 19 ~ out of range: expected a number from 1 to 255",
        "username a password 7 0822455D0A16 ~ 1 ~ keys that IOS has encrypted cannot be read; give"
            + " the key itself",
        "username a secret 5 $1$abcd$efgh ~ 1 ~ a password that IOS hashes proves nothing to CHAP;"
            + " say 'username NAME password PASSWORD'",
        "username a privilege 15 secret x ~ 1 ~ nobody logs in here: 'username NAME password"
            + " PASSWORD' alone says how the other side of a PPP link proves itself",
        "no username a ~ 1 ~ there is no such user",
        "no dialer-list 1 ~ 1 ~ there is no such dialer list",
        "dialer-list 1 protocol ipv6 permit ~ 1 ~ the router forwards IPv4 only",
        "dialer-list 129 protocol ip permit ~ 13 ~ out of range: expected a number from 1 to 128",
      })
  void aLineIsRefused(String text, int column, String reason) {
    ConfigReport report = IosReader.read(SETTING + text.replace('|', '\n'));
    assertEquals(
        new LineOutcome.Refused(column, reason),
        report.lines().get(report.lines().size() - 1).outcome(),
        report::render);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "ppp mtu adaptive ~ the MTU always follows what the other side takes",
        "vpdn enable ~ there is no VPDN here: 'pppoe enable' and 'pppoe-client' of an interface are"
            + " enough",
        "no vpdn enable ~ there is no VPDN here: 'pppoe enable' and 'pppoe-client' of an interface"
            + " are enough",
        "vpdn-group 1|request-dialin|protocol pppoe ~ there is no VPDN here: 'pppoe enable' and"
            + " 'pppoe-client' of an interface are enough",
      })
  void aLineIsWithoutEffect(String text, String reason) {
    ConfigReport report = IosReader.read(SETTING + text.replace('|', '\n'));
    assertTrue(report.accepted(), report::render);
    assertEquals(
        new LineOutcome.WithoutEffect(reason),
        report.lines().get(report.lines().size() - 1).outcome());
  }

  @Test
  void allLinesTogetherMakeTheModel() {
    RouterConfig config =
        ReferenceConfigs.accept(
            """
            username bras password 0 theirs
            access-list 101 permit tcp any any
            dialer-list 3 protocol ip list 101
            interface GigabitEthernet0/0
             mtu 1508
             pppoe-client dial-pool-number 7 dial-on-demand service-name gold
             pppoe-client ppp-max-payload 1500
            interface Dialer1
             ip address negotiated
             encapsulation ppp
             dialer pool 7
             dialer-group 3
             dialer idle-timeout 300 either
             dialer persistent delay 5 max-attempts 9
             keepalive 20 3
             ppp authentication pap chap
             ppp chap hostname me
             ppp chap password mine
             ppp pap sent-username me password mine
             ppp ipcp dns request
             ppp timeout retry 4
             ppp timeout authentication 30
             ppp max-configure 20
             ppp max-failure 7
             ppp max-terminate 3
            """);
    InterfaceConfig wan = port(config, "Dialer1");
    DialerConfig dialer = Objects.requireNonNull(wan.dialer());
    assertEquals(OptionalInt.of(7), dialer.pool());
    assertEquals(OptionalInt.of(3), dialer.group());
    assertTrue(dialer.encapsulationPpp() && dialer.nameServersRequested());
    assertEquals(new DialerIdle(300, DialerIdle.Direction.EITHER), dialer.idle());
    assertEquals(new DialerPersistent(5, OptionalInt.of(9)), dialer.persistent());
    assertEquals(new PppTimersConfig(20, 3, 4, 30, 20, 7, 3), dialer.timers());
    List<PppAuthenticationProtocol> both =
        List.of(PppAuthenticationProtocol.PAP, PppAuthenticationProtocol.CHAP);
    assertEquals(both, dialer.authentication().demanded());
    assertEquals(
        List.of(PppAuthenticationProtocol.CHAP, PppAuthenticationProtocol.PAP),
        dialer.authentication().provable());
    assertEquals(new PppPassword("me", Secret.of("mine")), dialer.authentication().pap());
    assertEquals(Optional.of(Secret.of("theirs")), config.passwordOf("bras"));
    assertEquals(Optional.empty(), config.passwordOf("me"));
    assertTrue(wan.addressNegotiated() && wan.hasAddress());
    assertEquals(Optional.empty(), config.addressOf(wan.name()));
    InterfaceConfig line = config.pppoeLineOf(wan).orElseThrow();
    assertEquals(
        new PppoeLineConfig("global", OptionalInt.of(7), true, "gold", OptionalInt.of(1500)),
        line.pppoe());
    assertEquals(1508, line.pppoeLinkMtu());
    assertEquals(1500, config.ipMtuOf(wan));
    assertEquals("101", config.dialerList(3).orElseThrow().accessList());
  }

  @Test
  void aLineOnDemandIsKeptOnlyIfPersistent() {
    String demand = SETTING.replace("number 1", "number 1 dial-on-demand") + "dialer-group 1\n";
    assertTrue(keeps(SETTING));
    assertFalse(keeps(demand));
    assertTrue(keeps(demand + "dialer persistent"));
    assertTrue(keeps("interface Dialer1\n"));
  }

  private static boolean keeps(String text) {
    RouterConfig config = ReferenceConfigs.accept(text);
    return config.keepsLine(port(config, "Dialer1"));
  }

  @Test
  void theNameForChapIsTheRoutersUnlessTheDialerHasOne() {
    RouterConfig config = ReferenceConfigs.accept(SETTING);
    DialerConfig dialer = Objects.requireNonNull(port(config, "Dialer1").dialer());
    assertEquals(Optional.of("here"), config.chapName(dialer));
    assertEquals(
        Optional.of("there"),
        config.chapName(dialer.withAuthentication(p -> p.withChapHostname("there"))));
    RouterConfig nameless = ReferenceConfigs.accept("interface Dialer1\n");
    assertEquals(Optional.empty(), nameless.chapName(DialerConfig.NONE));
  }

  @Test
  void anAddressIsNegotiatedNoMore() {
    String text = "interface Dialer1\nshutdown\nip address negotiated\n";
    assertTrue(port(ReferenceConfigs.accept(text), "Dialer1").addressNegotiated());
    for (String line : List.of("no ip address negotiated", "no ip address")) {
      assertFalse(port(ReferenceConfigs.accept(text + line), "Dialer1").hasAddress(), line);
    }
  }

  @Test
  void whatIsRefusedProvesNothing() {
    String both = SETTING + "ppp chap password a\nppp pap sent-username here password a\n";
    assertEquals(
        List.of(PppAuthenticationProtocol.CHAP, PppAuthenticationProtocol.PAP), provable(both));
    assertEquals(List.of(PppAuthenticationProtocol.PAP), provable(both + "ppp chap refuse\n"));
    assertEquals(List.of(PppAuthenticationProtocol.CHAP), provable(both + "ppp pap refuse\n"));
    assertEquals(List.of(), provable(both + "ppp pap refuse\nppp chap refuse\n"));
  }

  private static List<PppAuthenticationProtocol> provable(String text) {
    InterfaceConfig port = port(ReferenceConfigs.accept(text), "Dialer1");
    return Objects.requireNonNull(port.dialer()).authentication().provable();
  }

  @Test
  void neitherReportNorWriterShowsAPassword() {
    String text =
        SETTING
            + "username a password xyzzy\nint di1\nppp chap password 0 xyzzy\n"
            + "ppp pap sent-username here password xyzzy\n";
    ConfigReport report = IosReader.read(text);
    assertTrue(report.accepted(), report::render);
    assertFalse(report.toString().contains("xyzzy"));
    assertFalse(report.render().contains("xyzzy"));
    RouterConfig config = Objects.requireNonNull(report.config());
    String hidden = IosWriter.write(config, IosWriter.Secrets.HIDDEN);
    assertFalse(hidden.contains("xyzzy"));
    assertTrue(hidden.contains(" ppp chap password 0 ********\n"), hidden);
    assertTrue(hidden.contains("username a password 0 ********\n"), hidden);
  }

  @Test
  void aPasswordHasTheLengthThatAMessageCanSay() {
    for (String line : List.of("username a password ", "int di1\nppp chap password ")) {
      assertTrue(IosReader.read(SETTING + line + "x".repeat(255)).accepted());
      ConfigReport report = IosReader.read(SETTING + line + "x".repeat(256));
      assertEquals(
          new LineOutcome.Refused(1, "a PPP password has at most 255 bytes"),
          report.lines().get(report.lines().size() - 1).outcome());
    }
  }

  private static InterfaceConfig port(RouterConfig config, String name) {
    return config.interfaceNamed(IosInterfaceName.parse(name)).orElseThrow();
  }
}
