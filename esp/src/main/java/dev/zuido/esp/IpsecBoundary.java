package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The line between the protected side and the network (RFC 4301 section 3.1), which every packet of
 * an interface crosses: it joins the policies with the SAs, and it fails closed.
 *
 * <ul>
 *   <li>Outbound, what a policy protects leaves sealed or not at all; where no SA is there, the
 *       policy comes out of {@link #pollAcquire} for the key exchange to negotiate one.
 *   <li>Inbound, ESP to one of our addresses is opened, and what comes out has to be what its SA is
 *       for; a packet in the clear that a policy wants protected is dropped.
 * </ul>
 *
 * <p>Every passing packet gets an {@link EspVerdict}. One thread uses a boundary.
 */
public final class IpsecBoundary {
  private final SecurityAssociationDatabase associations;
  private final IntPredicate isLocalAddress;
  private final SaCounters counters = new SaCounters();
  private final Set<SecurityPolicy> acquires = new LinkedHashSet<>();
  private SecurityPolicyDatabase policies;

  /**
   * Makes the boundary.
   *
   * @param policies what is protected; {@link #replacePolicies} changes it
   * @param associations the SAs, which the key exchange installs
   * @param isLocalAddress whether an IPv4 address, as a 32-bit number, is one of ours: ESP to
   *     others is traffic like any other
   */
  public IpsecBoundary(
      SecurityPolicyDatabase policies,
      SecurityAssociationDatabase associations,
      IntPredicate isLocalAddress) {
    this.policies = policies;
    this.associations = associations;
    this.isLocalAddress = isLocalAddress;
  }

  /** The policies. */
  public SecurityPolicyDatabase policies() {
    return policies;
  }

  /** Puts other policies in force. SAs of policies that are gone stay until they are removed. */
  public void replacePolicies(SecurityPolicyDatabase newPolicies) {
    policies = newPolicies;
    acquires.retainAll(newPolicies.policies());
  }

  /** The SAs. */
  public SecurityAssociationDatabase associations() {
    return associations;
  }

  /** How many packets got each verdict here, those that SAs decided about included. */
  public SaCounters counters() {
    return counters;
  }

  /**
   * A policy that had packets to protect and no SA, or null. A policy is named once until it comes
   * out here; as many wait as there are policies.
   */
  public @Nullable SecurityPolicy pollAcquire() {
    Iterator<SecurityPolicy> waiting = acquires.iterator();
    if (!waiting.hasNext()) {
      return null;
    }
    SecurityPolicy policy = waiting.next();
    waiting.remove();
    return policy;
  }

  /** Protects, lets by or drops the passing packets of a batch that is about to leave. */
  public void outbound(PacketBatch batch) {
    int next = 0;
    while (next < batch.size()) {
      OutboundSa association = batch.passes(next) ? decideOutbound(batch, next) : null;
      int first = next++;
      if (association != null) {
        // Packets of one flow mostly come together: they are sealed together.
        next = runEnd(batch, next, association);
        association.seal(batch, first, next);
        count(batch, first, next);
      }
    }
  }

  /** The end of the run of packets that the same SA protects. */
  private int runEnd(PacketBatch batch, int from, OutboundSa association) {
    int next = from;
    while (next < batch.size() && batch.passes(next) && peek(batch, next) == association) {
      next++;
    }
    return next;
  }

  private @Nullable OutboundSa peek(PacketBatch batch, int index) {
    if (!isWellFormed(batch, index)) {
      return null;
    }
    SecurityPolicy policy = policies.outbound(batch.slab(), batch.offset(index));
    return policy != null && policy.action() == PolicyAction.PROTECT
        ? associations.outbound(policy)
        : null;
  }

  /** The SA that has to seal a packet, or null once the verdict is there. */
  private @Nullable OutboundSa decideOutbound(PacketBatch batch, int index) {
    if (!isWellFormed(batch, index)) {
      decide(batch, index, EspVerdict.NOT_IPV4);
      return null;
    }
    SecurityPolicy policy = policies.outbound(batch.slab(), batch.offset(index));
    switch (policies.actionOf(policy)) {
      case BYPASS -> decide(batch, index, EspVerdict.BYPASSED);
      case DISCARD -> decide(batch, index, EspVerdict.DISCARDED);
      case PROTECT -> {
        OutboundSa association = policy == null ? null : associations.outbound(policy);
        if (association != null) {
          return association;
        }
        if (policy != null) {
          acquires.add(policy);
        }
        decide(batch, index, EspVerdict.NO_SA);
      }
    }
    return null;
  }

  /** Opens, lets by or drops the passing packets of a batch that has arrived. */
  public void inbound(PacketBatch batch) {
    int next = 0;
    while (next < batch.size()) {
      InboundSa association = batch.passes(next) ? decideInbound(batch, next) : null;
      int first = next++;
      if (association != null) {
        while (next < batch.size() && batch.passes(next) && find(batch, next) == association) {
          next++;
        }
        association.open(batch, first, next);
        count(batch, first, next);
      }
    }
  }

  /** The SA that has to open a packet, or null once the verdict is there. */
  private @Nullable InboundSa decideInbound(PacketBatch batch, int index) {
    if (!isWellFormed(batch, index)) {
      decide(batch, index, EspVerdict.NOT_IPV4);
      return null;
    }
    if (isOurEsp(batch, index)) {
      InboundSa association = find(batch, index);
      if (association == null) {
        boolean fragment = Ipv4Fields.isFragment(batch.slab(), batch.offset(index));
        decide(batch, index, fragment ? EspVerdict.FRAGMENT : EspVerdict.UNKNOWN_SPI);
      }
      return association;
    }
    SecurityPolicy policy = policies.inbound(batch.slab(), batch.offset(index));
    decide(
        batch,
        index,
        switch (policies.actionOf(policy)) {
          case BYPASS -> EspVerdict.BYPASSED;
          case DISCARD -> EspVerdict.DISCARDED;
          case PROTECT -> EspVerdict.CLEARTEXT;
        });
    return null;
  }

  private boolean isOurEsp(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    return isLocalAddress.test(Ipv4Fields.destination(slab, offset))
        && (EspFields.isEsp(slab, offset) || EspFields.isUdpEncapsulatedEsp(slab, offset));
  }

  private @Nullable InboundSa find(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (!isWellFormed(batch, index)
        || !isOurEsp(batch, index)
        || Ipv4Fields.isFragment(slab, offset)) {
      return null;
    }
    return associations.inbound(EspFields.spi(slab, offset), Ipv4Fields.destination(slab, offset));
  }

  private static boolean isWellFormed(PacketBatch batch, int index) {
    return Ipv4Fields.isWellFormed(batch.slab(), batch.offset(index), batch.length(index));
  }

  private void decide(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
  }

  /** Counts what an SA has decided. */
  private void count(PacketBatch batch, int from, int to) {
    for (int i = from; i < to; i++) {
      if (batch.verdict(i) instanceof EspVerdict verdict) {
        counters.count(verdict);
      }
    }
  }
}
