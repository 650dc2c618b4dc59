package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.ppp.PppOutput;
import org.junit.jupiter.api.Test;

/** A client and a concentrator. */
final class PppoeSessionTest {
  @Test
  void theyComeUp() {
    Wire wire = new Wire();
    Wire.Station station = wire.up();
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertTrue(wire.ppp(station).stream().anyMatch(o -> o instanceof PppOutput.Ipv4Up up && up.local().equals(Wire.CALLER)));
  }
}
