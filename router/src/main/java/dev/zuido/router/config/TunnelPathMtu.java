package dev.zuido.router.config;

import java.util.OptionalInt;

/**
 * Path MTU discovery of a tunnel: its packets are not to be fragmented on their way if what is
 * inside is not, and it heeds what routers on the way say about that.
 *
 * @param ageMinutes after so many minutes what was learned is forgotten, 10 to 30; empty for never
 * @param leastMtu what was learned is never taken for less, 92 to 65535
 */
public record TunnelPathMtu(OptionalInt ageMinutes, int leastMtu) {
  /** The shortest time. */
  public static final int FIRST_AGE_MINUTES = 10;

  /** The longest time that is not infinite. */
  public static final int LAST_AGE_MINUTES = 30;

  /** The least MTU that can be chosen. */
  public static final int FIRST_LEAST_MTU = 92;

  /** What IOS does where nothing else is given: ten minutes, and any MTU. */
  public static final TunnelPathMtu DEFAULT =
      new TunnelPathMtu(OptionalInt.of(FIRST_AGE_MINUTES), FIRST_LEAST_MTU);

  /** Checks the ranges. */
  public TunnelPathMtu {
    if (ageMinutes.isPresent()) {
      Checks.range(
          "an age of a path MTU", ageMinutes.getAsInt(), FIRST_AGE_MINUTES, LAST_AGE_MINUTES);
    }
    Checks.range("a least path MTU", leastMtu, FIRST_LEAST_MTU, 0xffff);
  }

  /** The same with another age. */
  public TunnelPathMtu withAgeMinutes(OptionalInt value) {
    return new TunnelPathMtu(value, leastMtu);
  }

  /** The same with another least MTU. */
  public TunnelPathMtu withLeastMtu(int value) {
    return new TunnelPathMtu(ageMinutes, value);
  }
}
