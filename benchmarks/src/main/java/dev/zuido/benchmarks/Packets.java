package dev.zuido.benchmarks;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.SplittableRandom;

/** What the benchmarks of the data path share. */
final class Packets {
  /** Packets in a batch. */
  static final int BATCH = 32;

  static final Ipv4Address SITE_A = Ipv4Address.of(100, 1, 1, 1);
  static final Ipv4Address SITE_B = Ipv4Address.of(200, 1, 1, 1);
  private static final Ipv4Address HOST_A = Ipv4Address.of(10, 1, 1, 1);
  private static final Ipv4Address HOST_B = Ipv4Address.of(10, 1, 2, 1);

  private Packets() {}

  /** An IPv4 packet of a length, from a host of site A to one of site B, with random contents. */
  static byte[] ipv4(int length) {
    byte[] packet = new byte[length];
    new SplittableRandom(length).nextBytes(packet);
    Ipv4Fields.write(
        packet, 0, 0, length, 1, 0, 64, IpProtocol.UDP, HOST_A.value(), HOST_B.value());
    return packet;
  }

  /** Fills a batch with copies of one packet. */
  static void fill(PacketBatch batch, byte[] packet) {
    batch.clear();
    for (int i = 0; i < BATCH; i++) {
      batch.add(packet, 0, packet.length);
    }
  }

  /** Throws unless every packet of a batch has the verdict. */
  static void require(PacketBatch batch, Verdict expected) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.verdict(i) != expected) {
        throw new IllegalStateException("measured " + batch.verdict(i) + ", not " + expected);
      }
    }
  }

  /** Brings back the bounds and verdicts of a batch, {@code by} bytes further on. */
  static void restore(PacketBatch moved, int by) {
    for (int i = 0; i < BATCH; i++) {
      moved.setBounds(i, moved.offset(i) + by, moved.length(i) - by);
      moved.setVerdict(i, Verdict.PASS);
    }
  }
}
