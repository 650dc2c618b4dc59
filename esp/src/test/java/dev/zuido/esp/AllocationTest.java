package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Per packet, an SA allocates what the JCA's digests cost, and nothing of its own. */
final class AllocationTest {
  private static final int PACKETS = 20_000;
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long perPacket(Runnable packet) {
    for (int i = 0; i < 2000; i++) {
      packet.run();
    }
    long before = allocated();
    for (int i = 0; i < PACKETS; i++) {
      packet.run();
    }
    return (allocated() - before) / PACKETS;
  }

  private static long ofTheDigests() throws GeneralSecurityException {
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
    long both =
        perPacket(
            () -> {
              batch.setVerdict(0, Verdict.PASS);
              out.seal(batch);
              in.open(batch);
            });
    long digests = ofTheDigests();
    assertTrue(digests > 0);
    assertTrue(both <= 2 * digests + 8, () -> both + " bytes, digests " + 2 * digests);
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
    long bytes =
        perPacket(
            () -> {
              batch.setVerdict(0, Verdict.PASS);
              boundary.outbound(batch);
              batch.setVerdict(0, Verdict.PASS);
              boundary.inbound(batch);
            });
    assertTrue(bytes <= 8, () -> bytes + " bytes");
  }
}
