package dev.zuido.esp;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A session that two other implementations had with each other: packets, and the SAs' keys. */
final class RecordedSession {
  static final List<String> NAMES =
      List.of(
          "cisco",
          "cisco-rekey",
          "aggressive",
          "manual-keys",
          "nat-t",
          "tunnel-gre",
          "pfs-aes128-sha1",
          "aes256",
          "gcm",
          "tunnel-lan",
          "nat-t-tunnel-lan");

  /** One SA of the session, as its sender sees it. */
  record Association(SaParameters parameters, byte[] keyMaterial) {
    EspKeys keys() {
      return EspKeys.ofKeyMaterial(parameters.suite(), keyMaterial);
    }
  }

  private final List<byte[]> packets;
  private final List<Association> associations = new ArrayList<>();

  private RecordedSession(List<byte[]> packets) {
    this.packets = packets;
  }

  static RecordedSession load(String name) throws IOException {
    RecordedSession session;
    try (InputStream in = open(name + "/session.pcap")) {
      session = new RecordedSession(reassembled(PcapFile.ipv4Packets(in)));
    }
    Map<String, String> keys = new LinkedHashMap<>();
    try (InputStream in = open(name + "/keys.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          keys.put(line.substring(0, equals), line.substring(equals + 1).strip());
        }
      }
    }
    for (int i = 1; keys.containsKey("esp." + i + ".spi"); i++) {
      session.associations.add(association(keys, "esp." + i + "."));
    }
    return session;
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(
        RecordedSession.class.getResourceAsStream("/sessions/" + path), path);
  }

  private static Association association(Map<String, String> keys, String prefix) {
    String aead = keys.get(prefix + "aead_key");
    String material = aead != null ? aead : keys.get(prefix + "enc_key");
    String integrityKey = aead != null ? "" : keys.get(prefix + "auth_key");
    SaParameters parameters =
        SaParameters.of(
            Integer.parseUnsignedInt(keys.get(prefix + "spi").substring(2), 16),
            keys.get(prefix + "mode").equals("tunnel") ? EspMode.TUNNEL : EspMode.TRANSPORT,
            suite(keys, prefix),
            Ipv4Address.parse(keys.get(prefix + "src")),
            Ipv4Address.parse(keys.get(prefix + "dst")));
    if (keys.containsKey(prefix + "encap")) {
      parameters = parameters.withUdpEncapsulation(UdpEncapsulation.STANDARD);
    }
    return new Association(parameters, Packets.hex(material + integrityKey));
  }

  private static EspSuite suite(Map<String, String> keys, String prefix) {
    if (keys.containsKey(prefix + "aead")) {
      return EspSuite.combined(EspEncryption.AES_GCM_16_128);
    }
    EspEncryption encryption =
        switch (keys.get(prefix + "enc") + keys.get(prefix + "enc_key").length() / 2) {
          case "cbc(des3_ede)24" -> EspEncryption.TRIPLE_DES_CBC;
          case "cbc(aes)16" -> EspEncryption.AES_CBC_128;
          case "cbc(aes)32" -> EspEncryption.AES_CBC_256;
          default -> throw new AssertionError(keys.get(prefix + "enc"));
        };
    EspIntegrity integrity =
        switch (keys.get(prefix + "auth")) {
          case "hmac(md5)" -> EspIntegrity.HMAC_MD5_96;
          case "hmac(sha1)" -> EspIntegrity.HMAC_SHA1_96;
          case "hmac(sha256)" -> EspIntegrity.HMAC_SHA2_256_128;
          default -> throw new AssertionError(keys.get(prefix + "auth"));
        };
    return new EspSuite(encryption, integrity);
  }

  /** Joins fragments, which the recording has in order and next to each other. */
  private static List<byte[]> reassembled(List<byte[]> recorded) {
    List<byte[]> whole = new ArrayList<>();
    byte[] begun = new byte[0];
    for (byte[] packet : recorded) {
      if (!Ipv4Fields.isFragment(packet, 0)) {
        whole.add(packet);
        continue;
      }
      int header = Ipv4Fields.headerLength(packet, 0);
      int data = Ipv4Fields.totalLength(packet, 0) - header;
      int position = header + Ipv4Fields.fragmentOffset(packet, 0);
      byte[] joined = new byte[position + data];
      System.arraycopy(begun, 0, joined, 0, Math.min(position, begun.length));
      if (position == header) {
        System.arraycopy(packet, 0, joined, 0, header);
      }
      System.arraycopy(packet, header, joined, position, data);
      begun = joined;
      if ((Ipv4Fields.flagsAndOffset(packet, 0) & Ipv4Fields.MORE_FRAGMENTS) == 0) {
        begun[6] = 0;
        begun[7] = 0;
        Ipv4Fields.setTotalLength(begun, 0, begun.length);
        whole.add(begun);
      }
    }
    return whole;
  }

  List<Association> associations() {
    return associations;
  }

  /** The ESP packets from one of the SAs' senders, whole, in the order of the recording. */
  List<byte[]> espPackets(Association association) {
    return packets.stream()
        .filter(p -> EspFields.isEsp(p, 0) || EspFields.isUdpEncapsulatedEsp(p, 0))
        .filter(p -> EspFields.spi(p, 0) == association.parameters().spi())
        .toList();
  }

  /** How many ESP packets there are, whoever sent them. */
  long espPacketCount() {
    return packets.stream()
        .filter(p -> EspFields.isEsp(p, 0) || EspFields.isUdpEncapsulatedEsp(p, 0))
        .count();
  }
}
