package dev.zuido.benchmarks;

import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.spf.IncrementalCalculation;
import dev.zuido.ospf.spf.RouteCalculation;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.ospf.spf.SpfInterface;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a grid of many routers costs the router at its corner: the calculation of all routes, alone
 * and after one changed LSA, and the flooding of the whole database.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OspfBenchmark {
  private static void check(RoutingTable table, OspfGrid grid) {
    // One network at each router, and the link to the grid.
    if (table.routes().size() != grid.routers() + 1) {
      throw new IllegalStateException(table.routes().size() + " routes");
    }
  }

  /** A database that changes under a calculation. */
  @State(Scope.Thread)
  public static class Calculation {
    /** Routers of the grid. */
    @Param({"1000", "5000", "10000"})
    int routers;

    private OspfGrid grid;
    private LinkStateDatabase database;
    private LsaStore store;
    private List<SpfInterface> interfaces;
    private IncrementalCalculation calculation;
    private int next;

    /** Makes the converged network. */
    @Setup
    public void prepare() {
      OspfSite site = new OspfSite();
      grid = new OspfGrid(routers, OspfSite.ROUTER_ID);
      database = site.engine.database();
      store =
          database.addArea(OspfAreaConfig.BACKBONE); // It is there: the site has its link in it.
      for (Lsa lsa : grid.lsas()) {
        store.install(lsa, 0);
      }
      interfaces =
          List.of(
              new SpfInterface(
                  OspfGridPeer.INTERFACE,
                  OspfAreaConfig.BACKBONE,
                  SpfInterface.Kind.POINT_TO_POINT,
                  OspfGrid.OUTER_ADDRESS,
                  OspfGrid.ATTACHMENT,
                  Map.of(OspfGrid.routerId(0), OspfGrid.CORNER_ADDRESS)));
      calculation =
          new IncrementalCalculation(
              OspfSite.ROUTER_ID, RouteCalculation.Settings.DEFAULT, database);
      check(calculation.calculate(interfaces, 0), grid);
      next = routers / 2;
    }

    private int nextRouter() {
      next = next + 1 < routers ? next + 1 : routers / 2;
      return next;
    }
  }

  /** A router whose links have got other costs: a whole tree, and all routes from it. */
  @Benchmark
  public RoutingTable tree(Calculation state) {
    state.store.install(state.grid.withOtherCosts(state.nextRouter()), 0);
    RoutingTable table = state.calculation.calculate(state.interfaces, 0);
    check(table, state.grid);
    return table;
  }

  /** A router whose stub network has got another cost: routes from the tree that is there. */
  @Benchmark
  public RoutingTable stub(Calculation state) {
    state.store.install(state.grid.withOtherStub(state.nextRouter()), 0);
    RoutingTable table = state.calculation.calculate(state.interfaces, 0);
    check(table, state.grid);
    return table;
  }

  /** All routes from nothing but the LSAs. */
  @Benchmark
  public RoutingTable fromNothing(Calculation state) {
    RoutingTable table =
        new RouteCalculation(OspfSite.ROUTER_ID, RouteCalculation.Settings.DEFAULT)
            .calculate(state.database, state.interfaces, 0);
    check(table, state.grid);
    return table;
  }

  /** An engine that is fully adjacent and holds the whole database. */
  @State(Scope.Thread)
  public static class Converged {
    /** Routers of the grid. */
    @Param({"1000", "5000", "10000"})
    int routers;

    private OspfGrid grid;
    private OspfSite site;
    private int next;

    /** Makes the converged network. */
    @Setup
    public void prepare() {
      grid = new OspfGrid(routers, OspfSite.ROUTER_ID);
      site = new OspfSite();
      site.take(OspfGridPeer.updates(grid.lsas()));
      site.runFor(2_000_000_000L);
      check(site.routes(), grid);
      next = routers / 2;
    }
  }

  /** An update with one changed LSA comes in, and a table with other routes goes out. */
  @Benchmark
  public RoutingTable changeToRoutes(Converged state) {
    // An LSA must not change twice within a second.
    state.site.runFor(2_000_000_000L / state.routers);
    state.next = (state.next + 1) % state.routers;
    long before = state.site.engine.routeCalculations();
    state.site.take(OspfGridPeer.updates(List.of(state.grid.withOtherCosts(state.next))));
    RoutingTable table = state.site.routes();
    check(table, state.grid);
    if (state.site.engine.routeCalculations() != before + 1) {
      throw new IllegalStateException("the routes were not calculated");
    }
    return table;
  }

  /** An engine that is fully adjacent and knows of nobody else. */
  @State(Scope.Thread)
  public static class Empty {
    /** Routers of the grid. */
    @Param({"1000", "5000", "10000"})
    int routers;

    private OspfGrid grid;
    private List<LinkStateUpdatePacket> updates;
    private OspfSite site;

    /** Makes the LSAs. */
    @Setup
    public void prepare() {
      grid = new OspfGrid(routers, OspfSite.ROUTER_ID);
      updates = OspfGridPeer.updates(grid.lsas());
    }

    /** Makes an engine that has none of them. */
    @Setup(Level.Invocation)
    public void begin() {
      site = new OspfSite();
    }
  }

  /** All LSAs come in and are acknowledged, and all routes are calculated. */
  @Benchmark
  public RoutingTable intake(Empty state) {
    state.site.take(state.updates);
    state.site.runFor(1_000_000_000L);
    if (state.site.peer.acknowledged() < state.routers) {
      throw new IllegalStateException(state.site.peer.acknowledged() + " acknowledged");
    }
    check(state.site.routes(), state.grid);
    return state.site.routes();
  }

  /** A router that has the database, and a new one. */
  @State(Scope.Thread)
  public static class Strangers {
    /** Routers of the grid. */
    @Param({"1000", "5000", "10000"})
    int routers;

    private List<LinkStateUpdatePacket> updates;
    private OspfMeeting meeting;

    /** Makes the LSAs. */
    @Setup
    public void prepare() {
      updates = OspfGridPeer.updates(new OspfGrid(routers, OspfSite.ROUTER_ID).lsas());
    }

    /** Makes both routers. */
    @Setup(Level.Invocation)
    public void begin() {
      meeting = new OspfMeeting(updates);
    }
  }

  /** The whole database is described, asked for, sent and acknowledged: what both routers do. */
  @Benchmark
  public int exchange(Strangers state) {
    int lsas = state.meeting.meet();
    if (lsas != state.routers + 2) {
      throw new IllegalStateException(lsas + " LSAs");
    }
    return lsas;
  }
}
