package dev.zuido.testkit.pppoe;

import dev.zuido.pppoe.PppoePacket;
import dev.zuido.pppoe.PppoeTag;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of discovery packets, and of frames for receivers at each {@link PppoeMoment}. */
public final class PppoeArbitraries {
  /** The most bytes of a generated value. */
  public static final int MAX_VALUE = 40;

  private PppoeArbitraries() {}

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(MAX_VALUE);
  }

  /** Tags of each type with any value, End-Of-List excepted. */
  public static Arbitrary<PppoeTag> tags() {
    Arbitrary<ByteString> values = bytes().map(ByteString::of);
    return Arbitraries.oneOf(
        values.map(PppoeTag.ServiceName::new),
        values.map(PppoeTag.AcName::new),
        values.map(PppoeTag.HostUniq::new),
        values.map(PppoeTag.AcCookie::new),
        values.map(PppoeTag.RelaySessionId::new),
        values.map(PppoeTag.ServiceNameError::new),
        values.map(PppoeTag.AcSystemError::new),
        values.map(PppoeTag.GenericError::new),
        Arbitraries.integers().between(0, 0xffff).map(PppoeTag.PppMaxPayload::new),
        Combinators.combine(Arbitraries.integers(), values).as(PppoeTag.VendorSpecific::new),
        Combinators.combine(unknownTypes(), values).as(PppoeTag.Unknown::new));
  }

  private static Arbitrary<Integer> unknownTypes() {
    return Arbitraries.oneOf(
        Arbitraries.of(1, 0x0100, 0x0106, 0x0111, 0x0121, 0x0200, 0x0204, 0xffff),
        Arbitraries.integers().between(0x0300, 0xfffe));
  }

  /** Packets with any code, session and tags; sometimes with End-Of-List and bytes behind it. */
  public static Arbitrary<PppoePacket> packets() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 0xff),
            Arbitraries.integers().between(0, 0xffff),
            tags().list().ofMaxSize(8),
            bytes().injectNull(0.7))
        .as(
            (code, session, tags, rest) -> {
              List<PppoeTag> all = new ArrayList<>(tags);
              if (rest != null) {
                all.add(new PppoeTag.EndOfList(ByteString.of(rest)));
              }
              return new PppoePacket(code, session, all);
            });
  }

  private static Arbitrary<PppoeFrameBuilder> builders(PppoeMoment... moments) {
    return Combinators.combine(Arbitraries.of(moments), bytes()).as(PppoeFrameBuilder::new);
  }

  /** Frames as a peer sends them. */
  public static Arbitrary<PppoeCase> valid() {
    return builders(PppoeMoment.values()).map(PppoeFrameBuilder::toCase);
  }

  /**
   * Frames that nobody has to send and everybody has to accept: padding behind the packet, tags of
   * vendors and of unknown types, of a relay, with larger payloads that nobody has asked for, tags
   * in another order, End-Of-List with bytes behind it that are no tags.
   */
  public static Arbitrary<PppoeCase> oddButLegal() {
    Arbitrary<Integer> oddity = Arbitraries.integers().between(0, ODDITIES.size() - 1);
    return Combinators.combine(
            builders(PppoeMoment.values()), oddity.set().ofMinSize(1).ofMaxSize(4))
        .as(
            (builder, chosen) -> {
              chosen.stream().sorted().forEach(i -> ODDITIES.get(i).accept(builder));
              return builder.toCase();
            });
  }

  private static final List<Consumer<PppoeFrameBuilder>> ODDITIES =
      Arrays.asList(
          b -> b.padding = 26,
          b -> b.more.add(PppoeFrameBuilder.tag(0x7fff, (byte) 1, (byte) 2)),
          b ->
              b.more.add(
                  PppoeFrameBuilder.tag(
                      PppoeFrameBuilder.VENDOR_SPECIFIC, (byte) 0, (byte) 0, (byte) 13, (byte) 9)),
          b -> b.more.add(PppoeFrameBuilder.tag(PppoeFrameBuilder.RELAY_SESSION_ID, (byte) 7)),
          b ->
              b.more.add(
                  PppoeFrameBuilder.tag(PppoeFrameBuilder.PPP_MAX_PAYLOAD, (byte) 5, (byte) 0xdc)),
          b -> b.moreFirst = true,
          b -> b.end = new byte[] {0, 0, 0, 0},
          b -> b.end = new byte[] {0, 0, 0, 0, 1, 1, (byte) 0xff});

  /** Frames that break exactly one rule. */
  public static Arbitrary<BrokenPppoeFrame> broken() {
    return Arbitraries.of(PppoeRule.values()).flatMap(PppoeArbitraries::broken);
  }

  /** Frames that break exactly this rule. */
  public static Arbitrary<BrokenPppoeFrame> broken(PppoeRule rule) {
    return builders(rule.moments().stream().sorted().toArray(PppoeMoment[]::new))
        .map(rule::breakIn);
  }
}
