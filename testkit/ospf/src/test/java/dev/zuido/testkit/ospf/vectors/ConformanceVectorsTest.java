package dev.zuido.testkit.ospf.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The behaviour cases: a router of a converged network gets an input, and what it sends, its
 * database, neighbors, interfaces and routes are the expected ones. A test has its case's name,
 * which is that of the RFC's step.
 */
final class ConformanceVectorsTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return Vectors.tests(ConformanceVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    Map<String, Map<String, Object>> topologies = new HashMap<>();
    for (Map<String, Object> topology : Vectors.withKey("ospf", "routers")) {
      if (topology.get("name") instanceof String name) {
        topologies.put(name, topology);
      }
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> file : Vectors.withKey("ospf", "cases")) {
      for (Map<String, Object> each : Json.objects(file, "cases")) {
        tests.add(DynamicTest.dynamicTest(Json.text(each, "case"), () -> check(each, topologies)));
      }
    }
    return tests.stream();
  }

  private static void check(
      Map<String, Object> behaviour, Map<String, Map<String, Object>> topologies) {
    String name = Json.text(behaviour, "topology");
    Map<String, Object> topology = topologies.get(name);
    boolean broadcast = false;
    if (topology == null) {
      // The origin's second of each three is its first with broadcast networks throughout.
      topology = topologies.get(name.substring(0, name.lastIndexOf('-')) + "-1");
      broadcast = true;
    }
    Assumptions.assumeTrue(topology != null, "no topology " + name);
    new ConformanceCase(behaviour, topology, broadcast).run();
  }
}
