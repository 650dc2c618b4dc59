/**
 * Generators for IKEv1: payloads, messages and whole exchanges for jqwik.
 *
 * <p>{@link dev.zuido.testkit.ike.IsakmpArbitraries} makes what is valid, {@link
 * dev.zuido.testkit.ike.IsakmpArbitraries#oddMessages} what is odd but legal, and {@link
 * dev.zuido.testkit.ike.BrokenRule} bytes that break exactly one rule, which it names:
 *
 * <pre>{@code
 * @Property
 * void roundTrip(@ForAll("messages") IsakmpMessage message) { ... }
 *
 * @Provide
 * Arbitrary<IsakmpMessage> messages() {
 *   return IsakmpArbitraries.messages();
 * }
 * }</pre>
 *
 * <p>{@link dev.zuido.testkit.ike.ExchangeArbitraries} does the same for exchanges: valid, odd, or
 * breaking exactly one {@link dev.zuido.testkit.ike.ExchangeRule}. What treats the messages of a
 * real exchange badly is in {@link dev.zuido.testkit.ike.impairment}.
 */
@NullMarked
package dev.zuido.testkit.ike;

import org.jspecify.annotations.NullMarked;
