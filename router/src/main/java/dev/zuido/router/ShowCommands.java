package dev.zuido.router;

import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.show.AccessListReport;
import dev.zuido.router.show.CounterReport;
import dev.zuido.router.show.CryptoMapReport;
import dev.zuido.router.show.InterfaceReport;
import dev.zuido.router.show.IpsecSaReport;
import dev.zuido.router.show.IsakmpSaReport;
import dev.zuido.router.show.OspfDatabaseReport;
import dev.zuido.router.show.OspfInterfaceReport;
import dev.zuido.router.show.OspfNeighborReport;
import dev.zuido.router.show.RouteReport;
import dev.zuido.router.show.ShowReport;
import dev.zuido.router.show.ShowResult;
import java.util.List;
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
    ShowGrammar.Parsed parsed = ShowGrammar.parse(words);
    if (parsed instanceof ShowGrammar.Parsed.Failed failed) {
      return failed.refused();
    }
    ShowGrammar.Parsed.Found found = (ShowGrammar.Parsed.Found) parsed;
    ShowReport report =
        found.rest().isEmpty() ? report(found.command(), nowNanos) : interfacesNamed(found.rest());
    if (report == null) {
      return new ShowResult.Refused(
          words,
          words.size() - found.rest().size(),
          ShowResult.Problem.UNKNOWN,
          parts.interfaces().stream().map(RouterInterface::name).toList());
    }
    return new ShowResult.Answer(json ? report.json() : report.text());
  }

  private ShowReport report(ShowGrammar.Command command, long nowNanos) {
    return switch (command) {
      case CRYPTO_ISAKMP_SA -> cryptoIsakmpSa(nowNanos);
      case CRYPTO_ISAKMP_SA_DETAIL -> cryptoIsakmpSaDetail(nowNanos);
      case CRYPTO_IPSEC_SA -> cryptoIpsecSa(nowNanos);
      case CRYPTO_MAP -> cryptoMap();
      case IP_OSPF_NEIGHBOR -> ipOspfNeighbor(nowNanos);
      case IP_OSPF_INTERFACE -> ipOspfInterface(nowNanos);
      case IP_OSPF_INTERFACE_BRIEF -> ipOspfInterfaceBrief(nowNanos);
      case IP_OSPF_DATABASE -> ipOspfDatabase(nowNanos);
      case IP_ROUTE -> ipRoute();
      case INTERFACES -> interfaces();
      case ACCESS_LISTS -> accessLists();
      case COUNTERS -> counters();
    };
  }

  /** The interfaces that words mean: one by its name, or all of a kind; null if there is none. */
  private @Nullable InterfaceReport interfacesNamed(List<String> words) {
    String text = String.join(" ", words);
    List<InterfaceKind> kinds = InterfaceKind.matching(text);
    ForwardingShow forwarding = new ForwardingShow(parts);
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
    return new OspfShow(parts).neighbors(nowNanos);
  }

  /** {@code show ip ospf interface}. */
  public OspfInterfaceReport ipOspfInterface(long nowNanos) {
    return new OspfShow(parts).interfaces(false, nowNanos);
  }

  /** {@code show ip ospf interface brief}. */
  public OspfInterfaceReport ipOspfInterfaceBrief(long nowNanos) {
    return new OspfShow(parts).interfaces(true, nowNanos);
  }

  /** {@code show ip ospf database}. */
  public OspfDatabaseReport ipOspfDatabase(long nowNanos) {
    return new OspfShow(parts).database(nowNanos);
  }

  /** {@code show ip route}. */
  public RouteReport ipRoute() {
    return new ForwardingShow(parts).routes();
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
