package dev.zuido.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Single packets and LSAs of other implementations' tests, some with authentication. */
final class PacketsVectorsTest {
  @TestFactory
  Stream<DynamicTest> packets() {
    return Vectors.tests(PacketsVectorsTest::make);
  }

  private static Stream<DynamicTest> make() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> file : Vectors.withKey("ospf", "holo")) {
      Map<String, Object> holo = Json.object(file.get("holo"));
      for (Map<String, Object> packet : Json.objects(holo, "packets")) {
        tests.add(
            DynamicTest.dynamicTest(
                Json.text(packet, "name"),
                () -> checkPacket(packet, Vectors.hex(Json.text(packet, "hex")))));
      }
      for (Map<String, Object> lsa : Json.objects(holo, "lsas")) {
        tests.add(DynamicTest.dynamicTest(Json.text(lsa, "name"), () -> checkLsa(lsa)));
      }
      Stream.of("gopacket", "scapy")
          .flatMap(origin -> Json.objects(file, origin).stream())
          .forEach(
              packet ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          Json.text(packet, "name"),
                          () -> {
                            byte[] ip = Vectors.hex(Json.text(packet, "ipHex"));
                            checkPacket(packet, IpPackets.ospfOf(ip).orElseThrow());
                          })));
    }
    return tests.stream();
  }

  private static void checkPacket(Map<String, Object> entry, byte[] bytes) throws Exception {
    OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(ByteString.of(bytes), ByteString.read(out, out.readableBytes()));
    if (entry.get("auth") != null) {
      Map<String, Object> auth = Json.object(entry.get("auth"));
      Algorithm algorithm =
          switch (Json.text(auth, "algorithm")) {
            case "Md5" -> Algorithm.MD5;
            case "HmacSha1" -> Algorithm.HMAC_SHA_1;
            case "HmacSha256" -> Algorithm.HMAC_SHA_256;
            case "HmacSha384" -> Algorithm.HMAC_SHA_384;
            case "HmacSha512" -> Algorithm.HMAC_SHA_512;
            default -> throw new AssertionError(auth);
          };
      byte[] secret = Json.text(auth, "keyAscii").getBytes(StandardCharsets.US_ASCII);
      try (CryptographicKey key =
          new CryptographicKey(Json.number(auth, "keyId"), algorithm, ByteString.of(secret))) {
        assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0));
        bytes[bytes.length - 1] ^= 1;
        assertFalse(key.verify(Unpooled.wrappedBuffer(bytes), 0));
      }
    }
  }

  private static void checkLsa(Map<String, Object> entry) throws Exception {
    byte[] bytes = Vectors.hex(Json.text(entry, "hex"));
    Lsa lsa = Lsa.decode(Unpooled.wrappedBuffer(bytes));
    assertEquals(entry.get("fletcherOk"), lsa.hasValidChecksum());
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out);
    assertEquals(ByteString.of(bytes), ByteString.read(out, out.readableBytes()));
  }
}
