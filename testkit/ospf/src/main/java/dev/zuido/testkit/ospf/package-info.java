/**
 * Generators for OSPFv2: packets and LSAs in three grades, random topologies, and the routes that
 * they must give.
 *
 * <ul>
 *   <li>{@link dev.zuido.testkit.ospf.OspfArbitraries#packets()} and {@link
 *       dev.zuido.testkit.ospf.OspfArbitraries#lsas()}: as a sound router sends them;
 *   <li>{@link dev.zuido.testkit.ospf.OddPackets}: legal, but what few routers send;
 *   <li>{@link dev.zuido.testkit.ospf.BrokenPackets} and {@link dev.zuido.testkit.ospf.BrokenLsas}:
 *       broken in exactly one named rule, with the reason for which a decoder has to refuse them.
 *   <li>{@link dev.zuido.testkit.ospf.OpaqueArbitraries}: the same three for what opaque LSAs say.
 * </ul>
 *
 * <p>{@link dev.zuido.testkit.ospf.OspfTopology} is a network of routers from which databases
 * follow; {@link dev.zuido.testkit.ospf.RouteOracle} finds its routes by brute force.
 *
 * <pre>{@code
 * @Property
 * void routes(@ForAll("topologies") OspfTopology topology) {
 *   RoutingTable table =
 *       new RouteCalculation(topology.routerId(0), Settings.DEFAULT)
 *           .calculate(topology.database(), topology.interfacesOf(0), 0);
 *   assertEquals(RouteOracle.routes(topology, 0), List.copyOf(table.routes()));
 * }
 * }</pre>
 */
@NullMarked
package dev.zuido.testkit.ospf;

import org.jspecify.annotations.NullMarked;
