package dev.zuido.esp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ordered rules of what is protected, let by and discarded (RFC 4301 section 4.4.1).
 *
 * <p>It is immutable and may be shared by threads: a change of configuration makes another one. The
 * first policy that selects a packet decides; what no policy selects has the fallback action. RFC
 * 4301 section 5 asks for {@link PolicyAction#DISCARD} there; a router whose crypto map leaves
 * other traffic alone gives {@link PolicyAction#BYPASS}.
 *
 * <p>A fragment other than the first shows no ports. A policy that selects by ports and protects or
 * discards takes it all the same if its addresses and protocol fit, so that no part of protected
 * traffic passes in the clear (RFC 4301 section 7); one that bypasses does not. The same goes for a
 * later fragment of IPv6 that does not show its protocol.
 *
 * <p>Looking a packet up visits few of the policies, however many there are. Who looks up many
 * packets does it with a {@link PolicyLookup}, which remembers flows. Making a database takes a
 * moment: some tens of milliseconds for ten thousand policies.
 */
public final class SecurityPolicyDatabase {
  /** The most policies that a database takes. */
  public static final int MAX_POLICIES = 65_536;

  /** What decides about IPv6 packets whose extension headers cannot be walked. */
  private static final SecurityPolicy UNREADABLE =
      new SecurityPolicy("malformed extension headers", TrafficSelector.ANY, PolicyAction.DISCARD);

  private final List<SecurityPolicy> policies;
  private final SecurityPolicy[] ordered;
  private final PolicyAction fallback;
  private final PolicyIndex ipv4Ports;
  private final PolicyIndex ipv4Protocol;
  private final PolicyIndex ipv6Ports;
  private final PolicyIndex ipv6Protocol;
  private final PolicyIndex ipv6Addresses;

  /**
   * Makes a database.
   *
   * @param policies in order: the first that selects a packet decides
   * @param fallback what happens to packets that no policy selects; not {@link
   *     PolicyAction#PROTECT}, since there would be no policy to protect them by
   * @throws IllegalArgumentException if two policies have one name, or there are too many
   */
  public SecurityPolicyDatabase(List<SecurityPolicy> policies, PolicyAction fallback) {
    if (fallback == PolicyAction.PROTECT) {
      throw new IllegalArgumentException("the fallback cannot protect");
    }
    if (policies.size() > MAX_POLICIES) {
      throw new IllegalArgumentException("more than " + MAX_POLICIES + " policies");
    }
    Set<String> names = new HashSet<>();
    for (SecurityPolicy policy : policies) {
      if (!names.add(policy.name())) {
        throw new IllegalArgumentException("two policies are named '" + policy.name() + "'");
      }
    }
    this.policies = List.copyOf(policies);
    this.ordered = this.policies.toArray(new SecurityPolicy[0]);
    this.fallback = fallback;
    this.ipv4Ports = new PolicyIndex(ordered, false, PolicyIndex.Kind.PORTS);
    this.ipv4Protocol = new PolicyIndex(ordered, false, PolicyIndex.Kind.PROTOCOL);
    this.ipv6Ports = new PolicyIndex(ordered, true, PolicyIndex.Kind.PORTS);
    this.ipv6Protocol = new PolicyIndex(ordered, true, PolicyIndex.Kind.PROTOCOL);
    this.ipv6Addresses = new PolicyIndex(ordered, true, PolicyIndex.Kind.ADDRESSES);
  }

  /** The policies in order. */
  public List<SecurityPolicy> policies() {
    return policies;
  }

  /** What happens to packets that no policy selects. */
  public PolicyAction fallback() {
    return fallback;
  }

  /**
   * The policy for a well-formed IPv4 or IPv6 packet that is about to leave.
   *
   * @return the first policy that selects it; or null where the fallback holds; or one that
   *     discards and is none of {@link #policies} for an IPv6 packet whose extension headers cannot
   *     be walked
   */
  public @Nullable SecurityPolicy outbound(byte[] bytes, int offset) {
    return policyAt(lookUp(bytes, offset, true));
  }

  /**
   * The policy for a well-formed IPv4 or IPv6 packet that has arrived: in the clear, or out of an
   * SA.
   *
   * @return as {@link #outbound}
   */
  public @Nullable SecurityPolicy inbound(byte[] bytes, int offset) {
    return policyAt(lookUp(bytes, offset, false));
  }

  private int lookUp(byte[] bytes, int offset, boolean outbound) {
    FlowKey key = new FlowKey();
    return key.read(bytes, offset, outbound) ? find(key) : PolicyLookup.UNREADABLE;
  }

  /** The place of the first policy that decides, or {@link PolicyLookup#NO_POLICY}. */
  int find(FlowKey key) {
    int found = indexFor(key).find(key);
    return found == PolicyIndex.NONE ? PolicyLookup.NO_POLICY : found;
  }

  private PolicyIndex indexFor(FlowKey key) {
    if (UpperLayer.showsPorts(key.upper)) {
      return key.ipv6 ? ipv6Ports : ipv4Ports;
    }
    if (UpperLayer.protocol(key.upper) == UpperLayer.HIDDEN_PROTOCOL) {
      return ipv6Addresses;
    }
    return key.ipv6 ? ipv6Protocol : ipv4Protocol;
  }

  /** What a place means: a policy, or null for the fallback. */
  @Nullable SecurityPolicy policyAt(int index) {
    return index >= 0 ? ordered[index] : index == PolicyLookup.UNREADABLE ? UNREADABLE : null;
  }

  /** What a lookup's result means: the policy's action, or the fallback for null. */
  public PolicyAction actionOf(@Nullable SecurityPolicy policy) {
    return policy == null ? fallback : policy.action();
  }
}
