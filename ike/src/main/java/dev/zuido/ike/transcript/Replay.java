package dev.zuido.ike.transcript;

import org.jspecify.annotations.Nullable;

/**
 * How a run that was repeated compares with its transcript.
 *
 * @param inputs how many inputs were repeated
 * @param sameConfiguration whether the configuration is that of the recording by its text, secrets
 *     aside; without it a difference is to be expected
 * @param difference the first difference, or null if there is none
 */
public record Replay(long inputs, boolean sameConfiguration, @Nullable Difference difference) {
  /** Whether every output was the same. */
  public boolean isSame() {
    return difference == null;
  }

  /** For a person: where the two differ and in what. */
  @Override
  public String toString() {
    return (difference == null ? "the same over " + inputs + " inputs" : difference.toString())
        + (sameConfiguration ? "" : "; the configuration is another than that of the recording");
  }

  /**
   * Where a repeated run is another than its transcript.
   *
   * @param line the transcript's line, from 1
   * @param expected what stands there
   * @param actual what the engine did instead
   * @param firstByte the first byte that differs, from 0, if both have sent a datagram between the
   *     same ends; else -1
   */
  public record Difference(int line, String expected, String actual, int firstByte) {
    @Override
    public String toString() {
      return "line "
          + line
          + ": expected was \""
          + expected
          + "\", but the engine: \""
          + actual
          + "\""
          + (firstByte < 0 ? "" : ", different from byte " + firstByte + " on");
    }
  }
}
