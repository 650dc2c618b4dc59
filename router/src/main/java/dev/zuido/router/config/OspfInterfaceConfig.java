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
 * @param authentication how packets are authenticated, or null for the way of the area
 * @param authenticationKey the password of simple authentication, at most 8 bytes
 * @param messageDigestKey the key of message digests
 */
public record OspfInterfaceConfig(
    @Nullable OspfNetworkType networkType,
    OptionalInt cost,
    OptionalInt helloSeconds,
    OptionalInt deadSeconds,
    OptionalInt priority,
    OptionalInt retransmitSeconds,
    OptionalInt transmitDelaySeconds,
    boolean mtuIgnore,
    @Nullable OspfAuthenticationType authentication,
    @Nullable Secret authenticationKey,
    @Nullable MessageDigestKey messageDigestKey) {
  /** The most bytes of a simple password (RFC 2328, appendix D.2). */
  public static final int MAX_AUTHENTICATION_KEY = 8;

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
          false,
          null,
          null,
          null);

  /** Checks the ranges. */
  public OspfInterfaceConfig {
    cost.ifPresent(value -> Checks.range("an OSPF cost", value, 1, 65535));
    helloSeconds.ifPresent(value -> Checks.range("a hello interval", value, 1, 65535));
    deadSeconds.ifPresent(value -> Checks.range("a dead interval", value, 1, 65535));
    priority.ifPresent(value -> Checks.range("a router priority", value, 0, 255));
    retransmitSeconds.ifPresent(value -> Checks.range("a retransmit interval", value, 1, 65535));
    transmitDelaySeconds.ifPresent(value -> Checks.range("a transmit delay", value, 1, 65535));
    if (authenticationKey != null) {
      Checks.range(
          "the length of a simple password",
          authenticationKey.bytes().length(),
          1,
          MAX_AUTHENTICATION_KEY);
    }
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
    private @Nullable OspfAuthenticationType authentication;
    private @Nullable Secret authenticationKey;
    private @Nullable MessageDigestKey messageDigestKey;

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

    /** Sets {@link OspfInterfaceConfig#authentication()}. */
    public Builder authentication(@Nullable OspfAuthenticationType value) {
      authentication = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#authenticationKey()}. */
    public Builder authenticationKey(@Nullable Secret value) {
      authenticationKey = value;
      return this;
    }

    /** The key of message digests as it stands, or null. */
    public @Nullable MessageDigestKey messageDigestKey() {
      return messageDigestKey;
    }

    /** Sets {@link OspfInterfaceConfig#messageDigestKey()}. */
    public Builder messageDigestKey(@Nullable MessageDigestKey value) {
      messageDigestKey = value;
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
          mtuIgnore,
          authentication,
          authenticationKey,
          messageDigestKey);
    }
  }
}
