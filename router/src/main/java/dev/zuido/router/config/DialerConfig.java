package dev.zuido.router.config;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The dialling of a Dialer interface, and PPP on the line that it raises.
 *
 * @param pool the pool whose line it dials, 1 to 255; without one it dials none, and needs a link
 *     of its own
 * @param group the number of the dialer list that says which traffic is interesting, 1 to 128;
 *     without one none is
 * @param encapsulationPpp whether the line speaks PPP: without {@code encapsulation ppp} nothing is
 *     dialled
 * @param idle when a line on demand is ended; of no consequence to others
 * @param persistent whether the line is dialled and kept whatever the traffic; null if not asked
 *     for
 * @param addressNegotiated whether the address is what the concentrator gives (IPCP, RFC 1332): the
 *     interface has none while the line is down
 * @param nameServersRequested whether the concentrator is asked for name servers (RFC 1877)
 * @param authentication who proves what
 * @param timers PPP's timers and counters
 */
public record DialerConfig(
    OptionalInt pool,
    OptionalInt group,
    boolean encapsulationPpp,
    DialerIdle idle,
    @Nullable DialerPersistent persistent,
    boolean addressNegotiated,
    boolean nameServersRequested,
    PppAuthenticationConfig authentication,
    PppTimersConfig timers) {
  /** Nothing given. */
  public static final DialerConfig NONE =
      new DialerConfig(
          OptionalInt.empty(),
          OptionalInt.empty(),
          false,
          DialerIdle.IOS,
          null,
          false,
          false,
          PppAuthenticationConfig.NONE,
          PppTimersConfig.IOS);

  /** Checks the ranges. */
  public DialerConfig {
    if (pool.isPresent()) {
      Checks.range("a dialer pool", pool.getAsInt(), 1, 255);
    }
    if (group.isPresent()) {
      Checks.range("a dialer group", group.getAsInt(), 1, 128);
    }
  }

  /** The same with another pool. */
  public DialerConfig withPool(OptionalInt value) {
    return new DialerConfig(
        value,
        group,
        encapsulationPpp,
        idle,
        persistent,
        addressNegotiated,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with another dialer list. */
  public DialerConfig withGroup(OptionalInt value) {
    return new DialerConfig(
        pool,
        value,
        encapsulationPpp,
        idle,
        persistent,
        addressNegotiated,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with or without PPP. */
  public DialerConfig withEncapsulationPpp(boolean value) {
    return new DialerConfig(
        pool,
        group,
        value,
        idle,
        persistent,
        addressNegotiated,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with another idle timeout. */
  public DialerConfig withIdle(DialerIdle value) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        value,
        persistent,
        addressNegotiated,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with the line kept, or not. */
  public DialerConfig withPersistent(@Nullable DialerPersistent value) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        idle,
        value,
        addressNegotiated,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with its address from the concentrator, or not. */
  public DialerConfig withAddressNegotiated(boolean value) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        idle,
        persistent,
        value,
        nameServersRequested,
        authentication,
        timers);
  }

  /** The same with name servers from the concentrator, or not. */
  public DialerConfig withNameServersRequested(boolean value) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        idle,
        persistent,
        addressNegotiated,
        value,
        authentication,
        timers);
  }

  /** The same with other proofs. */
  public DialerConfig withAuthentication(UnaryOperator<PppAuthenticationConfig> change) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        idle,
        persistent,
        addressNegotiated,
        nameServersRequested,
        change.apply(authentication),
        timers);
  }

  /** The same with other timers. */
  public DialerConfig withTimers(UnaryOperator<PppTimersConfig> change) {
    return new DialerConfig(
        pool,
        group,
        encapsulationPpp,
        idle,
        persistent,
        addressNegotiated,
        nameServersRequested,
        authentication,
        change.apply(timers));
  }
}
