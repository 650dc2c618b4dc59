package dev.zuido.testkit;

import java.time.Duration;

/**
 * What a {@link Channel} does to packets. The probabilities are independent of each other and
 * between packets.
 *
 * @param delayNanos the time from the end of serialisation to arrival
 * @param jitterNanos up to so much is added to the delay, uniformly; jitter alone keeps the order
 * @param loss the probability that a packet is lost
 * @param duplication the probability that a second copy arrives, up to {@code holdNanos} later
 * @param reordering the probability that a packet is held back, so that others overtake it
 * @param holdNanos how long at most a packet is held back for reordering
 * @param corruption the probability that one to three bits are flipped
 * @param rateBitsPerSecond the rate of serialisation, 0 for none
 * @param queueBytes how much may wait for serialisation; what exceeds it is dropped
 * @param mtu the longest packet in bytes; a longer one vanishes without a word
 */
public record Impairments(
    long delayNanos,
    long jitterNanos,
    double loss,
    double duplication,
    double reordering,
    long holdNanos,
    double corruption,
    long rateBitsPerSecond,
    int queueBytes,
    int mtu) {
  /** The longest IP packet. */
  public static final int MAX_PACKET = 65_535;

  /** Packets arrive at once and unharmed. */
  public static final Impairments NONE =
      new Impairments(0, 0, 0, 0, 0, 10_000_000, 0, 0, 256 * 1024, MAX_PACKET);

  /** Checks the ranges. */
  public Impairments {
    if (delayNanos < 0 || jitterNanos < 0 || holdNanos < 0) {
      throw new IllegalArgumentException("a delay is not negative");
    }
    checkProbability(loss);
    checkProbability(duplication);
    checkProbability(reordering);
    checkProbability(corruption);
    if (rateBitsPerSecond < 0 || queueBytes < 1 || mtu < 1) {
      throw new IllegalArgumentException("rate, queue and MTU are positive");
    }
  }

  /** With this delay. */
  public Impairments withDelay(Duration delay) {
    return new Impairments(
        delay.toNanos(),
        jitterNanos,
        loss,
        duplication,
        reordering,
        holdNanos,
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With up to so much added to the delay. */
  public Impairments withJitter(Duration jitter) {
    return new Impairments(
        delayNanos,
        jitter.toNanos(),
        loss,
        duplication,
        reordering,
        holdNanos,
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With this probability of loss. */
  public Impairments withLoss(double probability) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        probability,
        duplication,
        reordering,
        holdNanos,
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With this probability of a second copy. */
  public Impairments withDuplication(double probability) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        loss,
        probability,
        reordering,
        holdNanos,
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With this probability of holding a packet back, up to so long. */
  public Impairments withReordering(double probability, Duration hold) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        loss,
        duplication,
        probability,
        hold.toNanos(),
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With this probability of flipped bits. */
  public Impairments withCorruption(double probability) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        loss,
        duplication,
        reordering,
        holdNanos,
        probability,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  /** With this rate and a queue of so many bytes before it. */
  public Impairments withRate(long bitsPerSecond, int queueBytes) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        loss,
        duplication,
        reordering,
        holdNanos,
        corruption,
        bitsPerSecond,
        queueBytes,
        mtu);
  }

  /**
   * With this MTU in the middle of the way: a path MTU black hole, since nobody is told of what is
   * dropped.
   */
  public Impairments withMtu(int mtu) {
    return new Impairments(
        delayNanos,
        jitterNanos,
        loss,
        duplication,
        reordering,
        holdNanos,
        corruption,
        rateBitsPerSecond,
        queueBytes,
        mtu);
  }

  private static void checkProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is 0 to 1, not " + probability);
    }
  }
}
