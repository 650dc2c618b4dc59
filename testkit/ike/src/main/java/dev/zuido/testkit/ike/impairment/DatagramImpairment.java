package dev.zuido.testkit.ike.impairment;

import dev.zuido.wire.ByteString;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * An impairment of a datagram as the network or somebody in it can do it, without any key.
 *
 * @param name unique in the catalogue
 * @param description what it does, as a clause
 * @param where the steps that it makes sense at
 * @param action sends the datagram in its way
 */
public record DatagramImpairment(
    String name, String description, Predicate<Step> where, Action action) implements Impairment {
  /** Sends a datagram in the impairment's way. */
  @FunctionalInterface
  public interface Action {
    /**
     * Sends it.
     *
     * @param datagram the datagram as it should be
     * @param carriage where to send it
     * @param random decides what is open
     */
    void send(ByteString datagram, Carriage carriage, RandomGenerator random);
  }

  @Override
  public boolean appliesTo(Step step) {
    return where.test(step);
  }
}
