package dev.zuido.router.config;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ip ospf} lines of an interface (RFC 2328, appendix C.3). What is empty takes the
 * default that the accessor beside it gives.
 *
 * @param networkType the network type, or null for the one of the interface's kind
 * @param cost the output cost, 1 to 65535; if empty it follows from the bandwidth
 * @param helloSeconds the hello interval, 1 to 65535
 * @param deadSeconds the router dead interval, 1 to 65535
 * @param priority the router priority, 0 to 255
 * @param retransmitSeconds the retransmission interval, 1 to 65535
 * @param transmitDelaySeconds the transit delay, 1 to 65535
 * @param mtuIgnore whether the MTU of a database description packet is not compared
 */
public record OspfInterfaceConfig(
    @Nullable OspfNetworkType networkType,
    OptionalInt cost,
    OptionalInt helloSeconds,
    OptionalInt deadSeconds,
    OptionalInt priority,
    OptionalInt retransmitSeconds,
    OptionalInt transmitDelaySeconds,
    boolean mtuIgnore) {
  /** Nothing given. */
  public static final OspfInterfaceConfig NONE =
      new OspfInterfaceConfig(
          null,
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          false);

  /** Checks the ranges. */
  public OspfInterfaceConfig {
    cost.ifPresent(value -> Checks.range("an OSPF cost", value, 1, 65535));
    helloSeconds.ifPresent(value -> Checks.range("a hello interval", value, 1, 65535));
    deadSeconds.ifPresent(value -> Checks.range("a dead interval", value, 1, 65535));
    priority.ifPresent(value -> Checks.range("a router priority", value, 0, 255));
    retransmitSeconds.ifPresent(value -> Checks.range("a retransmit interval", value, 1, 65535));
    transmitDelaySeconds.ifPresent(value -> Checks.range("a transmit delay", value, 1, 65535));
  }

  /** The hello interval in effect: 10 s on the network types that are known here. */
  public int effectiveHelloSeconds() {
    return helloSeconds.orElse(10);
  }

  /** The dead interval in effect: four hellos if none is given. */
  public int effectiveDeadSeconds() {
    return deadSeconds.orElse(Math.min(65535, 4 * effectiveHelloSeconds()));
  }

  /** The priority in effect: 1 if none is given. */
  public int effectivePriority() {
    return priority.orElse(1);
  }

  /** The retransmission interval in effect: 5 s if none is given. */
  public int effectiveRetransmitSeconds() {
    return retransmitSeconds.orElse(5);
  }

  /** The transit delay in effect: 1 s if none is given. */
  public int effectiveTransmitDelaySeconds() {
    return transmitDelaySeconds.orElse(1);
  }

  /** Where the values are gathered. */
  public static final class Builder {
    private @Nullable OspfNetworkType networkType;
    private OptionalInt cost = OptionalInt.empty();
    private OptionalInt helloSeconds = OptionalInt.empty();
    private OptionalInt deadSeconds = OptionalInt.empty();
    private OptionalInt priority = OptionalInt.empty();
    private OptionalInt retransmitSeconds = OptionalInt.empty();
    private OptionalInt transmitDelaySeconds = OptionalInt.empty();
    private boolean mtuIgnore;

    /** Nothing configured. */
    public Builder() {}

    /** Sets {@link OspfInterfaceConfig#networkType()}. */
    public Builder networkType(@Nullable OspfNetworkType value) {
      networkType = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#cost()}. */
    public Builder cost(OptionalInt value) {
      cost = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#helloSeconds()}. */
    public Builder helloSeconds(OptionalInt value) {
      helloSeconds = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#deadSeconds()}. */
    public Builder deadSeconds(OptionalInt value) {
      deadSeconds = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#priority()}. */
    public Builder priority(OptionalInt value) {
      priority = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#retransmitSeconds()}. */
    public Builder retransmitSeconds(OptionalInt value) {
      retransmitSeconds = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#transmitDelaySeconds()}. */
    public Builder transmitDelaySeconds(OptionalInt value) {
      transmitDelaySeconds = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#mtuIgnore()}. */
    public Builder mtuIgnore(boolean value) {
      mtuIgnore = value;
      return this;
    }

    /** The immutable values. */
    public OspfInterfaceConfig build() {
      return new OspfInterfaceConfig(
          networkType,
          cost,
          helloSeconds,
          deadSeconds,
          priority,
          retransmitSeconds,
          transmitDelaySeconds,
          mtuIgnore);
    }
  }
}
