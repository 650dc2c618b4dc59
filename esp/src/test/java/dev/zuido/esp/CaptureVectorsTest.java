package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Captures without keys, or without integrity keys: what can be read of them, and decrypted. */
final class CaptureVectorsTest {
  private static final int AUTHENTICATION_HEADER = 51;
  private static final int ICV_LENGTH = 12;

  private static String field(Vectors.Entry packet, String name) {
    // Packets of a list without a capture have their fields one level deeper.
    Vectors.Entry dissected = packet.has("protocols") ? packet : packet.object("tshark");
    return dissected.object("fields").value().get(name) instanceof List<?> values
        ? String.valueOf(values.get(0))
        : "";
  }

  private static int espOffset(byte[] ip) {
    int transport = Ipv4Fields.headerLength(ip, 0);
    return EspFields.isEsp(ip, 0) ? transport : transport + EspSuite.UDP_HEADER_LENGTH;
  }

  /** SPI and sequence number of each captured packet are those that another dissector reads. */
  @Test
  void fieldsAreThoseOfAnotherDissector(TestReporter reporter) throws IOException {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry packet : file.list("packets")) {
        outcomes.merge(decode(packet), 1, Integer::sum);
      }
    }
    outcomes.forEach((outcome, number) -> reporter.publishEntry(outcome, number.toString()));
    assertEquals(
        Map.of("decoded", 29, "decoded, in UDP", 8, "not ESP's: AH", 12, "not ESP's: IPv6", 3),
        outcomes);
  }

  private static String decode(Vectors.Entry packet) {
    byte[] ip = EspVectorsTest.ip(packet);
    if (ip[0] >> 4 == 6) {
      return "not ESP's: IPv6";
    }
    if (Ipv4Fields.protocol(ip, 0) == AUTHENTICATION_HEADER) {
      return "not ESP's: AH";
    }
    assertTrue(EspFields.isEsp(ip, 0) || EspFields.isUdpEncapsulatedEsp(ip, 0));
    int spi = Integer.parseUnsignedInt(field(packet, "esp.spi").substring(2), 16);
    assertEquals(spi, EspFields.spi(ip, 0));
    assertEquals(
        field(packet, "esp.sequence"),
        Integer.toUnsignedString(BigEndian.getInt(ip, espOffset(ip) + Integer.BYTES)));
    return EspFields.isEsp(ip, 0) ? "decoded" : "decoded, in UDP";
  }

  /** 3DES whose integrity key was not published: decrypted as another dissector decrypts it. */
  @Test
  void packetsWithoutTheirIntegrityKeyDecrypt() throws IOException, GeneralSecurityException {
    int decrypted = 0;
    EspEncryption encryption = EspEncryption.TRIPLE_DES_CBC;
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry association : file.list("keys")) {
        if (association.has("authKeyHex")) {
          continue;
        }
        assertEquals("3DES-CBC", association.text("encr"));
        assertEquals(ICV_LENGTH, association.integer("icvLen"));
        byte[] key = association.bytes("keyHex");
        try (EspKeys keys = EspKeys.of(Packets.REFERENCE, key, new byte[0], new byte[16])) {
          CipherStage stage = EspCrypto.platform().cbc(encryption, keys, null);
          for (Vectors.Entry packet : file.list("packets")) {
            decrypt(stage, encryption, packet);
            decrypted++;
          }
        }
      }
    }
    assertEquals(16, decrypted);
  }

  private static void decrypt(CipherStage stage, EspEncryption encryption, Vectors.Entry packet) {
    byte[] ip = EspVectorsTest.ip(packet);
    int end = Ipv4Fields.totalLength(ip, 0) - ICV_LENGTH;
    int start = espOffset(ip) + EspSuite.ESP_HEADER_LENGTH + encryption.ivLength();
    EspFrames frames = new EspFrames(encryption.ivLength());
    frames.add(0, espOffset(ip), end - start, 1);
    frames.setAuthentic(0, true);
    stage.decrypt(ip, frames);
    assertArrayEquals(
        Packets.hex(field(packet, "esp.decrypted_data")), Arrays.copyOfRange(ip, start, end));
  }
}
