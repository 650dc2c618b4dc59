package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.TunOffloadKernelTest.Pump;
import dev.zuido.tun.TunOptions.Offload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCP streams whose segments are joined on their way into the host. */
final class TunCoalescingKernelTest {
  private static final TunOptions SEGMENTED = TunOptions.PLAIN.withOffload(Offload.SEGMENTED);

  @BeforeEach
  void inANamespace() {
    Kernel.require();
  }

  /** What the host has counted of what was written to the interface. */
  private static long writes(String name) {
    try {
      Path file = Path.of("/sys/class/net", name, "statistics/rx_packets");
      return Long.parseLong(Files.readString(file).trim());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the host has counted in this namespace. */
  private static long wrongChecksums() throws IOException {
    String[] tcp =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .toArray(String[]::new);
    int column = List.of(tcp[0].split(" ")).indexOf("InCsumErrors");
    return Long.parseLong(tcp[1].split(" ")[column]);
  }

  @ParameterizedTest
  @CsvSource({"10.%d.0.%d", "fd00:%d::%d"})
  void aStreamArrivesWholeInFewWrites(String family) throws Exception {
    for (boolean coalescing : new boolean[] {true, false}) {
      TunOptions options = SEGMENTED.withCoalescing(coalescing);
      try (var one = TunOffloadKernelTest.device("zjoin1", options, 1, 2);
          var other = TunOffloadKernelTest.device("zjoin2", options, 2, 1)) {
        var pump = new Pump();
        var pumping = CompletableFuture.runAsync(() -> pump.run(one, other), Kernel.THREADS);
        TunOffloadKernelTest.transfer(
            family.formatted(1, 2), family.formatted(2, 1), family.formatted(2, 2));
        pump.ended = true;
        pumping.get(5, TimeUnit.SECONDS);
        TunStatistics statistics = other.statistics();
        assertEquals(0, statistics.sendDrops());
        assertTrue(statistics.sentPackets() > 2900, statistics.toString());
        long writes = writes("zjoin2");
        if (coalescing) {
          assertTrue(writes < statistics.sentPackets() / 3, writes + " of " + statistics);
        } else {
          assertEquals(statistics.sentPackets(), writes);
        }
      }
    }
  }

  @Test
  void aSegmentThatWasChangedOnTheWayIsSentAgain() throws Exception {
    try (var one = TunOffloadKernelTest.device("zjoin1", SEGMENTED, 1, 2);
        var other = TunOffloadKernelTest.device("zjoin2", SEGMENTED, 2, 1)) {
      long before = wrongChecksums();
      var pump = new Pump();
      pump.corrupted = 400;
      var pumping = CompletableFuture.runAsync(() -> pump.run(one, other), Kernel.THREADS);
      TunOffloadKernelTest.transfer("10.1.0.2", "10.2.0.1", "10.2.0.2");
      pump.ended = true;
      pumping.get(5, TimeUnit.SECONDS);
      assertEquals(before + 1, wrongChecksums());
    }
  }
}
