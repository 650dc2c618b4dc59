package dev.zuido.benchmarks;

import dev.zuido.wire.InternetChecksum;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The Internet checksum, beside a loop over 16-bit words. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChecksumBenchmark {
  @Param({"20", "64", "1400"})
  int length;

  private byte[] bytes;

  /** Makes random bytes, and has both loops agree on them. */
  @Setup
  public void prepare() {
    bytes = new byte[length];
    new SplittableRandom(1).nextBytes(bytes);
    if (checksum() != wordByWord()) {
      throw new IllegalStateException("the two sums differ");
    }
  }

  /** Zuido's sum. */
  @Benchmark
  public int checksum() {
    return InternetChecksum.of(bytes, 0, bytes.length);
  }

  /** The loop of RFC 1071 section 4.1. */
  @Benchmark
  public int wordByWord() {
    int sum = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }
}
