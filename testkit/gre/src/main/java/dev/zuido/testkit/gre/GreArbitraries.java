package dev.zuido.testkit.gre;

import dev.zuido.gre.GreHeader;
import dev.zuido.gre.GreInUdp;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreTunnelConfig.DfPolicy;
import dev.zuido.gre.GreTunnelConfig.FlowLabel;
import dev.zuido.gre.GreTunnelConfig.Payload;
import dev.zuido.gre.GreTunnelConfig.TosPolicy;
import dev.zuido.gre.ReorderLimits;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of GRE headers, tunnels and packets. */
public final class GreArbitraries {
  /** The largest payload of a generated packet's transport, in bytes. */
  public static final int MAX_DATA = 120;

  private GreArbitraries() {}

  /** Headers of each combination of fields, with any protocol type. */
  public static Arbitrary<GreHeader> headers() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 0xffff),
            Arbitraries.of(true, false),
            Arbitraries.integers().injectNull(0.4),
            Arbitraries.integers().injectNull(0.4))
        .as(GreHeader::new);
  }

  /**
   * Tunnels of each combination of fields and policies, over IPv4 and IPv6, with and without UDP,
   * for IP and for Ethernet, as strict as RFC 2784. Their endpoints lie in 198.18.0.0/15 and
   * 2001:2::/48, the payloads' addresses elsewhere.
   */
  public static Arbitrary<GreTunnelConfig> tunnels() {
    Arbitrary<GreTunnelConfig> fields =
        Combinators.combine(
                endpoints(),
                Arbitraries.integers().injectNull(0.4),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false))
            .as(
                (ends, key, checksum, sequence) ->
                    GreTunnelConfig.of(ends.get(0), ends.get(1))
                        .withKey(key)
                        .withChecksum(checksum)
                        .withSequence(sequence));
    Arbitrary<Payload> carried = Arbitraries.of(Payload.IP, Payload.IP, Payload.ETHERNET);
    return Combinators.combine(
            fields,
            Arbitraries.integers().between(1, 255),
            tosPolicies(),
            Arbitraries.of(DfPolicy.values()),
            Arbitraries.of(FlowLabel.values()),
            carried,
            Arbitraries.just(GreInUdp.DEFAULT).injectNull(0.7),
            Arbitraries.just(ReorderLimits.DEFAULT).injectNull(0.5))
        .as(
            (tunnel, ttl, tos, df, label, payload, udp, reorder) -> {
              GreTunnelConfig made =
                  tunnel
                      .withTtl(ttl)
                      .withTosPolicy(tos)
                      .withDfPolicy(df)
                      .withFlowLabel(label)
                      .withPayload(payload)
                      .withUdp(udp);
              return reorder == null || !tunnel.sequence() ? made : made.withReordering(reorder);
            });
  }

  private static Arbitrary<TosPolicy> tosPolicies() {
    Arbitrary<Integer> dscps = Arbitraries.integers().between(0, 0x3f);
    return Arbitraries.oneOf(
        Arbitraries.just(new TosPolicy.Copy()),
        dscps.map(dscp -> new TosPolicy.Fixed(dscp << 2)),
        dscps.map(TosPolicy.FixedDscp::new));
  }

  private static Arbitrary<List<IpAddress>> endpoints() {
    Arbitrary<Integer> near = Arbitraries.integers().between(1, 0xffff);
    Arbitrary<Integer> far = Arbitraries.integers().between(1, 0xffff);
    return Combinators.combine(near, far, Arbitraries.of(true, false))
        .as(
            (a, b, ipv4) ->
                ipv4
                    ? List.of(endpoint(18, a), endpoint(19, b))
                    : List.of(
                        new Ipv6Address(0x20010002_00000000L, a),
                        new Ipv6Address(0x20010002_00000001L, b)));
  }

  private static IpAddress endpoint(int second, int low) {
    return new Ipv4Address(198 << 24 | second << 16 | low);
  }

  /** Whole IPv4 and IPv6 packets with right lengths and any data. */
  public static Arbitrary<ByteString> payloads() {
    Arbitrary<byte[]> data = Arbitraries.bytes().array(byte[].class).ofMaxSize(MAX_DATA);
    Arbitrary<Integer> tos = Arbitraries.integers().between(0, 0xff);
    Arbitrary<Ipv4Address> v4 =
        Arbitraries.integers().between(1, 0xff_fffe).map(n -> new Ipv4Address(10 << 24 | n));
    Arbitrary<Ipv6Address> v6 =
        Arbitraries.longs().map(n -> new Ipv6Address(0x20010db8_00000000L, n));
    return Arbitraries.oneOf(
        Combinators.combine(v4, v4, tos, data)
            .as((from, to, t, d) -> ByteString.of(InnerPackets.ipv4(from, to, t, d))),
        Combinators.combine(v6, v6, tos, data)
            .as((from, to, t, d) -> ByteString.of(InnerPackets.ipv6(from, to, t, d))));
  }

  /** What a tunnel carries of an IP packet: itself, or an Ethernet frame around it. */
  public static ByteString carried(GreTunnelConfig tunnel, ByteString packet) {
    return tunnel.payload() == Payload.ETHERNET
        ? ByteString.of(InnerPackets.frame(packet.toArray()))
        : packet;
  }

  private static Arbitrary<GrePacketBuilder> builders() {
    return Combinators.combine(tunnels(), payloads())
        .as((tunnel, payload) -> new GrePacketBuilder(tunnel, carried(tunnel, payload).toArray()));
  }

  /** Packets as a peer sends them that is configured like the receiver. */
  public static Arbitrary<GreCase> valid() {
    return builders().map(GrePacketBuilder::toCase);
  }

  /**
   * Packets that nobody has to send and everybody has to accept: bits 6 to 12 or Reserved1 set, a
   * checksum that the tunnel does not ask for, a sequence number that it does not, none where it
   * does, a jump over half of the sequence numbers (unless the tunnel sorts), outer options or
   * extension headers, no UDP checksum over IPv4, link padding.
   */
  public static Arbitrary<GreCase> oddButLegal() {
    Arbitrary<Integer> oddity = Arbitraries.integers().between(0, ODDITIES.size() - 1);
    return Combinators.combine(builders(), oddity.set().ofMinSize(1).ofMaxSize(3))
        .as(
            (builder, chosen) -> {
              chosen.stream().sorted().forEach(i -> ODDITIES.get(i).apply(builder));
              return builder.toCase();
            });
  }

  private interface Oddity {
    void apply(GrePacketBuilder builder);
  }

  private static final List<Oddity> ODDITIES =
      List.of(
          b -> b.otherFlags = 0x03f8,
          b -> b.otherFlags = 0x0008,
          b -> {
            b.checksum = true;
            b.reserved1 = 0xbeef;
          },
          b -> b.checksum = true,
          b -> b.sequence = !b.sequence,
          b -> {
            b.sequence = true;
            b.sequenceValue = b.receiver.reorder() == null ? 0x7fffffff : 0;
          },
          b -> b.outerOptions = ByteString.ofHex(b.isOverIpv4() ? "94040000" : "0000010400000000"),
          b -> b.udpChecksum = !b.isOverIpv4(),
          b -> b.linkPadding = 7);

  /** Packets that break exactly one rule. */
  public static Arbitrary<BrokenGrePacket> broken() {
    return Combinators.combine(Arbitraries.of(GreRule.values()), builders()).as(GreRule::breakIn);
  }

  /** Packets that break exactly this rule. */
  public static Arbitrary<BrokenGrePacket> broken(GreRule rule) {
    return builders().map(rule::breakIn);
  }
}
