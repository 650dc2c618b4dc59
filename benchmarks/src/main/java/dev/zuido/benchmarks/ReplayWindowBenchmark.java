package dev.zuido.benchmarks;

import dev.zuido.esp.ReplayWindow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The replay window: a check and an advance, as each packet makes them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplayWindowBenchmark {
  @Param({"64", "4096"})
  int size;

  private ReplayWindow window;
  private long sequence;

  /** Makes an empty window. */
  @Setup
  public void prepare() {
    window = new ReplayWindow(size);
    window.advance(1);
    sequence = 2;
  }

  /** Packets in order. */
  @Benchmark
  public void inOrder() {
    take(sequence++);
  }

  /** Each pair of packets in reverse order. */
  @Benchmark
  public void reordered() {
    take(sequence++ ^ 1);
  }

  /** A packet that comes again. */
  @Benchmark
  public void replayed() {
    if (window.check(window.highest()) != ReplayWindow.Result.REPLAYED) {
      throw new IllegalStateException("the replay was not found");
    }
  }

  private void take(long number) {
    if (window.check(number) != ReplayWindow.Result.FRESH
        || window.advance(number) != ReplayWindow.Result.FRESH) {
      throw new IllegalStateException(number + " is not fresh");
    }
  }
}
