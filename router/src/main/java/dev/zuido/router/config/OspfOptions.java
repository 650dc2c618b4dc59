package dev.zuido.router.config;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What an OSPF process does where it has a choice.
 *
 * @param defaultMetric the metric of redistributed static routes whose line gives none
 * @param distance the administrative distances of its routes
 * @param maximumPaths how many next hops a route keeps, 1 to 64
 * @param spfThrottle how long the route calculation waits, or null where that is not given
 * @param lsaThrottle how far apart the instances of an own LSA are, likewise
 * @param maxMetric when transit traffic is kept away, or null for never
 * @param restart graceful restart
 * @param prefixSuppression whether networks between routers are left out (RFC 6860)
 * @param ttlSecurityHops how many hops a packet may have come, 1 to 254; empty for no check
 * @param rfc1583 whether external routes are preferred as by RFC 1583
 * @param maxLsa how many LSAs of others there may be; empty for the engine's limit
 * @param opaque whether opaque LSAs are taken (RFC 5250)
 */
public record OspfOptions(
    OptionalInt defaultMetric,
    OspfDistance distance,
    int maximumPaths,
    @Nullable OspfThrottle spfThrottle,
    @Nullable OspfThrottle lsaThrottle,
    @Nullable OspfMaxMetric maxMetric,
    OspfRestart restart,
    boolean prefixSuppression,
    OptionalInt ttlSecurityHops,
    boolean rfc1583,
    OptionalInt maxLsa,
    boolean opaque) {
  /** The next hops of a route where no number is given. */
  public static final int DEFAULT_MAXIMUM_PATHS = 4;

  /** The hops of TTL security where no number is given. */
  public static final int DEFAULT_HOPS = 1;

  /** Nothing given. */
  public static final OspfOptions DEFAULT = new Builder().build();

  /** Checks the ranges. */
  public OspfOptions {
    defaultMetric.ifPresent(value -> Checks.range("a metric", value, 1, OspfArea.LARGEST_COST));
    Checks.range("a number of paths", maximumPaths, 1, 64);
    ttlSecurityHops.ifPresent(value -> Checks.range("a number of hops", value, 1, 254));
    maxLsa.ifPresent(value -> Checks.range("a number of LSAs", value, 1, Integer.MAX_VALUE));
  }

  /** Where the options are gathered. */
  public static final class Builder {
    private OptionalInt defaultMetric = OptionalInt.empty();
    private OspfDistance distance = OspfDistance.DEFAULT;
    private int maximumPaths = DEFAULT_MAXIMUM_PATHS;
    private @Nullable OspfThrottle spfThrottle;
    private @Nullable OspfThrottle lsaThrottle;
    private @Nullable OspfMaxMetric maxMetric;
    private OspfRestart restart = OspfRestart.DEFAULT;
    private boolean prefixSuppression;
    private OptionalInt ttlSecurityHops = OptionalInt.empty();
    private boolean rfc1583 = true;
    private OptionalInt maxLsa = OptionalInt.empty();
    private boolean opaque = true;

    /** Nothing given. */
    public Builder() {}

    /** Sets {@link OspfOptions#defaultMetric()}. */
    public Builder defaultMetric(OptionalInt value) {
      defaultMetric = value;
      return this;
    }

    /** What {@link OspfOptions#distance()} is so far. */
    public OspfDistance distance() {
      return distance;
    }

    /** Sets {@link OspfOptions#distance()}. */
    public Builder distance(OspfDistance value) {
      distance = value;
      return this;
    }

    /** Sets {@link OspfOptions#maximumPaths()}. */
    public Builder maximumPaths(int value) {
      maximumPaths = value;
      return this;
    }

    /** Sets {@link OspfOptions#spfThrottle()}. */
    public Builder spfThrottle(@Nullable OspfThrottle value) {
      spfThrottle = value;
      return this;
    }

    /** Sets {@link OspfOptions#lsaThrottle()}. */
    public Builder lsaThrottle(@Nullable OspfThrottle value) {
      lsaThrottle = value;
      return this;
    }

    /** Sets {@link OspfOptions#maxMetric()}. */
    public Builder maxMetric(@Nullable OspfMaxMetric value) {
      maxMetric = value;
      return this;
    }

    /** What {@link OspfOptions#restart()} is so far. */
    public OspfRestart restart() {
      return restart;
    }

    /** Sets {@link OspfOptions#restart()}. */
    public Builder restart(OspfRestart value) {
      restart = value;
      return this;
    }

    /** Sets {@link OspfOptions#prefixSuppression()}. */
    public Builder prefixSuppression(boolean value) {
      prefixSuppression = value;
      return this;
    }

    /** Sets {@link OspfOptions#ttlSecurityHops()}. */
    public Builder ttlSecurityHops(OptionalInt value) {
      ttlSecurityHops = value;
      return this;
    }

    /** Sets {@link OspfOptions#rfc1583()}. */
    public Builder rfc1583(boolean value) {
      rfc1583 = value;
      return this;
    }

    /** Sets {@link OspfOptions#maxLsa()}. */
    public Builder maxLsa(OptionalInt value) {
      maxLsa = value;
      return this;
    }

    /** Sets {@link OspfOptions#opaque()}. */
    public Builder opaque(boolean value) {
      opaque = value;
      return this;
    }

    /** The immutable options. */
    public OspfOptions build() {
      return new OspfOptions(
          defaultMetric,
          distance,
          maximumPaths,
          spfThrottle,
          lsaThrottle,
          maxMetric,
          restart,
          prefixSuppression,
          ttlSecurityHops,
          rfc1583,
          maxLsa,
          opaque);
    }
  }
}
