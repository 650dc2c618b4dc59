package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EthernetConfigurationTest {
  private static final EthernetConfiguration PPPOE =
      EthernetConfiguration.on("eth0", Set.of(0x8864, 0x8863));

  @Test
  void usesTheQueueingDisciplineUnlessToldNotTo() {
    assertFalse(PPPOE.bypassQueue());
    assertTrue(PPPOE.withBypassQueue(true).withBufferBytes(8192).bypassQueue());
    assertEquals(8192, PPPOE.withBufferBytes(8192).bufferBytes());
  }

  @Test
  void keepsItsOwnTypesInTheirOrder() {
    Set<Integer> given = new HashSet<>(Set.of(0x8864, 0x8863));
    var configuration = EthernetConfiguration.on("eth0", given);
    given.add(0x0806);
    assertEquals(List.of(0x8863, 0x8864), List.copyOf(configuration.etherTypes()));
    assertThrows(UnsupportedOperationException.class, () -> configuration.etherTypes().add(0x0806));
  }

  @Test
  void refusesWhatNoPortCanBe() {
    Set<Integer> many = Set.of(0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x606, 0x607, 0x608);
    assertThrows(IllegalArgumentException.class, () -> EthernetConfiguration.on("eth0", many));
    assertThrows(IllegalArgumentException.class, () -> EthernetConfiguration.on("eth0", Set.of()));
    assertThrows(
        IllegalArgumentException.class, () -> EthernetConfiguration.on("eth0", Set.of(0x5ff)));
    assertThrows(
        IllegalArgumentException.class, () -> EthernetConfiguration.on("eth0", Set.of(0x10000)));
    assertThrows(
        IllegalArgumentException.class, () -> EthernetConfiguration.on("", Set.of(0x8863)));
    assertThrows(
        IllegalArgumentException.class, () -> EthernetConfiguration.on("eth 0", Set.of(0x8863)));
    assertThrows(IllegalArgumentException.class, () -> PPPOE.withBufferBytes(4095));
  }
}
