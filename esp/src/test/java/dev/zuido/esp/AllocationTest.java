package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Per packet, nothing is allocated but what the JCA's ciphers and digests cost. */
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

  /** Accepts everything, so that what is measured is the SAs' own. */
  private static final class NoCryptography implements EspTransform {
    @Override
    public void seal(byte[] slab, EspFrames frames) {}

    @Override
    public void open(byte[] slab, EspFrames frames) {
      for (int i = 0; i < frames.count(); i++) {
        frames.setAuthentic(i, true);
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void sealingAndOpeningAllocateNothingOfTheirOwn() {
    assertNothingIsAllocated(Packets.transport(SUITE), Packets.gre(200));
  }

  @Test
  void crossingATranslatorAllocatesNothingEither() {
    UdpEncapsulation udp =
        new UdpEncapsulation(4500, 33_333, Ipv4Address.of(10, 1, 2, 3), Packets.THERE);
    SaParameters parameters = Packets.transport(SUITE).withUdpEncapsulation(udp);
    assertNothingIsAllocated(parameters, Packets.ipv4(200, IpProtocol.TCP));
  }

  @Test
  void ipv6AllocatesNothingEither() {
    SaParameters tunnel =
        SaParameters.of(7, EspMode.TUNNEL, SUITE, Ipv6Packets.HERE, Ipv6Packets.THERE)
            .withUdpEncapsulation(UdpEncapsulation.STANDARD)
            .withTfcPadding(TfcPadding.toMultiple(128, 1300))
            .withReplayWindow(512);
    assertNothingIsAllocated(tunnel, Packets.gre(200));
    byte[] six =
        Ipv6Packets.packet(
            Ipv6Packets.HERE,
            Ipv6Packets.THERE,
            IpProtocol.HOP_BY_HOP,
            Ipv6Packets.extension(IpProtocol.UDP),
            Ipv6Packets.ports(1, 2));
    assertNothingIsAllocated(tunnel.withUdpEncapsulation(null), six);
    assertNothingIsAllocated(tunnel.withMode(EspMode.TRANSPORT), six);
  }

  @Test
  void dummiesAllocateNothing() {
    OutboundSa out = new OutboundSa(Packets.transport(SUITE), new NoCryptography(), 0, 0);
    PacketBatch batch = PacketBatch.ofOne(200);
    long bytes =
        perPacket(
            () -> {
              batch.clear();
              out.sealDummy(batch, 100);
            });
    assertEquals(0, bytes);
  }

  private static void assertNothingIsAllocated(SaParameters parameters, byte[] packet) {
    OutboundSa out = new OutboundSa(parameters, new NoCryptography(), 0, 0);
    InboundSa in = new InboundSa(Packets.mirrored(parameters), new NoCryptography(), 0);
    PacketBatch batch = Packets.batch(packet);
    long bytes =
        perPacket(
            () -> {
              batch.setVerdict(0, Verdict.PASS);
              out.seal(batch);
              in.open(batch);
            });
    assertEquals(0, bytes);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
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
    assertEquals(0, bytes);
  }
}
