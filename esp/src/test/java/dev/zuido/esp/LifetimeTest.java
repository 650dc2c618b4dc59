package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.PacketBatch;
import org.junit.jupiter.api.Test;

final class LifetimeTest {
  private static final long SECOND = 1_000_000_000L;

  private static SaParameters with(SaLifetime lifetime) {
    return Packets.transport(Packets.REFERENCE).withLifetime(lifetime);
  }

  private static EspVerdict seal(OutboundSa sa) {
    PacketBatch batch = Packets.batch(Packets.gre(1000));
    sa.seal(batch);
    return (EspVerdict) batch.verdict(0);
  }

  @Test
  void ageGoesFromFreshOverSoftToHard() {
    SaParameters parameters = with(SaLifetime.of(90, 100, 0, 0));
    OutboundSa sa;
    try (EspKeys keys = Packets.keys(parameters.suite(), 1)) {
      sa = new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 5 * SECOND);
    }
    assertEquals(95 * SECOND, sa.nextDeadline());
    assertEquals(LifetimeState.FRESH, sa.expire(95 * SECOND - 1));
    assertEquals(LifetimeState.SOFT_EXPIRED, sa.expire(95 * SECOND));
    assertTrue(sa.needsRekey());
    assertEquals(EspVerdict.SEALED, seal(sa));
    assertEquals(105 * SECOND, sa.nextDeadline());
    assertEquals(LifetimeState.HARD_EXPIRED, sa.expire(105 * SECOND));
    assertEquals(EspVerdict.HARD_LIFETIME, seal(sa));
    assertEquals(SecurityAssociation.NO_DEADLINE, sa.nextDeadline());
  }

  @Test
  void kilobytesCountTheEncryptedBytes() {
    // 980 bytes of payload are 984 encrypted ones; 2048 bytes are two packets, 3072 three.
    OutboundSa sa = Packets.outbound(with(SaLifetime.of(0, 0, 1, 3)), 1);
    assertEquals(EspVerdict.SEALED, seal(sa));
    assertFalse(sa.needsRekey());
    assertEquals(EspVerdict.SEALED, seal(sa));
    assertTrue(sa.needsRekey());
    assertEquals(EspVerdict.SEALED, seal(sa));
    assertEquals(EspVerdict.HARD_LIFETIME, seal(sa));
    assertEquals(3, sa.sequence());
    assertEquals(LifetimeState.HARD_EXPIRED, sa.lifetimeState());
  }

  @Test
  void packetsCountAtBothEnds() {
    SaParameters parameters = with(new SaLifetime(0, 0, 0, 0, 1, 2));
    OutboundSa out = Packets.outbound(with(SaLifetime.UNLIMITED), 1);
    InboundSa in = Packets.inbound(parameters, 1);
    for (EspVerdict expected :
        new EspVerdict[] {EspVerdict.OPENED, EspVerdict.OPENED, EspVerdict.HARD_LIFETIME}) {
      PacketBatch batch = Packets.batch(Packets.gre(60));
      out.seal(batch);
      in.open(batch);
      assertEquals(expected, batch.verdict(0));
    }
  }

  @Test
  void forgedPacketsUseUpNothing() {
    InboundSa in = Packets.inbound(with(new SaLifetime(0, 0, 0, 0, 1, 2)), 1);
    byte[] sealed = Packets.seal(Packets.outbound(with(SaLifetime.UNLIMITED), 1), Packets.gre(60));
    byte[] forged = sealed.clone();
    forged[forged.length - 1]++;
    for (int i = 0; i < 10; i++) {
      in.open(Packets.batch(forged));
    }
    assertEquals(LifetimeState.FRESH, in.lifetimeState());
  }

  @Test
  void lifetimesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SaLifetime.of(-1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> SaLifetime.of(10, 9, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> SaLifetime.of(0, Long.MAX_VALUE, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> SaLifetime.of(0, 0, 0, Long.MAX_VALUE));
  }

  @Test
  void aDeadlineBeyondTheClockIsNone() {
    SaParameters parameters = with(SaLifetime.of(0, 100, 0, 0));
    try (EspKeys keys = Packets.keys(parameters.suite(), 1)) {
      InboundSa sa = new InboundSa(parameters, keys, EspCrypto.platform(), Long.MAX_VALUE - SECOND);
      assertEquals(SecurityAssociation.NO_DEADLINE, sa.nextDeadline());
    }
  }

  /** The platform's clock may start anywhere. */
  @Test
  void clocksBelowZeroCountToo() {
    SaParameters parameters = with(SaLifetime.of(10, 20, 0, 0));
    try (EspKeys keys = Packets.keys(parameters.suite(), 1)) {
      InboundSa sa = new InboundSa(parameters, keys, EspCrypto.platform(), -100 * SECOND);
      assertEquals(-90 * SECOND, sa.nextDeadline());
      assertEquals(LifetimeState.FRESH, sa.expire(-90 * SECOND - 1));
      assertEquals(LifetimeState.SOFT_EXPIRED, sa.expire(-90 * SECOND));
      assertEquals(-80 * SECOND, sa.nextDeadline());
      assertEquals(LifetimeState.HARD_EXPIRED, sa.expire(0));
    }
  }

  @Test
  void aClockThatGoesRoundEndsAnSaToo() {
    SaParameters parameters = with(SaLifetime.of(0, 100, 0, 0));
    try (EspKeys keys = Packets.keys(parameters.suite(), 1)) {
      InboundSa sa = new InboundSa(parameters, keys, EspCrypto.platform(), Long.MAX_VALUE - SECOND);
      assertEquals(LifetimeState.FRESH, sa.expire(Long.MAX_VALUE));
      assertEquals(LifetimeState.HARD_EXPIRED, sa.expire(Long.MIN_VALUE + 100 * SECOND));
    }
  }

  /** Keys that have been used before may be beyond the margin from the start. */
  @Test
  void nearTheLastSequenceNumberASuccessorIsWanted() {
    SaParameters late = with(SaLifetime.UNLIMITED).withInitialSequence(0xffff_ffffL - 1000);
    OutboundSa esp = Packets.outbound(late, 1);
    assertFalse(esp.needsRekey());
    assertEquals(EspVerdict.SEALED, seal(esp));
    assertTrue(esp.needsRekey());
    AhParameters parameters =
        AhParameters.of(7, EspMode.TUNNEL, AhIntegrity.HMAC_SHA1_96, Packets.HERE, Packets.THERE)
            .withInitialSequence(0xffff_ffffL - 1000);
    try (AhKeys keys = AhKeys.ofKeyMaterial(AhIntegrity.HMAC_SHA1_96, new byte[20])) {
      AhOutboundSa ah =
          new AhOutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
      ah.protect(Packets.batch(Packets.gre(60)));
      assertTrue(ah.needsRekey());
    }
  }
}
