package dev.zuido.router.config.ios;

import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.AdjacencyLog;
import dev.zuido.router.config.OspfNetwork;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfigBuilder;

/** {@code router ospf}. */
final class OspfCommands {
  private OspfCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(grammar.ospf, "router ospf <process:1-65535>", OspfCommands::open)
        .does(
            "no router ospf <process:1-65535>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeOspf(a.integer("process")), "there is no such OSPF process"));
    grammar
        .ospf
        .does("router-id <id:address>", OspfCommands::setRouterId)
        .does("no router-id [<old:line>]", (ospf, a) -> ospf.routerId(null))
        .does(
            "network <address:address> <wildcard:wildcard> area <area:area>",
            (ospf, a) -> ospf.addNetwork(network(a)))
        .does(
            "no network <address:address> <wildcard:wildcard> area <area:area>",
            (ospf, a) ->
                IsakmpCommands.require(
                    ospf.removeNetwork(network(a)), "there is no such network line"))
        .does("passive-interface default", (ospf, a) -> ospf.passiveByDefault(true))
        .does("no passive-interface default", (ospf, a) -> ospf.passiveByDefault(false))
        .does(
            "passive-interface <name:interface>",
            (ospf, a) -> ospf.passive(a.interfaceName("name"), true))
        .does(
            "no passive-interface <name:interface>",
            (ospf, a) -> {
              if (a.byDefault()) {
                ospf.passiveAsDefault(a.interfaceName("name"));
              } else {
                ospf.passive(a.interfaceName("name"), false);
              }
            })
        .does("log-adjacency-changes", (ospf, a) -> ospf.adjacencyLog(AdjacencyLog.FULL_AND_DOWN))
        .does("log-adjacency-changes detail", (ospf, a) -> ospf.adjacencyLog(AdjacencyLog.DETAIL))
        .does(
            "no log-adjacency-changes [detail]",
            (ospf, a) ->
                ospf.adjacencyLog(a.byDefault() ? AdjacencyLog.FULL_AND_DOWN : AdjacencyLog.OFF))
        .does(
            "auto-cost reference-bandwidth <mbps:1-4294967>",
            (ospf, a) -> ospf.referenceBandwidthMbps(a.integer("mbps")))
        .does(
            "no auto-cost [reference-bandwidth [<old:line>]]",
            (ospf, a) -> ospf.referenceBandwidthMbps(OspfProcess.DEFAULT_REFERENCE_BANDWIDTH_MBPS));
  }

  private static OspfProcess.Builder open(RouterConfigBuilder config, Arguments a) throws Refusal {
    try {
      return config.ospf(a.integer("process"));
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }

  private static void setRouterId(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(!a.address("id").isUnspecified(), "0.0.0.0 is no router ID");
    ospf.routerId(a.address("id"));
  }

  private static OspfNetwork network(Arguments a) {
    return new OspfNetwork(
        new AddressMatch(a.address("address"), a.address("wildcard")), a.address("area"));
  }
}
