package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.ike.ChildConfig;
import dev.zuido.router.config.IpsecHandling;
import dev.zuido.router.config.IpsecHandling.DfBit;
import dev.zuido.router.config.IpsecHandling.Fragmentation;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.config.ios.ReaderOptions;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session keys of a configuration become SAs that seal and open. */
final class StaticSasTest {
  private static final Ipv4Address A = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address B = Ipv4Address.of(200, 1, 1, 1);
  private static final String CIPHER = "0123456789abcdef23456789abcdef01456789abcdef0123";
  private static final String HMAC = "000102030405060708090A0B0C0D0E0F";

  /**
   * The first packet of a session between two Linux 6.1 peers with static keys: GRE with an OSPF
   * hello from A to B, SPI 0x1001, 3DES-CBC and HMAC-MD5-96 in transport mode.
   */
  private static final String RECORDED =
      "4500007890300000ff32fd1e64010101c80101010000100100000001789bd5f8c0f0e924daa9edff31459da4"
          + "5011ed63a3d27e8b778c19c314c85159beeafec630f1bdd93be230f1b5093852de80d7fa7c7fad7f634f21"
          + "5e0ca18b1b2e01a0d25e50ff0beb97578669916d5c85ade70519297926f728ab69";

  /** One end at work. */
  private static final class End {
    final InstalledSas installed = new InstalledSas(new SecureRandom());
    final Map<Ipv4Address, List<ChildConfig>> children = new LinkedHashMap<>();
    final List<String> lines = new ArrayList<>();
    final IpsecAudit audit =
        new IpsecAudit(new EventLog(event -> lines.add(event.text()), List.of(), null));
    final CryptoPolicy crypto;

    End(RouterConfig config, Ipv4Address local) {
      this(config, config.ipsecHandling(), local);
    }

    End(RouterConfig config, IpsecHandling handling, Ipv4Address local) {
      crypto =
          new CryptoMapping(
                  config, new SecurityAssociationDatabase(8), each -> each == local.value())
              .policy(config.cryptoMap("M").orElseThrow(), local, handling, children);
      new StaticSas(config, installed, new SecureRandom(), audit).install(crypto);
    }
  }

  private static RouterConfig config(
      Ipv4Address local, Ipv4Address peer, String suite, String mode, String keys, long in) {
    String text =
        """
        crypto ipsec transform-set T %s
         mode %s
        crypto map M 1 ipsec-manual
         set peer %s
         set session-key inbound esp %d %s
         set session-key outbound esp %d %s
         set transform-set T
         match address L
        interface Loopback0
         ip address %s 255.255.255.255
        ip access-list extended L
         permit gre host %s host %s
        """
            .formatted(suite, mode, peer, in, keys, 0x1001 + 0x1002 - in, keys, local, local, peer);
    var report = IosReader.read(text, new ReaderOptions(true));
    return Objects.requireNonNull(report.config(), report::render);
  }

  private static PacketBatch batch(byte[] packet) {
    PacketBatch batch = new PacketBatch(4, 1_500, 64, 64);
    batch.add(packet, 0, packet.length);
    return batch;
  }

  private static byte[] gre(Ipv4Address source, Ipv4Address destination) {
    byte[] packet = new byte[60];
    packet[0] = 0x45;
    packet[3] = 60;
    packet[8] = 64;
    packet[9] = IpProtocol.GRE;
    System.arraycopy(source.toBytes(), 0, packet, 12, 4);
    System.arraycopy(destination.toBytes(), 0, packet, 16, 4);
    packet[22] = 8;
    Arrays.fill(packet, 24, 60, (byte) 0x5a);
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  @Test
  void aRecordedPacketIsOpened() {
    String keys = "cipher " + CIPHER + " authenticator " + HMAC;
    End b = new End(config(B, A, "esp-3des esp-md5-hmac", "transport", keys, 0x1001), B);
    PacketBatch batch = batch(HexFormat.of().parseHex(RECORDED));
    b.crypto.boundary().inbound(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(IpProtocol.GRE, Ipv4Fields.protocol(batch.slab(), batch.offset(0)));
    // Behind GRE's header the inner packet: OSPF to all its routers.
    int inner = batch.offset(0) + 24;
    assertEquals(IpProtocol.OSPF, Ipv4Fields.protocol(batch.slab(), inner));
    assertEquals(Ipv4Address.of(224, 0, 0, 5).value(), Ipv4Fields.destination(batch.slab(), inner));
  }

  @Test
  void refusedPacketsAreNotedBySpiAndSequenceNumber() {
    String keys = "cipher " + CIPHER + " authenticator " + HMAC;
    End b = new End(config(B, A, "esp-3des esp-md5-hmac", "transport", keys, 0x1001), B);
    byte[] forged = HexFormat.of().parseHex(RECORDED);
    forged[forged.length - 1]++;
    for (int i = 0; i < 7; i++) {
      b.crypto.boundary().inbound(batch(forged));
    }
    PacketBatch later = batch(forged);
    later.setArrivalNanos(0, 1_000_000_000L);
    b.crypto.boundary().inbound(later);
    b.audit.drain();
    String line =
        "%CRYPTO-4-IPSEC_AUDIT: packet from 100.1.1.1 to 200.1.1.1, SPI 0x00001001, sequence 1,"
            + " refused: its ICV is wrong: it was altered, or the keys differ";
    assertEquals(List.of(line, line, line, line, line, line + "; 2 more before"), b.lines);
    assertTrue(IpsecAudit.covers(EspVerdict.BAD_ICV), "no other line is written for it");
    assertFalse(IpsecAudit.covers(EspVerdict.UNKNOWN_SPI));
  }

  @Test
  void aPeerThatStartsAnewIsHeard() {
    String keys = "cipher " + CIPHER + " authenticator " + HMAC;
    End b = new End(config(B, A, "esp-3des esp-md5-hmac", "transport", keys, 0x1001), B);
    for (int start = 0; start < 2; start++) {
      PacketBatch batch = batch(HexFormat.of().parseHex(RECORDED));
      b.crypto.boundary().inbound(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "esp-null esp-sha-hmac, 0, 20",
    "esp-des esp-md5-hmac, 8, 16",
    "esp-3des esp-sha-hmac, 24, 20",
    "esp-aes esp-sha256-hmac, 16, 32",
    "esp-aes 192 esp-sha384-hmac, 24, 48",
    "esp-aes 256 esp-sha512-hmac, 32, 64",
    "esp-gcm, 20, 0",
    "esp-gcm 192, 28, 0",
    "esp-gcm 256, 36, 0",
    "esp-gmac, 20, 0",
    "esp-gmac 192, 28, 0",
    "esp-gmac 256, 36, 0",
    "esp-aes-ctr esp-sha-hmac, 20, 20",
    "esp-aes-ctr 192 esp-aes-cmac, 28, 16",
    "esp-aes-ctr 256 esp-sha512-hmac, 36, 64",
    "esp-aes-ccm, 19, 0",
    "esp-aes-ccm 192, 27, 0",
    "esp-aes-ccm 256, 35, 0",
    "esp-chacha20-poly1305, 36, 0",
    "esp-aes esp-aes-xcbc-mac, 16, 16",
    "esp-null esp-aes-cmac, 0, 16",
  })
  void whatOneEndSealsTheOtherOpens(String suite, int cipherLength, int hmacLength) {
    String keys =
        (cipherLength == 0 ? "" : "cipher " + distinctBytes(cipherLength))
            + (hmacLength == 0 ? "" : " authenticator " + "c5".repeat(hmacLength));
    for (String mode : List.of("transport", "tunnel")) {
      End a = new End(config(A, B, suite, mode, keys, 0x1002), A);
      End b = new End(config(B, A, suite, mode, keys, 0x1001), B);
      byte[] packet = gre(A, B);
      PacketBatch batch = batch(packet);
      a.crypto.boundary().outbound(batch);
      assertEquals(EspVerdict.SEALED, batch.verdict(0));
      PacketBatch arrived =
          batch(
              Arrays.copyOfRange(batch.slab(), batch.offset(0), batch.offset(0) + batch.length(0)));
      b.crypto.boundary().inbound(arrived);
      assertEquals(EspVerdict.OPENED, arrived.verdict(0));
      assertArrayEquals(
          packet,
          Arrays.copyOfRange(
              arrived.slab(), arrived.offset(0), arrived.offset(0) + arrived.length(0)));
    }
  }

  /** 3DES takes no key that repeats itself (RFC 2451 section 2.3). */
  private static String distinctBytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (0x21 + 2 * i);
    }
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void keysOfSingleDesAreNoneOf3des() {
    String keys = "cipher " + "6b".repeat(24) + " authenticator " + HMAC;
    RouterConfig config = config(A, B, "esp-3des esp-md5-hmac", "transport", keys, 0x1002);
    String refusal =
        assertThrows(UnsupportedConfigurationException.class, () -> new End(config, A))
            .getMessage();
    assertTrue(refusal.contains("single DES"), refusal);
  }

  @Test
  void nobodyIsAskedForTheSasAndIkeGetsOtherSpis() {
    String keys = "cipher " + CIPHER + " authenticator " + HMAC;
    End a = new End(config(A, B, "esp-3des esp-md5-hmac", "transport", keys, 0x1002), A);
    assertTrue(a.children.isEmpty());
    assertTrue(a.crypto.children().isEmpty());
    assertNull(a.crypto.boundary().pollAcquire());
    assertFalse(a.installed.reserve(0x1002));
    assertTrue(a.installed.reserve(0x1001));
    assertEquals(1, a.crypto.boundary().policies().policies().size(), "IKE needs no bypass");
  }

  @Test
  void aCounterModeIsRefusedUnlessItIsAskedFor() {
    RouterConfig asked = config(A, B, "esp-gcm", "transport", "cipher " + "00".repeat(20), 0x1002);
    RouterConfig safe =
        new RouterConfig(
            asked.hostname(),
            asked.domainName(),
            asked.hosts(),
            asked.interfaces(),
            asked.isakmpPolicies(),
            asked.isakmpKeys(),
            asked.isakmpNameKeys(),
            asked.isakmpOptions(),
            asked.isakmpPeers(),
            asked.isakmpProfiles(),
            asked.trustpoints(),
            asked.isakmpKeepalive(),
            asked.natTransparency(),
            asked.transformSets(),
            asked.ipsecDefaults(),
            asked.ipsecHandling(),
            asked.dynamicMaps(),
            asked.cryptoMaps(),
            asked.accessLists(),
            asked.staticRoutes(),
            asked.ospf(),
            asked.keyChains(),
            asked.dialerLists(),
            asked.users(),
            false);
    assertEquals(
        "crypto map M 1: esp-gcm must not have session keys (RFC 4106 section 2)",
        assertThrows(UnsupportedConfigurationException.class, () -> new End(safe, A)).getMessage());
  }

  private static End end(String mode, IpsecHandling handling) {
    RouterConfig config =
        config(
            A,
            B,
            "esp-3des esp-md5-hmac",
            mode,
            "cipher " + CIPHER + " authenticator " + HMAC,
            0x1001);
    return new End(config, handling, A);
  }

  private static int maxInner(End end, boolean dontFragment) {
    byte[] packet = gre(A, B);
    BigEndian.putShort(packet, 6, dontFragment ? 0x4000 : 0);
    Ipv4Fields.updateChecksum(packet, 0);
    return end.crypto.maxInner(packet, 0, 1_454, 0);
  }

  @Test
  void packetsAreFragmentedBeforeEncryptionUnlessTheLineSaysAfter() {
    IpsecHandling after = IpsecHandling.IOS.withFragmentation(Fragmentation.AFTER_ENCRYPTION);
    for (boolean dontFragment : new boolean[] {false, true}) {
      assertEquals(1_418, maxInner(end("transport", IpsecHandling.IOS), dontFragment));
      assertEquals(1_398, maxInner(end("tunnel", IpsecHandling.IOS), dontFragment));
    }
    assertEquals(1_454, maxInner(end("transport", after), false));
    assertEquals(1_418, maxInner(end("transport", after), true), "its header keeps the bit");
    assertEquals(1_454, maxInner(end("tunnel", after), false));
    assertEquals(1_398, maxInner(end("tunnel", after), true));
    assertEquals(1_398, maxInner(end("tunnel", after.withDfBit(DfBit.SET)), false));
    assertEquals(1_454, maxInner(end("tunnel", after.withDfBit(DfBit.CLEAR)), true));
    IpsecHandling clear = IpsecHandling.IOS.withDfBit(DfBit.CLEAR);
    assertEquals(1_398, maxInner(end("tunnel", clear), false));
    assertEquals(1_454, maxInner(end("tunnel", clear), true), "it can only be cut afterwards");
  }

  @Test
  void theOuterHeaderHasTheDontFragmentBitThatTheLineAsksFor() {
    for (DfBit bit : DfBit.values()) {
      for (boolean inner : new boolean[] {false, true}) {
        byte[] packet = gre(A, B);
        BigEndian.putShort(packet, 6, inner ? 0x4000 : 0);
        Ipv4Fields.updateChecksum(packet, 0);
        PacketBatch batch = batch(packet);
        end("tunnel", IpsecHandling.IOS.withDfBit(bit)).crypto.boundary().outbound(batch);
        assertEquals(EspVerdict.SEALED, batch.verdict(0));
        assertEquals(
            bit == DfBit.SET || (bit == DfBit.COPY && inner),
            Ipv4Fields.dontFragment(batch.slab(), batch.offset(0)),
            bit + " " + inner);
      }
    }
  }
}
