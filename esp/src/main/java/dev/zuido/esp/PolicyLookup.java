package dev.zuido.esp;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks packets up in one {@link SecurityPolicyDatabase}, and remembers what was decided about the
 * flows that came last: what a packet costs does not grow with the number of policies as long as
 * its flow is remembered.
 *
 * <p>The memory is an SPD cache as of RFC 4301 section 4.4.1. It belongs to this one immutable
 * database, so that nothing in it can be out of date: other policies get another lookup. All that
 * selectors can see is part of what is remembered. Nothing is allocated per packet.
 *
 * <p>One thread uses a lookup; the database may be shared. {@link #hits} and {@link #misses} may be
 * read by every thread.
 */
public final class PolicyLookup {
  /** The flows of each IP version that are remembered unless another number is asked for. */
  public static final int DEFAULT_FLOWS = 8192;

  /** No policy selects the packet. */
  static final int NO_POLICY = -1;

  /** The packet is IPv6 and its extension headers cannot be walked. */
  static final int UNREADABLE = -2;

  private final SecurityPolicyDatabase database;
  private final FlowCache cache;
  private final FlowKey key = new FlowKey();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();

  /**
   * Makes a lookup without a secret that remembers {@value #DEFAULT_FLOWS} flows of each IP
   * version: 448 KiB.
   */
  public PolicyLookup(SecurityPolicyDatabase database) {
    this(database, DEFAULT_FLOWS);
  }

  /**
   * Makes a lookup without a secret.
   *
   * @param flows the flows of each IP version that are remembered, a power of two, at least 4; one
   *     of each takes 56 bytes
   * @throws IllegalArgumentException if it is none
   */
  public PolicyLookup(SecurityPolicyDatabase database, int flows) {
    this(database, flows, 0, 0);
  }

  /**
   * Makes a lookup whose hash has a secret, so that nobody can choose flows that all have one
   * place.
   *
   * @param flows as above
   * @param firstSecret half of the secret
   * @param secondSecret the other half
   */
  public PolicyLookup(
      SecurityPolicyDatabase database, int flows, long firstSecret, long secondSecret) {
    this.database = database;
    this.cache = new FlowCache(flows, firstSecret, secondSecret);
  }

  /** The policies that packets are looked up in. */
  public SecurityPolicyDatabase database() {
    return database;
  }

  /**
   * The policy for a well-formed IPv4 or IPv6 packet that is about to leave: as {@link
   * SecurityPolicyDatabase#outbound}.
   */
  public @Nullable SecurityPolicy outbound(byte[] bytes, int offset) {
    return database.policyAt(outboundIndex(bytes, offset));
  }

  /**
   * The policy for a well-formed IPv4 or IPv6 packet that has arrived: as {@link
   * SecurityPolicyDatabase#inbound}.
   */
  public @Nullable SecurityPolicy inbound(byte[] bytes, int offset) {
    return database.policyAt(inboundIndex(bytes, offset));
  }

  /** How many packets belonged to a flow that was remembered. */
  public long hits() {
    return hits.getOpaque();
  }

  /** How many packets belonged to a flow that was not remembered. */
  public long misses() {
    return misses.getOpaque();
  }

  /** The place of the first policy, {@link #NO_POLICY} or {@link #UNREADABLE}. */
  int outboundIndex(byte[] bytes, int offset) {
    return key.read(bytes, offset, true) ? find() : UNREADABLE;
  }

  /** The same for a packet that has arrived. */
  int inboundIndex(byte[] bytes, int offset) {
    return key.read(bytes, offset, false) ? find() : UNREADABLE;
  }

  /** Whether the packet that was looked up last hides what selectors may see. */
  boolean hides() {
    return UpperLayer.hides(key.upper);
  }

  private int find() {
    int remembered = cache.find(key);
    if (remembered != FlowCache.MISS) {
      hits.setOpaque(hits.getOpaque() + 1);
      return remembered + NO_POLICY;
    }
    misses.setOpaque(misses.getOpaque() + 1);
    int found = database.find(key);
    cache.put(key, found - NO_POLICY);
    return found;
  }
}
