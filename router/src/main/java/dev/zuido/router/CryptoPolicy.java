package dev.zuido.router;

import dev.zuido.esp.IpsecBoundary;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.SecurityPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The crypto map of an interface at work: the boundary that its packets cross, and of each
 * protecting policy the child that IKE negotiates for it.
 *
 * @param mapName the crypto map's name
 * @param boundary policies and SAs
 * @param children by {@link SecurityPolicy#name()}
 */
record CryptoPolicy(String mapName, IpsecBoundary boundary, Map<String, ChildName> children) {
  /**
   * What IKE calls a pair of SAs.
   *
   * @param peer {@link dev.zuido.ike.PeerConfig#name}
   * @param child {@link dev.zuido.ike.ChildConfig#name}
   */
  record ChildName(String peer, String child) {}

  /** The policy that IKE's child stands for, or null. */
  @Nullable SecurityPolicy policyOf(String peer, String child) {
    ChildName name = new ChildName(peer, child);
    for (SecurityPolicy policy : boundary.policies().policies()) {
      if (name.equals(children.get(policy.name()))) {
        return policy;
      }
    }
    return null;
  }

  /**
   * The largest packet of this kind that still fits a link once it is protected.
   *
   * @param mtu the link's
   */
  int maxInner(byte[] bytes, int offset, int mtu) {
    SecurityPolicy policy = boundary.policies().outbound(bytes, offset);
    if (policy == null || policy.action() != PolicyAction.PROTECT) {
      return mtu;
    }
    OutboundSa association = boundary.associations().outbound(policy);
    return association == null ? mtu : association.parameters().maxInner(mtu);
  }
}
