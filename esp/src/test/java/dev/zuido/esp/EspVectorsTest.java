package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Complete ESP packets of other implementations: each opens, and seals again to the same bytes. */
final class EspVectorsTest {
  private static final int IPV6_HEADER_LENGTH = 40;

  private final Map<String, Integer> outcomes = new TreeMap<>();

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  @Test
  void everyPacketOfASupportedSuiteOpensAndSealsAgain(TestReporter reporter) throws IOException {
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry vector : file.list("vectors")) {
        check(vector);
      }
    }
    outcomes.forEach((outcome, number) -> reporter.publishEntry(outcome, number.toString()));
    // Nothing is left out: what has another outcome would be in the map.
    assertEquals(
        Map.of(
            "opened and sealed again", 73,
            "payload opened and sealed again", 7,
            "without ICV, decrypted only", 4,
            "IPv6: its ESP opened and sealed again, without an SA", 34),
        outcomes);
  }

  private void check(Vectors.Entry vector) {
    Vectors.Entry encr = vector.object("encr");
    Vectors.Entry auth = vector.object("auth");
    String algorithms = encr.text("alg") + "/" + auth.text("alg");
    EspEncryption encryption = encryption(encr.text("alg"), encr, auth.integer("icvLen"));
    EspIntegrity integrity = integrity(auth.text("alg"));
    if (encryption == null || integrity == null) {
      count("not supported: " + algorithms);
    } else if (!encryption.isCombined() && integrity == EspIntegrity.NONE) {
      decrypt(vector, encryption);
      count("without ICV, decrypted only");
    } else if (vector.integer("ipVersion") == 6) {
      byte[] packet = vector.bytes("packetHex");
      assertEquals(IpProtocol.ESP, packet[6], "ESP follows the IPv6 header at once");
      openPayload(
          vector,
          new EspSuite(encryption, integrity),
          Arrays.copyOfRange(packet, IPV6_HEADER_LENGTH, packet.length),
          plaintextOfIpv6(vector));
      count("IPv6: its ESP opened and sealed again, without an SA");
    } else if (vector.text("mode").equals("payload")) {
      openPayload(
          vector,
          new EspSuite(encryption, integrity),
          vector.bytes("espHex"),
          vector.bytes("plaintextHex"));
      count("payload opened and sealed again");
    } else {
      openAndSeal(vector, new EspSuite(encryption, integrity));
      count("opened and sealed again");
    }
  }

  private static @Nullable EspEncryption encryption(String name, Vectors.Entry encr, int icv) {
    int bits = encr.bytes("keyHex").length * 8;
    String constant =
        switch (name) {
          case "NULL" -> "NULL";
          case "DES-CBC" -> "DES_CBC";
          case "3DES-CBC" -> "TRIPLE_DES_CBC";
          case "AES-CBC" -> "AES_CBC_" + bits;
          case "AES-CTR" -> "AES_CTR_" + bits;
          case "AES-GCM" -> "AES_GCM_" + icv + "_" + bits;
          case "AES-CCM" -> "AES_CCM_" + icv + "_" + bits;
          case "AES-GMAC" -> "NULL_AUTH_AES_GMAC_" + bits;
          case "CHACHA20-POLY1305" -> "CHACHA20_POLY1305";
          default -> "";
        };
    return Arrays.stream(EspEncryption.values())
        .filter(e -> e.name().equals(constant))
        .findAny()
        .orElse(null);
  }

  private static @Nullable EspIntegrity integrity(String name) {
    return switch (name) {
      case "NULL" -> EspIntegrity.NONE;
      case "HMAC-MD5" -> EspIntegrity.HMAC_MD5_96;
      case "HMAC-SHA1" -> EspIntegrity.HMAC_SHA1_96;
      case "HMAC-SHA256" -> EspIntegrity.HMAC_SHA2_256_128;
      case "HMAC-SHA384" -> EspIntegrity.HMAC_SHA2_384_192;
      case "HMAC-SHA512" -> EspIntegrity.HMAC_SHA2_512_256;
      case "AES-XCBC" -> EspIntegrity.AES_XCBC_96;
      case "AES-CMAC" -> EspIntegrity.AES_CMAC_96;
      default -> null;
    };
  }

  private static EspKeys keys(Vectors.Entry vector, EspSuite suite) {
    Vectors.Entry encr = vector.object("encr");
    return EspKeys.of(
        suite, encr.bytes("keyHex"), encr.bytes("saltHex"), vector.object("auth").bytes("keyHex"));
  }

  private static int spi(Vectors.Entry vector) {
    return Integer.parseUnsignedInt(vector.text("spi").substring(2), 16);
  }

  /** The packet, or where only ESP is given, ESP behind a header. */
  private static byte[] packet(Vectors.Entry vector) {
    if (vector.has("packetHex")) {
      return vector.bytes("packetHex");
    }
    byte[] esp = vector.bytes("espHex");
    byte[] packet = Packets.ipv4(20 + esp.length, IpProtocol.ESP);
    System.arraycopy(esp, 0, packet, 20, esp.length);
    return packet;
  }

  private static void openAndSeal(Vectors.Entry vector, EspSuite suite) {
    byte[] packet = packet(vector);
    EspMode mode = vector.text("mode").equals("tunnel") ? EspMode.TUNNEL : EspMode.TRANSPORT;
    SaParameters parameters =
        SaParameters.of(
                spi(vector),
                mode,
                suite,
                new Ipv4Address(Ipv4Fields.source(packet, 0)),
                new Ipv4Address(Ipv4Fields.destination(packet, 0)))
            .withSelector(TrafficSelector.ANY)
            .withExtendedSequenceNumbers(vector.flag("esn"))
            .withUdpEncapsulation(vector.flag("udpEncap") ? UdpEncapsulation.STANDARD : null);
    int esp = Ipv4Fields.headerLength(packet, 0);
    if (vector.flag("udpEncap")) {
      // The origin left the UDP length at 8, which says that there is no ESP in it.
      BigEndian.putShort(packet, esp + 4, packet.length - esp);
      esp += EspSuite.UDP_HEADER_LENGTH;
    }
    long sequence =
        ((long) vector.integer("esnHi") << 32) + BigEndian.getUnsignedInt(packet, esp + 4);
    try (EspKeys keys = keys(vector, suite)) {
      InboundSa in = new InboundSa(Packets.mirrored(parameters), keys, EspCrypto.platform(), 0);
      in.presetHighest(sequence - 1);
      PacketBatch batch = Packets.batch(packet);
      in.open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0), vector.text("name"));
      assertArrayEquals(vector.bytes("innerHex"), batch.copy(0), vector.text("name"));
      OutboundSa out = new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
      int iv = esp + EspSuite.ESP_HEADER_LENGTH;
      out.preset(
          sequence - 1,
          Arrays.copyOfRange(packet, iv, iv + suite.encryption().ivLength()),
          Ipv4Fields.identification(packet, 0));
      batch.setVerdict(0, Verdict.PASS);
      out.seal(batch);
      byte[] sealed = batch.copy(0);
      assertArrayEquals(
          Arrays.copyOfRange(packet, esp, packet.length),
          Arrays.copyOfRange(sealed, sealed.length - (packet.length - esp), sealed.length),
          vector.text("name"));
      for (int bit = 0; bit < (packet.length - esp) * 8; bit += 13) {
        byte[] flipped = packet.clone();
        flipped[esp + bit / 8] ^= (byte) (1 << bit % 8);
        PacketBatch wrong = Packets.batch(flipped);
        in.open(wrong);
        assertFalse(wrong.passes(0), vector.text("name"));
      }
    }
  }

  /** What has no ICV can be decrypted, but no SA accepts it. */
  private static void decrypt(Vectors.Entry vector, EspEncryption encryption) {
    EspSuite suite = new EspSuite(encryption, EspIntegrity.HMAC_MD5_96);
    byte[] packet = packet(vector);
    EspFrames frames = new EspFrames(encryption.ivLength());
    int esp = Ipv4Fields.headerLength(packet, 0);
    int length = packet.length - esp - EspSuite.ESP_HEADER_LENGTH - encryption.ivLength();
    frames.add(0, esp, length, 1);
    frames.setAuthentic(0, true);
    try (EspKeys keys =
        EspKeys.of(suite, vector.object("encr").bytes("keyHex"), new byte[0], new byte[16])) {
      EspCrypto.platform().cbc(encryption, keys, null).decrypt(packet, frames);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    byte[] inner = vector.bytes("innerHex");
    int skip = vector.text("mode").equals("transport") ? Ipv4Fields.headerLength(inner, 0) : 0;
    byte[] payload = Arrays.copyOfRange(inner, skip, inner.length);
    int start = frames.encryptedOffset(0);
    assertArrayEquals(
        payload, Arrays.copyOfRange(packet, start, start + payload.length), vector.text("name"));
    assertEquals(vector.integer("nextHeader"), packet[packet.length - 1] & 0xff);
  }

  /** What of an IPv6 packet is encrypted: payload, padding, pad length and next header. */
  private static byte[] plaintextOfIpv6(Vectors.Entry vector) {
    byte[] inner = vector.bytes("innerHex");
    byte[] pad = vector.bytes("padHex");
    int skip = vector.text("mode").equals("transport") ? IPV6_HEADER_LENGTH : 0;
    byte[] plaintext = Arrays.copyOfRange(inner, skip, inner.length + pad.length + 2);
    System.arraycopy(pad, 0, plaintext, inner.length - skip, pad.length);
    plaintext[plaintext.length - 2] = (byte) pad.length;
    plaintext[plaintext.length - 1] = (byte) vector.integer("nextHeader");
    return plaintext;
  }

  /** The transform alone: not every payload is what its next header says. */
  private static void openPayload(
      Vectors.Entry vector, EspSuite suite, byte[] recorded, byte[] plaintext) {
    byte[] slab = recorded.clone();
    int ivLength = suite.encryption().ivLength();
    EspFrames frames = new EspFrames(ivLength);
    int length = slab.length - 8 - ivLength - suite.icvLength();
    frames.presetIv(Arrays.copyOfRange(recorded, 8, 8 + ivLength));
    frames.add(
        0,
        0,
        length,
        ((long) vector.integer("esnHi") << 32) + BigEndian.getUnsignedInt(recorded, 4));
    try (EspKeys keys = keys(vector, suite)) {
      EspTransform open = EspCrypto.platform().transform(suite, keys, vector.flag("esn"), null);
      open.open(slab, frames);
      assertTrue(frames.isAuthentic(0), vector.text("name"));
      int start = frames.encryptedOffset(0);
      assertArrayEquals(
          plaintext, Arrays.copyOfRange(slab, start, start + length), vector.text("name"));
      EspTransform seal =
          EspCrypto.platform().transform(suite, keys, vector.flag("esn"), Packets.random(1));
      seal.seal(slab, frames);
      assertArrayEquals(recorded, slab);
    }
  }

  /**
   * The IP packet of a captured frame. Of Ethernet frames it is cut out here: in some captures
   * whose packets were decrypted, the field that should hold it begins with the Ethernet header.
   */
  static byte[] ip(Vectors.Entry packet) {
    byte[] frame = packet.bytes("frameHex");
    boolean ipv4InEthernet =
        packet.integer("linkType") == 1
            && frame.length > 14
            && BigEndian.getUnsignedShort(frame, 12) == 0x0800;
    return ipv4InEthernet ? Arrays.copyOfRange(frame, 14, frame.length) : packet.bytes("ipHex");
  }

  /** Captures with both keys: each packet opens. */
  @Test
  void everyCapturedPacketWithItsKeysOpens(TestReporter reporter) throws IOException {
    int opened = 0;
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry association : file.list("keys")) {
        if (!association.has("authKeyHex")) {
          count("capture without its integrity key");
          continue;
        }
        EspSuite suite = new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA1_96);
        try (EspKeys keys =
            EspKeys.of(
                suite, association.bytes("keyHex"), new byte[0], association.bytes("authKeyHex"))) {
          SaParameters parameters =
              SaParameters.of(
                  spi(association),
                  EspMode.TUNNEL,
                  suite,
                  Ipv4Address.parse(association.text("dst")),
                  Ipv4Address.parse(association.text("src")));
          InboundSa in = new InboundSa(parameters, keys, EspCrypto.platform(), 0);
          for (Vectors.Entry packet : file.list("packets")) {
            byte[] ip = ip(packet);
            if (EspFields.isEsp(ip, 0) && EspFields.spi(ip, 0) == parameters.spi()) {
              PacketBatch batch = Packets.batch(ip);
              in.open(batch);
              assertEquals(EspVerdict.OPENED, batch.verdict(0));
              opened++;
            }
          }
        }
      }
    }
    reporter.publishEntry("captured packets opened", Integer.toString(opened));
    assertTrue(opened > 0);
  }

  /** Packets whose keys nobody has, of every kind: nothing passes, nothing is thrown. */
  @Test
  void foreignAndMalformedPacketsOnlyCount() throws IOException {
    int tried = 0;
    for (String folder : new String[] {"esp", "malformed"}) {
      for (Vectors.Entry file : Vectors.files(folder)) {
        for (Vectors.Entry packet : file.list("packets")) {
          byte[] ip = ip(packet);
          PacketBatch batch = Packets.batch(ip);
          int esp = ip.length > 24 && (ip[0] & 0xff) == 0x45 ? BigEndian.getInt(ip, 20) : 0;
          int spi = esp == 0 ? 1 : esp;
          InboundSa in = Packets.inbound(Packets.transport(Packets.REFERENCE).withSpi(spi), 1);
          in.open(batch);
          assertFalse(batch.passes(0));
          assertEquals(1, in.counters().drops());
          assertEquals(0, in.highestSequence());
          tried++;
        }
      }
    }
    assertTrue(tried > 10);
  }
}
