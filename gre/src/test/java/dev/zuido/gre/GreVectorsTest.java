package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
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
    PacketBatch batch = new PacketBatch(1, Math.max(bytes.length, 1), 0, 0);
    batch.add(bytes, 0, bytes.length);
    new GreTunnel(GreTunnelConfig.of(Packets.A, Packets.B)).decapsulate(batch);
  }
}
