package dev.zuido.router.config;

import dev.zuido.router.config.IsakmpIdentity.User;
import dev.zuido.router.config.IsakmpOptions.IdentityKind;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the peers of the crypto map entries that name it ({@code crypto isakmp profile}).
 *
 * @param name its name
 * @param description free text
 * @param match who the peer has to be; a configuration without errors has it
 * @param selfIdentity who we are, if not {@link IsakmpOptions#identity()}
 * @param trustpoint the trustpoint of our certificate, if not the only one
 * @param initiateAggressive whether we begin with aggressive mode
 * @param keepalive dead peer detection, if not that of {@code crypto isakmp keepalive}
 */
public record IsakmpProfile(
    String name,
    @Nullable String description,
    @Nullable IsakmpIdentity match,
    @Nullable SelfIdentity selfIdentity,
    @Nullable String trustpoint,
    boolean initiateAggressive,
    @Nullable IsakmpKeepalive keepalive) {
  /** Checks the name. */
  public IsakmpProfile {
    Checks.name("a profile's name", name);
  }

  /** The section of a configuration text, {@code crypto isakmp profile BRANCH}. */
  public String section() {
    return "crypto isakmp profile " + name;
  }

  /**
   * Who we are towards these peers.
   *
   * @param kind address, hostname, or with a user's name {@code null}
   * @param user the user's name, if it is one
   */
  public record SelfIdentity(@Nullable IdentityKind kind, @Nullable User user) {
    /** Checks that it is one of both. */
    public SelfIdentity {
      if ((kind == null) == (user == null) || kind == IdentityKind.KEY_ID) {
        throw new IllegalArgumentException("one of address, hostname and user");
      }
    }
  }

  /** Where a profile is gathered. */
  public static final class Builder {
    private final String name;
    private @Nullable String description;
    private @Nullable IsakmpIdentity match;
    private @Nullable SelfIdentity selfIdentity;
    private @Nullable String trustpoint;
    private boolean initiateAggressive;
    private @Nullable IsakmpKeepalive keepalive;

    /** A profile without settings. */
    public Builder(String name) {
      this.name = name;
    }

    /** Sets {@link IsakmpProfile#description()}. */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /** What {@link IsakmpProfile#match()} is so far. */
    public @Nullable IsakmpIdentity match() {
      return match;
    }

    /** Sets {@link IsakmpProfile#match()}. */
    public Builder match(@Nullable IsakmpIdentity value) {
      match = value;
      return this;
    }

    /** Sets {@link IsakmpProfile#selfIdentity()}. */
    public Builder selfIdentity(@Nullable SelfIdentity value) {
      selfIdentity = value;
      return this;
    }

    /** Sets {@link IsakmpProfile#trustpoint()}. */
    public Builder trustpoint(@Nullable String value) {
      trustpoint = value;
      return this;
    }

    /** Sets {@link IsakmpProfile#initiateAggressive()}. */
    public Builder initiateAggressive(boolean value) {
      initiateAggressive = value;
      return this;
    }

    /** Sets {@link IsakmpProfile#keepalive()}. */
    public Builder keepalive(@Nullable IsakmpKeepalive value) {
      keepalive = value;
      return this;
    }

    /** The immutable profile. */
    public IsakmpProfile build() {
      return new IsakmpProfile(
          name, description, match, selfIdentity, trustpoint, initiateAggressive, keepalive);
    }
  }
}
