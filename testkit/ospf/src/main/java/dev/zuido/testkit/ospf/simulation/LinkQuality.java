package dev.zuido.testkit.ospf.simulation;

/**
 * What a segment does to packets.
 *
 * @param delayNanos how long every packet takes
 * @param loss how many of all packets are lost, 0 to 1
 * @param duplication how many come twice, 0 to 1
 * @param reordering how many are late, so that others overtake them, 0 to 1
 * @param latenessNanos how late they are at most
 */
public record LinkQuality(
    long delayNanos, double loss, double duplication, double reordering, long latenessNanos) {
  /** A millisecond, and nothing goes wrong. */
  public static final LinkQuality GOOD = new LinkQuality(1_000_000, 0, 0, 0, 0);

  /** Checks the ranges. */
  public LinkQuality {
    requireShare("loss", loss);
    requireShare("duplication", duplication);
    requireShare("reordering", reordering);
    if (delayNanos < 1 || latenessNanos < 0) {
      throw new IllegalArgumentException("a packet takes some time");
    }
  }

  /** A quality with so many percent of each fault; late packets are up to 200 ms late. */
  public static LinkQuality ofPercent(int loss, int duplication, int reordering) {
    return new LinkQuality(
        1_000_000, loss / 100.0, duplication / 100.0, reordering / 100.0, 200_000_000);
  }

  private static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the " + what + " is 0 to 1, not " + share);
    }
  }
}
