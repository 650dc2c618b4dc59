package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Per packet, nothing is allocated but what the JCA's ciphers and digests cost. */
final class AllocationTest {
  private static final int PACKETS = 20_000;
  private static final int LENGTH = 1400;
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static long perPacket(Runnable packet) {
    return perPacket(PACKETS, packet);
  }

  private static long perPacket(int packets, Runnable packet) {
    for (int i = 0; i < packets / 10; i++) {
      packet.run();
    }
    long before = allocated();
    for (int i = 0; i < packets; i++) {
      packet.run();
    }
    return (allocated() - before) / packets;
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

  /**
   * With ciphers and digests that allocate nothing, what is left per packet are the parameter
   * objects and the copies of digest objects that the JCA's interfaces ask for.
   */
  @ParameterizedTest
  @MethodSource("dev.zuido.esp.Packets#suites")
  void everySuiteAllocatesOnlyWhatTheInterfacesAskFor(EspSuite suite)
      throws GeneralSecurityException {
    long allowed = 2 * cipherObjects(suite) + 2 * digestObjects(suite);
    long allocated = sealAndOpen(suite, EspCrypto.of(new IdleProvider()), PACKETS);
    assertTrue(allocated <= allowed, () -> allocated + " bytes, not " + allowed);
  }

  static List<EspSuite> suitesWithoutGarbageOfDigests() {
    return Packets.suites().stream()
        .filter(suite -> suite.integrity().digest().isEmpty())
        .filter(suite -> suite.integrity() != EspIntegrity.AES_XCBC_96)
        .toList();
  }

  /**
   * The platform's garbage for a packet that is sealed and opened. The packet itself is not in it,
   * as it would be if a cipher were given one array for in- and output, but where the platform
   * copies whatever it is given.
   */
  @ParameterizedTest
  @MethodSource("suitesWithoutGarbageOfDigests")
  void thePlatformIsNotMadeToCopyPackets(EspSuite suite, TestReporter reporter) {
    long platform = sealAndOpen(suite, EspCrypto.platform(), 1000);
    reporter.publishEntry(suite + ": bytes", Long.toString(platform));
    boolean copies =
        switch (suite.encryption().family()) {
          case GMAC, CHACHA20_POLY1305 -> true;
          case NULL, CBC, CTR, GCM, CCM -> false;
        };
    assertTrue(copies || platform < 2 * LENGTH, () -> platform + " bytes");
  }

  /** Bytes for sealing and opening a packet of 1400 bytes. */
  private static long sealAndOpen(EspSuite suite, EspCrypto crypto, int packets) {
    SaParameters parameters = Packets.transport(suite).withExtendedSequenceNumbers(true);
    try (EspKeys keys = Packets.keys(suite, 1)) {
      OutboundSa out = new OutboundSa(parameters, keys, crypto, Packets.random(1), 0);
      InboundSa in = new InboundSa(Packets.mirrored(parameters), keys, crypto, 0);
      PacketBatch batch = Packets.batch(Packets.gre(LENGTH));
      long bytes =
          perPacket(
              packets,
              () -> {
                batch.setVerdict(0, Verdict.PASS);
                out.seal(batch);
                batch.setVerdict(0, Verdict.PASS);
                in.open(batch);
              });
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
      return bytes;
    }
  }

  /** The parameter objects of one direction: opening GCM with 8 bytes of ICV needs two. */
  private static long cipherObjects(EspSuite suite) throws GeneralSecurityException {
    long counter = parameterBytes("AES/CTR/NoPadding", () -> new IvParameterSpec(new byte[16]));
    long gcm = parameterBytes("AES/GCM/NoPadding", () -> new GCMParameterSpec(128, new byte[12]));
    return switch (suite.encryption().family()) {
      case NULL, CBC -> 0;
      case CTR, CCM, CHACHA20_POLY1305 -> counter;
      case GMAC -> gcm;
      case GCM -> suite.icvLength() == 8 ? gcm + counter / 2 : gcm;
    };
  }

  private static long parameterBytes(String name, Supplier<AlgorithmParameterSpec> maker)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(name, new IdleProvider());
    RawKey key = new RawKey("AES", new byte[16]);
    return perPacket(
        () -> {
          try {
            cipher.init(Cipher.ENCRYPT_MODE, key, maker.get());
          } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** The two copies of one direction's digest objects. */
  private static long digestObjects(EspSuite suite) throws GeneralSecurityException {
    if (suite.integrity().digest().isEmpty()) {
      return 0;
    }
    MessageDigest digest = MessageDigest.getInstance("MD5", new IdleProvider());
    MessageDigest[] copies = new MessageDigest[2];
    return perPacket(
        () -> {
          try {
            copies[0] = (MessageDigest) digest.clone();
            copies[1] = (MessageDigest) digest.clone();
          } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
          }
        });
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

  /** Packets of two SAs and of none alternate, of flows that are remembered and of new ones. */
  @Test
  void sortingABatchAllocatesNothing() {
    SecurityPolicy[] policies = new SecurityPolicy[2];
    SecurityAssociationDatabase associations = new SecurityAssociationDatabase(4);
    for (int i = 0; i < 2; i++) {
      TrafficSelector selector =
          TrafficSelector.of(AddressRange.ANY, AddressRange.host(Packets.THERE), 6 + 11 * i);
      policies[i] = new SecurityPolicy("policy " + i, selector, PolicyAction.PROTECT);
      SaParameters parameters = Packets.transport(SUITE).withSpi(0x100 + i).withSelector(selector);
      associations.install(policies[i], new OutboundSa(parameters, new NoCryptography(), 0, 0));
    }
    IpsecBoundary boundary =
        new IpsecBoundary(
            new SecurityPolicyDatabase(List.of(policies), PolicyAction.BYPASS),
            associations,
            address -> true);
    boundary.withHoldQueue(4, 1000, 1);
    byte[] tcp = Packets.ipv4(100, 6);
    byte[] udp = Packets.ipv4(100, 17);
    byte[] gre = Packets.gre(100);
    PacketBatch batch = new PacketBatch(5, 200, 128, 64);
    int[] port = new int[1];
    long bytes =
        perPacket(
            () -> {
              batch.clear();
              BigEndian.putInt(udp, 20, port[0]++);
              batch.add(tcp, 0, tcp.length);
              batch.add(udp, 0, udp.length);
              batch.add(gre, 0, gre.length);
              batch.add(tcp, 0, tcp.length);
              batch.add(udp, 0, udp.length);
              boundary.outbound(batch, 0);
            });
    assertEquals(0, bytes);
    assertEquals(EspVerdict.SEALED, batch.verdict(4));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(2));
    assertTrue(boundary.lookup().misses() > PACKETS);
  }
}
