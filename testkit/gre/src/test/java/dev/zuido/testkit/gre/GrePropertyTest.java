package dev.zuido.testkit.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.GreHeader;
import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreVerdict;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class GrePropertyTest {
  @Provide
  Arbitrary<GreHeader> headers() {
    return GreArbitraries.headers();
  }

  @Provide
  Arbitrary<GreTunnelConfig> tunnels() {
    return GreArbitraries.tunnels();
  }

  @Provide
  Arbitrary<ByteString> payloads() {
    return GreArbitraries.payloads();
  }

  @Provide
  Arbitrary<GreCase> valid() {
    return GreArbitraries.valid();
  }

  @Provide
  Arbitrary<GreCase> oddButLegal() {
    return GreArbitraries.oddButLegal();
  }

  @Provide
  Arbitrary<BrokenGrePacket> broken() {
    return GreArbitraries.broken();
  }

  private static PacketBatch batch(byte[] packet) {
    PacketBatch batch = PacketBatch.ofOne(Math.max(packet.length, 1));
    batch.add(packet, 0, packet.length);
    return batch;
  }

  private static void assertAccepted(GreCase packet) {
    PacketBatch batch = batch(packet.packet().toArray());
    GreTunnel tunnel = new GreTunnel(packet.receiver());
    assertTrue(tunnel.matches(batch.slab(), batch.offset(0)));
    assertEquals(GreVerdict.DECAPSULATED, tunnel.decapsulate(batch, 0));
    assertArrayEquals(packet.payload().toArray(), batch.copy(0));
  }

  @Property(tries = 500)
  void validPacketsAreAccepted(@ForAll("valid") GreCase packet) {
    assertAccepted(packet);
  }

  @Property(tries = 500)
  void oddButLegalPacketsAreAccepted(@ForAll("oddButLegal") GreCase packet) {
    assertAccepted(packet);
  }

  @Property(tries = 1000)
  void brokenPacketsAreRefusedForTheirRule(@ForAll("broken") BrokenGrePacket packet) {
    byte[] bytes = packet.broken().packet().toArray();
    PacketBatch batch = batch(bytes);
    GreTunnel tunnel = new GreTunnel(packet.broken().receiver());
    assertEquals(packet.rule().verdict(), tunnel.decapsulate(batch, 0));
    assertEquals(1, tunnel.received().get(packet.rule().verdict()));
    assertArrayEquals(bytes, batch.copy(0));
  }

  @Property(tries = 500)
  void twoEndsOfATunnelUnderstandEachOther(
      @ForAll("tunnels") GreTunnelConfig config,
      @ForAll("payloads") ByteString firstPacket,
      @ForAll("payloads") ByteString secondPacket) {
    ByteString first = GreArbitraries.carried(config, firstPacket);
    ByteString second = GreArbitraries.carried(config, secondPacket);
    GreTunnel sender = new GreTunnel(config);
    GreTunnel receiver = new GreTunnel(config.reversed());
    PacketBatch batch = new PacketBatch(2, 300, 64, 0);
    batch.add(first.toArray(), 0, first.length());
    batch.add(second.toArray(), 0, second.length());
    assertEquals(2, sender.encapsulate(batch));
    for (int i = 0; i < 2; i++) {
      assertOuterHeader(config, batch.slab(), batch.offset(i), batch.length(i));
      assertTrue(receiver.matches(batch.slab(), batch.offset(i)));
      assertFalse(sender.matches(batch.slab(), batch.offset(i)));
    }
    assertEquals(config.overhead() + first.length(), batch.length(0));
    assertEquals(2, receiver.decapsulate(batch));
    assertArrayEquals(first.toArray(), batch.copy(0));
    assertArrayEquals(second.toArray(), batch.copy(1));
  }

  private static void assertOuterHeader(
      GreTunnelConfig config, byte[] bytes, int offset, int length) {
    if (config.isOverIpv4()) {
      assertTrue(Ipv4Fields.isWellFormed(bytes, offset, length));
      assertEquals(config.ttl(), Ipv4Fields.ttl(bytes, offset));
    } else {
      assertTrue(Ipv6Fields.isWellFormed(bytes, offset, length));
      assertEquals(length, Ipv6Fields.totalLength(bytes, offset));
      assertEquals(config.ttl(), Ipv6Fields.hopLimit(bytes, offset));
    }
  }

  @Property(tries = 500)
  void headersSurviveTheRoundTrip(
      @ForAll("headers") GreHeader header, @ForAll("payloads") ByteString payload)
      throws MalformedPacketException {
    ByteBuf out = Unpooled.buffer();
    ByteBuf body = Unpooled.wrappedBuffer(payload.toArray());
    header.encode(out, body);
    assertEquals(header.encodedLength() + payload.length(), out.readableBytes());
    byte[] bytes = ByteBufUtil.getBytes(out);
    assertEquals(header, GreHeader.decode(out));
    assertEquals(body, out);
    for (int length = 0; length < header.encodedLength(); length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(bytes, 0, length);
      assertThrows(MalformedPacketException.class, () -> GreHeader.decode(cut));
    }
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedOrDecode(@ForAll @Size(max = 60) byte[] bytes) {
    try {
      GreHeader.decode(Unpooled.wrappedBuffer(bytes));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length);
    }
  }

  @Property(tries = 1000)
  void impairedPacketsChangeOnlyACounter(@ForAll("valid") GreCase packet, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] impaired = ImpairBytes.any(random).apply(packet.packet().toArray(), random);
    GreTunnel tunnel = new GreTunnel(packet.receiver());
    PacketBatch batch = batch(impaired);
    GreVerdict verdict = tunnel.decapsulate(batch, 0);
    assertEquals(1, tunnel.received().get(verdict));
    if (!verdict.passes() && !verdict.name().startsWith("KEEPALIVE")) {
      PacketBatch good = batch(packet.packet().toArray());
      assertEquals(GreVerdict.DECAPSULATED, tunnel.decapsulate(good, 0));
    }
  }
}
