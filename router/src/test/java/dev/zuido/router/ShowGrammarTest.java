package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.router.ShowGrammar.Command;
import dev.zuido.router.ShowGrammar.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShowGrammarTest {
  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static Command command(String text) {
    return ((Parsed.Found) ShowGrammar.parse(words(text))).command();
  }

  @ParameterizedTest
  @EnumSource
  void eachCommandIsFoundByItsWords(Command command) {
    String text = String.join(" ", command.keywords());
    assertEquals(command, command(text));
    assertEquals(command, command(text.toUpperCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "cry isa sa, CRYPTO_ISAKMP_SA",
    "cr is s d, CRYPTO_ISAKMP_SA_DETAIL",
    "Cry IPs sA, CRYPTO_IPSEC_SA",
    "cry m, CRYPTO_MAP",
    "ip ospf nei, IP_OSPF_NEIGHBOR",
    "ip o i, IP_OSPF_INTERFACE",
    "ip o i b, IP_OSPF_INTERFACE_BRIEF",
    "ip os data, IP_OSPF_DATABASE",
    "ip ospf, IP_OSPF",
    "ip o n d, IP_OSPF_NEIGHBOR_DETAIL",
    "ip o b, IP_OSPF_BORDER_ROUTERS",
    "ip o r, IP_OSPF_ROUTE",
    "ip o st, IP_OSPF_STATISTICS",
    "ip o v, IP_OSPF_VIRTUAL_LINKS",
    "ip o su, IP_OSPF_SUMMARY_ADDRESS",
    "key ch, KEY_CHAIN",
    "ip ro, IP_ROUTE",
    "in, INTERFACES",
    "acc, ACCESS_LISTS",
    "cou, COUNTERS",
  })
  void wordsMayBeShortened(String text, Command command) {
    assertEquals(command, command(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo | 'foo' is not understood after 'show':"
            + " expected one of access-lists, counters, crypto, dialer, interfaces, ip, key,"
            + " ppp, pppoe",
        "ip ospf foo | 'foo' is not understood after 'show ip ospf':"
            + " expected one of border-routers, database, interface, neighbor, route, statistics,"
            + " summary-address, virtual-links",
        "crypto isakmp key | 'key' is not understood after 'show crypto isakmp': expected sa",
        "c | 'c' is ambiguous after 'show': counters, crypto",
        "i | 'i' is ambiguous after 'show': interfaces, ip",
        "cry i sa | 'i' is ambiguous after 'show cry': ipsec, isakmp",
        "ip ospf s | 's' is ambiguous after 'show ip ospf': statistics, summary-address",
        "crypto isakmp | 'show crypto isakmp' is incomplete: expected sa",
        "ip route 10.0.0.0 | '10.0.0.0' is too much: 'show ip route' is complete",
        "crypto isakmp sa detail x | 'x' is too much: 'show crypto isakmp sa detail' is complete",
        "interfacesx | 'interfacesx' is not understood after 'show':"
            + " expected one of access-lists, counters, crypto, dialer, interfaces, ip, key,"
            + " ppp, pppoe",
      })
  void whatIsNotUnderstoodIsNamed(String text, String message) {
    assertEquals(message, message(words(text)));
  }

  @Test
  void noWordsAndEmptyWordsAreNoCommand() {
    String all =
        "expected one of access-lists, counters, crypto, dialer, interfaces, ip, key,"
            + " ppp, pppoe";
    assertEquals("'show' is incomplete: " + all, message(List.of()));
    assertEquals("'' is not understood after 'show': " + all, message(List.of("")));
  }

  @Test
  void theMessageIsOneLineWhateverTheWordsAre() {
    String message = message(List.of("ip", "ro\nute\u001b[2J"));
    assertEquals(
        "'ro?ute?[2J' is not understood after 'show ip': expected one of ospf, route", message);
  }

  private static String message(List<String> words) {
    return ((Parsed.Failed) ShowGrammar.parse(words)).refused().message();
  }

  /** What a word too many is, is said of the commands that take none. */
  @Test
  void someTakeFurtherWords() {
    List<Command> takers = new ArrayList<>();
    for (Command command : Command.values()) {
      List<String> more = new ArrayList<>(command.keywords());
      more.add("zzz");
      if (ShowGrammar.parse(more) instanceof Parsed.Found found) {
        assertEquals(List.of("zzz"), found.rest());
        takers.add(command);
      }
    }
    assertEquals(
        List.of(
            Command.IP_OSPF_NEIGHBOR,
            Command.IP_OSPF_NEIGHBOR_DETAIL,
            Command.IP_OSPF_INTERFACE,
            Command.IP_OSPF_INTERFACE_BRIEF,
            Command.IP_OSPF_DATABASE,
            Command.INTERFACES),
        takers);
  }
}
