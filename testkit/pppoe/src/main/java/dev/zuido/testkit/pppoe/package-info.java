/**
 * Generators for PPPoE, and a simulated access concentrator.
 *
 * <p>{@link dev.zuido.testkit.pppoe.PppoeArbitraries} makes discovery packets, and frames for a
 * receiver at each {@linkplain dev.zuido.testkit.pppoe.PppoeMoment moment} in three grades:
 *
 * <ul>
 *   <li>{@linkplain dev.zuido.testkit.pppoe.PppoeArbitraries#valid() valid}: as a peer sends them;
 *   <li>{@linkplain dev.zuido.testkit.pppoe.PppoeArbitraries#oddButLegal() odd but legal}: nobody
 *       has to send them, everybody has to accept them;
 *   <li>{@linkplain dev.zuido.testkit.pppoe.PppoeArbitraries#broken() broken} in exactly one {@link
 *       dev.zuido.testkit.pppoe.PppoeRule}, which names the verdict that they deserve.
 * </ul>
 *
 * <p>The frames are written without the code of {@code dev.zuido.pppoe}, so that a mistake there
 * does not hide itself. What both sides have told each other by then is put in by {@link
 * dev.zuido.testkit.pppoe.PppoeCase#frame}.
 *
 * <p>{@link dev.zuido.testkit.pppoe.ConcentratorNode} is a provider's access router on a {@link
 * dev.zuido.testkit.VirtualNetwork}.
 */
@NullMarked
package dev.zuido.testkit.pppoe;

import org.jspecify.annotations.NullMarked;
