package dev.zuido.router.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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
 * @param messageDigestKeys the keys of message digests, by Key ID
 * @param keyChain the chain whose keys make the digests, or null; it goes with {@link
 *     OspfAuthenticationType#KEY_CHAIN}
 * @param attachment the process and area that it is put into by a line of its own, or null
 * @param prefixSuppression whether its network is left out (RFC 6860); the process's way if empty
 * @param ttlSecurityHops how many hops a packet may have come, 1 to 254; 0 for no check, the
 *     process's way if empty
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
    List<MessageDigestKey> messageDigestKeys,
    @Nullable String keyChain,
    @Nullable OspfAttachment attachment,
    Optional<Boolean> prefixSuppression,
    OptionalInt ttlSecurityHops) {
  /** The most bytes of a simple password (RFC 2328, appendix D.2). */
  public static final int MAX_AUTHENTICATION_KEY = 8;

  /** The most keys of message digests that an interface has at a time. */
  public static final int MAX_DIGEST_KEYS = 8;

  /** Nothing given. */
  public static final OspfInterfaceConfig NONE = new Builder().build();

  /** Checks the ranges. */
  public OspfInterfaceConfig {
    messageDigestKeys = List.copyOf(messageDigestKeys);
    Checks.range("a number of digest keys", messageDigestKeys.size(), 0, MAX_DIGEST_KEYS);
    ttlSecurityHops.ifPresent(value -> Checks.range("a number of hops", value, 0, 254));
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

  /** The hello interval in effect on a network of this type. */
  public int effectiveHelloSeconds(OspfNetworkType type) {
    return helloSeconds.orElse(type.defaultHelloSeconds());
  }

  /** The dead interval in effect: four hellos if none is given. */
  public int effectiveDeadSeconds(OspfNetworkType type) {
    return deadSeconds.orElse(Math.min(65535, 4 * effectiveHelloSeconds(type)));
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
    private final TreeMap<Integer, MessageDigestKey> messageDigestKeys = new TreeMap<>();
    private @Nullable String keyChain;
    private @Nullable OspfAttachment attachment;
    private Optional<Boolean> prefixSuppression = Optional.empty();
    private OptionalInt ttlSecurityHops = OptionalInt.empty();

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

    /** How many keys of message digests there are besides one. */
    public int otherDigestKeys(int id) {
      return messageDigestKeys.size() - (messageDigestKeys.containsKey(id) ? 1 : 0);
    }

    /** Adds a key of message digests, in place of one of the same number. */
    public Builder messageDigestKey(MessageDigestKey value) {
      messageDigestKeys.put(value.id(), value);
      return this;
    }

    /** Removes a key of message digests; false if there is none such. */
    public boolean removeMessageDigestKey(int id) {
      return messageDigestKeys.remove(id) != null;
    }

    /** Sets {@link OspfInterfaceConfig#keyChain()}. */
    public Builder keyChain(@Nullable String value) {
      keyChain = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#attachment()}. */
    public Builder attachment(@Nullable OspfAttachment value) {
      attachment = value;
      return this;
    }

    /** What {@link OspfInterfaceConfig#attachment()} is so far. */
    public @Nullable OspfAttachment attachment() {
      return attachment;
    }

    /** Sets {@link OspfInterfaceConfig#prefixSuppression()}. */
    public Builder prefixSuppression(Optional<Boolean> value) {
      prefixSuppression = value;
      return this;
    }

    /** Sets {@link OspfInterfaceConfig#ttlSecurityHops()}. */
    public Builder ttlSecurityHops(OptionalInt value) {
      ttlSecurityHops = value;
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
          List.copyOf(messageDigestKeys.values()),
          keyChain,
          attachment,
          prefixSuppression,
          ttlSecurityHops);
    }
  }
}
