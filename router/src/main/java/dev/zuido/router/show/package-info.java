/**
 * What {@code show} commands answer, as data first: a report per command, made of records, that
 * renders as the text that engineers know and as JSON.
 *
 * <pre>{@code
 * OspfNeighborReport neighbors = router.show().ipOspfNeighbor(now);
 * neighbors.rows()     // the data
 * neighbors.text()     // Neighbor ID     Pri   State ...
 * neighbors.json()     // a list with an object for each neighbor: "routerId": "200.1.1.1", ...
 *
 * ShowResult result = router.show().run(List.of("ip", "ospf", "nei"), true, now);
 * }</pre>
 *
 * <p>The JSON (RFC 8259) of each command is a list of objects, one for each of the report's {@code
 * rows()}, empty where there is nothing or where the protocol is not configured. An object has a
 * member for each component of its record, in that order and of that name, so the record's
 * documentation is the documentation of the JSON:
 *
 * <ul>
 *   <li>a member is always there; where its component is null it is {@code null};
 *   <li>numbers are numbers, written in full: integers of up to 64 bits, without exponent; SPIs and
 *       sequence numbers are unsigned;
 *   <li>times are whole seconds, rounded down, and their names end in {@code Seconds};
 *   <li>addresses and prefixes are strings in dotted decimal, as {@code "10.1.1.0/24"};
 *   <li>reasons and counters are objects whose names are the constants' in lower camel case: {@code
 *       {"noRoute": 2}};
 *   <li>keys, passwords and what is derived from them are never there.
 * </ul>
 *
 * <p>The text may leave out what the JSON has, such as counters that are 0.
 */
@NullMarked
package dev.zuido.router.show;

import org.jspecify.annotations.NullMarked;
