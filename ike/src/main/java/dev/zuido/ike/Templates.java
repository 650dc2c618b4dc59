package dev.zuido.ike;

import dev.zuido.ike.message.Identity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain PeerConfig templates} of an engine. Several may cover an address: then the
 * identity of the caller decides between them.
 */
final class Templates {
  /** The longest prefix first, and of one prefix as they were configured. */
  private final List<PeerConfig> templates = new ArrayList<>();

  Templates(IkeConfig config) {
    for (PeerConfig peer : config.peers()) {
      if (!peer.isFixed()) {
        templates.add(peer);
      }
    }
    templates.sort((a, b) -> Integer.compare(b.remote().length(), a.remote().length()));
  }

  /** The templates that cover a path, the one with the longest prefix first. */
  List<PeerConfig> at(UdpPath path) {
    return templates.stream()
        .filter(
            template ->
                template.localAddress().equals(path.local().address())
                    && template.remote().contains(path.remote().address()))
        .toList();
  }

  /**
   * The first of several peers that an identity fits: first those that are configured with it, then
   * those without one. Before translators were looked for, any address may be the peer's.
   *
   * @param method how it is going to prove itself, or null if that is not known yet
   */
  static @Nullable PeerConfig claimed(
      List<PeerConfig> candidates, @Nullable AuthenticationMethod method, Identity identity) {
    for (PeerConfig each : candidates) {
      if (IdentityCheck.isSame(identity, each.remoteIdentity())) {
        return each;
      }
    }
    for (PeerConfig each : candidates) {
      boolean certified =
          method != AuthenticationMethod.PRE_SHARED_KEY
              && each.has(AuthenticationMethod.RSA_SIGNATURES)
              && !each.isFixed();
      if (each.remoteIdentity() == null && (certified || IdentityCheck.isAddress(identity))) {
        return each;
      }
    }
    return null;
  }

  /**
   * The template that a caller means in main mode, where the negotiation had to begin with the
   * first that covers its address: another one only if it has the same key and the proposal that
   * was agreed on.
   */
  PeerConfig meant(IsakmpSa sa, IkeProposal agreed, Identity identity) {
    PeerConfig begun = sa.peer().config();
    if (begun.isFixed()) {
      return begun;
    }
    AuthenticationMethod method = agreed.authentication();
    List<PeerConfig> candidates = new ArrayList<>();
    for (PeerConfig each : at(sa.firstPath())) {
      boolean sameKey =
          each.has(method)
              && (method != AuthenticationMethod.PRE_SHARED_KEY
                  || each.preSharedKey().equals(begun.preSharedKey()));
      if (sameKey && each.proposals().contains(agreed)) {
        candidates.add(each);
      }
    }
    PeerConfig claimed = claimed(candidates, method, identity);
    return claimed == null ? begun : claimed;
  }
}
