package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.testkit.ospf.simulation.Datagram;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.wire.Ipv4Address;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What a behaviour case gives to its router, as our engine gets it. */
final class ConformanceInput {
  private static final long SECOND = OspfSimulation.SECOND;
  private static final long LEAD = 8 * SECOND;
  private static final int HELLO = 1;

  private final ConformanceCase of;
  private final OspfSimulation simulation;
  private final SimulatedRouter router;
  private boolean calculation;
  private boolean begun;

  ConformanceInput(ConformanceCase of) {
    this.of = of;
    this.simulation = of.file.simulation();
    this.router = of.router;
  }

  boolean wasCalculation() {
    return calculation;
  }

  void apply(String fileName, Map<String, Object> input) {
    String kind = input.keySet().iterator().next();
    if (fileName.equals("northbound-config-change.json")) {
      begin();
      if (new ConformanceConfiguration(of).change(input)) {
        // Our engine tells areas of others when it calculates the routes, not before.
        simulation.run(4 * SECOND);
      }
      return;
    }
    Map<String, Object> with = Json.object(input.get(kind));
    switch (kind) {
      case "NetRxPacket" -> receive(with);
      case "SpfDelayEvent" -> {
        calculation = true;
        of.calculate();
      }
      case "LsaFlush" -> expire(with);
      case "LsaRefresh" -> refresh(with);
      case "NsmEvent" -> timeOut(with);
      case "ietf-ospf:clear-neighbor" -> {
        begin();
        for (OspfInterfaceConfig each : router.config().interfaces()) {
          simulation.command(router, new OspfCommand.ClearNeighbors(each.id()));
        }
      }
      case "InterfaceUpd" -> {
        boolean up = Json.text(with, "flags").contains("OPERATIVE");
        setInterface(Json.text(with, "ifname"), up);
      }
      case "InterfaceAddressDel", "InterfaceAddressAdd" -> address(kind, with);
      default -> Assumptions.abort("no such input in our engine: " + kind);
    }
  }

  /** The inputs of a step come at once. */
  private void begin() {
    if (!begun) {
      begun = true;
      of.beginInput();
    }
  }

  private void receive(Map<String, Object> with) {
    begin();
    String name = Json.text(Json.object(with.get("iface_key")), "Value");
    Map<String, Object> packet = Json.object(with.get("packet"));
    Assumptions.assumeTrue(packet.containsKey("Ok"), "a packet that the origin did not decode");
    simulation.inject(
        router,
        new Datagram(
            of.file.interfaceId(router.name(), name),
            Ipv4Address.parse(Json.text(with, "src")),
            Ipv4Address.parse(Json.text(with, "dst")),
            PacketText.bytes(Json.object(packet.get("Ok")))));
  }

  private void setInterface(String name, boolean up) {
    begin();
    int id = of.file.interfaceId(router.name(), name);
    if (id >= 0) { // Other interfaces are none of OSPF's business; the router does not tell it.
      simulation.command(
          router, up ? new OspfCommand.InterfaceUp(id) : new OspfCommand.InterfaceDown(id));
    }
  }

  /** Our interfaces have one address: without it they are down. */
  private void address(String kind, Map<String, Object> with) {
    String name = Json.text(with, "ifname");
    int id = of.file.interfaceId(router.name(), name);
    OspfInterfaceConfig config = router.engine().interfaceConfig(id);
    boolean own = Json.text(with, "addr").equals(config.address() + "/" + config.prefixLength());
    if (own) {
      setInterface(name, kind.equals("InterfaceAddressAdd"));
    } else {
      Assumptions.assumeTrue(kind.equals("InterfaceAddressDel"), "no secondary addresses");
      begin();
    }
  }

  private LsaEntry entry(Map<String, Object> with) {
    Map<String, Object> area = Json.object(Json.object(with.get("lsdb_key")).get("Area"));
    Map<String, Object> key = Json.object(Json.object(with.get("lse_key")).get("Value"));
    LsaStore store = router.engine().database().area(Ipv4Address.parse(Json.text(area, "Value")));
    LsaEntry entry =
        store == null
            ? null
            : store.get(
                new LsaKey(
                    Json.number(key, "lsa_type"),
                    Ipv4Address.parse(Json.text(key, "lsa_id")),
                    Ipv4Address.parse(Json.text(key, "adv_rtr"))));
    if (entry == null) {
      throw new AssertionError("no such LSA: " + key);
    }
    return entry;
  }

  /** The originator goes on saying Hello, but its refreshed LSA does not come. */
  private void expire(Map<String, Object> with) {
    Ipv4Address originator = entry(with).key().advertisingRouter();
    simulation.setFilter(
        (from, to, packet) ->
            packet.byteAt(1) == HELLO
                || (!from.routerId().equals(originator) && !to.routerId().equals(originator)));
    of.compareOnly(entry(with).lsa().header());
    runTo(entry(with).reachesAge(LsaHeader.MAX_AGE));
  }

  private void refresh(Map<String, Object> with) {
    of.compareOnly(entry(with).lsa().header());
    runTo(entry(with).reachesAge(LsaHeader.REFRESH_TIME));
  }

  private void runTo(long moment) {
    // Before others, to whom the LSA came later, and so older, find out.
    simulation.run(moment - LEAD - simulation.now());
    begin();
    simulation.run(LEAD);
    of.inputHappened();
  }

  /** The neighbor falls silent; when its time is nearly over the router is left alone. */
  private void timeOut(Map<String, Object> with) {
    Ipv4Address neighborId =
        Ipv4Address.parse(Json.text(Json.object(with.get("nbr_key")), "Value"));
    Assumptions.assumeTrue(Json.text(with, "event").equals("InactivityTimer"));
    simulation.setFilter((from, to, packet) -> !from.routerId().equals(neighborId));
    simulation.run(SECOND / 2); // What is on its way still comes.
    for (NeighborSnapshot each : router.engine().neighbors(simulation.now())) {
      if (each.routerId().equals(neighborId)) {
        simulation.run(Math.max(0, each.deadNanos() - SECOND / 10));
      }
    }
    begin();
    simulation.setFilter(
        (from, to, packet) ->
            (from != router && to != router)
                || (packet.byteAt(1) == HELLO && !from.routerId().equals(neighborId)));
    simulation.run(SECOND / 5);
    of.inputHappened();
  }
}
