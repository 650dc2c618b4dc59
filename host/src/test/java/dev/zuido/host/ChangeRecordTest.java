package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeRecordTest {
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;

  private ChangeRecord start() {
    return new ChangeRecord(folder.resolve("changes"), warnings::add);
  }

  @Test
  void whatAKilledRunHasNotedIsLeftToTheNext() {
    ChangeRecord killed = start();
    killed.note("address 3 10.1.1.254/24");
    killed.note("ip_forward 0");
    ChangeRecord next = start();
    assertTrue(next.wasLeft("address 3 10.1.1.254/24"));
    assertTrue(next.wasLeft("ip_forward 0"));
    assertFalse(next.wasLeft("address 4 10.1.1.254/24"));
    assertTrue(warnings.isEmpty());
  }

  @Test
  void whatIsNotTakenBackStaysLeft() {
    start().note("address 3 10.1.1.254/24");
    ChangeRecord next = start();
    next.note("ip_forward 0");
    next.undone("ip_forward 0");
    assertEquals(List.of("address 3 10.1.1.254/24"), start().left());
  }

  @Test
  void anOrderlyEndLeavesNothing() {
    start().note("address 3 10.1.1.254/24");
    ChangeRecord run = start();
    run.note("ip_forward 0");
    run.undone("ip_forward 0");
    run.undone("address 3 10.1.1.254/24");
    assertFalse(Files.exists(folder.resolve("changes")));
    assertFalse(start().wasLeft("ip_forward 0"));
  }

  @Test
  void aFolderThatIsGoneIsReportedAndStopsNothing() throws java.io.IOException {
    ChangeRecord run = start();
    Files.delete(folder);
    run.note("ip_forward 0");
    assertEquals(1, warnings.size());
    Files.createDirectory(folder);
  }
}
