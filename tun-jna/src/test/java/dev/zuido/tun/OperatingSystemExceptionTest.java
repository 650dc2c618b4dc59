package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OperatingSystemExceptionTest {
  @Test
  void namesOperationErrorAndAdvice() {
    var exception = new OperatingSystemException("make tun0", 16, TunRequest.adviceOnAttaching(16));
    assertEquals(Errno.EBUSY, exception.error());
    assertEquals(16, exception.number());
    assertEquals("make tun0", exception.operation());
    assertEquals(
        "make tun0: EBUSY (device or resource busy). Another process holds the interface of this"
            + " name: end it, or choose another name.",
        exception.getMessage());
  }

  @Test
  void keepsANumberWithoutName() {
    var exception = new OperatingSystemException("ask", 4000);
    assertEquals(Errno.OTHER, exception.error());
    assertEquals(4000, exception.number());
    assertEquals("ask: errno 4000 (error)", exception.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void findsEachErrorByItsNumber(Errno error) {
    assertEquals(error, Errno.of(error.number()));
  }

  @ParameterizedTest
  @CsvSource({"2,modprobe tun", "19,modprobe tun", "13,permissions", "24,ulimit"})
  void saysWhatToDoIfTheDriverCannotBeOpened(int errno, String words) {
    assertTrue(TunRequest.adviceOnOpening(errno).contains(words));
  }

  @ParameterizedTest
  @CsvSource({"1,CAP_NET_ADMIN", "16,Another process", "22,another kind|kind"})
  void saysWhatToDoIfTheInterfaceCannotBeMade(int errno, String words) {
    String advice = TunRequest.adviceOnAttaching(errno);
    assertFalse(advice.isEmpty());
    assertTrue(advice.matches("(?s).*(" + words + ").*"), advice);
  }
}
