/**
 * The routing table calculation (RFC 2328 section 16): shortest-path trees of the areas (16.1),
 * inter-area routes (16.2), transit areas (16.3) and external routes (16.4, and section 2.5 of RFC
 * 3101 for those of NSSAs).
 *
 * <pre>{@code
 * var calculation = new RouteCalculation(routerId, RouteCalculation.Settings.DEFAULT);
 * RoutingTable table = calculation.calculate(database, interfaces, nowNanos);
 * for (OspfRoute route : table.routes()) {
 *   ...                                                // prefix, cost, next hops
 * }
 * }</pre>
 *
 * <p>Metrics for types of service other than 0 are not used.
 */
@NullMarked
package dev.zuido.ospf.spf;

import org.jspecify.annotations.NullMarked;
