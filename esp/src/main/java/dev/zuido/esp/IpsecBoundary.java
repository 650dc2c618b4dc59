package dev.zuido.esp;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The line between the protected side and the network (RFC 4301 section 3.1), which every IPv4 and
 * IPv6 packet of an interface crosses: it joins the policies with the SAs, and it fails closed.
 *
 * <ul>
 *   <li>Outbound, what a policy protects leaves sealed or not at all; where no SA is there, the
 *       policy comes out of {@link #pollAcquire} for the key exchange to negotiate one. A packet
 *       may {@linkplain #withHoldQueue wait} for it.
 *   <li>Inbound, ESP and AH to one of our addresses are opened, and what comes out has to be what
 *       its SA is for, and what the policy says to be protected by that SA (RFC 4301 section 5.2
 *       step 4); a packet in the clear that a policy wants protected is dropped.
 * </ul>
 *
 * <p>Every passing packet gets an {@link EspVerdict}. Of a batch, the packets of an SA go through
 * it together and in their order, also where those of several SAs alternate. If a provider's cipher
 * throws an exception, nothing passes that an SA was to deal with and has not: {@link
 * EspVerdict#CIPHER_FAILED}. Nothing is allocated per packet. One thread uses a boundary.
 */
public final class IpsecBoundary {
  private final SecurityAssociationDatabase associations;
  private final OwnAddresses ownAddresses;
  private final SaCounters counters = new SaCounters();
  private final Set<SecurityPolicy> acquires = new LinkedHashSet<>();
  private final SaGroups groups = new SaGroups();
  private final FlowKey key = new FlowKey();
  private final SaGroups.Each sealed = this::sealed;
  private final SaGroups.Each opened = this::opened;
  private PolicyLookup policies;
  private @Nullable HoldQueue held;
  private @Nullable AuditLog audit;
  private long firstSecret;
  private long secondSecret;

  /** The SA of the packet before in the batch, and the place of its policy. */
  private @Nullable SaEntry lastEntry;

  private int lastPolicy;

  /**
   * Makes the boundary of an IPv4 interface.
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
    this(policies, associations, OwnAddresses.ofIpv4(isLocalAddress));
  }

  /**
   * Makes the boundary.
   *
   * @param policies what is protected; {@link #replacePolicies} changes it
   * @param associations the SAs, which the key exchange installs
   * @param ownAddresses the addresses to which ESP and AH are for our SAs; to others they are
   *     traffic like any other
   */
  public IpsecBoundary(
      SecurityPolicyDatabase policies,
      SecurityAssociationDatabase associations,
      OwnAddresses ownAddresses) {
    this.policies = new PolicyLookup(policies);
    this.associations = associations;
    this.ownAddresses = ownAddresses;
  }

  /**
   * Gives the hash of the flow cache a secret, so that nobody can send flows that all have one
   * place. Without, it is the same for all.
   *
   * @param first half of the secret
   * @param second the other half
   * @return this
   */
  public IpsecBoundary withSecret(long first, long second) {
    firstSecret = first;
    secondSecret = second;
    policies = lookup(policies.database());
    return this;
  }

  private PolicyLookup lookup(SecurityPolicyDatabase database) {
    return new PolicyLookup(database, PolicyLookup.DEFAULT_FLOWS, firstSecret, secondSecret);
  }

  /**
   * Lets packets wait for their SA from now on, instead of dropping them: {@link #outbound(
   * PacketBatch, long)} takes them in, {@link #release} gives them out, sealed. The oldest are
   * dropped first. Super-packets and packets with an unfinished checksum do not wait.
   *
   * @param packets the most packets that wait, at least 1
   * @param bytes the most bytes that they have, 1 to 2^29; twice as many are allocated
   * @param nanos how long they wait, at least 1
   * @return this
   */
  public IpsecBoundary withHoldQueue(int packets, int bytes, long nanos) {
    HoldQueue before = held;
    held = new HoldQueue(packets, bytes, nanos);
    if (before != null) {
      counters.count(EspVerdict.NO_SA, before.size());
    }
    return this;
  }

  /** Where packets are noted that RFC 4301 wants to be noted and that no SA notes; null nowhere. */
  public void auditTo(@Nullable AuditLog log) {
    audit = log;
  }

  /** The policies. */
  public SecurityPolicyDatabase policies() {
    return policies.database();
  }

  /** Looks single packets up, for this boundary's thread. */
  public PolicyLookup lookup() {
    return policies;
  }

  /**
   * Puts other policies in force. SAs of policies that are gone stay until they are removed, but
   * nothing that comes out of them passes.
   */
  public void replacePolicies(SecurityPolicyDatabase newPolicies) {
    policies = lookup(newPolicies);
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

  /** How many packets wait for their SA. */
  public int heldPackets() {
    return held == null ? 0 : held.size();
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

  /**
   * Protects, lets by or drops the passing packets of a batch that is about to leave. None waits
   * for its SA, since the time is not known.
   */
  public void outbound(PacketBatch batch) {
    outbound(batch, null, 0);
  }

  /**
   * Protects, lets by or drops the passing packets of a batch that is about to leave. Those without
   * an SA wait if there is a {@linkplain #withHoldQueue queue}.
   *
   * @param nowNanos now on the driver's clock
   */
  public void outbound(PacketBatch batch, long nowNanos) {
    expireHeld(nowNanos);
    outbound(batch, held, nowNanos);
  }

  private void outbound(PacketBatch batch, @Nullable HoldQueue queue, long nowNanos) {
    groups.begin(batch.size());
    lastEntry = null;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        SaEntry entry = decideOutbound(batch, i, queue, nowNanos);
        if (entry != null) {
          groups.add(batch, i, entry);
        }
      }
    }
    lastEntry = null;
    groups.process(batch, sealed);
  }

  /** The SA that has to seal a packet, or null once the verdict is there. */
  private @Nullable SaEntry decideOutbound(
      PacketBatch batch, int index, @Nullable HoldQueue queue, long nowNanos) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (!EspFields.isWellFormed(slab, offset, batch.length(index))) {
      decide(batch, index, EspVerdict.NOT_IPV4);
      return null;
    }
    int place = policies.outboundIndex(slab, offset);
    SaEntry last = lastEntry;
    if (last != null && place == lastPolicy && last.coversPolicy && !policies.hides()) {
      return last;
    }
    SecurityPolicy policy = policies.database().policyAt(place);
    switch (policies.database().actionOf(policy)) {
      case BYPASS -> decide(batch, index, EspVerdict.BYPASSED);
      case DISCARD ->
          decide(
              batch,
              index,
              place == PolicyLookup.UNREADABLE ? EspVerdict.NOT_IPV4 : EspVerdict.DISCARDED);
      case PROTECT -> {
        SaEntry entry = policy == null ? null : associations.outboundEntry(policy, slab, offset);
        if (entry != null) {
          lastEntry = entry;
          lastPolicy = place;
          return entry;
        }
        decide(
            batch,
            index,
            policy == null ? EspVerdict.NO_SA : withoutSa(policy, batch, index, queue, nowNanos));
      }
    }
    return null;
  }

  private EspVerdict withoutSa(
      SecurityPolicy policy,
      PacketBatch batch,
      int index,
      @Nullable HoldQueue queue,
      long nowNanos) {
    if (associations.isHidden(policy, batch.slab(), batch.offset(index))) {
      return EspVerdict.PORTS_HIDDEN;
    }
    acquires.add(policy);
    noteExhausted(policy, batch, index);
    if (queue == null || !queue.takes(batch, index)) {
      return EspVerdict.NO_SA;
    }
    counters.count(EspVerdict.NO_SA, queue.hold(batch, index, nowNanos));
    return EspVerdict.HELD;
  }

  /** RFC 4303 section 3.3.3 wants to have it noted that an SA has used its last sequence number. */
  private void noteExhausted(SecurityPolicy policy, PacketBatch batch, int index) {
    AuditLog log = audit;
    SaEntry entry = log == null ? null : associations.exhausted(policy);
    if (log != null && entry != null) {
      log.report(EspVerdict.SEQUENCE_EXHAUSTED, batch, index, entry.spi, entry.exhaustedAt());
    }
  }

  private void expireHeld(long nowNanos) {
    if (held != null) {
      counters.count(EspVerdict.NO_SA, held.expire(nowNanos));
    }
  }

  /**
   * Gives packets out that have waited and whose SA is there now; to be called once an SA was
   * installed, until nothing comes. They are sealed, or refused by their SA, and never in the
   * clear: a packet whose policy no longer protects is dropped.
   *
   * @param into has room for them; what was in it is cleared
   * @param nowNanos now on the driver's clock
   * @return how many packets are in the batch
   */
  public int release(PacketBatch into, long nowNanos) {
    into.clear();
    HoldQueue queue = held;
    if (queue == null) {
      return 0;
    }
    expireHeld(nowNanos);
    int place = 0;
    groups.begin(into.capacity());
    while (place < queue.places() && !into.isFull()) {
      int before = queue.places();
      release(queue, place, into);
      place += 1 - (before - queue.places());
      place = Math.max(0, place);
    }
    groups.process(into, sealed);
    return into.size();
  }

  /** Takes the packet at a place out of the queue, if its time has come. */
  private void release(HoldQueue queue, int place, PacketBatch into) {
    if (queue.isEmpty(place)) {
      return;
    }
    int policyPlace = policies.outboundIndex(queue.bytes(), queue.offset(place));
    SecurityPolicy policy = policies.database().policyAt(policyPlace);
    if (policy == null || policy.action() != PolicyAction.PROTECT) {
      counters.count(EspVerdict.DISCARDED);
      queue.remove(place);
      return;
    }
    SaEntry entry = associations.outboundEntry(policy, queue.bytes(), queue.offset(place));
    if (entry == null) {
      if (associations.isHidden(policy, queue.bytes(), queue.offset(place))) {
        counters.count(EspVerdict.PORTS_HIDDEN);
        queue.remove(place);
      }
      return;
    }
    if (queue.length(place) > into.maxPacketBytes(0)) {
      counters.count(EspVerdict.NO_ROOM);
    } else {
      groups.add(into, queue.copy(place, into), entry);
    }
    queue.remove(place);
  }

  private void sealed(PacketBatch batch, int index, SaEntry entry) {
    count(batch, index);
  }

  /** Opens, lets by or drops the passing packets of a batch that has arrived. */
  public void inbound(PacketBatch batch) {
    groups.begin(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        SaEntry entry = decideInbound(batch, i);
        if (entry != null) {
          groups.add(batch, i, entry);
        }
      }
    }
    groups.process(batch, opened);
  }

  /** The SA that has to open a packet, or null once the verdict is there. */
  private @Nullable SaEntry decideInbound(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (!EspFields.isWellFormed(slab, offset, batch.length(index))
        || !key.read(slab, offset, false)) {
      decide(batch, index, EspVerdict.NOT_IPV4);
      return null;
    }
    int protocol = UpperLayer.protocol(key.upper);
    boolean esp = protocol == IpProtocol.ESP;
    boolean ah = protocol == IpProtocol.AH;
    boolean udp = protocol == IpProtocol.UDP && EspFields.isUdpEncapsulatedEsp(slab, offset);
    if ((esp || ah || udp) && isOurs()) {
      return decideProtected(batch, index, ah);
    }
    int place = policies.inboundIndex(slab, offset);
    decide(
        batch,
        index,
        switch (policies.database().actionOf(policies.database().policyAt(place))) {
          case BYPASS -> EspVerdict.BYPASSED;
          case DISCARD -> EspVerdict.DISCARDED;
          case PROTECT -> EspVerdict.CLEARTEXT;
        });
    return null;
  }

  private @Nullable SaEntry decideProtected(PacketBatch batch, int index, boolean ah) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (EspFields.isFragment(slab, offset)) {
      decide(batch, index, EspVerdict.FRAGMENT);
      return null;
    }
    int spi;
    if (ah) {
      int header = AhFields.locate(slab, offset);
      spi = header == AhFields.NONE ? 0 : AhFields.spi(slab, header);
    } else {
      spi = EspFields.spi(slab, offset);
    }
    SaEntry entry = associations.inboundEntry(!ah, spi, key);
    if (entry == null) {
      decide(batch, index, EspVerdict.UNKNOWN_SPI);
    }
    return entry;
  }

  private boolean isOurs() {
    return key.ipv6
        ? ownAddresses.contains(key.localHigh, key.localLow)
        : ownAddresses.contains((int) (key.localHigh >>> 32));
  }

  /** RFC 4301 section 5.2 step 4: what came out has to be protected by the policy of its SA. */
  private void opened(PacketBatch batch, int index, SaEntry entry) {
    if (batch.verdict(index) == EspVerdict.OPENED) {
      int place = policies.inboundIndex(batch.slab(), batch.offset(index));
      SecurityPolicy policy = policies.database().policyAt(place);
      if (policy == null
          || policy.action() != PolicyAction.PROTECT
          || !policy.equals(entry.policy)) {
        batch.setVerdict(index, EspVerdict.POLICY_MISMATCH);
        AuditLog log = audit;
        if (log != null) {
          log.report(EspVerdict.POLICY_MISMATCH, batch, index, entry.spi, 0);
        }
      }
    }
    count(batch, index);
  }

  private void decide(PacketBatch batch, int index, EspVerdict verdict) {
    batch.setVerdict(index, verdict);
    counters.count(verdict);
    AuditLog log = audit;
    if (log != null && verdict.isAuditable()) {
      log.report(verdict, batch, index);
    }
  }

  /** Counts what an SA has decided. */
  private void count(PacketBatch batch, int index) {
    if (batch.verdict(index) instanceof EspVerdict verdict) {
      counters.count(verdict);
    }
  }
}
