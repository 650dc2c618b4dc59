package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditTest {
  private static final long SECOND = 1_000_000_000L;
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);
  private static final SaParameters FOUR = Packets.transport(SUITE);
  private static final SaParameters SIX =
      SaParameters.of(0x77, EspMode.TUNNEL, SUITE, Ipv6Packets.HERE, Ipv6Packets.THERE)
          .withExtendedSequenceNumbers(true);

  private final AuditLog log = new AuditLog(20);

  private static void open(InboundSa in, byte[] packet, long nanos) {
    PacketBatch batch = Packets.batch(packet);
    batch.setArrivalNanos(0, nanos);
    in.open(batch);
  }

  private AuditEvent next() {
    AuditEvent event = log.poll();
    assertNotNull(event);
    return event;
  }

  @Test
  void aRepeatedPacketIsNotedWithAllThatTheRfcAsksFor() {
    byte[] sealed = Packets.seal(Packets.outbound(FOUR, 1), Packets.gre(60));
    InboundSa in = Packets.inbound(FOUR, 1);
    in.auditTo(log);
    open(in, sealed, 5);
    assertNull(log.poll());
    open(in, sealed, 6);
    assertEquals(
        new AuditEvent(EspVerdict.REPLAYED, 6, 0x1234, Packets.HERE, Packets.THERE, 1, -1, 0),
        next());
  }

  @Test
  void overIpv6TheFlowLabelAndTheWholeSequenceNumber() {
    OutboundSa out = Packets.outbound(SIX, 1);
    out.preset(0x1_0000_0000L, null, 0);
    byte[] sealed = Packets.seal(out, Packets.gre(60));
    BigEndian.putInt(sealed, 0, 0x600a_bcde);
    sealed[sealed.length - 1]++;
    InboundSa in = Packets.inbound(SIX, 1);
    in.presetHighest(0xffff_fff0L);
    in.auditTo(log);
    open(in, sealed, 8);
    AuditEvent event = next();
    assertEquals(
        new AuditEvent(
            EspVerdict.BAD_ICV,
            8,
            0x77,
            Ipv6Packets.HERE,
            Ipv6Packets.THERE,
            0x1_0000_0001L,
            0xabcde,
            0),
        event);
    assertEquals(
        "BAD_ICV spi=0x00000077 seq=4294967297 2001:db8:1::1 -> 2001:db8:2::1 flow=0xabcde",
        event.toString());
  }

  @Test
  void aFloodOfThemIsNotedSlowly() {
    byte[] sealed = Packets.seal(Packets.outbound(FOUR, 1), Packets.gre(60));
    sealed[sealed.length - 1]++;
    InboundSa in = Packets.inbound(FOUR, 1);
    in.auditTo(log);
    for (int i = 0; i < 100; i++) {
      open(in, sealed, 10 * SECOND + i);
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(0, next().suppressed());
    }
    assertNull(log.poll());
    assertEquals(95, in.counters().get(SaCounters.Extra.AUDITS_SUPPRESSED));
    open(in, sealed, 11 * SECOND - 1);
    assertNull(log.poll());
    open(in, sealed, 11 * SECOND);
    assertEquals(96, next().suppressed());
    open(in, sealed, 11 * SECOND + 1);
    assertNull(log.poll());
    assertEquals(103, in.counters().packets(EspVerdict.BAD_ICV));
    // After a long silence there is a burst again, and no more.
    for (int i = 0; i < 10; i++) {
      open(in, sealed, 1000 * SECOND);
    }
    assertEquals(1, next().suppressed());
    for (int i = 0; i < 4; i++) {
      next();
    }
    assertNull(log.poll());
  }

  @Test
  void eachSaHasItsOwnAllowance() {
    byte[] sealed = Packets.seal(Packets.outbound(FOUR, 1), Packets.gre(60));
    sealed[sealed.length - 1]++;
    for (int sa = 0; sa < 3; sa++) {
      InboundSa in = Packets.inbound(FOUR, 1);
      in.auditTo(log);
      for (int i = 0; i < 10; i++) {
        open(in, sealed, 0);
      }
    }
    for (int i = 0; i < 15; i++) {
      next();
    }
    assertNull(log.poll());
  }

  @Test
  void aFullLogLosesAndCounts() {
    AuditLog small = new AuditLog(2);
    byte[] sealed = Packets.seal(Packets.outbound(FOUR, 1), Packets.gre(60));
    sealed[sealed.length - 1]++;
    InboundSa in = Packets.inbound(FOUR, 1);
    in.auditTo(small);
    for (int i = 0; i < 5; i++) {
      open(in, sealed, 0);
    }
    assertEquals(3, small.lost());
    assertThrows(IllegalArgumentException.class, () -> new AuditLog(0));
  }

  @Test
  void packetsOfNoSaAreNotedToo() {
    byte[] sealed = Packets.seal(Packets.outbound(FOUR, 1), Packets.gre(60));
    byte[] six = Packets.seal(Packets.outbound(SIX, 1), Packets.gre(60));
    byte[] clear = Packets.gre(60);
    PacketBatch batch = Packets.batch(sealed, six, clear);
    log.report(EspVerdict.UNKNOWN_SPI, batch, 0);
    log.report(EspVerdict.UNKNOWN_SPI, batch, 1);
    log.report(EspVerdict.CLEARTEXT, batch, 2);
    log.report(EspVerdict.BYPASSED, batch, 2);
    AuditEvent first = next();
    assertEquals(0x1234, first.spi());
    assertEquals(1, first.sequence());
    AuditEvent second = next();
    assertEquals(0x77, second.spi());
    assertEquals(Ipv6Packets.THERE, second.destination());
    AuditEvent third = next();
    assertEquals(0, third.spi());
    assertEquals(0, third.sequence());
    assertNull(log.poll());
    byte[] tiny = Packets.ipv4(25, 50);
    log.report(EspVerdict.UNKNOWN_SPI, Packets.batch(tiny), 0);
    assertEquals(0, next().sequence());
  }

  @Test
  void theEndOfTheSequenceNumbersIsNoted() {
    OutboundSa out = Packets.outbound(FOUR, 1);
    out.auditTo(log);
    out.preset(0xffff_ffffL, null, 0);
    PacketBatch batch = Packets.batch(Packets.gre(60), new byte[3]);
    out.seal(batch);
    AuditEvent event = next();
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, event.reason());
    assertEquals(0xffff_ffffL, event.sequence());
    assertNull(log.poll());
    out.auditTo(null);
    out.seal(Packets.batch(Packets.gre(60)));
    assertNull(log.poll());
  }

  @Test
  void countersAddUp() {
    OutboundSa one = Packets.outbound(FOUR, 1);
    OutboundSa two = Packets.outbound(FOUR, 1);
    Packets.seal(one, Packets.gre(60));
    Packets.seal(two, Packets.gre(60));
    two.learnPathMtu(700, 0);
    SaCounters sum = SaCounters.sum(java.util.List.of(one.counters(), two.counters()));
    assertEquals(2, sum.packets(EspVerdict.SEALED));
    assertEquals(88, sum.bytes());
    assertEquals("SEALED=2 bytes=88 PATH_MTU_LOWERED=1", sum.toString());
    assertTrue(one.counters().toString().endsWith("bytes=44"));
  }

  private static byte[] ah(int spi, int sequence) {
    byte[] packet = Packets.ipv4(80, IpProtocol.AH);
    AhFields.write(packet, 20, 24, IpProtocol.IPV4, spi, sequence);
    return packet;
  }

  @Test
  void onlyEspAndAhHaveAnSpi() {
    byte[] secret = Packets.ipv4(80, IpProtocol.UDP);
    byte[] encapsulated = Packets.ipv4(80, IpProtocol.UDP);
    BigEndian.putShort(encapsulated, 22, UdpEncapsulation.PORT);
    byte[] later = Packets.ipv4(80, IpProtocol.ESP, Packets.HERE, Packets.THERE, 5);
    PacketBatch batch = Packets.batch(ah(0x1122_3344, 7), secret, encapsulated, later);
    log.report(EspVerdict.UNKNOWN_SPI, batch, 0);
    log.report(EspVerdict.CLEARTEXT, batch, 1);
    log.report(EspVerdict.CLEARTEXT, batch, 2);
    log.report(EspVerdict.FRAGMENT, batch, 3);
    AuditEvent event = next();
    assertEquals(0x1122_3344, event.spi());
    assertEquals(7, event.sequence());
    for (int i = 0; i < 3; i++) {
      event = next();
      assertEquals(0, event.spi(), event.toString());
      assertEquals(0, event.sequence(), event.toString());
    }
    log.report(EspVerdict.UNKNOWN_SPI, batch, 2);
    assertEquals(BigEndian.getInt(encapsulated, 28), next().spi());
  }

  private static IpsecBoundary boundary(SecurityPolicy policy) {
    return new IpsecBoundary(
        new SecurityPolicyDatabase(List.of(policy), PolicyAction.BYPASS),
        new SecurityAssociationDatabase(4),
        address -> true);
  }

  @Test
  void whatThePoliciesDoNotWantHasTheSpiOfItsSa() {
    SecurityPolicy udp =
        new SecurityPolicy(
            "udp",
            TrafficSelector.of(AddressRange.ANY, AddressRange.ANY, IpProtocol.UDP),
            PolicyAction.PROTECT);
    IpsecBoundary boundary = boundary(udp);
    boundary.auditTo(log);
    SaParameters parameters = FOUR.withMode(EspMode.TUNNEL).withSelector(TrafficSelector.ANY);
    boundary.associations().install(udp, Packets.inbound(parameters, 1));
    byte[] sealed = Packets.seal(Packets.outbound(parameters, 1), Packets.ipv4(60, IpProtocol.TCP));
    boundary.inbound(Packets.batch(sealed));
    AuditEvent event = next();
    assertEquals(EspVerdict.POLICY_MISMATCH, event.reason());
    assertEquals(0x1234, event.spi());
    assertEquals(1, boundary.counters().packets(EspVerdict.POLICY_MISMATCH));
  }

  @Test
  void theBoundaryNotesTheEndOfTheSequenceNumbers() {
    SecurityPolicy gre = new SecurityPolicy("gre", FOUR.selector(), PolicyAction.PROTECT);
    IpsecBoundary boundary = boundary(gre);
    boundary.auditTo(log);
    boundary.outbound(Packets.batch(Packets.gre(60)));
    assertNull(log.poll(), "there was none");
    SaParameters last = FOUR.withInitialSequence(0xffff_fffeL);
    boundary.associations().install(gre, Packets.outbound(last, 1));
    PacketBatch batch = Packets.batch(Packets.gre(60));
    boundary.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    assertNull(log.poll());
    batch = Packets.batch(Packets.gre(60));
    boundary.outbound(batch);
    assertEquals(EspVerdict.NO_SA, batch.verdict(0));
    AuditEvent event = next();
    assertEquals(EspVerdict.SEQUENCE_EXHAUSTED, event.reason());
    assertEquals(0x1234, event.spi());
    assertEquals(0xffff_ffffL, event.sequence());
    assertEquals(gre, boundary.pollAcquire());
  }

  /** Where nobody notes when packets arrive, silence would last for ever. */
  @Test
  void oneOfAThousandPassesWithoutAClock() {
    AuditLimiter limiter = new AuditLimiter();
    int passed = 0;
    for (int i = 0; i < AuditLimiter.BURST + 3003; i++) {
      if (limiter.take(0)) {
        passed++;
        assertEquals(passed <= AuditLimiter.BURST ? 0 : 1000, limiter.takeSuppressed());
      }
    }
    assertEquals(AuditLimiter.BURST + 3, passed);
  }
}
