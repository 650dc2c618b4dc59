package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;

/** Packets, keys and SAs for the tests of AH. */
final class AhPackets {
  static final int SPI = 0xc0ffee01;
  static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
  static final IpAddress THERE6 = IpAddress.parse("2001:db8:1::7");

  private AhPackets() {}

  /** The key 10 11 12 ... of these tests. */
  static AhKeys keys(AhIntegrity integrity) {
    byte[] material = new byte[integrity.keyMaterialLength()];
    for (int i = 0; i < material.length; i++) {
      material[i] = (byte) (0x10 + i);
    }
    return AhKeys.ofKeyMaterial(integrity, material);
  }

  static AhParameters parameters(EspMode mode, AhIntegrity integrity, int outerVersion) {
    IpAddress local = outerVersion == 4 ? IpAddress.parse("203.0.113.1") : address6("a::1");
    IpAddress remote = outerVersion == 4 ? IpAddress.parse("203.0.113.2") : address6("b::2");
    return AhParameters.of(SPI, mode, integrity, local, remote).withSelector(TrafficSelector.ANY);
  }

  private static IpAddress address6(String end) {
    return IpAddress.parse("2001:db8:" + end);
  }

  static AhOutboundSa outbound(AhParameters parameters) {
    try (AhKeys keys = keys(parameters.integrity())) {
      return new AhOutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
    }
  }

  static AhInboundSa inbound(AhParameters p) {
    try (AhKeys keys = keys(p.integrity())) {
      return new AhInboundSa(p.mirrored(), keys, EspCrypto.platform(), 0);
    }
  }

  /** An IPv6 packet whose payload counts up, behind extension headers that the caller gives. */
  static byte[] ipv6(int firstHeader, byte[] extensionHeaders, int payloadLength) {
    byte[] packet = new byte[Ipv6Fields.HEADER_LENGTH + extensionHeaders.length + payloadLength];
    Ipv6Fields.write(
        packet,
        0,
        0x2e,
        0x12345,
        extensionHeaders.length + payloadLength,
        firstHeader,
        61,
        (Ipv6Address) HERE6,
        (Ipv6Address) THERE6);
    System.arraycopy(
        extensionHeaders, 0, packet, Ipv6Fields.HEADER_LENGTH, extensionHeaders.length);
    for (int i = 0; i < payloadLength; i++) {
      packet[packet.length - payloadLength + i] = (byte) i;
    }
    return packet;
  }

  /** The packet with AH, alone. */
  static byte[] protect(AhOutboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.protect(batch);
    if (batch.verdict(0) != EspVerdict.SEALED) {
      throw new AssertionError("not protected: " + batch.verdict(0));
    }
    return batch.copy(0);
  }

  static EspVerdict verdict(AhInboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.verify(batch);
    return (EspVerdict) batch.verdict(0);
  }
}
