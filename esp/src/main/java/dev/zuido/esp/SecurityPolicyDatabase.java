package dev.zuido.esp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ordered rules of what is protected, let by and discarded (RFC 4301 section 4.4.1).
 *
 * <p>It is immutable: a change of configuration makes another one. The first policy that selects a
 * packet decides; what no policy selects has the fallback action. RFC 4301 section 5 asks for
 * {@link PolicyAction#DISCARD} there; a router whose crypto map leaves other traffic alone gives
 * {@link PolicyAction#BYPASS}.
 *
 * <p>A fragment other than the first shows no ports. A policy that selects by ports and protects or
 * discards takes it all the same if its addresses and protocol fit, so that no part of protected
 * traffic passes in the clear (RFC 4301 section 7); one that bypasses does not.
 */
public final class SecurityPolicyDatabase {
  /** The most policies that a database takes. */
  public static final int MAX_POLICIES = 65_536;

  private final List<SecurityPolicy> policies;
  private final SecurityPolicy[] ordered;
  private final PolicyAction fallback;

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
   * The policy for a well-formed IPv4 packet that is about to leave.
   *
   * @return the first policy that selects it, or null where the fallback holds
   */
  public @Nullable SecurityPolicy outbound(byte[] bytes, int offset) {
    for (SecurityPolicy policy : ordered) {
      if (policy.selector().matchesOutbound(bytes, offset)
          || (policy.action() != PolicyAction.BYPASS
              && policy.selector().mayMatchOutbound(bytes, offset))) {
        return policy;
      }
    }
    return null;
  }

  /**
   * The policy for a well-formed IPv4 packet that has arrived: in the clear, or out of an SA.
   *
   * @return the first policy that selects it, or null where the fallback holds
   */
  public @Nullable SecurityPolicy inbound(byte[] bytes, int offset) {
    for (SecurityPolicy policy : ordered) {
      if (policy.selector().matchesInbound(bytes, offset)
          || (policy.action() != PolicyAction.BYPASS
              && policy.selector().mayMatchInbound(bytes, offset))) {
        return policy;
      }
    }
    return null;
  }

  /** What a lookup's result means: the policy's action, or the fallback for null. */
  public PolicyAction actionOf(@Nullable SecurityPolicy policy) {
    return policy == null ? fallback : policy.action();
  }
}
