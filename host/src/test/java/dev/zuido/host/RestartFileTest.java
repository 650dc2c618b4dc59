package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.ospf.RestartReason;
import dev.zuido.ospf.RestartRecord;
import dev.zuido.router.OspfRestart;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestartFileTest {
  private static final RestartRecord PREPARED =
      new RestartRecord(
          true,
          RestartReason.SOFTWARE_RESTART,
          60,
          List.of(Ipv4Address.of(0, 0, 0, 0), Ipv4Address.of(0, 0, 0, 5)),
          List.of(new RestartRecord.GraceLsa(2, 0x8000_0001), new RestartRecord.GraceLsa(0, 7)));

  private final List<String> warnings = new ArrayList<>();
  private long millis = 1_000_000;

  @TempDir private Path folder;

  private RestartFile file() {
    return new RestartFile(folder.resolve("restart"), () -> millis, warnings::add);
  }

  @Test
  void whatWasPreparedIsTakenOnce() throws IOException {
    file().write(PREPARED);
    millis += 5_000;
    assertEquals(new OspfRestart(PREPARED, 5_000_000_000L, 0), file().take());
    assertNull(file().take());
    assertEquals(List.of(), warnings);
  }

  @Test
  void afterTheGracePeriodItIsTooLate() throws IOException {
    file().write(PREPARED);
    millis += 60_000;
    assertNull(file().take());
    file().write(PREPARED);
    millis -= 1;
    assertNull(file().take(), "the clock was set back");
  }

  @Test
  void whatCannotBeReadIsAnOrdinaryStart() throws IOException {
    for (String text : List.of("", "x", "1 NEVER 60\n", "1000000 UNKNOWN 60\narea x\n")) {
      Files.writeString(folder.resolve("restart"), text);
      assertNull(file().take(), text);
    }
    assertEquals(4, warnings.size());
  }
}
