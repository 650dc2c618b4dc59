package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceFileTest {
  private final AtomicLong clock = new AtomicLong(1_800_000_000L);
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;

  private SequenceFile start() {
    return new SequenceFile(folder.resolve("sequence"), clock::get, warnings::add);
  }

  private static long next(SequenceFile file) {
    return Integer.toUnsignedLong(file.cryptographicSequenceNumber(1));
  }

  @Test
  void theNumberIsTheClock() {
    SequenceFile file = start();
    assertEquals(1_800_000_000L, next(file));
    clock.addAndGet(10);
    assertEquals(1_800_000_010L, next(file));
    assertTrue(warnings.isEmpty());
  }

  @Test
  void aClockThatIsSetBackHoldsTheNumber() {
    SequenceFile file = start();
    long before = next(file);
    clock.addAndGet(-86_400);
    assertEquals(before, next(file));
  }

  @Test
  void aRestartWithTheClockSetBackNeverFallsBelow() {
    SequenceFile first = start();
    long last = 0;
    for (int i = 0; i < 3 * SequenceFile.AHEAD; i += 7) {
      clock.addAndGet(7);
      last = next(first);
    }
    // Killed: nothing was written at the end. The clock of the new run is a day behind.
    clock.addAndGet(-86_400);
    SequenceFile second = start();
    assertTrue(next(second) >= last);
  }

  @Test
  void aFileThatIsNoNumberIsReportedAndTheClockCounts() throws IOException {
    Files.writeString(folder.resolve("sequence"), "none\n");
    SequenceFile file = start();
    assertEquals(1_800_000_000L, next(file));
    assertEquals(1, warnings.size());
  }

  @Test
  void aFolderThatIsGoneIsReported() throws IOException {
    SequenceFile file = start();
    Files.delete(folder);
    assertEquals(1_800_000_000L, next(file));
    assertEquals(1, warnings.size());
    Files.createDirectory(folder);
  }

  @Test
  void theBootCountGrowsWithEachStartAlsoIfTheClockIsSetBack() {
    long before = 0;
    for (int i = 0; i < 5; i++) {
      clock.addAndGet(i % 2 == 0 ? 1 : -86_400);
      SequenceFile file = start();
      next(file);
      long boots = Integer.toUnsignedLong(file.nextBootCount());
      assertTrue(boots > before, boots + " after " + before);
      before = boots;
    }
    assertTrue(warnings.isEmpty());
  }

  @Test
  void aFileOfAnEarlierVersionHasNoBootCount() throws IOException {
    Files.writeString(folder.resolve("sequence"), "1900000000\n");
    SequenceFile file = start();
    assertEquals(1_900_000_000L, next(file));
    assertEquals(1_800_000_000, file.nextBootCount());
    assertEquals(1_800_000_001, file.nextBootCount());
  }
}
