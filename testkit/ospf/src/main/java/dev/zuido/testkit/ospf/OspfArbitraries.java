package dev.zuido.testkit.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Packets and LSAs as a sound router sends them, and the parts that they are made of. */
public final class OspfArbitraries {
  private OspfArbitraries() {}

  /** Any address, small and special ones more often. */
  public static Arbitrary<Ipv4Address> addresses() {
    return Arbitraries.integers().map(Ipv4Address::new);
  }

  /** Contiguous network masks of every length. */
  public static Arbitrary<Ipv4Address> masks() {
    return Arbitraries.integers().between(0, 32).map(n -> new Ipv4Address(Ipv4Prefix.maskOf(n)));
  }

  /** Options without the L bit, which would announce an LLS block. */
  public static Arbitrary<Options> options() {
    return Arbitraries.integers().between(0, 255).map(bits -> new Options(bits & ~Options.L));
  }

  /** Null, simple and cryptographic authentication; digests are arbitrary bytes. */
  public static Arbitrary<PacketAuthentication> authentications() {
    Arbitrary<PacketAuthentication> simple =
        bytes(0, 8).map(PacketAuthentication.SimplePassword::new);
    Arbitrary<PacketAuthentication> cryptographic =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                Arbitraries.longs().between(0, 0xffff_ffffL),
                Arbitraries.of(16, 20, 32, 48, 64).flatMap(n -> bytes(n, n)))
            .as(PacketAuthentication.Cryptographic::new);
    return Arbitraries.oneOf(
        Arbitraries.just(PacketAuthentication.Null.NONE), simple, cryptographic);
  }

  /** Headers with any authentication. */
  public static Arbitrary<OspfHeader> headers() {
    return Combinators.combine(addresses(), addresses(), authentications()).as(OspfHeader::new);
  }

  /** Links of all four types. */
  public static Arbitrary<RouterLink> routerLinks() {
    return Combinators.combine(
            Arbitraries.integers().between(RouterLink.POINT_TO_POINT, RouterLink.VIRTUAL),
            addresses(),
            addresses(),
            Arbitraries.integers().between(1, 0xffff))
        .as((type, id, data, metric) -> new RouterLink(type, id, data, metric));
  }

  /** Bodies of types 1 to 5 and 7, and opaque ones. */
  public static Arbitrary<LsaBody> lsaBodies() {
    Arbitrary<LsaBody> router =
        Combinators.combine(Arbitraries.integers().between(0, 7), routerLinks().list().ofMaxSize(8))
            .as(RouterLsa::new);
    Arbitrary<LsaBody> network =
        Combinators.combine(masks(), addresses().list().ofMinSize(1).ofMaxSize(8))
            .as(NetworkLsa::new);
    Arbitrary<LsaBody> summary = Combinators.combine(masks(), metrics()).as(SummaryLsa::ofNetwork);
    Arbitrary<LsaBody> boundary = metrics().map(SummaryLsa::ofAsBoundaryRouter);
    Arbitrary<LsaBody> external =
        Combinators.combine(
                masks(),
                Arbitraries.of(true, false),
                metrics(),
                addresses(),
                Arbitraries.integers())
            .as(AsExternalLsa::of);
    Arbitrary<LsaBody> opaque =
        Combinators.combine(
                Arbitraries.of(LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA, LsaType.OPAQUE_AS),
                bytes(0, 10).map(OspfArbitraries::wholeWords))
            .as(OpaqueLsa::new);
    Arbitrary<LsaBody> known =
        Combinators.combine(
                Arbitraries.of(LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA, LsaType.OPAQUE_AS),
                OpaqueArbitraries.bodies())
            .as((type, body) -> new OpaqueLsa(type, body.information()));
    Arbitrary<LsaBody> nssa = external.map(body -> ((AsExternalLsa) body).asType(LsaType.NSSA));
    return Arbitraries.oneOf(router, network, summary, boundary, external, nssa, opaque, known);
  }

  /** Intact LSAs of any age up to MaxAge. */
  public static Arbitrary<Lsa> lsas() {
    return Combinators.combine(
            options(),
            addresses(),
            addresses(),
            sequences(),
            lsaBodies(),
            Arbitraries.integers().between(0, LsaHeader.MAX_AGE))
        .as(
            (options, id, router, sequence, body, age) ->
                Lsa.originate(options, id, router, sequence, body).withAge(age));
  }

  /** LSA headers as Database Description and acknowledgement packets carry them. */
  public static Arbitrary<LsaHeader> lsaHeaders() {
    return lsas().map(Lsa::header);
  }

  /** Packets of all five types. */
  public static Arbitrary<OspfPacket> packets() {
    return packets(headers());
  }

  /** Packets of all five types with headers from an arbitrary. */
  public static Arbitrary<OspfPacket> packets(Arbitrary<OspfHeader> headers) {
    return Arbitraries.oneOf(
        hellos(headers).map(p -> p),
        databaseDescriptions(headers).map(p -> p),
        requests(headers).map(p -> p),
        updates(headers).map(p -> p),
        acknowledgments(headers).map(p -> p));
  }

  /** Hello packets. */
  public static Arbitrary<HelloPacket> hellos(Arbitrary<OspfHeader> headers) {
    return Combinators.combine(
            headers,
            masks(),
            Arbitraries.integers().between(1, 0xffff),
            options(),
            Arbitraries.integers().between(0, 255),
            Arbitraries.longs().between(1, 0xffff_ffffL),
            Combinators.combine(addresses(), addresses()).as(List::of),
            addresses().list().uniqueElements().ofMaxSize(10))
        .as(
            (header, mask, interval, options, priority, dead, designated, neighbors) ->
                new HelloPacket(
                    header,
                    mask,
                    interval,
                    options,
                    priority,
                    dead,
                    designated.get(0),
                    designated.get(1),
                    neighbors));
  }

  /** Database Description packets. */
  public static Arbitrary<DatabaseDescriptionPacket> databaseDescriptions(
      Arbitrary<OspfHeader> headers) {
    return Combinators.combine(
            headers,
            Arbitraries.integers().between(68, 0xffff),
            options(),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers(),
            lsaHeaders().list().ofMaxSize(6))
        .as(DatabaseDescriptionPacket::new);
  }

  /** Link State Request packets. */
  public static Arbitrary<LinkStateRequestPacket> requests(Arbitrary<OspfHeader> headers) {
    return Combinators.combine(headers, lsas().map(Lsa::key).list().ofMinSize(1).ofMaxSize(8))
        .as(LinkStateRequestPacket::new);
  }

  /** Link State Update packets with intact LSAs. */
  public static Arbitrary<LinkStateUpdatePacket> updates(Arbitrary<OspfHeader> headers) {
    return Combinators.combine(headers, lsas().list().ofMinSize(1).ofMaxSize(5))
        .as(LinkStateUpdatePacket::new);
  }

  /** Link State Acknowledgment packets. */
  public static Arbitrary<LinkStateAcknowledgmentPacket> acknowledgments(
      Arbitrary<OspfHeader> headers) {
    return Combinators.combine(headers, lsaHeaders().list().ofMinSize(1).ofMaxSize(8))
        .as(LinkStateAcknowledgmentPacket::new);
  }

  /** Keys of LSAs of any type. */
  public static Arbitrary<LsaKey> lsaKeys() {
    return Combinators.combine(Arbitraries.integers().between(0, 255), addresses(), addresses())
        .as(LsaKey::new);
  }

  static Arbitrary<ByteString> bytes(int minimum, int maximum) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(minimum)
        .ofMaxSize(maximum)
        .map(ByteString::of);
  }

  private static ByteString wholeWords(ByteString bytes) {
    byte[] repeated = new byte[bytes.length() * 4];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = bytes.byteAt(i / 4);
    }
    return ByteString.of(repeated);
  }

  private static Arbitrary<Integer> metrics() {
    return Arbitraries.integers().between(0, SummaryLsa.INFINITY);
  }

  private static Arbitrary<Integer> sequences() {
    return Arbitraries.integers()
        .between(LsaHeader.INITIAL_SEQUENCE, LsaHeader.MAX_SEQUENCE)
        .edgeCases(edges -> edges.add(LsaHeader.INITIAL_SEQUENCE, LsaHeader.MAX_SEQUENCE));
  }
}
