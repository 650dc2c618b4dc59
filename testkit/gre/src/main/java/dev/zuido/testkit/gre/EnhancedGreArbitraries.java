package dev.zuido.testkit.gre;

import dev.zuido.gre.EnhancedGreConfig;
import dev.zuido.gre.EnhancedGreHeader;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of enhanced GRE (RFC 2637): headers, sessions and packets. */
public final class EnhancedGreArbitraries {
  private EnhancedGreArbitraries() {}

  /** Headers of each combination of fields. */
  public static Arbitrary<EnhancedGreHeader> headers() {
    Arbitrary<Integer> sixteen = Arbitraries.integers().between(0, 0xffff);
    return Combinators.combine(
            sixteen,
            sixteen,
            Arbitraries.integers().injectNull(0.4),
            Arbitraries.integers().injectNull(0.4))
        .as(
            (length, callId, sequence, acknowledgment) ->
                new EnhancedGreHeader(
                    sequence == null ? 0 : length, callId, sequence, acknowledgment));
  }

  /** Sessions with any call IDs and windows. */
  public static Arbitrary<EnhancedGreConfig> sessions() {
    Arbitrary<Integer> sixteen = Arbitraries.integers().between(0, 0xffff);
    Arbitrary<Integer> host = Arbitraries.integers().between(1, 0xfffe);
    return Combinators.combine(host, host, sixteen, sixteen, Arbitraries.integers().between(1, 100))
        .as(
            (a, b, localCallId, remoteCallId, window) ->
                EnhancedGreConfig.of(
                    new Ipv4Address(198 << 24 | 18 << 16 | a),
                    new Ipv4Address(198 << 24 | 19 << 16 | b),
                    localCallId,
                    remoteCallId,
                    window));
  }

  private static Arbitrary<EnhancedGrePacketBuilder> builders() {
    Arbitrary<byte[]> ppp =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(GreArbitraries.MAX_DATA);
    return Combinators.combine(sessions(), ppp).as(EnhancedGrePacketBuilder::new);
  }

  /** Packets as a peer sends them. */
  public static Arbitrary<EnhancedGreCase> valid() {
    return builders().map(builder -> builder.toCase(builder.build()));
  }

  private interface Oddity {
    void apply(EnhancedGrePacketBuilder builder);
  }

  private static final List<Oddity> ODDITIES =
      List.of(
          b -> b.sequenceValue = 0x7fff_fffe,
          b -> b.trailing = 9,
          b -> {
            b.acknowledgment = true;
            b.acknowledgmentValue = -1;
          },
          b -> b.payload = new byte[0]);

  /**
   * Packets that nobody has to send and everybody has to accept: a jump over nearly half of the
   * sequence numbers, bytes behind the payload, an acknowledgment of what was acknowledged already,
   * a sequence number without a payload.
   */
  public static Arbitrary<EnhancedGreCase> oddButLegal() {
    return Combinators.combine(builders(), Arbitraries.of(ODDITIES))
        .as(
            (builder, oddity) -> {
              oddity.apply(builder);
              return builder.toCase(builder.build());
            });
  }

  /** Packets that break exactly one rule. */
  public static Arbitrary<BrokenEnhancedGrePacket> broken() {
    return Combinators.combine(Arbitraries.of(EnhancedGreRule.values()), builders())
        .as(EnhancedGreRule::breakIn);
  }
}
