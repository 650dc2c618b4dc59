package dev.zuido.ospf.lsa.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, decoding ends, and what was decoded can be printed and sent again. */
final class OpaqueBodyPropertyTest {
  @Property(tries = 3000)
  void anyBytesDecodeOrAreMalformed(
      @ForAll @IntRange(max = 9) int opaqueType, @ForAll @Size(max = 80) byte[] bytes)
      throws MalformedPacketException {
    decodePrintEncode(opaqueType, ByteString.of(bytes));
  }

  @Property(tries = 3000)
  void tlvsOfAnyLengthsDecodeOrAreMalformed(
      @ForAll @IntRange(max = 9) int opaqueType, @ForAll("nests") ByteString bytes)
      throws MalformedPacketException {
    decodePrintEncode(opaqueType, bytes);
  }

  @Property
  void bodiesComeBack(@ForAll("bodies") OpaqueBody body) throws MalformedPacketException {
    ByteString information = body.information();
    assertEquals(0, information.length() % 4);
    assertEquals(body, OpaqueBody.decode(body.opaqueType(), information));
  }

  @Property
  void noTruncationGivesAnythingButAnException(@ForAll("bodies") OpaqueBody body)
      throws MalformedPacketException {
    ByteString information = body.information();
    for (int length = 0; length < information.length(); length++) {
      decodePrintEncode(body.opaqueType(), information.slice(0, length));
    }
  }

  private static void decodePrintEncode(int opaqueType, ByteString bytes)
      throws MalformedPacketException {
    OpaqueBody body;
    try {
      body = OpaqueBody.decode(opaqueType, bytes);
    } catch (MalformedPacketException malformed) {
      return;
    }
    assertFalse(body.toString().isEmpty());
    assertEquals(body, OpaqueBody.decode(opaqueType, body.information()));
  }

  /** TLVs within TLVs, whose types are known ones and whose lengths are nearly right. */
  @Provide
  Arbitrary<ByteString> nests() {
    Arbitrary<byte[]> leaf = tlv(Arbitraries.bytes().array(byte[].class).ofMaxSize(36));
    Arbitrary<byte[]> inner = leaf.list().ofMaxSize(4).map(OpaqueBodyPropertyTest::join);
    Arbitrary<byte[]> outer = tlv(inner).list().ofMaxSize(3).map(OpaqueBodyPropertyTest::join);
    return outer.map(ByteString::of);
  }

  private static Arbitrary<byte[]> tlv(Arbitrary<byte[]> values) {
    return Combinators.combine(
            Arbitraries.integers().between(0, 12),
            Arbitraries.frequency(
                Tuple.of(8, 0),
                Tuple.of(1, -1),
                Tuple.of(1, 1),
                Tuple.of(1, 4),
                Tuple.of(1, 0xffff)),
            values)
        .as(
            (type, error, value) -> {
              int length = Math.max(0, value.length + error) & 0xffff;
              byte[] bytes = new byte[4 + value.length + (-value.length & 3)];
              bytes[1] = (byte) type.intValue();
              bytes[2] = (byte) (length >>> 8);
              bytes[3] = (byte) length;
              System.arraycopy(value, 0, bytes, 4, value.length);
              return bytes;
            });
  }

  private static byte[] join(List<byte[]> parts) {
    int length = parts.stream().mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Provide
  Arbitrary<OpaqueBody> bodies() {
    Arbitrary<Ipv4Address> addresses = Arbitraries.integers().map(Ipv4Address::new);
    Arbitrary<Tlv> others =
        Combinators.combine(
                Arbitraries.integers().between(20, 0xffff),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(9).map(ByteString::of))
            .as(Tlv::new);
    Arbitrary<TeLinkSubTlv> subTlvs =
        Arbitraries.oneOf(
            List.of(
                Arbitraries.integers().between(0, 255).map(TeLinkSubTlv.LinkType::new),
                addresses.map(TeLinkSubTlv.LinkId::new),
                addresses.list().ofMaxSize(3).map(TeLinkSubTlv.LocalAddresses::new),
                addresses.list().ofMaxSize(3).map(TeLinkSubTlv.RemoteAddresses::new),
                Arbitraries.longs().between(0, 0xffff_ffffL).map(TeLinkSubTlv.Metric::new),
                bandwidths().map(TeLinkSubTlv.MaximumBandwidth::new),
                bandwidths().map(TeLinkSubTlv.MaximumReservableBandwidth::new),
                bandwidths().list().ofSize(8).map(TeLinkSubTlv.UnreservedBandwidth::new),
                Arbitraries.integers().map(TeLinkSubTlv.AdministrativeGroup::new),
                others));
    Arbitrary<OpaqueBody> engineering =
        subTlvs
            .list()
            .ofMaxSize(6)
            .map(list -> new TrafficEngineeringLsa(List.of(new TrafficEngineeringLsa.Link(list))));
    Arbitrary<OpaqueBody> grace =
        Combinators.combine(
                Arbitraries.longs().between(0, 0xffff_ffffL),
                Arbitraries.integers().between(0, 255),
                addresses.injectNull(0.3),
                others.list().ofMaxSize(2))
            .as(GraceLsa::new);
    Arbitrary<OpaqueBody> information =
        Arbitraries.integers()
            .list()
            .ofMaxSize(3)
            .map(
                words ->
                    new RouterInformationLsa(
                        List.of(
                            new RouterInformationLsa.InformationalCapabilities(words),
                            new RouterInformationLsa.FunctionalCapabilities(words))));
    Arbitrary<OpaqueBody> prefix =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                Arbitraries.integers().between(0, 32),
                Arbitraries.integers().between(0, 255),
                addresses,
                others.list().ofMaxSize(3))
            .as(ExtendedPrefixLsa.ExtendedPrefix::new)
            .list()
            .ofMaxSize(3)
            .map(list -> new ExtendedPrefixLsa(List.copyOf(list)));
    Arbitrary<OpaqueBody> link =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                addresses,
                addresses,
                others.list().ofMaxSize(3))
            .as(ExtendedLinkLsa.ExtendedLink::new)
            .map(each -> new ExtendedLinkLsa(List.of(each)));
    return Arbitraries.oneOf(List.of(engineering, grace, information, prefix, link));
  }

  private static Arbitrary<TeLinkSubTlv.Bandwidth> bandwidths() {
    return Arbitraries.integers().map(TeLinkSubTlv.Bandwidth::new);
  }
}
