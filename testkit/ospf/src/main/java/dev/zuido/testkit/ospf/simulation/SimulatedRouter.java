package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfStore;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** A router of an {@link OspfSimulation}. */
public final class SimulatedRouter {
  /** No wake-up is planned. */
  static final long NEVER = -1;

  private final String name;
  private final OspfConfig config;
  private final OspfStore store = OspfStore.inMemory();
  final SortedMap<Integer, SimulatedSegment> segments = new TreeMap<>();
  OspfEngine engine;
  boolean running = true;

  /** The moment of the wake-up that counts; others have been overtaken. */
  long wakeAt = NEVER;

  SimulatedRouter(String name, OspfConfig config, OspfSimulation simulation) {
    this.name = name;
    this.config = config;
    this.engine = simulation.engineFor(this);
  }

  /** Its name in messages. */
  public String name() {
    return name;
  }

  /** The configuration that it starts with. */
  public OspfConfig config() {
    return config;
  }

  /** Its Router ID. */
  public Ipv4Address routerId() {
    return config.routerId();
  }

  /** What it remembers when it restarts. */
  OspfStore store() {
    return store;
  }

  /** The engine, another one after each restart. */
  public OspfEngine engine() {
    return engine;
  }

  /** Whether it is there. */
  public boolean isRunning() {
    return running;
  }

  /** The address of an interface; the Router ID stands in for that of an unnumbered one. */
  public Ipv4Address addressOf(int interfaceId) {
    Ipv4Address address = engine.interfaceConfig(interfaceId).address();
    return address.isUnspecified() ? routerId() : address;
  }

  /** Whether an address is one of its interfaces'. */
  boolean hasAddress(Ipv4Address address) {
    for (int interfaceId : segments.keySet()) {
      if (engine.interfaceConfig(interfaceId).address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** The routes that it calculated last. */
  public RoutingTable routes() {
    return engine.routes();
  }

  /** The best state of the conversations with a router; Down if there is none. */
  public NeighborState stateOf(Ipv4Address neighborId) {
    return engine.neighbors(0).stream()
        .filter(neighbor -> neighbor.routerId().equals(neighborId))
        .map(NeighborSnapshot::state)
        .max(Comparator.naturalOrder())
        .orElse(NeighborState.DOWN);
  }

  @Override
  public String toString() {
    return name;
  }
}
