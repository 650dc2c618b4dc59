package dev.zuido.router.config.ios;

import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfDistance;
import dev.zuido.router.config.OspfMaxMetric;
import dev.zuido.router.config.OspfNeighbor;
import dev.zuido.router.config.OspfOptions;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRestart;
import dev.zuido.router.config.OspfThrottle;
import java.util.OptionalInt;

/** What {@code router ospf} does where it has a choice. */
final class OspfOptionCommands {
  /** The longest wait of the route calculation, in milliseconds. */
  private static final int LONGEST_SPF_WAIT = 60_000;

  private static final int LSA_ARRIVAL_MILLIS = 1_000;

  private OspfOptionCommands() {}

  static void register(Mode<OspfProcess.Builder> mode) {
    registerRoutes(mode);
    registerTimers(mode);
    registerMaxMetric(mode);
    registerRestart(mode);
    registerSecurity(mode);
    registerNeighbors(mode);
    mode.does("prefix-suppression", (ospf, a) -> ospf.options().prefixSuppression(true))
        .does("no prefix-suppression", (ospf, a) -> ospf.options().prefixSuppression(false))
        .does("compatible rfc1583", (ospf, a) -> ospf.options().rfc1583(true))
        .does("no compatible rfc1583", (ospf, a) -> ospf.options().rfc1583(a.byDefault()))
        .unsupported(
            "compatible rfc1587", "NSSAs are those of RFC 3101, which has taken RFC 1587's place")
        .does("capability opaque", (ospf, a) -> ospf.options().opaque(true))
        .does("no capability opaque", (ospf, a) -> ospf.options().opaque(a.byDefault()))
        .inert("capability lls", "LLS blocks are read, and none is sent unless it is needed")
        .inert("no capability lls", "LLS blocks are read, and none is sent unless it is needed")
        .unsupported("capability vrf-lite", "there are no VRFs")
        .inert("ispf", "only what an LSA touches is computed again, always")
        .inert("no ispf", "only what an LSA touches is computed again, always")
        .unsupported(
            "bfd all-interfaces [strict-mode]", "there is no BFD that would watch the neighbours")
        .does("no bfd all-interfaces", (ospf, a) -> {});
  }

  private static void registerRoutes(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "default-metric <metric:1-" + OspfArea.LARGEST_COST + ">",
            (ospf, a) -> ospf.options().defaultMetric(a.optionalInteger("metric")))
        .does(
            "no default-metric [<old:line>]",
            (ospf, a) -> ospf.options().defaultMetric(OptionalInt.empty()))
        .does(
            "maximum-paths <paths:1-64>",
            (ospf, a) -> ospf.options().maximumPaths(a.integer("paths")))
        .does(
            "no maximum-paths [<old:line>]",
            (ospf, a) -> ospf.options().maximumPaths(OspfOptions.DEFAULT_MAXIMUM_PATHS))
        .does(
            "distance <distance:1-255>",
            (ospf, a) -> {
              int all = a.integer("distance");
              ospf.options().distance(new OspfDistance(all, all, all));
            })
        .unsupported(
            "distance <distance:1-255> <address:address> <rest:line>",
            "all routes of a kind have one distance: 'distance' or 'distance ospf'")
        .does(
            "distance ospf (intra-area <intra:1-255>|inter-area <inter:1-255>"
                + "|external <external:1-255>)",
            OspfOptionCommands::distance)
        .does(
            "no distance [<old:line>]", (ospf, a) -> ospf.options().distance(OspfDistance.DEFAULT));
  }

  private static void distance(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(
        a.has("intra") || a.has("inter") || a.has("external"),
        "incomplete: expected one of: external, inter-area, intra-area");
    OspfDistance held = ospf.options().distance();
    ospf.options()
        .distance(
            new OspfDistance(
                a.optionalInteger("intra").orElse(held.intraArea()),
                a.optionalInteger("inter").orElse(held.interArea()),
                a.optionalInteger("external").orElse(held.external())));
  }

  private static void registerTimers(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "timers throttle spf <start:0-600000> <hold:1-600000> <max:1-600000>",
            OspfOptionCommands::throttleSpf)
        .does("no timers throttle spf [<old:line>]", (ospf, a) -> ospf.options().spfThrottle(null))
        .does(
            "timers throttle lsa [all] <start:0-600000> <hold:1-600000> <max:1-600000>",
            (ospf, a) -> ospf.options().lsaThrottle(throttle(a)))
        .does("no timers throttle lsa [<old:line>]", (ospf, a) -> ospf.options().lsaThrottle(null))
        .does(
            "timers lsa arrival <millis:0-600000>",
            (ospf, a) ->
                IsakmpCommands.require(
                    a.integer("millis") == LSA_ARRIVAL_MILLIS,
                    "an LSA is taken once in "
                        + LSA_ARRIVAL_MILLIS
                        + " ms: MinLSArrival of RFC 2328, appendix B"))
        .does("no timers lsa arrival [<old:line>]", (ospf, a) -> {})
        .unsupported(
            "timers pacing {flood|lsa-group|retransmission} <rest:line>",
            "packets of a flood leave at once, and each LSA is refreshed by its own age")
        .unsupported("timers spf <delay:0-600000> <hold:0-600000>", "give 'timers throttle spf'");
  }

  private static OspfThrottle throttle(Arguments a) throws Refusal {
    try {
      return new OspfThrottle(a.integer("start"), a.integer("hold"), a.integer("max"));
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }

  private static void throttleSpf(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    OspfThrottle throttle = throttle(a);
    IsakmpCommands.require(
        throttle.startMillis() <= throttle.holdMillis(),
        "the second wait is not shorter than the first");
    IsakmpCommands.require(
        throttle.maximumMillis() <= LONGEST_SPF_WAIT,
        "the routes are calculated after " + LONGEST_SPF_WAIT + " ms at the latest");
    ospf.options().spfThrottle(throttle);
  }

  private static void registerMaxMetric(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "max-metric router-lsa (on-startup <startup:5-86400>|on-shutdown [<shutdown:1-100>]"
                + "|include-stub|summary-lsa [<summary:1-16777215>]"
                + "|external-lsa [<external:1-16777215>])",
            OspfOptionCommands::maxMetric)
        .unsupported("max-metric router-lsa on-startup wait-for-bgp", "there is no BGP to wait for")
        .does(
            "no max-metric [router-lsa [<old:line>]]", (ospf, a) -> ospf.options().maxMetric(null));
  }

  private static void maxMetric(OspfProcess.Builder ospf, Arguments a) {
    ospf.options()
        .maxMetric(
            new OspfMaxMetric(
                a.optionalInteger("startup"),
                given(a, "on-shutdown", "shutdown", OspfMaxMetric.DEFAULT_SHUTDOWN_SECONDS),
                a.has("include-stub"),
                given(a, "summary-lsa", "summary", OspfMaxMetric.DEFAULT_METRIC),
                given(a, "external-lsa", "external", OspfMaxMetric.DEFAULT_METRIC)));
  }

  /** The number behind a keyword, or the default if the keyword stands there alone. */
  private static OptionalInt given(Arguments a, String keyword, String number, int otherwise) {
    return a.has(keyword)
        ? OptionalInt.of(a.optionalInteger(number).orElse(otherwise))
        : OptionalInt.empty();
  }

  private static void registerRestart(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "nsf ietf [restart-interval <seconds:1-1800>]",
            (ospf, a) ->
                restart(
                    ospf,
                    true,
                    a.optionalInteger("seconds").orElse(OspfRestart.DEFAULT_INTERVAL_SECONDS)))
        .does(
            "no nsf [ietf [restart-interval [<old:line>]]]",
            (ospf, a) -> restart(ospf, false, OspfRestart.DEFAULT_INTERVAL_SECONDS))
        .does("nsf ietf helper", (ospf, a) -> help(ospf, true, strict(ospf)))
        .does("nsf ietf helper disable", (ospf, a) -> help(ospf, false, strict(ospf)))
        .does("no nsf ietf helper [disable]", OspfOptionCommands::undoHelper)
        .does("nsf ietf helper strict-lsa-checking", (ospf, a) -> help(ospf, helps(ospf), true))
        .does("no nsf ietf helper strict-lsa-checking", (ospf, a) -> help(ospf, helps(ospf), false))
        .unsupported(
            "nsf cisco [enforce global]", "give 'nsf ietf': graceful restart is RFC 3623's here")
        .inert("nsf cisco helper disable", "there is no helper of this kind")
        .does("no nsf cisco [<old:line>]", (ospf, a) -> {});
  }

  private static boolean helps(OspfProcess.Builder ospf) {
    return ospf.options().restart().helps();
  }

  private static boolean strict(OspfProcess.Builder ospf) {
    return ospf.options().restart().strict();
  }

  private static void undoHelper(OspfProcess.Builder ospf, Arguments a) {
    help(ospf, a.has("disable") || a.byDefault(), strict(ospf));
  }

  private static void restart(OspfProcess.Builder ospf, boolean restarts, int seconds) {
    ospf.options().restart(new OspfRestart(restarts, seconds, helps(ospf), strict(ospf)));
  }

  private static void help(OspfProcess.Builder ospf, boolean helps, boolean strict) {
    OspfRestart held = ospf.options().restart();
    ospf.options().restart(new OspfRestart(held.restarts(), held.intervalSeconds(), helps, strict));
  }

  private static void registerSecurity(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "ttl-security all-interfaces [hops <hops:1-254>]",
            (ospf, a) ->
                ospf.options()
                    .ttlSecurityHops(
                        OptionalInt.of(a.optionalInteger("hops").orElse(OspfOptions.DEFAULT_HOPS))))
        .does(
            "no ttl-security [all-interfaces [<old:line>]]",
            (ospf, a) -> ospf.options().ttlSecurityHops(OptionalInt.empty()))
        .does(
            "max-lsa <lsas:1-2147483647>",
            (ospf, a) -> ospf.options().maxLsa(a.optionalInteger("lsas")))
        .unsupported(
            "max-lsa <lsas:1-2147483647> <rest:line>",
            "what happens at the limit is fixed: further LSAs are not taken, and counted")
        .does("no max-lsa [<old:line>]", (ospf, a) -> ospf.options().maxLsa(OptionalInt.empty()));
  }

  private static void registerNeighbors(Mode<OspfProcess.Builder> mode) {
    mode.does(
            "neighbor <address:address> (priority <priority:0-255>|poll-interval <poll:1-65535>"
                + "|cost <cost:1-65535>)",
            OspfOptionCommands::neighbor)
        .unsupported(
            "neighbor <address:address> database-filter all out", "every LSA goes to everybody")
        .does(
            "no neighbor <address:address> [<old:line>]",
            (ospf, a) ->
                IsakmpCommands.require(
                    ospf.removeNeighbor(a.address("address")), "there is no such neighbor"));
  }

  private static void neighbor(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(
        !a.address("address").isUnspecified() && !a.address("address").isMulticast(),
        a.address("address") + " is no unicast address");
    ospf.neighbor(
        new OspfNeighbor(
            a.address("address"),
            a.optionalInteger("priority"),
            a.optionalInteger("poll"),
            a.optionalInteger("cost")));
  }
}
