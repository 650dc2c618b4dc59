package dev.zuido.router.config.ios;

import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRedistribution;
import dev.zuido.router.config.OspfRedistribution.Source;
import dev.zuido.router.config.OspfSummaryAddress;
import dev.zuido.wire.Ipv4Prefix;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What {@code router ospf} tells of other routes. */
final class OspfRedistributionCommands {
  private static final String METRIC = "metric <metric:0-" + OspfArea.LARGEST_COST + ">";
  private static final String TYPE = "metric-type <type:1-2>";
  private static final String TAG = "tag <tag:0-4294967295>";
  private static final String ROUTE_MAPS = "there are no route maps";

  private OspfRedistributionCommands() {}

  static void register(Mode<OspfProcess.Builder> mode) {
    registerRedistribution(mode);
    String summary = "summary-address <network:address> <mask:mask>";
    mode.does(
            "default-information originate (always|" + METRIC + "|" + TYPE + ")",
            (ospf, a) ->
                ospf.defaultRoute(
                    new OspfDefaultRoute(
                        a.has("always"),
                        a.optionalInteger("metric").orElse(OspfDefaultRoute.DEFAULT_METRIC),
                        type2(a))))
        .unsupported(
            "default-information originate (always|" + METRIC + "|" + TYPE + ") route-map <m:word>",
            ROUTE_MAPS)
        .does(
            "no default-information [originate [<old:line>]]", (ospf, a) -> ospf.defaultRoute(null))
        .does(
            summary + " [not-advertise] [" + TAG + "]",
            (ospf, a) ->
                ospf.summaryAddress(
                    new OspfSummaryAddress(
                        prefix(a), !a.has("not-advertise"), a.optionalNumber("tag"))))
        .unsupported(
            summary + " [not-advertise] [" + TAG + "] nssa-only",
            "a summary is for NSSAs and all other areas alike")
        .does(
            "no " + summary + " [<old:line>]",
            (ospf, a) ->
                IsakmpCommands.require(
                    ospf.removeSummaryAddress(prefix(a)), "there is no such summary address"));
  }

  private static boolean type2(Arguments a) {
    return a.optionalInteger("type").orElse(2) == 2;
  }

  private static Ipv4Prefix prefix(Arguments a) throws Refusal {
    return RouteCommands.prefix(a.address("network"), a.prefixLength("mask"));
  }

  private static void registerRedistribution(Mode<OspfProcess.Builder> mode) {
    String line = "redistribute {static|connected}";
    String options = " (" + METRIC + "|" + TYPE + "|" + TAG + "|subnets)";
    mode.does(line + options, OspfRedistributionCommands::redistribute)
        .unsupported(line + options + " route-map <map:word> [<rest:line>]", ROUTE_MAPS)
        .unsupported(
            "redistribute {bgp|eigrp|isis|lisp|mobile|odr|ospf|rip} [<rest:line>]",
            "there is no other routing protocol here; static and connected routes can be told")
        .unsupported(
            "redistribute maximum-prefix <rest:line>",
            "the number of redistributed routes is not limited")
        .does(
            "no " + line,
            (ospf, a) ->
                IsakmpCommands.require(
                    ospf.removeRedistribution(source(a)), "these routes are not redistributed"))
        .does(
            "no "
                + line
                + " {metric [<old:line>]|metric-type [<old:line>]|tag [<old:line>]|subnets}",
            OspfRedistributionCommands::undo);
  }

  private static Source source(Arguments a) {
    return a.has("static") ? Source.STATIC : Source.CONNECTED;
  }

  /** Options add to those that are there, as on IOS. */
  private static void redistribute(OspfProcess.Builder ospf, Arguments a) {
    OspfRedistribution held = held(ospf, source(a));
    ospf.redistribute(
        new OspfRedistribution(
            held.source(),
            held.subnets() || a.has("subnets"),
            a.has("metric") ? a.optionalInteger("metric") : held.metric(),
            a.has("type") ? type2(a) : held.type2(),
            a.has("tag") ? a.optionalNumber("tag") : held.tag()));
  }

  private static void undo(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(
        ospf.redistribution(source(a)) != null, "these routes are not redistributed");
    OspfRedistribution held = held(ospf, source(a));
    ospf.redistribute(
        new OspfRedistribution(
            held.source(),
            held.subnets() && !a.has("subnets"),
            a.has("metric") ? OptionalInt.empty() : held.metric(),
            held.type2() || a.has("metric-type"),
            a.has("tag") ? OptionalLong.empty() : held.tag()));
  }

  private static OspfRedistribution held(OspfProcess.Builder ospf, Source source) {
    OspfRedistribution held = ospf.redistribution(source);
    return held == null
        ? new OspfRedistribution(source, false, OptionalInt.empty(), true, OptionalLong.empty())
        : held;
  }
}
