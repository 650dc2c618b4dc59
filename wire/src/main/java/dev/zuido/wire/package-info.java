/**
 * What the protocols share: addresses, the headers around them, and the packets of the data path.
 *
 * <ul>
 *   <li>Values: {@link dev.zuido.wire.IpAddress}, {@link dev.zuido.wire.IpPrefix}, {@link
 *       dev.zuido.wire.ByteString}.
 *   <li>Headers as records: {@link dev.zuido.wire.Ipv4Header} (RFC 791), {@link
 *       dev.zuido.wire.Ipv6Header} with its {@linkplain dev.zuido.wire.Ipv6ExtensionHeaders
 *       extension headers} (RFC 8200), {@link dev.zuido.wire.UdpHeader} (RFC 768), {@link
 *       dev.zuido.wire.TcpHeader} (RFC 9293), {@link dev.zuido.wire.IcmpMessage} (RFC 792), {@link
 *       dev.zuido.wire.Icmpv6Message} (RFC 4443). Bytes that cannot be decoded give a {@link
 *       dev.zuido.wire.MalformedPacketException}.
 *   <li>Headers in a {@code byte[]}, for the data path: {@link dev.zuido.wire.Ipv4Fields}, {@link
 *       dev.zuido.wire.UdpFields}, {@link dev.zuido.wire.TcpFields}.
 *   <li>Checksums: {@link dev.zuido.wire.InternetChecksum} (RFC 1071, RFC 1624), {@link
 *       dev.zuido.wire.TransportChecksum} with its pseudo-headers.
 *   <li>Fragments: {@link dev.zuido.wire.Ipv4Fragmenter}, {@link dev.zuido.wire.Ipv4Reassembler},
 *       {@link dev.zuido.wire.Ipv6Reassembler}, bounded by {@link dev.zuido.wire.ReassemblyLimits}.
 *   <li>Packets: {@link dev.zuido.wire.PacketBatch}, {@link dev.zuido.wire.Verdict}, {@link
 *       dev.zuido.wire.BatchPort}, {@link dev.zuido.wire.Counters}.
 * </ul>
 *
 * <p>A step of the data path takes a batch and leaves a verdict:
 *
 * <pre>{@code
 * port.receive(batch);
 * for (int i = 0; i < batch.size(); i++) {
 *   if (!Ipv4Fields.isWellFormed(batch.slab(), batch.offset(i), batch.length(i))) {
 *     batch.setVerdict(i, MyVerdict.BAD_HEADER);
 *   } else if (Ipv4Fields.isFragment(batch.slab(), batch.offset(i))) {
 *     reassembler.offer(batch, i, nowNanos, whole);
 *     batch.setVerdict(i, Verdict.Basic.CONSUMED);
 *   }
 * }
 * next.accept(batch); // works on the packets that batch.passes(i)
 * }</pre>
 *
 * <p>Nothing here knows a clock, a source of randomness, a thread, a log or a cipher. Not
 * supported: IPv6 jumbograms, and sending IPv6 fragments.
 */
@NullMarked
package dev.zuido.wire;

import org.jspecify.annotations.NullMarked;
