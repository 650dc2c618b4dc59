package dev.zuido.benchmarks;

import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.spf.RouteCalculation;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.ospf.spf.SpfInterface;
import dev.zuido.testkit.ospf.OspfTopology;
import dev.zuido.testkit.ospf.OspfTopology.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The whole route calculation of a corner router in a grid of numbered point-to-point links, where
 * nearly every router is reached by two equal paths.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SpfBenchmark {
  /** Rows and columns. */
  @Param({"10x10", "25x40"})
  String grid;

  private LinkStateDatabase database;
  private List<SpfInterface> interfaces;
  private RouteCalculation calculation;
  private int links;

  /** Makes the converged network. */
  @Setup
  public void prepare() {
    int by = grid.indexOf('x');
    OspfTopology topology =
        grid(Integer.parseInt(grid.substring(0, by)), Integer.parseInt(grid.substring(by + 1)));
    links = topology.links().size();
    database = topology.database();
    interfaces = topology.interfacesOf(0);
    calculation = new RouteCalculation(topology.routerId(0), RouteCalculation.Settings.DEFAULT);
  }

  private static OspfTopology grid(int rows, int columns) {
    List<Link> links = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int router = row * columns + column;
        if (column + 1 < columns) {
          links.add(new Link(router, router + 1, 1, 1, true, true));
        }
        if (row + 1 < rows) {
          links.add(new Link(router, router + columns, 1, 1, true, true));
        }
      }
    }
    return new OspfTopology(rows * columns, links, List.of(), List.of());
  }

  /** All routes of the network: one for each link. */
  @Benchmark
  public RoutingTable calculate() {
    RoutingTable table = calculation.calculate(database, interfaces, 0);
    if (table.routes().size() != links) {
      throw new IllegalStateException(table.routes().size() + " routes for " + links + " links");
    }
    return table;
  }
}
