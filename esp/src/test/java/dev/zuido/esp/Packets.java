package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Packets, keys and batches for tests. */
final class Packets {
  static final Ipv4Address HERE = Ipv4Address.of(100, 1, 1, 1);
  static final Ipv4Address THERE = Ipv4Address.of(200, 1, 1, 1);
  static final EspSuite REFERENCE =
      new EspSuite(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_MD5_96);

  private Packets() {}

  /** Every suite that there is. */
  static List<EspSuite> suites() {
    List<EspSuite> suites = new ArrayList<>();
    for (EspEncryption encryption : EspEncryption.values()) {
      for (EspIntegrity integrity : EspIntegrity.values()) {
        if (encryption.isCombined() == (integrity == EspIntegrity.NONE)) {
          suites.add(new EspSuite(encryption, integrity));
        }
      }
    }
    return suites;
  }

  /** A random source that always gives the same numbers for a seed. */
  static SecureRandom random(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      byte[] bytes = new byte[Long.BYTES];
      BigEndian.putLong(bytes, 0, seed);
      random.setSeed(bytes); // setSeed(0L) would do nothing
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static EspKeys keys(EspSuite suite, long seed) {
    byte[] material = new byte[suite.keyMaterialLength()];
    random(seed).nextBytes(material);
    return EspKeys.ofKeyMaterial(suite, material);
  }

  /** An IPv4 packet from here to there whose payload counts up. */
  static byte[] ipv4(int length, int protocol) {
    return ipv4(length, protocol, HERE, THERE, 0);
  }

  static byte[] ipv4(
      int length, int protocol, Ipv4Address source, Ipv4Address destination, int flagsAndOffset) {
    byte[] packet = new byte[length];
    for (int i = 20; i < length; i++) {
      packet[i] = (byte) i;
    }
    Ipv4Fields.write(
        packet,
        0,
        0,
        length,
        77,
        flagsAndOffset,
        60,
        protocol,
        source.value(),
        destination.value());
    return packet;
  }

  static byte[] gre(int length) {
    return ipv4(length, IpProtocol.GRE);
  }

  static PacketBatch batch(byte[]... packets) {
    PacketBatch batch = new PacketBatch(Math.max(1, packets.length), 9216, 128, 64);
    for (byte[] packet : packets) {
      batch.add(packet, 0, packet.length);
    }
    return batch;
  }

  static SaParameters transport(EspSuite suite) {
    return SaParameters.of(0x1234, EspMode.TRANSPORT, suite, HERE, THERE);
  }

  /** The same SA as its other end sees it. */
  static SaParameters mirrored(SaParameters p) {
    return p.mirrored();
  }

  static OutboundSa outbound(SaParameters parameters, long seed) {
    try (EspKeys keys = keys(parameters.suite(), seed)) {
      return new OutboundSa(parameters, keys, EspCrypto.platform(), random(seed + 1), 0);
    }
  }

  /** The receiving end of what {@link #outbound} sends with the same arguments. */
  static InboundSa inbound(SaParameters parameters, long seed) {
    try (EspKeys keys = keys(parameters.suite(), seed)) {
      return new InboundSa(mirrored(parameters), keys, EspCrypto.platform(), 0);
    }
  }

  /** The packet sealed, alone. */
  static byte[] seal(OutboundSa sa, byte[] packet) {
    PacketBatch batch = batch(packet);
    sa.seal(batch);
    if (batch.verdict(0) != EspVerdict.SEALED) {
      throw new AssertionError("not sealed: " + batch.verdict(0));
    }
    return batch.copy(0);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s|0x", ""));
  }
}
