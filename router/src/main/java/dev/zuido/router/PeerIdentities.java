package dev.zuido.router;

import dev.zuido.ike.message.Identity;
import dev.zuido.router.config.IsakmpIdentity;
import dev.zuido.router.config.IsakmpNameKey;
import dev.zuido.router.config.IsakmpOptions.IdentityKind;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpProfile;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer and we are to each other: of the lines that say so, those of the peer come before its
 * profile's, and these before those for all.
 */
final class PeerIdentities {
  private final RouterConfig config;

  PeerIdentities(RouterConfig config) {
    this.config = config;
  }

  /** The lines for a peer at one address. */
  Optional<IsakmpPeer> peer(Ipv4Prefix remote) {
    return isHost(remote) ? config.isakmpPeer(remote.address()) : Optional.empty();
  }

  /** The key by name of a peer whose address {@code ip host} gives. */
  Optional<IsakmpNameKey> nameKey(Ipv4Prefix remote) {
    return isHost(remote) ? config.isakmpNameKeyFor(remote.address()) : Optional.empty();
  }

  /**
   * Who we say we are.
   *
   * @param local the address of the interface that has the crypto map
   * @param subject the subject of our certificate, if we have one
   */
  Identity local(
      Ipv4Address local,
      Ipv4Prefix remote,
      @Nullable IsakmpProfile profile,
      @Nullable X500Principal subject) {
    IsakmpIdentity endpoint = peer(remote).map(IsakmpPeer::clientEndpoint).orElse(null);
    if (endpoint != null) {
      return identity(endpoint);
    }
    IsakmpProfile.SelfIdentity self = profile == null ? null : profile.selfIdentity();
    if (self != null && self.user() != null) {
      return identity(self.user());
    }
    IdentityKind kind =
        self == null || self.kind() == null ? config.isakmpOptions().identity() : self.kind();
    return switch (kind) {
      case ADDRESS -> new Identity.Ipv4(local);
      case HOSTNAME ->
          new Identity.Fqdn(
              config
                  .fullName()
                  .orElseThrow(
                      () ->
                          new UnsupportedConfigurationException(
                              "crypto isakmp identity hostname", "there is no 'hostname'")));
      case DISTINGUISHED_NAME -> {
        if (subject == null) {
          throw new UnsupportedConfigurationException(
              "crypto isakmp identity dn", "there is no certificate with a name");
        }
        yield new Identity.DistinguishedName(ByteString.of(subject.getEncoded()));
      }
      case KEY_ID -> keyId(String.valueOf(config.isakmpOptions().keyId()));
    };
  }

  /** Who the peer must say it is; null for its address. */
  @Nullable Identity remote(Ipv4Prefix remote, @Nullable IsakmpProfile profile) {
    IsakmpIdentity match = profile == null ? null : profile.match();
    if (match != null) {
      return identity(match);
    }
    // A key by name is for who says this name.
    boolean byAddress = config.isakmpKeyFor(remote).isPresent();
    return byAddress ? null : nameKey(remote).map(PeerIdentities::named).orElse(null);
  }

  /** Who a key by name is for: a user where the name has an at sign, else a host. */
  static Identity named(IsakmpNameKey key) {
    return key.hostname().indexOf('@') > 0
        ? new Identity.UserFqdn(key.hostname())
        : new Identity.Fqdn(key.hostname());
  }

  static Identity identity(IsakmpIdentity from) {
    if (from instanceof IsakmpIdentity.Host host) {
      return new Identity.Fqdn(host.name());
    }
    if (from instanceof IsakmpIdentity.User user) {
      return new Identity.UserFqdn(user.name());
    }
    if (from instanceof IsakmpIdentity.KeyId keyId) {
      return keyId(keyId.id());
    }
    if (from instanceof IsakmpIdentity.DistinguishedName dn) {
      return new Identity.DistinguishedName(ByteString.of(dn.name().getEncoded()));
    }
    return new Identity.Ipv4(((IsakmpIdentity.Address) from).address());
  }

  private static Identity keyId(String id) {
    return new Identity.KeyId(ByteString.of(id.getBytes(StandardCharsets.US_ASCII)));
  }

  private static boolean isHost(Ipv4Prefix remote) {
    return remote.length() == 32;
  }
}
