package dev.zuido.router.config.ios;

import dev.zuido.router.config.IsakmpIdentity;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpKey;
import dev.zuido.router.config.IsakmpNameKey;
import dev.zuido.router.config.IsakmpOptions;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.IsakmpProfile;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Trustpoint;
import dev.zuido.wire.Ipv4Prefix;

/** {@link IosWriter}'s lines of phase 1: policies, keys, peers, profiles, certificates. */
final class IsakmpWriter {
  private final IosWriter out;
  private final RouterConfig config;

  IsakmpWriter(IosWriter out, RouterConfig config) {
    this.out = out;
    this.config = config;
  }

  void write() {
    config.trustpoints().forEach(this::trustpoint);
    config.isakmpPolicies().forEach(this::policy);
    config.isakmpKeys().forEach(this::key);
    config.isakmpNameKeys().forEach(this::nameKey);
    options(config.isakmpOptions());
    config.isakmpPeers().forEach(this::peer);
    config.isakmpProfiles().forEach(this::profile);
  }

  private void trustpoint(Trustpoint point) {
    out.line(point.section());
    out.subGiven("certificate file", point.certificateFile());
    out.subGiven("key file", point.keyFile());
    out.subGiven("ca file", point.caFile());
  }

  private void policy(IsakmpPolicy policy) {
    out.line(policy.section());
    out.sub("encryption " + policy.encryption().iosName());
    out.sub("hash " + policy.hash().iosName());
    IsakmpPolicy defaults = new IsakmpPolicy.Builder(policy.number()).build();
    if (policy.authentication() != defaults.authentication()) {
      out.sub("authentication " + policy.authentication().iosName());
    }
    out.sub("group " + policy.group());
    if (policy.lifetimeSeconds() != defaults.lifetimeSeconds()) {
      out.sub("lifetime " + policy.lifetimeSeconds());
    }
  }

  private void key(IsakmpKey key) {
    Ipv4Prefix peers = key.peers();
    out.line(
        "crypto isakmp key 0 "
            + out.shown(key.key())
            + " address "
            + peers.address()
            + (peers.length() == 32 ? "" : " " + peers.mask()));
  }

  private void nameKey(IsakmpNameKey key) {
    out.line("crypto isakmp key 0 " + out.shown(key.key()) + " hostname " + key.hostname());
  }

  private void options(IsakmpOptions options) {
    if (options.identity() != IsakmpOptions.DEFAULT.identity()) {
      String id = options.keyId() == null ? "" : " " + options.keyId();
      out.line("crypto isakmp identity " + options.identity().iosName() + id);
    }
    switch (options.aggressiveMode()) {
      case DISABLED -> out.line("crypto isakmp aggressive-mode disable");
      case WHERE_CONFIGURED -> {}
      case ACCEPTED -> out.line("no crypto isakmp aggressive-mode disable");
    }
    switch (options.fragmentation()) {
      case OFF -> out.line("no crypto isakmp fragmentation");
      case ON -> {}
      case FORCED -> out.line("crypto isakmp fragmentation force");
    }
    if (options.invalidSpiRecovery()) {
      out.line("crypto isakmp invalid-spi-recovery");
    }
  }

  private void peer(IsakmpPeer peer) {
    out.line(peer.section());
    out.subGiven("description", peer.description());
    IsakmpIdentity endpoint = peer.clientEndpoint();
    if (endpoint != null) {
      out.sub("set aggressive-mode client-endpoint " + endpoint(endpoint));
    }
    if (peer.password() != null) {
      out.sub("set aggressive-mode password 0 " + out.shown(peer.password()));
    }
  }

  private static String endpoint(IsakmpIdentity endpoint) {
    if (endpoint instanceof IsakmpIdentity.Host host) {
      return "fqdn " + host.name();
    }
    if (endpoint instanceof IsakmpIdentity.User user) {
      return "user-fqdn " + user.name();
    }
    if (endpoint instanceof IsakmpIdentity.Address address) {
      return "ipv4-address " + address.address();
    }
    throw new IllegalStateException("no client endpoint: " + endpoint);
  }

  private void profile(IsakmpProfile profile) {
    out.line(profile.section());
    out.subGiven("description", profile.description());
    out.subGiven("ca trust-point", profile.trustpoint());
    IsakmpIdentity match = profile.match();
    if (match != null) {
      out.sub("match identity " + match(match));
    }
    IsakmpProfile.SelfIdentity self = profile.selfIdentity();
    if (self != null) {
      IsakmpIdentity.User user = self.user();
      out.sub(
          "self-identity "
              + (user != null
                  ? "user-fqdn " + user.name()
                  : self.kind() == IsakmpOptions.IdentityKind.HOSTNAME ? "fqdn" : "address"));
    }
    IsakmpKeepalive keepalive = profile.keepalive();
    if (keepalive != null) {
      out.sub("keepalive " + keepalive.periodSeconds() + " retry " + keepalive.retrySeconds());
    }
    if (profile.initiateAggressive()) {
      out.sub("initiate mode aggressive");
    }
  }

  private static String match(IsakmpIdentity match) {
    if (match instanceof IsakmpIdentity.Host host) {
      return "host " + host.name();
    }
    if (match instanceof IsakmpIdentity.User user) {
      return "user " + user.name();
    }
    if (match instanceof IsakmpIdentity.KeyId keyId) {
      return "key-id " + keyId.id();
    }
    if (match instanceof IsakmpIdentity.DistinguishedName dn) {
      return "dn " + dn.name().getName();
    }
    return "address " + ((IsakmpIdentity.Address) match).address();
  }
}
