package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;

/** Packets that tests send through tunnels. */
final class Packets {
  static final Ipv4Address A = Ipv4Address.of(100, 1, 1, 1);
  static final Ipv4Address B = Ipv4Address.of(200, 1, 1, 1);
  static final Ipv4Address HOST_A = Ipv4Address.of(10, 1, 1, 10);
  static final Ipv4Address HOST_B = Ipv4Address.of(10, 1, 2, 10);

  private Packets() {}

  static byte[] ipv4(Ipv4Address from, Ipv4Address to, int tos, int payload) {
    byte[] packet = new byte[20 + payload];
    for (int i = 20; i < packet.length; i++) {
      packet[i] = (byte) i;
    }
    Ipv4Fields.write(packet, 0, tos, packet.length, 1, 0, 64, 17, from.value(), to.value());
    return packet;
  }

  static byte[] ipv6(int trafficClass, int payload) {
    byte[] packet = new byte[40 + payload];
    BigEndian.putInt(packet, 0, 6 << 28 | trafficClass << 20);
    BigEndian.putShort(packet, 4, payload);
    packet[6] = 17;
    packet[7] = 64;
    packet[23] = 1;
    packet[39] = 2;
    return packet;
  }

  static PacketBatch batch(byte[]... packets) {
    PacketBatch batch = new PacketBatch(Math.max(packets.length, 1), 1600, 64, 0);
    for (byte[] packet : packets) {
      batch.add(packet, 0, packet.length);
    }
    return batch;
  }
}
