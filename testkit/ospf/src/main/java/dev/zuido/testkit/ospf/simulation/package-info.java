/**
 * A simulated OSPF network: hundreds of engines in one JVM, in virtual time.
 *
 * <ul>
 *   <li>{@link dev.zuido.testkit.ospf.simulation.OspfSimulation} joins engines by segments that
 *       lose, repeat and reorder packets; one seed gives one run.
 *   <li>{@link dev.zuido.testkit.ospf.simulation.NetworkPlan} says which routers, links and areas a
 *       network has; {@link dev.zuido.testkit.ospf.simulation.NetworkPlans} makes them at random,
 *       from a seed or as jqwik arbitraries that shrink.
 *   <li>{@link dev.zuido.testkit.ospf.simulation.SimulatedNetwork} brings a plan to life, breaks
 *       and repairs it.
 *   <li>{@link dev.zuido.testkit.ospf.simulation.NetworkOracle} finds every router's routes from
 *       the plan alone, by brute force.
 *   <li>{@link dev.zuido.testkit.ospf.simulation.InvariantMonitor} watches what must hold at all
 *       times; {@link dev.zuido.testkit.ospf.simulation.SimulatedNetwork#disagreements} tells what
 *       does not hold although the network is quiet.
 * </ul>
 *
 * <pre>{@code
 * SimulatedNetwork network = new SimulatedNetwork(NetworkPlans.grid(15, 15), 1);
 * network.start();
 * network.runUntilAgreed(600);
 * network.failLink(3);
 * network.runUntilAgreed(600);
 * }</pre>
 */
@NullMarked
package dev.zuido.testkit.ospf.simulation;

import org.jspecify.annotations.NullMarked;
