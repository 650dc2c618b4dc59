package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The SAs that are alive (RFC 4301 section 4.4.2): inbound by SPI and destination, outbound by
 * policy.
 *
 * <p>Under one policy several SAs of each direction live side by side during a rekey: every inbound
 * one accepts, and the newest outbound one that is usable sends. The order of a rekey is: install
 * the new inbound SA, then the new outbound one, then remove the old pair.
 *
 * <p>One thread uses it, the one that processes packets.
 */
public final class SecurityAssociationDatabase {
  private static final int NONE = -1;

  private final int maxPerDirection;
  private final SpiTable inbound = new SpiTable();
  private final List<Entry<InboundSa>> inboundEntries = new ArrayList<>();
  private final List<Entry<OutboundSa>> outboundEntries = new ArrayList<>();
  private final Map<SecurityPolicy, List<OutboundSa>> outboundByPolicy = new HashMap<>();
  private final ArrayDeque<SaEvent> events = new ArrayDeque<>();
  private long limitHits;

  /** An SA and what it is installed under. */
  private static final class Entry<S extends SecurityAssociation> {
    final SecurityPolicy policy;
    final S association;
    boolean softReported;

    Entry(SecurityPolicy policy, S association) {
      this.policy = policy;
      this.association = association;
    }
  }

  /**
   * Makes an empty database.
   *
   * @param maxPerDirection the most inbound SAs, and the most outbound SAs, at least 1
   */
  public SecurityAssociationDatabase(int maxPerDirection) {
    if (maxPerDirection < 1) {
      throw new IllegalArgumentException("a database holds at least one SA per direction");
    }
    this.maxPerDirection = maxPerDirection;
  }

  /**
   * Installs an inbound SA under a policy. The older ones go on accepting.
   *
   * @return false if the database is full, or has the SPI already
   */
  public boolean install(SecurityPolicy policy, InboundSa association) {
    if (inbound.size() == maxPerDirection) {
      limitHits++;
      return false;
    }
    if (inbound.find(association.parameters().spi()) != null) {
      return false;
    }
    inbound.add(association);
    inboundEntries.add(new Entry<>(policy, association));
    return true;
  }

  /**
   * Installs an outbound SA under a policy, which uses it from now on.
   *
   * @return false if the database is full, or has an SA of this SPI to the same peer already
   */
  public boolean install(SecurityPolicy policy, OutboundSa association) {
    if (outboundEntries.size() == maxPerDirection) {
      limitHits++;
      return false;
    }
    SaParameters parameters = association.parameters();
    if (indexOfOutbound(parameters.spi(), parameters.remote()) != NONE) {
      return false;
    }
    outboundEntries.add(new Entry<>(policy, association));
    outboundByPolicy.computeIfAbsent(policy, key -> new ArrayList<>()).add(association);
    return true;
  }

  /**
   * The inbound SA for a packet.
   *
   * @param spi the packet's SPI
   * @param destination the packet's destination, as a 32-bit number
   */
  public @Nullable InboundSa inbound(int spi, int destination) {
    InboundSa association = inbound.find(spi);
    return association != null
            && association.parameters().local() instanceof Ipv4Address local
            && local.value() == destination
        ? association
        : null;
  }

  /** The inbound SA of an SPI, whatever its destination. */
  public @Nullable InboundSa inbound(int spi) {
    return inbound.find(spi);
  }

  /** The SA that protects a policy's packets: the newest that is usable, or null. */
  public @Nullable OutboundSa outbound(SecurityPolicy policy) {
    List<OutboundSa> associations = outboundByPolicy.get(policy);
    if (associations == null) {
      return null;
    }
    for (int i = associations.size() - 1; i >= 0; i--) {
      if (associations.get(i).isUsable()) {
        return associations.get(i);
      }
    }
    return null;
  }

  /** The inbound SAs in the order of their installation. */
  public List<InboundSa> inboundAssociations() {
    return inboundEntries.stream().map(entry -> entry.association).toList();
  }

  /** The outbound SAs in the order of their installation. */
  public List<OutboundSa> outboundAssociations() {
    return outboundEntries.stream().map(entry -> entry.association).toList();
  }

  /** The policy that an SA is installed under, or null if it is not installed. */
  public @Nullable SecurityPolicy policyOf(SecurityAssociation association) {
    for (Entry<InboundSa> entry : inboundEntries) {
      if (entry.association == association) {
        return entry.policy;
      }
    }
    for (Entry<OutboundSa> entry : outboundEntries) {
      if (entry.association == association) {
        return entry.policy;
      }
    }
    return null;
  }

  /** Takes an inbound SA out and wipes its keys; false if there is none of this SPI. */
  public boolean removeInbound(int spi) {
    for (int i = 0; i < inboundEntries.size(); i++) {
      if (inboundEntries.get(i).association.parameters().spi() == spi) {
        dropInbound(i);
        return true;
      }
    }
    return false;
  }

  /** Takes an outbound SA out and wipes its keys; false if there is none of this SPI and peer. */
  public boolean removeOutbound(int spi, IpAddress remote) {
    int index = indexOfOutbound(spi, remote);
    if (index == NONE) {
      return false;
    }
    dropOutbound(index);
    return true;
  }

  /** Takes every SA with a peer out and wipes its keys: the peer is gone or has started anew. */
  public void removePeer(IpAddress remote) {
    for (int i = inboundEntries.size() - 1; i >= 0; i--) {
      if (inboundEntries.get(i).association.parameters().remote().equals(remote)) {
        dropInbound(i);
      }
    }
    for (int i = outboundEntries.size() - 1; i >= 0; i--) {
      if (outboundEntries.get(i).association.parameters().remote().equals(remote)) {
        dropOutbound(i);
      }
    }
  }

  /**
   * Applies the lifetimes, by age and by volume: notes events for {@link #poll} and removes what
   * has expired for good.
   */
  public void expire(long nowNanos) {
    for (int i = inboundEntries.size() - 1; i >= 0; i--) {
      if (expire(inboundEntries.get(i), nowNanos)) {
        dropInbound(i);
      }
    }
    for (int i = outboundEntries.size() - 1; i >= 0; i--) {
      if (expire(outboundEntries.get(i), nowNanos)) {
        dropOutbound(i);
      }
    }
  }

  private boolean expire(Entry<?> entry, long nowNanos) {
    LifetimeState state = entry.association.expire(nowNanos);
    if (state == LifetimeState.SOFT_EXPIRED && !entry.softReported) {
      entry.softReported = true;
      events.add(new SaEvent(SaEvent.Kind.SOFT_EXPIRED, entry.policy, entry.association));
    }
    if (state == LifetimeState.HARD_EXPIRED) {
      events.add(new SaEvent(SaEvent.Kind.HARD_EXPIRED, entry.policy, entry.association));
    }
    return state == LifetimeState.HARD_EXPIRED;
  }

  /** The next event that {@link #expire} has noted, or null. At most two come of one SA. */
  public @Nullable SaEvent poll() {
    return events.poll();
  }

  /** When {@link #expire} has to be called for the sake of an SA's age, or {@code NO_DEADLINE}. */
  public long nextDeadline() {
    long deadline = SecurityAssociation.NO_DEADLINE;
    for (Entry<InboundSa> entry : inboundEntries) {
      deadline = Math.min(deadline, entry.association.nextDeadline());
    }
    for (Entry<OutboundSa> entry : outboundEntries) {
      deadline = Math.min(deadline, entry.association.nextDeadline());
    }
    return deadline;
  }

  /** How often an SA was refused because the database was full. */
  public long limitHits() {
    return limitHits;
  }

  private int indexOfOutbound(int spi, IpAddress remote) {
    for (int i = 0; i < outboundEntries.size(); i++) {
      SaParameters parameters = outboundEntries.get(i).association.parameters();
      if (parameters.spi() == spi && parameters.remote().equals(remote)) {
        return i;
      }
    }
    return NONE;
  }

  private void dropInbound(int index) {
    InboundSa association = inboundEntries.remove(index).association;
    inbound.remove(association);
    association.close();
  }

  private void dropOutbound(int index) {
    Entry<OutboundSa> entry = outboundEntries.remove(index);
    List<OutboundSa> siblings = Objects.requireNonNull(outboundByPolicy.get(entry.policy));
    siblings.remove(entry.association);
    if (siblings.isEmpty()) {
      outboundByPolicy.remove(entry.policy);
    }
    entry.association.close();
  }
}
