package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Per packet, AH allocates nothing but what the JCA's ciphers and digests cost. */
final class AhAllocationTest {
  private static final int PACKETS = 20_000;

  /** Accepts everything, so that what is measured is the SAs' own. */
  private static final class NoCryptography implements AhIcv {
    @Override
    public void sign(byte[] bytes, int start, int length, int field, long sequence) {}

    @Override
    public boolean verify(byte[] bytes, int start, int length, int field, long sequence) {
      return true;
    }

    @Override
    public void close() {}
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static void assertNothingIsAllocated(EspMode mode, int version, byte[] packet) {
    AhParameters parameters = AhPackets.parameters(mode, AhIntegrity.HMAC_SHA2_256_128, version);
    AhOutboundSa out = new AhOutboundSa(parameters, new NoCryptography(), 0, 0);
    AhInboundSa in = new AhInboundSa(parameters.mirrored(), new NoCryptography(), 0);
    PacketBatch batch = Packets.batch(packet);
    long before = 0;
    for (int i = -2000; i < PACKETS; i++) {
      if (i == 0) {
        before = allocated();
      }
      batch.setVerdict(0, Verdict.PASS);
      out.protect(batch);
      in.verify(batch);
    }
    assertEquals(0, (allocated() - before) / PACKETS);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
  }

  @Test
  void protectingAndVerifyingAllocateNothingOfTheirOwn() {
    assertNothingIsAllocated(EspMode.TRANSPORT, 4, Packets.gre(200));
    assertNothingIsAllocated(
        EspMode.TRANSPORT, 4, AhCoverageTest.withOptions("070b04 0000000000000000 01"));
    assertNothingIsAllocated(EspMode.TUNNEL, 4, Packets.gre(200));
  }

  @Test
  void ipv6WithItsExtensionHeadersAllocatesNothingEither() {
    byte[] extensions =
        Packets.hex("3c01050200003e04deadbeef01020000 11011e06010203040506010400000000");
    byte[] packet = AhPackets.ipv6(IpProtocol.HOP_BY_HOP, extensions, 100);
    assertNothingIsAllocated(EspMode.TRANSPORT, 6, packet);
    assertNothingIsAllocated(EspMode.TUNNEL, 6, packet);
  }
}
