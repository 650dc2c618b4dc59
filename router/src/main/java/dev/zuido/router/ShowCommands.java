package dev.zuido.router;

import dev.zuido.ospf.OspfEngine;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.show.AccessListReport;
import dev.zuido.router.show.CounterReport;
import dev.zuido.router.show.CryptoMapReport;
import dev.zuido.router.show.DialerReport;
import dev.zuido.router.show.InterfaceReport;
import dev.zuido.router.show.IpsecSaReport;
import dev.zuido.router.show.IsakmpSaReport;
import dev.zuido.router.show.KeyChainReport;
import dev.zuido.router.show.OspfBorderRouterReport;
import dev.zuido.router.show.OspfDatabaseReport;
import dev.zuido.router.show.OspfInterfaceReport;
import dev.zuido.router.show.OspfNeighborReport;
import dev.zuido.router.show.OspfReport;
import dev.zuido.router.show.OspfRouteReport;
import dev.zuido.router.show.OspfStatisticsReport;
import dev.zuido.router.show.OspfSummaryAddressReport;
import dev.zuido.router.show.OspfVirtualLinkReport;
import dev.zuido.router.show.PppReport;
import dev.zuido.router.show.PppoeSessionReport;
import dev.zuido.router.show.RouteReport;
import dev.zuido.router.show.ShowReport;
import dev.zuido.router.show.ShowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code show} commands: {@link #run} by their words, and a method for each, whose report is
 * data that renders as text and as JSON. {@link dev.zuido.router.show} says what the JSON looks
 * like.
 *
 * <p>It reads the router's state and belongs to the router's thread. A report is a copy and belongs
 * to nobody.
 */
public final class ShowCommands {
  private final RouterParts parts;

  ShowCommands(RouterParts parts) {
    this.parts = parts;
  }

  /**
   * Runs a command.
   *
   * @param words the words behind {@code show}, each in full or shortened as IOS allows it
   * @param json whether the answer is JSON instead of text
   * @param nowNanos the time, as {@link Router#process} has it
   */
  public ShowResult run(List<String> words, boolean json, long nowNanos) {
    OspfProcess process = parts.config().ospf();
    if (!namesProcess(words) || process == null) {
      return new Answer(words, nowNanos).run(json);
    }
    String number = Integer.toString(process.processId());
    if (!words.get(2).equals(number)) {
      return new ShowResult.Refused(words, 2, ShowResult.Problem.UNKNOWN, List.of(number));
    }
    List<String> without = new ArrayList<>(words);
    without.remove(2);
    return new Answer(without, nowNanos).run(json);
  }

  /** Whether words are those of OSPF with the number of a process behind them. */
  private static boolean namesProcess(List<String> words) {
    return words.size() > 2
        && "ip".startsWith(words.get(0).toLowerCase(Locale.ROOT))
        && "ospf".startsWith(words.get(1).toLowerCase(Locale.ROOT))
        && !words.get(2).isEmpty()
        && words.get(2).chars().allMatch(Character::isDigit);
  }

  /** One command on its way. */
  private final class Answer {
    private final List<String> words;
    private final long nowNanos;

    Answer(List<String> words, long nowNanos) {
      this.words = words;
      this.nowNanos = nowNanos;
    }

    ShowResult run(boolean json) {
      ShowGrammar.Parsed parsed = ShowGrammar.parse(words);
      if (parsed instanceof ShowGrammar.Parsed.Failed failed) {
        return failed.refused();
      }
      ShowGrammar.Parsed.Found found = (ShowGrammar.Parsed.Found) parsed;
      ShowReport report = null;
      if (found.rest().isEmpty()) {
        report = report(found.command(), nowNanos);
      } else if (found.command() == ShowGrammar.Command.INTERFACES) {
        report = interfacesNamed(found.rest(), nowNanos);
      } else if (found.command() == ShowGrammar.Command.IP_OSPF_DATABASE) {
        OspfDatabaseQuery.Parsed query = OspfDatabaseQuery.parse(found.rest());
        if (query instanceof OspfDatabaseQuery.Parsed.Failed failed) {
          int before = words.size() - found.rest().size();
          return new ShowResult.Refused(
              words, before + failed.position(), failed.problem(), failed.expected());
        }
        report = database(((OspfDatabaseQuery.Parsed.Found) query).query(), nowNanos);
      } else {
        report = ospfNamed(found.command(), String.join(" ", found.rest()), nowNanos);
      }
      if (report == null) {
        return new ShowResult.Refused(
            words,
            words.size() - found.rest().size(),
            ShowResult.Problem.UNKNOWN,
            parts.interfaces().stream().map(RouterInterface::name).toList());
      }
      return new ShowResult.Answer(json ? report.json() : report.text());
    }
  }

  private ShowReport report(ShowGrammar.Command command, long nowNanos) {
    return switch (command) {
      case CRYPTO_ISAKMP_SA -> cryptoIsakmpSa(nowNanos);
      case CRYPTO_ISAKMP_SA_DETAIL -> cryptoIsakmpSaDetail(nowNanos);
      case CRYPTO_IPSEC_SA -> cryptoIpsecSa(nowNanos);
      case CRYPTO_MAP -> cryptoMap();
      case IP_OSPF -> ipOspf(nowNanos);
      case IP_OSPF_NEIGHBOR -> ipOspfNeighbor(nowNanos);
      case IP_OSPF_NEIGHBOR_DETAIL -> ipOspfNeighborDetail(nowNanos);
      case IP_OSPF_INTERFACE -> ipOspfInterface(nowNanos);
      case IP_OSPF_INTERFACE_BRIEF -> ipOspfInterfaceBrief(nowNanos);
      case IP_OSPF_DATABASE -> ipOspfDatabase(nowNanos);
      case IP_OSPF_BORDER_ROUTERS -> ipOspfBorderRouters();
      case IP_OSPF_ROUTE -> ipOspfRoute();
      case IP_OSPF_STATISTICS -> ipOspfStatistics(nowNanos);
      case IP_OSPF_VIRTUAL_LINKS -> ipOspfVirtualLinks(nowNanos);
      case IP_OSPF_SUMMARY_ADDRESS -> ipOspfSummaryAddress();
      case KEY_CHAIN -> keyChain();
      case PPPOE_SESSION -> pppoeSession(nowNanos);
      case PPP -> ppp(nowNanos);
      case PPP_ALL -> pppAll(nowNanos);
      case DIALER -> dialer(nowNanos);
      case IP_ROUTE -> ipRoute();
      case INTERFACES -> new ForwardingShow(parts, nowNanos).interfaces(name -> true);
      case ACCESS_LISTS -> accessLists();
      case COUNTERS -> counters();
    };
  }

  private ShowReport database(OspfDatabaseQuery query, long nowNanos) {
    OspfShow show = new OspfShow(parts);
    return query.detail() ? show.lsas(query, nowNanos) : show.database(query, nowNanos);
  }

  /**
   * OSPF's interface of a name, or the neighbors on it or of a Router ID; null if there is none.
   */
  private @Nullable ShowReport ospfNamed(ShowGrammar.Command command, String text, long nowNanos) {
    OspfShow show = new OspfShow(parts);
    String name = interfaceName(text);
    boolean brief = command == ShowGrammar.Command.IP_OSPF_INTERFACE_BRIEF;
    boolean ports = brief || command == ShowGrammar.Command.IP_OSPF_INTERFACE;
    boolean detail = name == null || command == ShowGrammar.Command.IP_OSPF_NEIGHBOR_DETAIL;
    ShowReport found =
        ports
            ? show.interfaces(brief, name, nowNanos)
            : show.neighbors(
                detail,
                each ->
                    name == null
                        ? each.routerId().toString().equals(text)
                        : each.interfaceName().equals(name),
                nowNanos);
    boolean known =
        name == null
            ? !ports && !found.rows().isEmpty()
            : parts.interfaces().stream().anyMatch(each -> each.name().equals(name));
    return known ? found : null;
  }

  private static @Nullable String interfaceName(String text) {
    try {
      return IosInterfaceName.parse(text).toString();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The interfaces that words mean: one by its name, or all of a kind; null if there is none. */
  private @Nullable InterfaceReport interfacesNamed(List<String> words, long nowNanos) {
    String text = String.join(" ", words);
    List<InterfaceKind> kinds = InterfaceKind.matching(text);
    ForwardingShow forwarding = new ForwardingShow(parts, nowNanos);
    InterfaceReport found;
    if (kinds.size() == 1) {
      found = forwarding.interfaces(name -> name.kind() == kinds.get(0));
    } else {
      try {
        found = forwarding.interfaces(IosInterfaceName.parse(text)::equals);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return found.rows().isEmpty() ? null : found;
  }

  /** {@code show crypto isakmp sa}. */
  public IsakmpSaReport cryptoIsakmpSa(long nowNanos) {
    return new CryptoShow(parts).isakmpSas(false, nowNanos);
  }

  /** {@code show crypto isakmp sa detail}. */
  public IsakmpSaReport cryptoIsakmpSaDetail(long nowNanos) {
    return new CryptoShow(parts).isakmpSas(true, nowNanos);
  }

  /** {@code show crypto ipsec sa}. */
  public IpsecSaReport cryptoIpsecSa(long nowNanos) {
    return new CryptoShow(parts).ipsecSas(nowNanos);
  }

  /** {@code show crypto map}. */
  public CryptoMapReport cryptoMap() {
    return new CryptoShow(parts).cryptoMaps();
  }

  /** {@code show ip ospf neighbor}. */
  public OspfNeighborReport ipOspfNeighbor(long nowNanos) {
    return new OspfShow(parts).neighbors(false, each -> true, nowNanos);
  }

  /** {@code show ip ospf neighbor detail}. */
  public OspfNeighborReport ipOspfNeighborDetail(long nowNanos) {
    return new OspfShow(parts).neighbors(true, each -> true, nowNanos);
  }

  /** {@code show ip ospf}. */
  public OspfReport ipOspf(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    OspfProcess process = parts.config().ospf();
    return new OspfReport(
        ospf == null || process == null
            ? List.of()
            : List.of(new OspfProcessShow(ospf, process, nowNanos).row()));
  }

  /** {@code show ip ospf border-routers}. */
  public OspfBorderRouterReport ipOspfBorderRouters() {
    return new OspfRouteShow(parts).borderRouters();
  }

  /** {@code show ip ospf route}. */
  public OspfRouteReport ipOspfRoute() {
    return new OspfRouteShow(parts).routes();
  }

  /** {@code show ip ospf statistics}. */
  public OspfStatisticsReport ipOspfStatistics(long nowNanos) {
    return new OspfRouteShow(parts).statistics(nowNanos);
  }

  /** {@code show ip ospf virtual-links}. */
  public OspfVirtualLinkReport ipOspfVirtualLinks(long nowNanos) {
    return new OspfShow(parts).virtualLinks(nowNanos);
  }

  /** {@code show ip ospf summary-address}. */
  public OspfSummaryAddressReport ipOspfSummaryAddress() {
    return new OspfRouteShow(parts).summaryAddresses();
  }

  /** {@code show key chain}: without the keys themselves. */
  public KeyChainReport keyChain() {
    return KeyChainShow.of(parts.config().keyChains(), parts.wallClock());
  }

  /** {@code show ip ospf interface}. */
  public OspfInterfaceReport ipOspfInterface(long nowNanos) {
    return new OspfShow(parts).interfaces(false, null, nowNanos);
  }

  /** {@code show ip ospf interface brief}. */
  public OspfInterfaceReport ipOspfInterfaceBrief(long nowNanos) {
    return new OspfShow(parts).interfaces(true, null, nowNanos);
  }

  /** {@code show ip ospf database}. */
  public OspfDatabaseReport ipOspfDatabase(long nowNanos) {
    return new OspfShow(parts).database(OspfDatabaseQuery.ALL, nowNanos);
  }

  /** {@code show ip route}. */
  public RouteReport ipRoute() {
    return new ForwardingShow(parts).routes();
  }

  /** {@code show pppoe session}. */
  public PppoeSessionReport pppoeSession(long nowNanos) {
    return new DialerShow(parts, nowNanos).sessions();
  }

  /** {@code show ppp}: each PPP link in full, without secrets. */
  public PppReport ppp(long nowNanos) {
    return new DialerShow(parts, nowNanos).links(false);
  }

  /** {@code show ppp all}: the same as a table. */
  public PppReport pppAll(long nowNanos) {
    return new DialerShow(parts, nowNanos).links(true);
  }

  /** {@code show dialer}. */
  public DialerReport dialer(long nowNanos) {
    return new DialerShow(parts, nowNanos).dialers();
  }

  /** {@code show interfaces}: all interfaces. */
  public InterfaceReport interfaces() {
    return new ForwardingShow(parts).interfaces(name -> true);
  }

  /** {@code show interfaces tunnel}: all tunnel interfaces. */
  public InterfaceReport interfacesTunnel() {
    return new ForwardingShow(parts).interfaces(name -> name.kind() == InterfaceKind.TUNNEL);
  }

  /** {@code show access-lists}. */
  public AccessListReport accessLists() {
    return new ForwardingShow(parts).accessLists();
  }

  /** {@code show counters}. */
  public CounterReport counters() {
    return new CounterShow(parts).counters();
  }
}
