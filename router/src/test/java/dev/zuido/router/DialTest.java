package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A Dialer interface with a fixed address and its PPPoE session. */
class DialTest {
  @Test
  void itDialsAndIsPinged() {
    Provider provider = new Provider(Provider.FIXED);
    assertTrue(provider.comesUp(10), () -> String.join("\n", provider.log()));
    assertTrue(provider.pingRouter(Provider.OURS));
  }
}
