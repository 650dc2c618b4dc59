package dev.zuido.router.config.ios;

import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.PortMatch;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a rule of an access list, from {@code permit} or {@code deny} to the end of the line. */
final class AccessRuleParser {
  private static final int ANY_PROTOCOL = -1;
  private static final long UNPLACED = 1;
  private static final List<String> ACTIONS = List.of("deny", "permit");
  private static final Map<String, Integer> PROTOCOLS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ahp", IpProtocol.AH),
              Map.entry("eigrp", 88),
              Map.entry("esp", IpProtocol.ESP),
              Map.entry("gre", IpProtocol.GRE),
              Map.entry("icmp", IpProtocol.ICMP),
              Map.entry("igmp", IpProtocol.IGMP),
              Map.entry("ip", ANY_PROTOCOL),
              Map.entry("ipinip", IpProtocol.IPV4),
              Map.entry("nos", 94),
              Map.entry("ospf", IpProtocol.OSPF),
              Map.entry("pcp", 108),
              Map.entry("pim", 103),
              Map.entry("tcp", IpProtocol.TCP),
              Map.entry("udp", IpProtocol.UDP)));
  private static final Map<String, PortMatch.Operator> OPERATORS =
      new TreeMap<>(
          Map.of(
              "eq", PortMatch.Operator.EQ,
              "gt", PortMatch.Operator.GT,
              "lt", PortMatch.Operator.LT,
              "neq", PortMatch.Operator.NEQ,
              "range", PortMatch.Operator.RANGE));

  private static final IcmpNames.Message ANY_MESSAGE =
      new IcmpNames.Message(OptionalInt.empty(), OptionalInt.empty());

  private final IosLine line;
  private final int start;
  private int at;

  AccessRuleParser(IosLine line, int at) {
    this.line = line;
    this.start = at;
    this.at = at;
  }

  /** A rule of a standard list: source addresses only. */
  ParameterType.Parsed standard() throws Refusal {
    boolean permit = pick(ACTIONS).equals("permit");
    AddressMatch source = addresses(true);
    boolean log = !atEnd();
    if (log) {
      pick(List.of("log"));
    }
    expectEnd();
    AccessRule rule =
        new AccessRule(
            UNPLACED,
            permit,
            OptionalInt.empty(),
            source,
            PortMatch.ANY,
            AddressMatch.ANY,
            PortMatch.ANY,
            OptionalInt.empty(),
            OptionalInt.empty(),
            false,
            false,
            log);
    return new ParameterType.Parsed(rule, rule.toStandardString(), at - start);
  }

  /** A rule of an extended list. */
  ParameterType.Parsed extended() throws Refusal {
    boolean permit = pick(ACTIONS).equals("permit");
    int protocol = protocol();
    Map<String, Integer> names = portNames(protocol);
    AddressMatch source = addresses(false);
    PortMatch sourcePorts = ports(names);
    AddressMatch destination = addresses(false);
    PortMatch destinationPorts = ports(names);
    IcmpNames.Message icmp = protocol == IpProtocol.ICMP ? icmpMessage() : ANY_MESSAGE;
    boolean portsGiven =
        !sourcePorts.equals(PortMatch.ANY) || !destinationPorts.equals(PortMatch.ANY);
    boolean layer4 = portsGiven || icmp.type().isPresent();
    Set<String> options = options(protocol, layer4);
    AccessRule rule =
        new AccessRule(
            UNPLACED,
            permit,
            protocol == ANY_PROTOCOL ? OptionalInt.empty() : OptionalInt.of(protocol),
            source,
            sourcePorts,
            destination,
            destinationPorts,
            icmp.type(),
            icmp.code(),
            options.contains("established"),
            options.contains("fragments"),
            options.contains("log"));
    return new ParameterType.Parsed(rule, rule.toString(), at - start);
  }

  private static Map<String, Integer> portNames(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> PortNames.TCP;
      case IpProtocol.UDP -> PortNames.UDP;
      default -> Map.of();
    };
  }

  private boolean atEnd() {
    return at >= line.words().size();
  }

  private String word() {
    return line.words().get(at).text();
  }

  private boolean atNumber() {
    return !atEnd() && word().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private String pick(Collection<String> keywords) throws Refusal {
    String keyword = Keywords.pick(line, at, keywords);
    at++;
    return keyword;
  }

  private int number(int last) throws Refusal {
    ParameterType.Parsed parsed = new ParameterTypes.NumberRange(0, last).parse(line, at);
    at++;
    return Math.toIntExact((Long) parsed.value());
  }

  private int protocol() throws Refusal {
    if (atNumber()) {
      return number(255);
    }
    return Optional.ofNullable(PROTOCOLS.get(pick(PROTOCOLS.keySet()))).orElse(ANY_PROTOCOL);
  }

  private AddressMatch addresses(boolean wildcardOptional) throws Refusal {
    if (atEnd() || !Character.isDigit(word().charAt(0))) {
      List<String> forms = List.of("any", "host", "A.B.C.D");
      if (atEnd() || Keywords.matching(word(), forms.subList(0, 2)).isEmpty()) {
        throw Refusal.form(at, (atEnd() ? "incomplete: " : "") + Keywords.expected(forms));
      }
      if (pick(forms.subList(0, 2)).equals("any")) {
        return AddressMatch.ANY;
      }
      return AddressMatch.host(address("an IPv4 address"));
    }
    Ipv4Address address = address("an IPv4 address");
    boolean given = !atEnd() && Character.isDigit(word().charAt(0));
    if (wildcardOptional && !given) {
      return AddressMatch.host(address);
    }
    return new AddressMatch(address, address("a wildcard such as 0.0.0.255"));
  }

  private Ipv4Address address(String what) throws Refusal {
    if (atEnd()) {
      throw Refusal.form(at, "incomplete: expected " + what);
    }
    Ipv4Address address = ParameterTypes.address(line, at, what);
    at++;
    return address;
  }

  private PortMatch ports(Map<String, Integer> names) throws Refusal {
    if (names.isEmpty() || atEnd() || Keywords.matching(word(), OPERATORS.keySet()).size() != 1) {
      return PortMatch.ANY;
    }
    PortMatch.Operator operator =
        Optional.ofNullable(OPERATORS.get(pick(OPERATORS.keySet()))).orElse(PortMatch.Operator.ANY);
    int first = port(names);
    if (operator != PortMatch.Operator.RANGE) {
      return PortMatch.of(operator, first);
    }
    int secondAt = at;
    int second = port(names);
    if (second < first) {
      throw Refusal.value(secondAt, "the range ends before it begins");
    }
    return new PortMatch(operator, first, second);
  }

  private int port(Map<String, Integer> names) throws Refusal {
    if (atNumber()) {
      return number(65535);
    }
    List<String> found = atEnd() ? List.of() : Keywords.matching(word(), names.keySet());
    if (found.isEmpty()) {
      throw Refusal.form(
          at, (atEnd() ? "incomplete: " : "") + "expected a port <0-65535> or the name of one");
    }
    return Optional.ofNullable(names.get(pick(names.keySet()))).orElse(0);
  }

  private IcmpNames.Message icmpMessage() throws Refusal {
    if (atNumber()) {
      OptionalInt type = OptionalInt.of(number(255));
      return new IcmpNames.Message(
          type, atNumber() ? OptionalInt.of(number(255)) : OptionalInt.empty());
    }
    if (atEnd() || word().toLowerCase(Locale.ROOT).matches("lo?g?|fr?a?g?m?e?n?t?s?")) {
      return ANY_MESSAGE;
    }
    return Optional.ofNullable(IcmpNames.ALL.get(pick(IcmpNames.ALL.keySet()))).orElse(ANY_MESSAGE);
  }

  private Set<String> options(int protocol, boolean layer4) throws Refusal {
    Set<String> given = new TreeSet<>();
    List<String> possible = new ArrayList<>();
    if (protocol == IpProtocol.TCP) {
      possible.add("established");
    }
    if (!layer4) {
      possible.add("fragments");
    }
    possible.add("log");
    while (!atEnd() && !possible.isEmpty()) {
      String option = pick(possible);
      given.add(option);
      possible.remove(option);
      if (option.equals("established")) {
        possible.remove("fragments");
      } else if (option.equals("fragments")) {
        possible.remove("established");
      }
    }
    expectEnd();
    return given;
  }

  private void expectEnd() throws Refusal {
    if (!atEnd()) {
      throw Refusal.form(at, "the rule ends before this word");
    }
  }
}
