package dev.zuido.router.config;

import java.util.OptionalInt;
import java.util.function.Consumer;
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
    return changed(to -> to.pool = value);
  }

  /** The same with another dialer list. */
  public DialerConfig withGroup(OptionalInt value) {
    return changed(to -> to.group = value);
  }

  /** The same with or without PPP. */
  public DialerConfig withEncapsulationPpp(boolean value) {
    return changed(to -> to.encapsulationPpp = value);
  }

  /** The same with another idle timeout. */
  public DialerConfig withIdle(DialerIdle value) {
    return changed(to -> to.idle = value);
  }

  /** The same with the line kept, or not. */
  public DialerConfig withPersistent(@Nullable DialerPersistent value) {
    return changed(to -> to.persistent = value);
  }

  /** The same with its address from the concentrator, or not. */
  public DialerConfig withAddressNegotiated(boolean value) {
    return changed(to -> to.addressNegotiated = value);
  }

  /** The same with name servers from the concentrator, or not. */
  public DialerConfig withNameServersRequested(boolean value) {
    return changed(to -> to.nameServersRequested = value);
  }

  /** The same with other proofs. */
  public DialerConfig withAuthentication(UnaryOperator<PppAuthenticationConfig> change) {
    return changed(to -> to.authentication = change.apply(authentication));
  }

  /** The same with other timers. */
  public DialerConfig withTimers(UnaryOperator<PppTimersConfig> change) {
    return changed(to -> to.timers = change.apply(timers));
  }

  private DialerConfig changed(Consumer<Values> change) {
    Values values = new Values(this);
    change.accept(values);
    return values.together();
  }

  /** The components of one that is being made of another. */
  private static final class Values {
    private OptionalInt pool;
    private OptionalInt group;
    private boolean encapsulationPpp;
    private DialerIdle idle;
    private @Nullable DialerPersistent persistent;
    private boolean addressNegotiated;
    private boolean nameServersRequested;
    private PppAuthenticationConfig authentication;
    private PppTimersConfig timers;

    private Values(DialerConfig from) {
      pool = from.pool;
      group = from.group;
      encapsulationPpp = from.encapsulationPpp;
      idle = from.idle;
      persistent = from.persistent;
      addressNegotiated = from.addressNegotiated;
      nameServersRequested = from.nameServersRequested;
      authentication = from.authentication;
      timers = from.timers;
    }

    private DialerConfig together() {
      return new DialerConfig(
          pool,
          group,
          encapsulationPpp,
          idle,
          persistent,
          addressNegotiated,
          nameServersRequested,
          authentication,
          timers);
    }
  }
}
