package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ReplayWindowTest {
  @Test
  void theFirstPacketAnywhereIsFreshAndOnlyOnce() {
    ReplayWindow window = new ReplayWindow(64);
    assertEquals(ReplayWindow.Result.TOO_OLD, window.check(0));
    assertEquals(ReplayWindow.Result.FRESH, window.check(500));
    assertEquals(ReplayWindow.Result.FRESH, window.advance(500));
    assertEquals(ReplayWindow.Result.REPLAYED, window.advance(500));
    assertEquals(ReplayWindow.Result.FRESH, window.advance(437));
    assertEquals(ReplayWindow.Result.TOO_OLD, window.advance(436));
    assertEquals(500, window.highest());
  }

  @Test
  void checkingMovesNothing() {
    ReplayWindow window = new ReplayWindow(32);
    assertEquals(ReplayWindow.Result.FRESH, window.check(1000));
    assertEquals(0, window.highest());
    assertEquals(ReplayWindow.Result.FRESH, window.check(1));
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(31));
    assertThrows(IllegalArgumentException.class, () -> new ReplayWindow(65_537));
    assertEquals(65_536, new ReplayWindow(65_536).size());
  }

  @Test
  void theHighHalfStaysBelowTheFirstWhereNothingPrecedes() {
    ReplayWindow window = new ReplayWindow(64);
    window.advance(5);
    assertEquals(ReplayWindow.Result.TOO_OLD, window.check(window.extend(-1)));
    assertEquals(6, window.extend(6));
  }

  @Test
  void theHighHalfGrowsAtTheEdge() {
    ReplayWindow window = new ReplayWindow(64);
    window.advance(0xffff_fff0L);
    assertEquals(0x1_0000_0003L, window.extend(3));
    window.advance(0x1_0000_0003L);
    assertEquals(0xffff_ffffL, window.extend(-1));
  }
}
