package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.testkit.ospf.simulation.InvariantMonitor;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.testkit.ospf.simulation.SimulationObserver;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One behaviour case. From the first input on the router hears nothing but Hellos, so that nobody
 * acknowledges what it sends; the route calculation waits long enough for the case to look at the
 * state before it.
 */
final class ConformanceCase {
  private static final long SECOND = OspfSimulation.SECOND;
  private static final int HELLO = 1;
  private static final SpfBackoff BACKOFF = SpfBackoff.constant(3_000);

  /** The intervals of the origin's packets; retransmissions stay out of the cases. */
  private static final OspfInterfaceTimers TIMERS = new OspfInterfaceTimers(3, 12, 60, 1);

  /** Delayed acknowledgments take up to a second. */
  private static final long PATIENCE = SECOND + SECOND / 5;

  /**
   * Where our engine is right and the case expects something else: what may be there too, or may be
   * missing.
   */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          // RFC 2328 section 13.4: an own LSA that is received is reissued or flushed at once. The
          // case's origin waits for its next route calculation.
          "packet-lsupd-self-orig5", "eth-rt3 224.0.0.5 LsUpdate 3 1.1.1.1 2.2.2.2 .*",
          // And as the LSA has no DC-bit, the other area gets an indication-LSA (RFC 1793 section
          // 2.5.1).
          "packet-lsupd-self-orig7",
              "(eth-rt3 224.0.0.5 LsUpdate |0.0.0.0: )4 1.1.1.1 2.2.2.2 .*"
                  + "|eth-rt3 3.3.3.3 10.0.2.3 full ."
                  + "|(eth-rt1 224.0.0.5 LsUpdate |0.0.0.1: )4 2.2.2.2 2.2.2.2 16777215"
                  + "|eth-rt1 1.1.1.1 10.0.1.1 full .",
          // Section 14: nobody is left to acknowledge the LSA, so that it goes at once.
          "nb-rpc-clear-neighbor1", "0.0.0.0: 3 7.7.7.7 6.6.6.6 255.255.255.255 10 MaxAge");

  private final Map<String, Object> behaviour;
  final TopologyFile file;
  final SimulatedRouter router;
  private final Map<String, TreeSet<String>> sent = new TreeMap<>();
  private final List<OspfOutput> told = new ArrayList<>();
  private final Map<String, Integer> retransmissions = new TreeMap<>();
  private final Map<Ipv4Address, OspfAreaConfig> areas = new TreeMap<>();
  private @Nullable String onlyKey;
  private long lastInput;
  private boolean isolated;

  ConformanceCase(Map<String, Object> behaviour, Map<String, Object> topology, boolean broadcast) {
    this.behaviour = behaviour;
    this.file = new TopologyFile(topology, new TopologyFile.Tuning(TIMERS, BACKOFF, broadcast));
    SimulatedRouter found = file.routers().get(Json.text(behaviour, "router"));
    if (found == null) {
      throw new AssertionError("no router " + behaviour.get("router"));
    }
    this.router = found;
    file.simulation().observe(new InvariantMonitor());
    file.simulation().observe(new Recorder());
  }

  private final class Recorder implements SimulationObserver {
    @Override
    public void sent(
        SimulatedRouter from,
        int interfaceId,
        Ipv4Address destination,
        ByteString bytes,
        long now) {
      if (from != router || bytes.byteAt(1) == HELLO) {
        return;
      }
      try {
        OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes.toArray()));
        String name = file.interfaceName(router.name(), interfaceId);
        record(name + " " + destination + " " + PacketText.kind(packet), packet);
      } catch (MalformedPacketException e) {
        throw new AssertionError(e);
      }
    }

    private void record(String where, OspfPacket packet) {
      TreeSet<String> contents = PacketText.contents(packet);
      contents.removeIf(text -> !isCompared(text));
      if (!contents.isEmpty()) {
        sent.computeIfAbsent(where, absent -> new TreeSet<>()).addAll(contents);
      }
    }

    @Override
    public void told(SimulatedRouter from, OspfOutput output, long now) {
      if (from == router) {
        told.add(output);
      }
    }
  }

  /** Some inputs are about one LSA, and others happen to be due at the same time. */
  private boolean isCompared(String text) {
    return onlyKey == null || text.startsWith(onlyKey);
  }

  void run() {
    file.simulation().run(120 * SECOND);
    Map<String, Object> files = Json.object(behaviour.get("files"));
    int steps = 0;
    for (String name : files.keySet()) {
      steps = Math.max(steps, Integer.parseInt(name.substring(0, 2)));
    }
    for (int step = 1; step <= steps; step++) {
      step(step, files);
    }
  }

  private void step(int number, Map<String, Object> files) {
    String prefix = String.format(Locale.ROOT, "%02d-", number);
    Map<String, Object> inputs = new TreeMap<>();
    Map<String, Object> outputs = new TreeMap<>();
    files.forEach(
        (name, contents) -> {
          if (name.startsWith(prefix + "input-")) {
            inputs.put(name.substring(9), contents);
          } else if (name.startsWith(prefix + "output-")) {
            outputs.put(name.substring(10), contents);
          }
        });
    ConformanceInput input = new ConformanceInput(this);
    boolean state = outputs.containsKey("northbound-state.json");
    Set<String> before = state ? Set.of() : new ConformanceState(this).ourDatabase();
    inputs.forEach(
        (name, contents) -> {
          for (Object each : contents instanceof List<?> list ? list : List.of(contents)) {
            input.apply(name, Json.object(each));
          }
        });
    String where = Json.text(behaviour, "case") + " step " + number;
    if (state) {
      new ConformanceState(this).check(where, Json.object(outputs.get("northbound-state.json")));
    } else {
      assertSame(before, new ConformanceState(this).ourDatabase(), where + ": database");
    }
    if (!input.wasCalculation()) {
      file.simulation().run(PATIENCE);
    }
    assertSame(lines(packets(outputs)), lines(sent), where + ": packets");
    ConformanceNotices.check(where, outputs, told, file, router);
  }

  void assertSame(Set<String> expected, Set<String> found, String where) {
    String different = DIFFERENCES.get(Json.text(behaviour, "case"));
    Set<String> want = new TreeSet<>(expected);
    Set<String> have = new TreeSet<>(found);
    if (different != null) {
      want.removeIf(line -> line.matches(different));
      have.removeIf(line -> line.matches(different));
    }
    Lines.assertSame(want, have, where);
  }

  private static Set<String> lines(Map<String, TreeSet<String>> packets) {
    Set<String> lines = new TreeSet<>();
    packets.forEach((where, contents) -> contents.forEach(each -> lines.add(where + " " + each)));
    return lines;
  }

  private Map<String, TreeSet<String>> packets(Map<String, Object> outputs) {
    Map<String, TreeSet<String>> expected = new TreeMap<>();
    Object contents = outputs.get("protocol.jsonl");
    List<?> list =
        contents == null ? List.of() : contents instanceof List<?> l ? l : List.of(contents);
    for (Object each : list) {
      Map<String, Object> transmitted = Json.object(Json.object(each).get("NetTxPacket"));
      Map<String, Object> packets = Json.object(transmitted.get("packet"));
      String kind = packets.keySet().iterator().next();
      TreeSet<String> says = PacketText.contents(kind, Json.object(packets.get(kind)));
      says.removeIf(text -> !isCompared(text));
      for (Object destination : Json.list(transmitted, "dst")) {
        expected
            .computeIfAbsent(
                transmitted.get("ifname") + " " + destination + " " + kind,
                absent -> new TreeSet<>())
            .addAll(says);
      }
    }
    // Of two instances in one event our engine sends the second.
    expected.values().forEach(says -> says.removeIf(text -> says.contains(text + " MaxAge")));
    return expected;
  }

  /** From now on only Hellos get through to and from the router. */
  void isolate() {
    if (!isolated) {
      isolated = true;
      file.simulation()
          .setFilter(
              (from, to, packet) ->
                  (from != router && to != router)
                      || (packet.byteAt(1) == HELLO && (from == router || converses(from))));
      file.simulation().run(SECOND / 100); // What is on its way still comes.
      for (NeighborSnapshot each : router.engine().neighbors(0)) {
        retransmissions.put(neighborKey(each), each.retransmissions());
      }
    }
    sent.clear();
    told.clear();
  }

  /** Hellos come only from those that are neighbors. */
  private boolean converses(SimulatedRouter with) {
    return router.stateOf(with.routerId()).atLeast(NeighborState.TWO_WAY);
  }

  /** An input that makes the router speak comes MinLSInterval after the one before. */
  void beginInput() {
    OspfSimulation simulation = file.simulation();
    if (isolated && simulation.now() - lastInput < 6 * SECOND) {
      simulation.run(lastInput + 6 * SECOND - simulation.now());
    }
    isolate();
    lastInput = simulation.now();
  }

  /** Lets the route calculation happen that the last input made necessary. */
  void calculate() {
    sent.clear();
    told.clear();
    file.simulation().run(lastInput + 4 * SECOND - file.simulation().now());
  }

  /** The input came later than it was prepared. */
  void inputHappened() {
    lastInput = file.simulation().now();
  }

  /** An area as the last step has left it. */
  OspfAreaConfig areaConfig(Ipv4Address areaId) {
    OspfAreaConfig changed = areas.get(areaId);
    return changed == null ? router.config().area(areaId) : changed;
  }

  void setAreaConfig(OspfAreaConfig config) {
    areas.put(config.areaId(), config);
  }

  void compareOnly(LsaHeader header) {
    onlyKey = header.type() + " " + header.linkStateId() + " " + header.advertisingRouter();
  }

  String neighborKey(NeighborSnapshot neighbor) {
    return file.interfaceName(router.name(), neighbor.interfaceId()) + " " + neighbor.routerId();
  }

  /** LSAs that a neighbor has not acknowledged, beside those from before the case. */
  int newRetransmissions(NeighborSnapshot neighbor) {
    int added = neighbor.retransmissions() - retransmissions.getOrDefault(neighborKey(neighbor), 0);
    return onlyKey == null ? added : Math.min(1, added);
  }
}
