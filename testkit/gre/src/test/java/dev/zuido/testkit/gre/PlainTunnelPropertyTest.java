package dev.zuido.testkit.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreTunnelConfig.ReceivedDscp;
import dev.zuido.testkit.ImpairBytes;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The tunnel without optional fields has a shorter path through the code. It decides as the longer
 * one does, which a tunnel takes that looks at the outer DSCP.
 */
final class PlainTunnelPropertyTest {
  private static final GreTunnelConfig SENDER =
      GreTunnelConfig.of(Ipv4Address.of(198, 18, 0, 1), Ipv4Address.of(198, 19, 0, 1));
  private static final GreTunnelConfig SHORT = SENDER.reversed();
  private static final GreTunnelConfig LONG = SHORT.withReceivedDscp(ReceivedDscp.OUTER);

  @Provide
  Arbitrary<ByteString> payloads() {
    return GreArbitraries.payloads();
  }

  private static void assertSame(byte[] packet) {
    PacketBatch batch = new PacketBatch(2, Math.max(packet.length, 1), 0, 2);
    batch.add(packet, 0, packet.length);
    batch.add(packet, 0, packet.length);
    assertEquals(
        new GreTunnel(LONG).decapsulate(batch, 1), new GreTunnel(SHORT).decapsulate(batch, 0));
    assertEquals(batch.length(1), batch.length(0));
    assertEquals(batch.ecn(1), batch.ecn(0));
    assertEquals(batch.offset(1) - Math.max(packet.length, 1) - 2, batch.offset(0));
  }

  private static byte[] encapsulated(ByteString payload) {
    PacketBatch batch = PacketBatch.ofOne(payload.length());
    batch.add(payload.toArray(), 0, payload.length());
    assertEquals(1, new GreTunnel(SENDER).encapsulate(batch));
    return batch.copy(0);
  }

  @Property(tries = 1000)
  void damagedPacketsAreJudgedAlike(@ForAll("payloads") ByteString payload, @ForAll long seed) {
    byte[] packet = encapsulated(payload);
    Random random = new Random(seed);
    assertSame(packet);
    assertSame(Arrays.copyOf(packet, packet.length - 1));
    assertSame(Arrays.copyOf(packet, packet.length + 1));
    byte[] damaged = ImpairBytes.any(random).apply(packet, random);
    assertSame(damaged);
    // Behind the outer checksum there is more to be damaged.
    if (damaged.length >= 20 && Ipv4Fields.headerLength(damaged, 0) == 20) {
      Ipv4Fields.updateChecksum(damaged, 0);
      assertSame(damaged);
    }
  }

  /** Each bit of the outer and the inner header, with the outer checksum mended. */
  @Property(tries = 20)
  void eachBitCountsAlike(@ForAll("payloads") ByteString payload) {
    byte[] packet = encapsulated(payload);
    for (int bit = 0; bit < 44 * 8; bit++) {
      byte[] changed = packet.clone();
      changed[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertSame(changed);
      if (Ipv4Fields.headerLength(changed, 0) == 20) {
        Ipv4Fields.updateChecksum(changed, 0);
        assertSame(changed);
      }
    }
  }
}
