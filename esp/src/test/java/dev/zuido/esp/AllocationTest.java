package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;

/** Per packet, an SA allocates what the JCA's digests cost, and nothing of its own. */
final class AllocationTest {
  private static final int PACKETS = 5_000;
  private static final int ROUNDS = 8;
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /**
   * Bytes per packet in several rounds: the compiler removes allocations as it goes, and not the
   * same ones everywhere, so that one round says little.
   */
  private static LongSummaryStatistics perPacket(Runnable packet) {
    LongSummaryStatistics rounds = new LongSummaryStatistics();
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocated();
      for (int i = 0; i < PACKETS; i++) {
        packet.run();
      }
      rounds.accept((allocated() - before) / PACKETS);
    }
    return rounds;
  }

  private static LongSummaryStatistics ofTheDigests() throws GeneralSecurityException {
    HmacIcv icv =
        new HmacIcv(
            MessageDigest.getInstance("SHA-1"),
            MessageDigest.getInstance("SHA-1"),
            64,
            new byte[20],
            12);
    byte[] bytes = new byte[200];
    return perPacket(
        () -> {
          icv.begin(bytes, 0, 180);
          icv.finish(bytes, 180);
        });
  }

  @Test
  void sealingAndOpeningAllocateOnlyWhatTheDigestsDo() throws GeneralSecurityException {
    OutboundSa out = Packets.outbound(Packets.transport(SUITE), 1);
    InboundSa in = Packets.inbound(Packets.transport(SUITE), 1);
    PacketBatch batch = Packets.batch(Packets.gre(200));
    LongSummaryStatistics both =
        perPacket(
            () -> {
              batch.setVerdict(0, Verdict.PASS);
              out.seal(batch);
              in.open(batch);
            });
    LongSummaryStatistics digests = ofTheDigests();
    assertTrue(digests.getMax() > 0);
    assertTrue(
        both.getMin() <= 2 * digests.getMax() + 8, () -> both + " bytes, digests " + digests);
  }

  @Test
  void policyLookupAllocatesNothing() {
    IpsecBoundary boundary =
        new IpsecBoundary(
            new SecurityPolicyDatabase(
                List.of(
                    new SecurityPolicy(
                        "gre",
                        TrafficSelector.hosts(Packets.HERE, Packets.THERE, 47),
                        PolicyAction.PROTECT)),
                PolicyAction.BYPASS),
            new SecurityAssociationDatabase(4),
            address -> true);
    PacketBatch batch = Packets.batch(Packets.ipv4(200, 6));
    LongSummaryStatistics bytes =
        perPacket(
            () -> {
              batch.setVerdict(0, Verdict.PASS);
              boundary.outbound(batch);
              batch.setVerdict(0, Verdict.PASS);
              boundary.inbound(batch);
            });
    assertTrue(bytes.getMin() <= 8, () -> bytes + " bytes");
  }
}
