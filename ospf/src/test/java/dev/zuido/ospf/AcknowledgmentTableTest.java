package dev.zuido.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.Acknowledgment.Action;
import dev.zuido.ospf.Acknowledgment.Circumstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2328 table 19. */
final class AcknowledgmentTableTest {
  @ParameterizedTest
  @CsvSource({
    "FLOODED_BACK, NONE, NONE",
    "MORE_RECENT, DELAYED_IF_FROM_DESIGNATED_ROUTER, DELAYED",
    "DUPLICATE_AND_IMPLIED, DELAYED_IF_FROM_DESIGNATED_ROUTER, NONE",
    "DUPLICATE, DIRECT, DIRECT",
    "MAX_AGE_AND_NO_COPY, DIRECT, DIRECT"
  })
  void row(Circumstance circumstance, Action backup, Action others) {
    for (InterfaceState state : InterfaceState.values()) {
      assertEquals(state == InterfaceState.BACKUP ? backup : others, circumstance.action(state));
    }
  }
}
