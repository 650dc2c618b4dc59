package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class NamespaceLockTest {
  private final String name = "zuido-test-" + ProcessHandle.current().pid();

  @Test
  void oneAtATimeHoldsIt() {
    NamespaceLock first = NamespaceLock.acquire(name);
    var refused = assertThrows(OperatingSystemException.class, () -> NamespaceLock.acquire(name));
    assertEquals(Errno.EADDRINUSE, refused.error());
    NamespaceLock.acquire(name + "-other").close();
    first.close();
    NamespaceLock.acquire(name).close();
  }

  @Test
  void aNameIsVisibleAscii() {
    assertThrows(IllegalArgumentException.class, () -> NamespaceLock.acquire(""));
    assertThrows(IllegalArgumentException.class, () -> NamespaceLock.acquire("a b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> NamespaceLock.acquire("x".repeat(NamespaceLock.MAX_NAME_LENGTH + 1)));
  }
}
