/**
 * Generators for GRE: headers, tunnels, and packets in three grades.
 *
 * <ul>
 *   <li>{@linkplain dev.zuido.testkit.gre.GreArbitraries#valid() valid}: as a peer sends them;
 *   <li>{@linkplain dev.zuido.testkit.gre.GreArbitraries#oddButLegal() odd but legal}: nobody has
 *       to send them, everybody has to accept them;
 *   <li>{@linkplain dev.zuido.testkit.gre.GreArbitraries#broken() broken} in exactly one {@link
 *       dev.zuido.testkit.gre.GreRule}, which names the verdict that they deserve.
 * </ul>
 *
 * <p>{@link dev.zuido.testkit.gre.EnhancedGreArbitraries} has the same for PPTP's enhanced GRE, and
 * {@link dev.zuido.testkit.gre.SequenceArbitraries} the orders in which sequence numbers arrive.
 *
 * <p>The packets are written without the code of {@code dev.zuido.gre}, so that a mistake there
 * does not hide itself.
 *
 * <pre>{@code
 * @Property
 * void brokenPacketsAreRefused(@ForAll("broken") BrokenGrePacket packet) {
 *   assertEquals(packet.rule().verdict(), receive(packet.broken()));
 * }
 *
 * @Provide
 * Arbitrary<BrokenGrePacket> broken() {
 *   return GreArbitraries.broken();
 * }
 * }</pre>
 */
@NullMarked
package dev.zuido.testkit.gre;

import org.jspecify.annotations.NullMarked;
