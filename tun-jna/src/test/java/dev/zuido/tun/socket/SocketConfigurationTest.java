package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SocketConfigurationTest {
  @Test
  void deliversNoMoreThanTheMtuUnlessToldTo() {
    var configuration = SocketConfiguration.on("eth0");
    assertEquals(1500, configuration.maxReceiveBytes());
    assertEquals(1400, configuration.withMtu(1400).maxReceiveBytes());
    assertEquals(9000, configuration.withMtu(9000).maxReceiveBytes());
  }

  @Test
  void keepsTheLongestPacketWhenTheMtuChanges() {
    var whole = SocketConfiguration.onAll().withMaxReceiveBytes(0xffff);
    assertEquals(1500, whole.mtu());
    assertEquals(0xffff, whole.withMtu(1492).maxReceiveBytes());
    assertEquals(
        4000,
        SocketConfiguration.onAll().withMaxReceiveBytes(2000).withMtu(4000).maxReceiveBytes());
  }

  @Test
  void usesTheOffloadsUnlessToldNotTo() {
    var configuration = SocketConfiguration.on("eth0");
    assertTrue(configuration.segmentation());
    assertTrue(configuration.coalescing());
    var without = configuration.withSegmentation(false).withCoalescing(false);
    var other = without.withMtu(1400).withMaxReceiveBytes(9000);
    assertFalse(other.segmentation());
    assertFalse(other.coalescing());
    assertTrue(other.withSegmentation(true).segmentation());
    assertFalse(other.withSegmentation(true).coalescing());
    assertTrue(other.withCoalescing(true).coalescing());
  }

  @Test
  void refusesWhatAPortCannotHold() {
    var configuration = SocketConfiguration.onAll();
    assertThrows(IllegalArgumentException.class, () -> configuration.withMaxReceiveBytes(1499));
    assertThrows(IllegalArgumentException.class, () -> configuration.withMaxReceiveBytes(0x10000));
    assertThrows(IllegalArgumentException.class, () -> configuration.withMtu(67));
  }
}
