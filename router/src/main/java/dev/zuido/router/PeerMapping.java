package dev.zuido.router;

import dev.zuido.ike.AggressiveMode;
import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.Credential;
import dev.zuido.ike.Credential.RsaKey;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.Fragmentation;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.NatTraversal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.PeerOptions;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpKey;
import dev.zuido.router.config.IsakmpNameKey;
import dev.zuido.router.config.IsakmpOptions;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpProfile;
import dev.zuido.router.config.NatTransparency;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration says of a peer, for the IKE engine: who it is and how both prove it. */
final class PeerMapping {
  private final RouterConfig config;
  private final PeerIdentities identities;
  private final Trustpoints trustpoints;

  PeerMapping(RouterConfig config, CertificateFiles files) {
    this.config = config;
    this.identities = new PeerIdentities(config);
    this.trustpoints = new Trustpoints(files);
  }

  /**
   * A peer with all that crypto maps negotiate with it.
   *
   * @param local the address of the interface that has the crypto map
   */
  PeerConfig peer(Ipv4Address local, Ipv4Address remote, List<ChildConfig> children) {
    return peer(remote.toString(), local, Ipv4Prefix.host(remote), children);
  }

  /** A peer, or with a prefix that is no host's all peers that may call from there. */
  PeerConfig peer(String name, Ipv4Address local, Ipv4Prefix remote, List<ChildConfig> children) {
    IsakmpProfile profile = config.isakmpProfileFor(remote).orElse(null);
    return made(
        name, local, remote, profile, identities.remote(remote, profile), key(remote), children);
  }

  /** Peers anywhere that say a name for which there is a key. */
  PeerConfig named(String name, Ipv4Address local, IsakmpNameKey key, List<ChildConfig> children) {
    IsakmpProfile profile = config.isakmpProfileFor(Ipv4Prefix.DEFAULT).orElse(null);
    return made(
        name,
        local,
        Ipv4Prefix.DEFAULT,
        profile,
        PeerIdentities.named(key),
        Optional.of(key.key()),
        children);
  }

  private PeerConfig made(
      String name,
      Ipv4Address local,
      Ipv4Prefix remote,
      @Nullable IsakmpProfile profile,
      @Nullable Identity remoteIdentity,
      Optional<dev.zuido.router.config.Secret> key,
      List<ChildConfig> children) {
    Map<AuthenticationMethod, Credential> credentials = new EnumMap<>(AuthenticationMethod.class);
    key.ifPresent(
        secret ->
            credentials.put(
                AuthenticationMethod.PRE_SHARED_KEY,
                new Credential.PreSharedKey(Secret.owning(secret.bytes().toArray()))));
    @Nullable RsaKey certified = certified(profile);
    if (certified != null) {
      credentials.put(AuthenticationMethod.RSA_SIGNATURES, certified);
    }
    List<IkeProposal> proposals =
        config.isakmpPolicies().stream()
            .map(IkeMapping::proposal)
            .filter(proposal -> credentials.containsKey(proposal.authentication()))
            .toList();
    if (proposals.isEmpty()) {
      throw new UnsupportedConfigurationException(
          "crypto isakmp policy", "for the peer " + remote + " there is no key that goes with one");
    }
    IsakmpPeer lines = identities.peer(remote).orElse(null);
    IsakmpKeepalive keepalive =
        profile == null || profile.keepalive() == null
            ? config.isakmpKeepalive()
            : profile.keepalive();
    try {
      Identity localIdentity =
          identities.local(
              local,
              remote,
              profile,
              certified == null ? null : certified.chain().get(0).getSubjectX500Principal());
      return PeerConfig.builder(name, local, remote)
          .identities(localIdentity, remoteIdentity)
          .credentials(new ArrayList<>(credentials.values()))
          .proposals(proposals)
          .dpd(dpd(keepalive))
          .children(children)
          .natTraversal(natTraversal(config.natTransparency()))
          .options(options(config.isakmpOptions(), lines, profile))
          .build();
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigurationException("crypto map", String.valueOf(e.getMessage()));
    }
  }

  /** Our certificate for peers with a profile; null if no policy asks for one, or there is none. */
  private @Nullable RsaKey certified(@Nullable IsakmpProfile profile) {
    return config.takesSignatures()
        ? config.trustpointFor(profile).map(trustpoints::credential).orElse(null)
        : null;
  }

  private Optional<dev.zuido.router.config.Secret> key(Ipv4Prefix remote) {
    return identities
        .peer(remote)
        .map(IsakmpPeer::password)
        .or(() -> config.isakmpKeyFor(remote).map(IsakmpKey::key))
        .or(() -> identities.nameKey(remote).map(IsakmpNameKey::key));
  }

  private static PeerOptions options(
      IsakmpOptions all, @Nullable IsakmpPeer lines, @Nullable IsakmpProfile profile) {
    boolean initiate =
        (lines != null && lines.initiatesAggressiveMode())
            || (profile != null && profile.initiateAggressive());
    AggressiveMode aggressiveMode =
        switch (all.aggressiveMode()) {
          case DISABLED -> AggressiveMode.OFF;
          case WHERE_CONFIGURED -> initiate ? AggressiveMode.INITIATE : AggressiveMode.OFF;
          case ACCEPTED -> initiate ? AggressiveMode.INITIATE : AggressiveMode.ACCEPT;
        };
    Fragmentation fragmentation =
        switch (all.fragmentation()) {
          case OFF -> Fragmentation.OFF;
          case ON -> Fragmentation.ON;
          case FORCED -> Fragmentation.FORCE;
        };
    return PeerOptions.DEFAULT
        .withAggressiveMode(aggressiveMode)
        .withFragmentation(fragmentation)
        .withInvalidSpiRecovery(all.invalidSpiRecovery());
  }

  private static NatTraversal natTraversal(NatTransparency nat) {
    return nat.udpEncapsulation()
        ? new NatTraversal(true, nat.forced(), nat.keepaliveSeconds())
        : NatTraversal.OFF;
  }

  private static DpdConfig dpd(@Nullable IsakmpKeepalive keepalive) {
    if (keepalive == null) {
      return DpdConfig.OFF;
    }
    return new DpdConfig(
        keepalive.periodic() ? DpdConfig.Mode.PERIODIC : DpdConfig.Mode.ON_DEMAND,
        keepalive.periodSeconds(),
        keepalive.retrySeconds(),
        IsakmpKeepalive.RETRIES);
  }
}
