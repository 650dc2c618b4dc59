package dev.zuido.router;

import dev.zuido.esp.EspMode;
import dev.zuido.esp.IpsecBoundary;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.SecurityPolicyDatabase;
import dev.zuido.esp.TunnelHeader;
import dev.zuido.ike.SaParameters;
import dev.zuido.router.config.IpsecHandling;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The crypto map of an interface at work: the boundary that its packets cross, and of each
 * protecting policy the child that IKE negotiates for it.
 *
 * <p>For an SA that IKE has negotiated {@link #policyFor} gives the policy to install it under, and
 * {@link #released} is told when it is gone or was not installed. The policies of a dynamic map's
 * peers come and go with that.
 */
final class CryptoPolicy {
  private final String mapName;
  private final Ipv4Address local;
  private final IpsecHandling handling;
  private final NegotiatedPolicies policies;
  private final Map<String, ChildName> children;
  private final Map<Integer, SecurityPolicy> manual;
  private final IpsecBoundary boundary;

  /**
   * What IKE calls a pair of SAs.
   *
   * @param peer {@link dev.zuido.ike.PeerConfig#name}
   * @param child {@link dev.zuido.ike.ChildConfig#name}
   */
  record ChildName(String peer, String child) {}

  /**
   * Puts policies in force.
   *
   * @param local the address of the interface
   * @param handling what becomes of packets that are too long
   * @param children of the policies for which IKE may call the peer, by {@link
   *     SecurityPolicy#name()}
   * @param manual the policies whose SAs have static keys, by the numbers of their entries
   */
  CryptoPolicy(
      String mapName,
      Ipv4Address local,
      IpsecHandling handling,
      NegotiatedPolicies policies,
      Map<String, ChildName> children,
      Map<Integer, SecurityPolicy> manual,
      SecurityAssociationDatabase associations,
      IntPredicate isLocalAddress) {
    this.mapName = mapName;
    this.policies = policies;
    this.children = Map.copyOf(children);
    this.manual = Map.copyOf(manual);
    this.local = local;
    this.handling = handling;
    this.boundary = new IpsecBoundary(database(), associations, isLocalAddress);
  }

  private SecurityPolicyDatabase database() {
    return new SecurityPolicyDatabase(policies.inOrder(), PolicyAction.BYPASS);
  }

  /** The crypto map's name. */
  String mapName() {
    return mapName;
  }

  /** The address of the interface. */
  Ipv4Address local() {
    return local;
  }

  /** The header that tunnel mode puts before a packet. */
  TunnelHeader tunnelHeader() {
    TunnelHeader.DontFragment dontFragment =
        switch (handling.dfBit()) {
          case COPY -> TunnelHeader.DontFragment.COPY;
          case SET -> TunnelHeader.DontFragment.SET;
          case CLEAR -> TunnelHeader.DontFragment.CLEAR;
        };
    return new TunnelHeader(dontFragment, TunnelHeader.DEFAULT.dscp(), TunnelHeader.DEFAULT.ttl());
  }

  /** Policies and SAs. */
  IpsecBoundary boundary() {
    return boundary;
  }

  /**
   * What IKE has to negotiate for the policies, by {@link SecurityPolicy#name()}. A policy that is
   * not in it waits for the peer to call, or for nobody.
   */
  Map<String, ChildName> children() {
    return children;
  }

  /** The policy whose SAs have the static keys of an entry, or null. */
  @Nullable SecurityPolicy manualPolicy(int sequence) {
    return manual.get(sequence);
  }

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
   * The policy to install an SA under, made for it if its peer is one of a dynamic map; to be given
   * back with {@link #released}.
   *
   * @return null if nothing here asks for the SA, or there are {@link
   *     NegotiatedPolicies#MAX_POLICIES} already
   */
  @Nullable SecurityPolicy policyFor(SaParameters sa) {
    SecurityPolicy fixed = policyOf(sa.peer(), sa.child());
    if (fixed != null) {
      return fixed;
    }
    int before = policies.size();
    SecurityPolicy policy = policies.hold(sa);
    if (policies.size() != before) {
      boundary.replacePolicies(database());
    }
    return policy;
  }

  /**
   * An SA is gone, or was not installed after all: a policy that was made for it goes with the last
   * of its SAs.
   *
   * @param saId {@link SaParameters#id}; one that no policy was made for changes nothing
   */
  void released(long saId) {
    if (policies.release(saId)) {
      boundary.replacePolicies(database());
    }
  }

  /** How often {@link #policyFor} found {@link NegotiatedPolicies#MAX_POLICIES}. */
  long limitHits() {
    return policies.limitHits();
  }

  /**
   * The largest packet of this kind that still fits a link once it is protected. Where it may be
   * fragmented afterwards, that is any that fits the link as it is.
   *
   * @param mtu the link's
   * @param nowNanos the time: what was learned about the path to the peer grows old
   */
  int maxInner(byte[] bytes, int offset, int mtu, long nowNanos) {
    SecurityPolicy policy = boundary.lookup().outbound(bytes, offset);
    if (policy == null || policy.action() != PolicyAction.PROTECT) {
      return mtu;
    }
    if (!(boundary.associations().outbound(policy, bytes, offset) instanceof OutboundSa esp)
        || isFragmentedAfterwards(esp, bytes, offset)) {
      return mtu;
    }
    return esp.maxInner(bytes, offset, mtu, nowNanos);
  }

  /** Whether a packet is fragmented once it is protected: its outer header has to allow that. */
  private boolean isFragmentedAfterwards(OutboundSa association, byte[] bytes, int offset) {
    boolean wanted = handling.fragmentation() == IpsecHandling.Fragmentation.AFTER_ENCRYPTION;
    boolean dontFragment = Ipv4Fields.dontFragment(bytes, offset);
    IpsecHandling.DfBit outer =
        association.parameters().mode() == EspMode.TRANSPORT
            ? IpsecHandling.DfBit.COPY
            : handling.dfBit();
    return switch (outer) {
      case COPY -> wanted && !dontFragment;
      case SET -> false;
      // What must not be fragmented before can only be fragmented on its way.
      case CLEAR -> wanted || dontFragment;
    };
  }
}
