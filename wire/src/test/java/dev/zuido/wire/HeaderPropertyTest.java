package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class HeaderPropertyTest {
  private static Arbitrary<Integer> octet() {
    return Arbitraries.integers().between(0, 0xff);
  }

  private static Arbitrary<Integer> word() {
    return Arbitraries.integers().between(0, 0xffff);
  }

  private static Arbitrary<ByteString> bytes(int max) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(max).map(ByteString::of);
  }

  @Provide
  Arbitrary<Ipv4Header> ipv4Headers() {
    Arbitrary<ByteString> options =
        Arbitraries.integers()
            .between(0, 10)
            .flatMap(n -> Arbitraries.bytes().array(byte[].class).ofSize(n * 4))
            .map(ByteString::of);
    Arbitrary<Ipv4Address> address = Arbitraries.integers().map(Ipv4Address::new);
    return Combinators.combine(
            octet(),
            Arbitraries.integers().between(0, 200),
            word(),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, Ipv4Fields.OFFSET_MASK),
            Combinators.combine(octet(), octet()).as((ttl, protocol) -> ttl << 8 | protocol),
            Combinators.combine(address, address).as(List::of),
            options)
        .as(
            (tos, payload, id, flags, offset, ttlAndProtocol, addresses, area) ->
                new Ipv4Header(
                    tos,
                    20 + area.length() + payload,
                    id,
                    (flags & 1) != 0,
                    (flags & 2) != 0,
                    offset * 8,
                    ttlAndProtocol >>> 8,
                    ttlAndProtocol & 0xff,
                    addresses.get(0),
                    addresses.get(1),
                    area));
  }

  @Provide
  Arbitrary<TcpHeader> tcpHeaders() {
    Arbitrary<TcpOption> option =
        Arbitraries.oneOf(
            List.of(
                Arbitraries.just(new TcpOption.NoOperation()),
                Arbitraries.just(new TcpOption.SackPermitted()),
                word().map(TcpOption.MaximumSegmentSize::new),
                octet().map(TcpOption.WindowScale::new),
                Combinators.combine(Arbitraries.integers(), Arbitraries.integers())
                    .as(TcpOption.Timestamps::new),
                Combinators.combine(Arbitraries.integers(), Arbitraries.integers())
                    .as(TcpOption.Sack.Block::new)
                    .list()
                    .ofMaxSize(2)
                    .map(TcpOption.Sack::new),
                Combinators.combine(Arbitraries.integers().between(9, 255), bytes(6))
                    .as(TcpOption.Unknown::new)));
    Arbitrary<List<TcpOption>> options =
        option
            .list()
            .ofMaxSize(4)
            .filter(list -> list.stream().mapToInt(TcpOption::encodedLength).sum() <= 40)
            .map(TcpOption::padded);
    return Combinators.combine(
            word(),
            word(),
            Arbitraries.integers(),
            Arbitraries.integers(),
            Arbitraries.integers().between(0, 0xfff),
            word(),
            word(),
            options)
        .as(
            (source, destination, sequence, acknowledgment, flags, window, checksum, list) ->
                new TcpHeader(
                    source,
                    destination,
                    sequence,
                    acknowledgment,
                    flags,
                    window,
                    checksum,
                    checksum ^ 0x55,
                    list));
  }

  @Property(tries = 500)
  void ipv4HeadersSurviveTheRoundTrip(@ForAll("ipv4Headers") Ipv4Header header)
      throws MalformedPacketException {
    byte[] packet = Arrays.copyOf(Codecs.bytes(header::encode), header.totalLength());
    ByteBuf in = Unpooled.wrappedBuffer(packet);
    assertEquals(header, Ipv4Header.decode(in));
    assertEquals(header.encodedLength(), in.readerIndex());
    assertTrue(Ipv4Fields.isWellFormed(packet, 0, packet.length));
    assertEquals(header.isFragment(), Ipv4Fields.isFragment(packet, 0));
    assertEquals(header.fragmentOffset(), Ipv4Fields.fragmentOffset(packet, 0));
  }

  @Property(tries = 100)
  void everyTruncationOfAnIpv4HeaderIsMalformed(@ForAll("ipv4Headers") Ipv4Header header) {
    byte[] packet = Arrays.copyOf(Codecs.bytes(header::encode), header.totalLength());
    Codecs.assertTruncationsAreMalformed(packet, Ipv4Header::decode);
  }

  @Property(tries = 500)
  void tcpHeadersSurviveTheRoundTrip(@ForAll("tcpHeaders") TcpHeader header)
      throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(Codecs.bytes(header::encode));
    assertEquals(header.encodedLength(), in.readableBytes());
    assertEquals(header, TcpHeader.decode(in));
    assertEquals(0, in.readableBytes());
  }

  @Property(tries = 100)
  void everyTruncationOfATcpHeaderIsMalformed(@ForAll("tcpHeaders") TcpHeader header) {
    Codecs.assertTruncationsAreMalformed(Codecs.bytes(header::encode), TcpHeader::decode);
  }

  /** Bytes that a decoder takes encode to the same bytes; others are malformed and nothing else. */
  @Property(tries = 1000)
  void arbitraryBytesAreTakenWholeOrMalformed(@ForAll @Size(max = 80) byte[] bytes) {
    byte[] tcp = bytes.clone();
    if (tcp.length > 12) {
      tcp[12] = (byte) (0x50 + (tcp[12] & 0x7f));
    }
    try {
      ByteBuf in = Unpooled.wrappedBuffer(tcp);
      TcpHeader header = TcpHeader.decode(in);
      assertArrayEquals(Arrays.copyOf(tcp, in.readerIndex()), Codecs.bytes(header::encode));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= tcp.length);
    }
    refusesOrTakes(bytes, Ipv4Header::decode);
    refusesOrTakes(bytes, Ipv4Header::decodeQuoted);
    refusesOrTakes(bytes, Ipv6Header::decode);
    refusesOrTakes(bytes, UdpHeader::decode);
    refusesOrTakes(bytes, IcmpMessage::decode);
    refusesOrTakes(bytes, in -> Ipv6ExtensionHeaders.walk(in, 0));
    refusesOrTakes(bytes, in -> Ipv6ExtensionHeaders.walk(in, 44));
    byte[] area = Arrays.copyOf(bytes, Math.min(bytes.length, 40));
    refusesOrTakes(area, in -> Ipv4Option.parse(ByteString.of(area)));
  }

  private static <T> void refusesOrTakes(byte[] bytes, Codecs.Decoder<T> decoder) {
    try {
      decoder.decode(Unpooled.wrappedBuffer(bytes));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length, expected.getMessage());
    }
  }
}
