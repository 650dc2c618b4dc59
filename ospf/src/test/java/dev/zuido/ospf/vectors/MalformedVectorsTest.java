package dev.zuido.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Packets that broke other decoders are refused, or decoded without fault. */
final class MalformedVectorsTest {
  @TestFactory
  Stream<DynamicTest> packets() {
    return Vectors.tests(MalformedVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> file : Vectors.withKey("malformed", "packets")) {
      boolean mustFail = "ospf".equals(file.get("targetProtocol"));
      for (Map<String, Object> packet : Json.objects(file, "packets")) {
        for (byte[] bytes : ospfBytes(packet)) {
          Object name = packet.getOrDefault("name", file.get("file"));
          tests.add(DynamicTest.dynamicTest(name.toString(), () -> check(bytes, mustFail)));
        }
      }
    }
    assertTrue(!tests.isEmpty(), "no malformed OSPF packet");
    return tests.stream();
  }

  private static List<byte[]> ospfBytes(Map<String, Object> packet) {
    if ("ospf".equals(packet.get("protocol"))) {
      return List.of(Vectors.hex(Json.text(packet, "protocolHex")));
    }
    String ip = Json.text(packet, "ipHex");
    return ip == null ? List.of() : IpPackets.ospfOf(Vectors.hex(ip)).stream().toList();
  }

  private static void check(byte[] bytes, boolean mustFail) {
    if (mustFail) {
      assertThrows(
          MalformedPacketException.class, () -> OspfPacket.decode(Unpooled.wrappedBuffer(bytes)));
      return;
    }
    try {
      OspfPacket.decode(Unpooled.wrappedBuffer(bytes)).encode(Unpooled.buffer());
    } catch (MalformedPacketException refused) {
      assertTrue(refused.offset() <= bytes.length, refused.getMessage());
    }
  }
}
