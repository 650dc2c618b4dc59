package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Per datagram, nothing is allocated. */
final class AllocationTest {
  private static final int PACKETS = 20_000;

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long perPacket(Runnable packet) {
    for (int i = 0; i < PACKETS / 10; i++) {
      packet.run();
    }
    long before = allocated();
    for (int i = 0; i < PACKETS; i++) {
      packet.run();
    }
    return (allocated() - before) / PACKETS;
  }

  @Test
  void bothDirectionsOfBothSidesAllocateNothing() {
    Wire wire = new Wire();
    Wire.Station station = wire.up();
    Ipv4Address far = Ipv4Address.of(198, 51, 100, 1);
    byte[] up = Ipv4Packets.udp(Wire.CALLER, 1, far, 2, new byte[1400]);
    byte[] down = Ipv4Packets.udp(far, 1, Wire.CALLER, 2, new byte[1400]);
    PacketBatch batch = PacketBatch.ofOne(1500);
    long bytes =
        perPacket(
            () -> {
              batch.clear();
              batch.add(up, 0, up.length);
              station.client.encapsulate(batch);
              assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
              wire.concentrator.decapsulate(batch, wire.now);
              assertEquals(PppoeVerdict.DECAPSULATED, batch.verdict(0));
              batch.clear();
              batch.add(down, 0, down.length);
              wire.concentrator.encapsulate(batch);
              assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
              batch.setVerdict(0, Verdict.PASS);
              station.client.decapsulate(batch, wire.now);
              assertEquals(PppoeVerdict.DECAPSULATED, batch.verdict(0));
            });
    assertEquals(0, bytes);
  }

  @Test
  void hostileSessionFramesAllocateNothing() {
    Wire wire = new Wire();
    Wire.Station station = wire.up();
    byte[] frame = new byte[60];
    PppoeFrames.putSessionHeader(frame, 0, Wire.STATION, Wire.OTHER, 1);
    PppoeFrames.putPayloadLength(frame, 0, 30);
    PacketBatch batch = PacketBatch.ofOne(1500);
    long bytes =
        perPacket(
            () -> {
              batch.clear();
              batch.add(frame, 0, frame.length);
              station.client.decapsulate(batch, wire.now);
              assertEquals(PppoeVerdict.UNKNOWN_SESSION, batch.verdict(0));
            });
    assertEquals(0, bytes);
  }
}
