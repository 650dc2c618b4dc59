package dev.zuido.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.lsa.opaque.UnknownOpaqueBody;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Captures: decode, encode again, and agree with what tshark read in them. */
final class CapturesVectorsTest {
  @TestFactory
  Stream<DynamicTest> captures() {
    return Vectors.tests(CapturesVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    return Vectors.withKey("ospf", "packets").stream()
        .filter(capture -> capture.containsKey("packetCount"))
        .map(capture -> DynamicTest.dynamicTest(Json.text(capture, "file"), () -> check(capture)));
  }

  private static void check(Map<String, Object> capture) throws Exception {
    List<CryptographicKey> keys = new ArrayList<>();
    for (Map<String, Object> key : Json.objects(capture, "keys")) {
      assertEquals("MD5", Json.text(key, "algorithm"));
      keys.add(
          new CryptographicKey(
              Json.number(key, "keyId"),
              CryptographicKey.Algorithm.MD5,
              ByteString.ofHex(Json.text(key, "keyHex"))));
    }
    int decoded = 0;
    for (Map<String, Object> entry : Json.objects(capture, "packets")) {
      String ip = Json.text(entry, "ipHex");
      byte[] bytes = ip == null ? null : IpPackets.ospfOf(Vectors.hex(ip)).orElse(null);
      if (bytes != null) {
        checkPacket(entry, bytes, keys);
        decoded++;
      }
    }
    assertTrue(decoded > 0, "no OSPF packet");
  }

  private static void checkPacket(
      Map<String, Object> entry, byte[] bytes, List<CryptographicKey> keys) throws Exception {
    String where = "packet " + Json.number(entry, "no");
    if (Boolean.FALSE.equals(entry.get("ospfChecksumOk"))) {
      MalformedPacketException e =
          assertThrows(
              MalformedPacketException.class,
              () -> OspfPacket.decode(Unpooled.wrappedBuffer(bytes)));
      assertEquals(MalformedReason.BAD_CHECKSUM, e.reason(), where);
      return;
    }
    OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(ByteString.of(bytes), ByteString.read(out, out.readableBytes()), where);
    for (CryptographicKey key : keys) {
      assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0), where);
    }
    checkFields(where, Json.object(entry.get("fields")), packet);
    checkOpaqueBodies(where, packet);
    if (packet instanceof LinkStateUpdatePacket update && entry.containsKey("lsaChecksumOk")) {
      assertEquals(
          Json.list(entry, "lsaChecksumOk"),
          update.lsas().stream().map(Lsa::hasValidChecksum).toList(),
          where);
    }
  }

  /** What opaque LSAs say is decoded, and is the same bytes when it is announced again. */
  private static void checkOpaqueBodies(String where, OspfPacket packet) throws Exception {
    if (packet instanceof LinkStateUpdatePacket update) {
      for (Lsa lsa : update.lsas()) {
        if (lsa.body() instanceof OpaqueLsa opaque) {
          int opaqueType = OpaqueLsa.opaqueType(lsa.header().linkStateId());
          OpaqueBody body = OpaqueBody.decode(opaqueType, opaque.information());
          assertFalse(body instanceof UnknownOpaqueBody, where + " " + body);
          assertEquals(opaque.information(), body.information(), where);
        }
      }
    }
  }

  private static void checkFields(String where, Map<String, Object> fields, OspfPacket packet) {
    assertField(where, fields, "ospf.msg", List.of(String.valueOf(packet.type().code())));
    assertField(where, fields, "ospf.srcrouter", List.of(packet.header().routerId().toString()));
    assertField(where, fields, "ospf.area_id", List.of(packet.header().areaId().toString()));
    if (packet instanceof HelloPacket hello) {
      assertField(
          where,
          fields,
          "ospf.hello.active_neighbor",
          hello.neighbors().stream().map(Object::toString).toList());
      assertField(
          where,
          fields,
          "ospf.hello.router_dead_interval",
          List.of(String.valueOf(hello.routerDeadIntervalSeconds())));
    }
    List<LsaHeader> headers = headersOf(packet);
    assertField(
        where,
        fields,
        "ospf.lsa.seqnum",
        headers.stream().map(h -> String.format("0x%08x", h.sequence())).toList());
    assertField(
        where,
        fields,
        "ospf.lsa.age",
        headers.stream().map(h -> String.valueOf(h.age() & 0x7fff)).toList());
    List<String> linkIds = new ArrayList<>();
    if (packet instanceof LinkStateUpdatePacket update) {
      for (Lsa lsa : update.lsas()) {
        if (lsa.body() instanceof RouterLsa router) {
          router.links().stream()
              .map(RouterLink::linkId)
              .map(Object::toString)
              .forEach(linkIds::add);
        }
      }
    }
    assertField(where, fields, "ospf.lsa.router.linkid", linkIds);
  }

  private static List<LsaHeader> headersOf(OspfPacket packet) {
    if (packet instanceof LinkStateUpdatePacket update) {
      return update.lsas().stream().map(Lsa::header).toList();
    }
    if (packet instanceof DatabaseDescriptionPacket description) {
      return description.lsaHeaders();
    }
    if (packet instanceof LinkStateAcknowledgmentPacket acknowledgment) {
      return acknowledgment.lsaHeaders();
    }
    return List.of();
  }

  private static void assertField(
      String where, Map<String, Object> fields, String name, List<String> ours) {
    if (fields.containsKey(name)) {
      assertEquals(Json.list(fields, name), ours, where + " " + name);
    }
  }
}
