/**
 * Generators for ESP: suites, parameters, keys and packets as jqwik arbitraries, a second
 * implementation of the transforms to compare with, and packets that break exactly one rule.
 *
 * <pre>{@code
 * @Property
 * void brokenPacketsAreRefused(@ForAll("cases") EspCase broken) {
 *   InboundSa sa = broken.association().inbound();
 *   PacketBatch batch = broken.batch();
 *   sa.open(batch);
 *   assertEquals(broken.expected(), batch.verdict(0));
 * }
 *
 * @Provide
 * Arbitrary<EspCase> cases() {
 *   return EspArbitraries.brokenPackets();
 * }
 * }</pre>
 */
@NullMarked
package dev.zuido.testkit.esp;

import org.jspecify.annotations.NullMarked;
