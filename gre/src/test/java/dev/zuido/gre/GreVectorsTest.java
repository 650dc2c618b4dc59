package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * GRE packets that others made, if the system property {@code zuido.vectors} names their folder.
 */
final class GreVectorsTest {
  private static List<Json> documents(String folder) throws IOException {
    String root = System.getProperty("zuido.vectors", "");
    assumeTrue(!root.isEmpty(), "the system property zuido.vectors names no folder");
    List<Json> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(root, folder))) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".json"))
              .filter(path -> !path.toString().endsWith(".tree.json"))
              .sorted()
              .toList()) {
        documents.add(Json.parse(Files.readString(file)));
      }
    }
    return documents;
  }

  /** The GRE packet in an IP packet, under as many IP headers as there are; empty if none. */
  private static byte[] gre(byte[] ip) {
    int at = 0;
    int end = ip.length;
    while (end - at >= 20) {
      boolean ipv4 = Ipv4Fields.version(ip, at) == 4;
      int protocol = ipv4 ? Ipv4Fields.protocol(ip, at) : ip[at + 6] & 0xff;
      int next = at + (ipv4 ? Ipv4Fields.headerLength(ip, at) : 40);
      end =
          ipv4
              ? at + Ipv4Fields.totalLength(ip, at)
              : next + BigEndian.getUnsignedShort(ip, at + 4);
      at = next;
      if (protocol == IpProtocol.GRE) {
        return Arrays.copyOfRange(ip, at, end);
      }
      if (protocol != IpProtocol.IPV4 && protocol != IpProtocol.IPV6) {
        break;
      }
    }
    return new byte[0];
  }

  private static String first(Json fields, String name) {
    return fields.get(name).items().findFirst().map(Json::text).orElse("");
  }

  private static Integer number(String text) {
    return text.isEmpty() ? null : (int) (long) Long.decode(text);
  }

  @Test
  void capturedPacketsDecodeAsTsharkDecodesThem() throws IOException, MalformedPacketException {
    int checked = 0;
    for (Json document : documents("gre")) {
      for (Json packet : document.get("packets").items().toList()) {
        Json fields =
            packet.has("fields") ? packet.get("fields") : packet.get("tshark").get("fields");
        if (first(fields, "gre.proto").isEmpty()) {
          continue;
        }
        byte[] gre = gre(ByteBufUtil.decodeHexDump(packet.get("ipHex").text()));
        assertDecodes(gre, fields);
        checked++;
      }
    }
    assertTrue(checked > 100, "only " + checked);
  }

  private static void assertDecodes(byte[] gre, Json fields) throws MalformedPacketException {
    if (!first(fields, "gre.flags.version").equals("0")) {
      assertUnsupported(gre);
      ByteBuf in = Unpooled.wrappedBuffer(gre);
      EnhancedGreHeader header = EnhancedGreHeader.decode(in);
      assertEquals(number(first(fields, "gre.key.payload_length")), header.payloadLength());
      assertEquals(number(first(fields, "gre.key.call_id")), header.callId());
      assertEquals(number(first(fields, "gre.sequence_number")), header.sequence());
      assertEquals(number(first(fields, "gre.ack_number")), header.acknowledgment());
      assertEncodes(gre, header, in);
      return;
    }
    int flags = Integer.decode(first(fields, "gre.flags_and_version"));
    boolean checksum = (flags & GreFields.CHECKSUM_PRESENT) != 0;
    assertHeader(
        gre,
        new GreHeader(
            Integer.decode(first(fields, "gre.proto")),
            checksum,
            number(first(fields, "gre.key")),
            number(first(fields, "gre.sequence_number"))));
  }

  private static void assertUnsupported(byte[] gre) {
    MalformedPacketException malformed =
        assertThrows(
            MalformedPacketException.class, () -> GreHeader.decode(Unpooled.wrappedBuffer(gre)));
    assertEquals(MalformedReason.UNSUPPORTED, malformed.reason());
  }

  private static void assertEncodes(byte[] gre, EnhancedGreHeader header, ByteBuf payload) {
    ByteBuf out = Unpooled.buffer();
    header.encode(out);
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    assertEquals(ByteBufUtil.hexDump(gre), ByteBufUtil.hexDump(out));
  }

  private static ByteBuf assertHeader(byte[] gre, GreHeader expected)
      throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(gre);
    GreHeader header = GreHeader.decode(in);
    assertEquals(expected, header);
    ByteBuf out = Unpooled.buffer();
    header.encode(out, in);
    assertEquals(ByteBufUtil.hexDump(gre), ByteBufUtil.hexDump(out));
    return in;
  }

  @Test
  void eachCombinationOfFieldsDecodesAsScapyBuiltIt() throws IOException, MalformedPacketException {
    int checked = 0;
    for (Json document : documents("gre")) {
      for (Json packet : document.get("scapyMatrix").items().toList()) {
        byte[] gre = gre(ByteBufUtil.decodeHexDump(packet.get("packetHex").text()));
        checked++;
        if (packet.has("version")) {
          assertUnsupported(gre);
          assertEnhanced(gre, packet);
          continue;
        }
        boolean checksum = packet.get("checksumPresent").text().equals("true");
        ByteBuf payload =
            assertHeader(
                gre,
                new GreHeader(
                    Integer.decode(packet.get("protocolType").text()),
                    checksum,
                    optional(packet.get("key")),
                    optional(packet.get("sequence"))));
        assertEquals(packet.get("payloadHex").text(), ByteBufUtil.hexDump(payload));
        if (checksum) {
          gre[gre.length - 1] ^= 1;
          assertThrows(
              MalformedPacketException.class, () -> GreHeader.decode(Unpooled.wrappedBuffer(gre)));
        }
      }
    }
    assertTrue(checked >= 24, "only " + checked);
  }

  private static void assertEnhanced(byte[] gre, Json packet) throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(gre);
    EnhancedGreHeader header = EnhancedGreHeader.decode(in);
    assertEquals(optional(packet.get("payloadLength")), header.payloadLength());
    assertEquals(optional(packet.get("callId")), header.callId());
    assertEquals(optional(packet.get("sequence")), header.sequence());
    assertEquals(optional(packet.get("ack")), header.acknowledgment());
    assertEquals(packet.get("payloadHex").text(), ByteBufUtil.hexDump(in));
    assertEncodes(gre, header, in);
  }

  /** The tunnel of which a packet is, by its outer header and its flags. */
  private static GreTunnelConfig tunnelOf(byte[] ip, GreHeader header) {
    boolean ipv4 = Ipv4Fields.version(ip, 0) == 4;
    GreTunnelConfig tunnel =
        ipv4
            ? GreTunnelConfig.of(
                new Ipv4Address(Ipv4Fields.destination(ip, 0)),
                new Ipv4Address(Ipv4Fields.source(ip, 0)))
            : GreTunnelConfig.of(
                new Ipv6Address(
                    Ipv6Fields.destinationHigh(ip, 0), Ipv6Fields.destinationLow(ip, 0)),
                new Ipv6Address(Ipv6Fields.sourceHigh(ip, 0), Ipv6Fields.sourceLow(ip, 0)));
    boolean frame = header.protocolType() == GreProtocolType.TRANSPARENT_ETHERNET_BRIDGING;
    return tunnel
        .withKey(header.key())
        .withChecksum(header.checksumPresent())
        .withPayload(frame ? GreTunnelConfig.Payload.ETHERNET : GreTunnelConfig.Payload.IP);
  }

  private static boolean isGreInIp(byte[] ip) {
    return Ipv4Fields.version(ip, 0) == 4
        ? Ipv4Fields.protocol(ip, 0) == IpProtocol.GRE && !Ipv4Fields.isFragment(ip, 0)
        : Ipv6Fields.nextHeader(ip, 0) == IpProtocol.GRE;
  }

  /** Each packet goes through the tunnel that it was of, as far as its protocol type goes there. */
  @Test
  void eachPacketPassesTheTunnelThatItIsOf() throws IOException, MalformedPacketException {
    int passed = 0;
    int others = 0;
    for (Json document : documents("gre")) {
      List<Json> packets =
          Stream.concat(document.get("packets").items(), document.get("scapyMatrix").items())
              .filter(packet -> packet.has("ipHex") || packet.has("packetHex"))
              .toList();
      for (Json packet : packets) {
        String hex = packet.get(packet.has("ipHex") ? "ipHex" : "packetHex").text();
        byte[] ip = ByteBufUtil.decodeHexDump(hex);
        if (!isGreInIp(ip) || packet.has("version")) {
          continue;
        }
        GreHeader header = GreHeader.decode(Unpooled.wrappedBuffer(gre(ip)));
        GreTunnel tunnel = new GreTunnel(tunnelOf(ip, header));
        PacketBatch batch = new PacketBatch(1, ip.length, 0, 0);
        batch.add(ip, 0, ip.length);
        assertTrue(tunnel.matches(ip, 0));
        GreVerdict verdict = tunnel.decapsulate(batch, 0);
        switch (header.protocolType()) {
          case GreProtocolType.IPV4,
              GreProtocolType.IPV6,
              GreProtocolType.TRANSPARENT_ETHERNET_BRIDGING -> {
            boolean answered = verdict == GreVerdict.KEEPALIVE_REQUEST;
            assertTrue(answered || verdict == GreVerdict.DECAPSULATED, verdict + " for " + hex);
            if (packet.has("payloadHex")) {
              assertEquals(packet.get("payloadHex").text(), ByteBufUtil.hexDump(batch.copy(0)));
            }
            passed++;
          }
          case GreProtocolType.KEEPALIVE -> assertEquals(GreVerdict.KEEPALIVE_REPLY, verdict);
          default -> {
            assertEquals(GreVerdict.UNSUPPORTED_PROTOCOL, verdict);
            assertEquals(1, tunnel.received().get(GreVerdict.UNSUPPORTED_PROTOCOL));
            others++;
          }
        }
      }
    }
    assertTrue(passed > 80, "only " + passed);
    assertTrue(others > 30, "only " + others);
  }

  private static Integer optional(Json value) {
    return value.value() == null ? null : (int) Long.parseLong(value.text());
  }

  @Test
  void packetsThatBrokeOthersAreRefusedOrDecoded() throws IOException {
    int checked = 0;
    for (Json document : documents("malformed")) {
      if (!document.get("targetProtocol").text().equals("gre")) {
        continue;
      }
      for (Json packet : document.get("packets").items().toList()) {
        for (String field : List.of("protocolHex", "ipHex", "frameHex")) {
          if (packet.has(field)) {
            byte[] bytes = ByteBufUtil.decodeHexDump(packet.get(field).text());
            assertRefusedOrDecoded(bytes);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > 0, "no malformed GRE packet");
  }

  private static void assertRefusedOrDecoded(byte[] bytes) {
    try {
      GreHeader.decode(Unpooled.wrappedBuffer(bytes));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length);
    }
    try {
      EnhancedGreHeader.decode(Unpooled.wrappedBuffer(bytes));
    } catch (MalformedPacketException expected) {
      assertTrue(expected.offset() <= bytes.length);
    }
    PacketBatch batch = new PacketBatch(1, Math.max(bytes.length, 1), 0, 0);
    batch.add(bytes, 0, bytes.length);
    GreTunnel tunnel = new GreTunnel(GreTunnelConfig.of(Packets.A, Packets.B));
    assertEquals(0, tunnel.decapsulate(batch));
    assertEquals(1, tunnel.received().get((GreVerdict) batch.verdict(0)));
    assertEquals(ByteBufUtil.hexDump(bytes), ByteBufUtil.hexDump(batch.copy(0)));
  }
}
