package dev.zuido.ike.transcript;

import java.util.random.RandomGenerator;

/**
 * Randomness that is no secret over a tape. Every kind of draw goes to the same method of the
 * generator behind it, so that this one gives what it would have given alone.
 */
final class TapedJitter implements RandomGenerator {
  private final Tape tape;
  private final RandomGenerator world;

  TapedJitter(Tape tape, RandomGenerator world) {
    this.tape = tape;
    this.world = world;
  }

  @Override
  public boolean nextBoolean() {
    return tape.number("jitter boolean", () -> world.nextBoolean() ? 1 : 0) != 0;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    tape.fill("jitter bytes", bytes, world::nextBytes);
  }

  @Override
  public int nextInt() {
    return (int) tape.number("jitter int", world::nextInt);
  }

  @Override
  public int nextInt(int bound) {
    return (int) tape.number("jitter int " + bound, () -> world.nextInt(bound));
  }

  @Override
  public int nextInt(int origin, int bound) {
    return (int)
        tape.number("jitter int " + origin + " " + bound, () -> world.nextInt(origin, bound));
  }

  @Override
  public long nextLong() {
    return tape.number("jitter long", world::nextLong);
  }

  @Override
  public long nextLong(long bound) {
    return tape.number("jitter long " + bound, () -> world.nextLong(bound));
  }

  @Override
  public long nextLong(long origin, long bound) {
    return tape.number("jitter long " + origin + " " + bound, () -> world.nextLong(origin, bound));
  }

  @Override
  public float nextFloat() {
    return toFloat(tape.number("jitter float", () -> Float.floatToRawIntBits(world.nextFloat())));
  }

  @Override
  public float nextFloat(float bound) {
    return toFloat(
        tape.number(
            "jitter float " + bound, () -> Float.floatToRawIntBits(world.nextFloat(bound))));
  }

  @Override
  public float nextFloat(float origin, float bound) {
    return toFloat(
        tape.number(
            "jitter float " + origin + " " + bound,
            () -> Float.floatToRawIntBits(world.nextFloat(origin, bound))));
  }

  private static float toFloat(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  @Override
  public double nextDouble() {
    return toDouble(
        tape.number("jitter double", () -> Double.doubleToRawLongBits(world.nextDouble())));
  }

  @Override
  public double nextDouble(double bound) {
    return toDouble(
        tape.number(
            "jitter double " + bound, () -> Double.doubleToRawLongBits(world.nextDouble(bound))));
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return toDouble(
        tape.number(
            "jitter double " + origin + " " + bound,
            () -> Double.doubleToRawLongBits(world.nextDouble(origin, bound))));
  }

  @Override
  public double nextGaussian() {
    return toDouble(
        tape.number("jitter gaussian", () -> Double.doubleToRawLongBits(world.nextGaussian())));
  }

  @Override
  public double nextGaussian(double mean, double deviation) {
    return toDouble(
        tape.number(
            "jitter gaussian " + mean + " " + deviation,
            () -> Double.doubleToRawLongBits(world.nextGaussian(mean, deviation))));
  }

  @Override
  public double nextExponential() {
    return toDouble(
        tape.number(
            "jitter exponential", () -> Double.doubleToRawLongBits(world.nextExponential())));
  }

  private static double toDouble(long bits) {
    return Double.longBitsToDouble(bits);
  }
}
