package dev.zuido.router.config;

import org.jspecify.annotations.Nullable;

/**
 * The {@code crypto isakmp} lines that hold for all peers.
 *
 * @param identity who we say we are where nothing else is given
 * @param keyId the word of {@link IdentityKind#KEY_ID}, else null
 * @param aggressiveMode what is done about aggressive mode
 * @param fragmentation whether long messages are cut
 * @param invalidSpiRecovery whether a peer whose SPI is unknown here is told so
 */
public record IsakmpOptions(
    IdentityKind identity,
    @Nullable String keyId,
    AggressiveMode aggressiveMode,
    Fragmentation fragmentation,
    boolean invalidSpiRecovery) {
  /** What holds where nothing is given. */
  public static final IsakmpOptions DEFAULT =
      new IsakmpOptions(
          IdentityKind.ADDRESS, null, AggressiveMode.WHERE_CONFIGURED, Fragmentation.ON, false);

  /** Whom we are, {@code crypto isakmp identity}. */
  public enum IdentityKind {
    /** The address of the interface. */
    ADDRESS("address"),
    /** The router's name with its domain. */
    HOSTNAME("hostname"),
    /** The subject of our certificate. */
    DISTINGUISHED_NAME("dn"),
    /** A word of our own: a line of the ASA. */
    KEY_ID("key-id");

    private final String iosName;

    IdentityKind(String iosName) {
      this.iosName = iosName;
    }

    /** The word of {@code crypto isakmp identity}. */
    public String iosName() {
      return iosName;
    }
  }

  /** What is done about aggressive mode, {@code crypto isakmp aggressive-mode disable}. */
  public enum AggressiveMode {
    /** {@code disable}: neither accepted nor begun. */
    DISABLED,
    /** Nothing is said: begun with a peer that has a line for it, not accepted from others. */
    WHERE_CONFIGURED,
    /** {@code no … disable}: accepted from all peers too, which IOS does where nothing is said. */
    ACCEPTED
  }

  /** Whether long messages are cut, {@code crypto isakmp fragmentation}. */
  public enum Fragmentation {
    /** Not. */
    OFF,
    /** To peers that announce that they know it. */
    ON,
    /** To all peers. */
    FORCED
  }

  /** Checks that a key ID is there just where it is told. */
  public IsakmpOptions {
    if ((identity == IdentityKind.KEY_ID) != (keyId != null)) {
      throw new IllegalArgumentException("a key ID belongs to 'crypto isakmp identity key-id'");
    }
    if (keyId != null) {
      keyId = new IsakmpIdentity.KeyId(keyId).id();
    }
  }

  /** The same with another identity. */
  public IsakmpOptions withIdentity(IdentityKind value, @Nullable String id) {
    return new IsakmpOptions(value, id, aggressiveMode, fragmentation, invalidSpiRecovery);
  }

  /** The same with another answer to aggressive mode. */
  public IsakmpOptions withAggressiveMode(AggressiveMode value) {
    return new IsakmpOptions(identity, keyId, value, fragmentation, invalidSpiRecovery);
  }

  /** The same with other fragmentation. */
  public IsakmpOptions withFragmentation(Fragmentation value) {
    return new IsakmpOptions(identity, keyId, aggressiveMode, value, invalidSpiRecovery);
  }

  /** The same with or without recovery. */
  public IsakmpOptions withInvalidSpiRecovery(boolean value) {
    return new IsakmpOptions(identity, keyId, aggressiveMode, fragmentation, value);
  }
}
