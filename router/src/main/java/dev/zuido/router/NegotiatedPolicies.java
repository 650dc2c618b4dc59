package dev.zuido.router;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.PortRange;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.ike.SaParameters;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a crypto map's policies, with those that peers of a dynamic map bring with them:
 * each comes with its first SA, narrowed to what was negotiated, and goes with its last.
 *
 * <p>It stands right before the policy of the rule that allowed it, in front of those of other
 * peers there: where two have asked for the same traffic, the one that came last gets it, which is
 * what a peer wants whose address has changed.
 */
final class NegotiatedPolicies {
  /** The most policies that peers may bring to one interface; further SAs are refused. */
  static final int MAX_POLICIES = 1_024;

  private final Ipv4Address local;
  private final List<Place> places;
  private final Map<String, List<Negotiated>> byChild = new HashMap<>();
  private final Map<Long, Negotiated> bySa = new HashMap<>();
  private int size;
  private long limitHits;

  /** A place in the order of the policies. */
  sealed interface Place {}

  /** A policy that is always there. */
  record Fixed(SecurityPolicy policy) implements Place {}

  /**
   * Where policies come to stand that peers ask for.
   *
   * @param child {@link dev.zuido.ike.ChildConfig#name}
   * @param bounds the most that a peer may ask for
   * @param unnegotiated protects, and so drops, what no peer has asked for; null if that is let by
   */
  record Template(String child, TrafficSelector bounds, @Nullable SecurityPolicy unnegotiated)
      implements Place {}

  /** A policy that a peer has brought, and how many SAs hold it. */
  private static final class Negotiated {
    private final String child;
    private final SecurityPolicy policy;
    private int associations;

    Negotiated(String child, SecurityPolicy policy) {
      this.child = child;
      this.policy = policy;
    }
  }

  /**
   * The places of a crypto map.
   *
   * @param local the address of its interface
   */
  NegotiatedPolicies(Ipv4Address local, List<Place> places) {
    this.local = local;
    this.places = List.copyOf(places);
  }

  /** All policies in their order. */
  List<SecurityPolicy> inOrder() {
    List<SecurityPolicy> policies = new ArrayList<>();
    for (Place place : places) {
      if (place instanceof Fixed fixed) {
        policies.add(fixed.policy());
      } else if (place instanceof Template template) {
        for (Negotiated each : byChild.getOrDefault(template.child(), List.of())) {
          policies.add(each.policy);
        }
        if (template.unnegotiated() != null) {
          policies.add(template.unnegotiated());
        }
      }
    }
    return policies;
  }

  /** How many policies of peers there are. */
  int size() {
    return size;
  }

  /** How often an SA was refused because there were {@link #MAX_POLICIES}. */
  long limitHits() {
    return limitHits;
  }

  /**
   * The policy for an SA of a template, which the SA holds from now on.
   *
   * @return null if there is no such template here, it does not allow the SA's selectors, or there
   *     are too many policies
   */
  @Nullable SecurityPolicy hold(SaParameters sa) {
    boolean inbound = sa.direction() == SaParameters.Direction.INBOUND;
    Template template = templateOf(sa.child());
    if (template == null || !local.equals(inbound ? sa.destination() : sa.source())) {
      return null;
    }
    TrafficSelector selector = selectorOf(sa, template.bounds());
    if (selector == null) {
      return null;
    }
    String name = sa.child() + " " + sa.peer() + " " + selector;
    List<Negotiated> siblings = byChild.computeIfAbsent(sa.child(), child -> new ArrayList<>());
    Negotiated found = null;
    for (Negotiated each : siblings) {
      found = each.policy.name().equals(name) ? each : found;
    }
    if (found == null) {
      if (size == MAX_POLICIES) {
        limitHits++;
        return null;
      }
      size++;
      found = new Negotiated(sa.child(), new SecurityPolicy(name, selector, PolicyAction.PROTECT));
      siblings.add(0, found);
    }
    if (bySa.put(sa.id(), found) == null) {
      found.associations++;
    }
    return found.policy;
  }

  /** An SA is gone, or was not installed; true if a policy is gone with it. */
  boolean release(long saId) {
    Negotiated held = bySa.remove(saId);
    if (held == null || --held.associations > 0) {
      return false;
    }
    size--;
    byChild.getOrDefault(held.child, new ArrayList<>()).remove(held);
    return true;
  }

  private @Nullable Template templateOf(String child) {
    for (Place place : places) {
      if (place instanceof Template template && template.child().equals(child)) {
        return template;
      }
    }
    return null;
  }

  /** What an SA is for, as ESP says it; null if it is not within bounds. */
  private static @Nullable TrafficSelector selectorOf(SaParameters sa, TrafficSelector bounds) {
    int protocol = sa.local().protocol();
    boolean ports = sa.local().port() != 0 || sa.remote().port() != 0;
    boolean hasPorts = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    if (protocol != sa.remote().protocol() || (ports && !hasPorts)) {
      return null;
    }
    TrafficSelector asked =
        new TrafficSelector(
            new AddressRange(sa.local().first(), sa.local().last()),
            new AddressRange(sa.remote().first(), sa.remote().last()),
            protocol == 0 ? TrafficSelector.ANY_PROTOCOL : protocol,
            portRange(sa.local().port()),
            portRange(sa.remote().port()));
    return isWithin(asked, bounds) ? asked : null;
  }

  private static boolean isWithin(TrafficSelector asked, TrafficSelector bounds) {
    return bounds.local().contains(asked.local())
        && bounds.remote().contains(asked.remote())
        && (bounds.protocol() == TrafficSelector.ANY_PROTOCOL
            || bounds.protocol() == asked.protocol())
        && isWithin(asked.localPorts(), bounds.localPorts())
        && isWithin(asked.remotePorts(), bounds.remotePorts());
  }

  private static boolean isWithin(PortRange asked, PortRange bounds) {
    return bounds.first() <= asked.first() && asked.last() <= bounds.last();
  }

  private static PortRange portRange(int port) {
    return port == 0 ? PortRange.ANY : PortRange.of(port);
  }
}
