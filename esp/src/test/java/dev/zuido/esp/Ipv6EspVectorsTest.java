package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Complete IPv6 packets with ESP of other implementations, through SAs of both directions. */
final class Ipv6EspVectorsTest {
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void everyIpv6PacketOfASupportedSuiteOpensAndSealsAgain(TestReporter reporter)
      throws IOException {
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry vector : file.list("vectors")) {
        if (vector.integer("ipVersion") == 6) {
          check(vector);
        }
      }
    }
    outcomes.forEach((outcome, number) -> reporter.publishEntry(outcome, number.toString()));
    assertTrue(outcomes.getOrDefault("opened and sealed again", 0) >= 20, outcomes::toString);
  }

  private void check(Vectors.Entry vector) {
    EspSuite suite = suite(vector);
    if (suite == null) {
      String algorithm =
          vector.object("encr").text("alg") + "/" + vector.object("auth").text("alg");
      outcomes.merge("not supported: " + algorithm, 1, Integer::sum);
    } else {
      openAndSeal(vector, suite);
      outcomes.merge("opened and sealed again", 1, Integer::sum);
    }
  }

  private static @Nullable EspSuite suite(Vectors.Entry vector) {
    Vectors.Entry encr = vector.object("encr");
    String bits = "_" + encr.bytes("keyHex").length * 8;
    int icv = vector.object("auth").integer("icvLen");
    String name =
        switch (encr.text("alg")) {
          case "3DES-CBC" -> "TRIPLE_DES_CBC";
          case "AES-CBC" -> "AES_CBC" + bits;
          case "AES-CTR" -> "AES_CTR" + bits;
          case "AES-GCM" -> "AES_GCM_" + icv + bits;
          case "AES-CCM" -> "AES_CCM_" + icv + bits;
          default -> encr.text("alg").replace('-', '_');
        };
    String hash = vector.object("auth").text("alg").replace('-', '_').replace("SHA", "SHA2_");
    String wanted = hash.equals("NULL") ? "NONE" : hash.replace("SHA2_1", "SHA1");
    EspEncryption encryption =
        Arrays.stream(EspEncryption.values())
            .filter(e -> e.name().equals(name))
            .findAny()
            .orElse(null);
    EspIntegrity integrity =
        Arrays.stream(EspIntegrity.values())
            .filter(i -> i.name().equals(wanted) || i.name().startsWith(wanted + "_"))
            .findAny()
            .orElse(null);
    return encryption == null || integrity == null ? null : new EspSuite(encryption, integrity);
  }

  private static void openAndSeal(Vectors.Entry vector, EspSuite suite) {
    String name = vector.text("name");
    byte[] packet = vector.bytes("packetHex");
    boolean tunnel = vector.text("mode").equals("tunnel");
    SaParameters parameters =
        SaParameters.of(
                Integer.parseUnsignedInt(vector.text("spi").substring(2), 16),
                tunnel ? EspMode.TUNNEL : EspMode.TRANSPORT,
                suite,
                Ipv6Address.ofBytes(Arrays.copyOfRange(packet, 8, 24)),
                Ipv6Address.ofBytes(Arrays.copyOfRange(packet, 24, 40)))
            .withTunnelHeader(
                new TunnelHeader(
                    TunnelHeader.DontFragment.COPY,
                    Ipv6Fields.trafficClass(packet, 0) >> 2,
                    Ipv6Fields.hopLimit(packet, 0)));
    int esp = Ipv6Fields.HEADER_LENGTH;
    long sequence = BigEndian.getUnsignedInt(packet, esp + 4);
    Vectors.Entry encr = vector.object("encr");
    try (EspKeys keys =
        EspKeys.of(
            suite,
            encr.bytes("keyHex"),
            encr.bytes("saltHex"),
            vector.object("auth").bytes("keyHex"))) {
      InboundSa in = new InboundSa(parameters.mirrored(), keys, EspCrypto.platform(), 0);
      in.presetHighest(sequence - 1);
      PacketBatch batch = Packets.batch(packet);
      in.open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0), name);
      assertArrayEquals(vector.bytes("innerHex"), batch.copy(0), name);
      OutboundSa out = new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
      int iv = esp + EspSuite.ESP_HEADER_LENGTH;
      out.preset(
          sequence - 1, Arrays.copyOfRange(packet, iv, iv + suite.encryption().ivLength()), 0);
      batch.setVerdict(0, Verdict.PASS);
      out.seal(batch);
      assertArrayEquals(packet, batch.copy(0), name);
      for (int bit = 0; bit < (packet.length - esp) * 8; bit += 13) {
        byte[] flipped = packet.clone();
        flipped[esp + bit / 8] ^= (byte) (1 << bit % 8);
        PacketBatch wrong = Packets.batch(flipped);
        in.open(wrong);
        assertFalse(wrong.passes(0), name);
      }
    }
  }

  /** Captures whose keys nobody has: their IPv6 packets are recognized, refused and counted. */
  @Test
  void capturedPacketsWithoutKeysOnlyCount() throws IOException {
    int tried = 0;
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry packet : file.list("packets")) {
        byte[] ip = packet.bytes("ipHex");
        if (ip.length >= 48 && ip[0] >> 4 == 6 && EspFields.isEsp(ip, 0)) {
          InboundSa in =
              Packets.inbound(
                  SaParameters.of(
                          EspFields.spi(ip, 0),
                          EspMode.TUNNEL,
                          Packets.REFERENCE,
                          Ipv6Packets.THERE,
                          Ipv6Packets.HERE)
                      .withReplayWindow(64),
                  1);
          PacketBatch batch = Packets.batch(ip);
          in.open(batch);
          assertFalse(batch.passes(0));
          assertEquals(1, in.counters().drops());
          tried++;
        }
      }
    }
    assertTrue(tried > 0);
  }
}
