/**
 * A virtual network with a virtual clock, packet captures, and impairments of packets and bytes.
 *
 * <p>Everything happens in one thread and in virtual nanoseconds: {@link
 * dev.zuido.testkit.VirtualNetwork} jumps from event to event, so that an hour of silence costs
 * nothing, and draws everything random from one seed, so that the same seed gives the same run,
 * packet by packet, on every JDK. A {@link dev.zuido.testkit.VirtualNode} is anything that drains
 * {@link dev.zuido.wire.BatchPort}s and knows its next deadline: the hosts here, a router, a
 * protocol engine with a small driver.
 *
 * <p>Two hosts, a lossy link, a ping:
 *
 * <pre>{@code
 * VirtualNetwork network = new VirtualNetwork(1);
 * Link link = network.link("wan", 1500);
 * VirtualHost left =
 *     network.host("left", link.a(), Ipv4Address.parse("10.0.0.1"), 24, null);
 * VirtualHost right =
 *     network.host("right", link.b(), Ipv4Address.parse("10.0.0.2"), 24, null);
 * link.impair(Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.1));
 *
 * Ping ping = left.ping(PingRequest.to(right.address()).withTotalBytes(2028));
 * network.runUntil(ping::isDone, Duration.ofMinutes(1).toNanos());
 * // ping.isAnswered(), ping.rttNanos(), ping.errors()
 * }</pre>
 *
 * <p>What leaves a node can be watched ({@link dev.zuido.testkit.PacketTap}), changed on its way
 * ({@link dev.zuido.testkit.PacketFilter}, {@link dev.zuido.testkit.Channel#inject}) and written to
 * a capture ({@link dev.zuido.testkit.PcapngWriter}) with the keys in the files that Wireshark
 * reads ({@link dev.zuido.testkit.WiresharkKeys}). {@link dev.zuido.testkit.PcapReader} reads
 * recorded sessions. {@link dev.zuido.testkit.ImpairBytes} breaks byte strings for property tests.
 *
 * <p>Not here: link layers (packets are IP packets; {@link dev.zuido.testkit.Segment} delivers by
 * address instead of by ARP; links and an {@linkplain dev.zuido.testkit.VirtualNetwork#ethernet
 * Ethernet} carry the frames of nodes that make their own), IPv6 hosts, TCP options beyond the
 * maximum segment size.
 */
@NullMarked
package dev.zuido.testkit;

import org.jspecify.annotations.NullMarked;
