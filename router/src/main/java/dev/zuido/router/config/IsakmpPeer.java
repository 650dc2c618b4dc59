package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * A peer with which we begin in aggressive mode ({@code crypto isakmp peer address}).
 *
 * @param address the peer
 * @param description free text
 * @param clientEndpoint who we tell it that we are, if given: an address, a host or a user
 * @param password the key, if not that of {@code crypto isakmp key}
 */
public record IsakmpPeer(
    Ipv4Address address,
    @Nullable String description,
    @Nullable IsakmpIdentity clientEndpoint,
    @Nullable Secret password) {
  /** The section of a configuration text, {@code crypto isakmp peer address 1.2.3.4}. */
  public String section() {
    return "crypto isakmp peer address " + address;
  }

  /** Whether we begin with aggressive mode: where one of its lines is given. */
  public boolean initiatesAggressiveMode() {
    return clientEndpoint != null || password != null;
  }

  /** Where a peer is gathered. */
  public static final class Builder {
    private final Ipv4Address address;
    private @Nullable String description;
    private @Nullable IsakmpIdentity clientEndpoint;
    private @Nullable Secret password;

    /** A peer without settings. */
    public Builder(Ipv4Address address) {
      this.address = address;
    }

    /** Sets {@link IsakmpPeer#description()}. */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /** Sets {@link IsakmpPeer#clientEndpoint()}. */
    public Builder clientEndpoint(@Nullable IsakmpIdentity value) {
      clientEndpoint = value;
      return this;
    }

    /** Sets {@link IsakmpPeer#password()}. */
    public Builder password(@Nullable Secret value) {
      password = value;
      return this;
    }

    /** The immutable peer. */
    public IsakmpPeer build() {
      return new IsakmpPeer(address, description, clientEndpoint, password);
    }
  }
}
