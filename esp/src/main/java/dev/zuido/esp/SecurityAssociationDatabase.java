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
 * The SAs that are alive (RFC 4301 section 4.4.2): inbound by SPI and addresses, for ESP and AH
 * each, outbound by policy.
 *
 * <p>Under one policy several SAs of each direction live side by side during a rekey: every inbound
 * one accepts, and the newest outbound one that is usable sends. The order of a rekey is: install
 * the new inbound SA, then the new outbound one, then remove the old pair. Outbound SAs of a policy
 * may be for different parts of its traffic, as RFC 4301's "populate from packet" makes them: a
 * packet takes the newest whose selectors it is within.
 *
 * <p>One thread uses it, the one that processes packets.
 */
public final class SecurityAssociationDatabase {
  private final int maxPerDirection;

  /** The multiplier of tables without a secret: 2^64 through the golden ratio. */
  private static final long FIXED = 0x9e37_79b9_7f4a_7c15L;

  private final SpiTable inboundEsp;
  private final SpiTable inboundAh;
  private final List<SaEntry> inboundEntries = new ArrayList<>();
  private final List<SaEntry> outboundEntries = new ArrayList<>();
  private final Map<SecurityPolicy, List<SaEntry>> outboundByPolicy = new HashMap<>();
  private final ArrayDeque<SaEvent> events = new ArrayDeque<>();
  private final FlowKey asked = new FlowKey();
  private long limitHits;

  /**
   * Makes an empty database.
   *
   * @param maxPerDirection the most inbound SAs, and the most outbound SAs, at least 1
   */
  public SecurityAssociationDatabase(int maxPerDirection) {
    this(maxPerDirection, FIXED);
  }

  /**
   * Makes an empty database whose tables have a secret, so that nobody can send SPIs that all have
   * one place.
   *
   * @param maxPerDirection as above
   * @param secret a number that others do not know
   */
  public SecurityAssociationDatabase(int maxPerDirection, long secret) {
    this.inboundEsp = new SpiTable(secret);
    this.inboundAh = new SpiTable(secret);
    if (maxPerDirection < 1) {
      throw new IllegalArgumentException("a database holds at least one SA per direction");
    }
    this.maxPerDirection = maxPerDirection;
  }

  /**
   * Installs an inbound SA under a policy, to be found by SPI and destination. The older ones go on
   * accepting.
   *
   * @throws IllegalArgumentException if the SA is encapsulated in UDP to another port of ours than
   *     {@value UdpEncapsulation#PORT}, at which alone an {@link IpsecBoundary} looks for ESP
   * @return false if the database is full, or has the SPI at this address already
   */
  public boolean install(SecurityPolicy policy, InboundSa association) {
    return install(policy, association, SaIdentifier.SPI_DESTINATION);
  }

  /**
   * Installs an inbound SA under a policy.
   *
   * @param identifier by what packets are told to be the SA's
   * @return false if the database is full, or has an SA that packets could not be told apart from
   */
  public boolean install(SecurityPolicy policy, InboundSa association, SaIdentifier identifier) {
    return installInbound(new SaEntry(policy, association, identifier));
  }

  /** The same for AH, to be found by SPI and destination. */
  public boolean install(SecurityPolicy policy, AhInboundSa association) {
    return install(policy, association, SaIdentifier.SPI_DESTINATION);
  }

  /** The same for AH. */
  public boolean install(SecurityPolicy policy, AhInboundSa association, SaIdentifier identifier) {
    return installInbound(new SaEntry(policy, association, identifier));
  }

  private boolean installInbound(SaEntry entry) {
    requireKnownPort(entry);
    if (inboundEntries.size() == maxPerDirection) {
      limitHits++;
      return false;
    }
    SpiTable table = tableOf(entry);
    if (table.collides(entry)) {
      return false;
    }
    table.add(entry);
    inboundEntries.add(entry);
    return true;
  }

  private static void requireKnownPort(SaEntry entry) {
    if (entry.association instanceof InboundSa esp) {
      UdpEncapsulation udp = esp.parameters().udpEncapsulation();
      if (udp != null && udp.localPort() != UdpEncapsulation.PORT) {
        throw new IllegalArgumentException(
            "ESP in UDP is received at port "
                + UdpEncapsulation.PORT
                + " only, not at "
                + udp.localPort());
      }
    }
  }

  /**
   * Installs an outbound SA under a policy, which uses it from now on.
   *
   * @return false if the database is full, or has an SA of this SPI to the same peer already
   */
  public boolean install(SecurityPolicy policy, OutboundSa association) {
    return installOutbound(new SaEntry(policy, association, SaIdentifier.SPI_DESTINATION));
  }

  /** The same for AH. */
  public boolean install(SecurityPolicy policy, AhOutboundSa association) {
    return installOutbound(new SaEntry(policy, association, SaIdentifier.SPI_DESTINATION));
  }

  private boolean installOutbound(SaEntry entry) {
    if (outboundEntries.size() == maxPerDirection) {
      limitHits++;
      return false;
    }
    for (SaEntry other : outboundEntries) {
      if (other.spi == entry.spi && other.isEsp() == entry.isEsp() && other.sameRemote(entry)) {
        return false;
      }
    }
    outboundEntries.add(entry);
    outboundByPolicy.computeIfAbsent(entry.policy, key -> new ArrayList<>()).add(entry);
    return true;
  }

  private SpiTable tableOf(SaEntry entry) {
    return entry.isEsp() ? inboundEsp : inboundAh;
  }

  /**
   * The inbound SA of ESP for an IPv4 packet whose source does not matter.
   *
   * @param spi the packet's SPI
   * @param destination the packet's destination, as a 32-bit number
   */
  public @Nullable InboundSa inbound(int spi, int destination) {
    return inbound(spi, new Ipv4Address(destination), Ipv4Address.UNSPECIFIED);
  }

  /** The inbound SA of ESP for a packet, or null. */
  public @Nullable InboundSa inbound(int spi, IpAddress destination, IpAddress source) {
    SaEntry entry = inboundEsp.find(spi, keyOf(destination, source));
    return entry != null && entry.association instanceof InboundSa esp ? esp : null;
  }

  /** The inbound SA of AH for a packet, or null. */
  public @Nullable AhInboundSa inboundAh(int spi, IpAddress destination, IpAddress source) {
    SaEntry entry = inboundAh.find(spi, keyOf(destination, source));
    return entry != null && entry.association instanceof AhInboundSa ah ? ah : null;
  }

  private FlowKey keyOf(IpAddress destination, IpAddress source) {
    asked.ipv6 = !(destination instanceof Ipv4Address);
    asked.localHigh = SaEntry.high(destination);
    asked.localLow = SaEntry.low(destination);
    asked.remoteHigh = SaEntry.high(source);
    asked.remoteLow = SaEntry.low(source);
    return asked;
  }

  /** The inbound SA of ESP that has an SPI, whatever its destination. */
  public @Nullable InboundSa inbound(int spi) {
    SaEntry entry = inboundEsp.first(spi);
    return entry != null && entry.association instanceof InboundSa esp ? esp : null;
  }

  /**
   * The inbound SA for a packet.
   *
   * @param esp whether the packet is ESP, or else AH
   * @param key the packet's addresses, its destination local
   */
  @Nullable SaEntry inboundEntry(boolean esp, int spi, FlowKey key) {
    return (esp ? inboundEsp : inboundAh).find(spi, key);
  }

  /** The SA of ESP that protects a policy's packets: the newest that is usable, or null. */
  public @Nullable OutboundSa outbound(SecurityPolicy policy) {
    List<SaEntry> entries = outboundByPolicy.getOrDefault(policy, List.of());
    for (int i = entries.size() - 1; i >= 0; i--) {
      SaEntry entry = entries.get(i);
      if (entry.association instanceof OutboundSa esp && entry.isUsable()) {
        return esp;
      }
    }
    return null;
  }

  /**
   * The SA that protects a packet of a policy: of the usable ones whose selectors it is within the
   * newest, or null. A fragment that does not show its ports is within no selectors that name some.
   */
  public @Nullable SecurityAssociation outbound(SecurityPolicy policy, byte[] bytes, int offset) {
    SaEntry entry = outboundEntry(policy, bytes, offset);
    return entry == null ? null : entry.association;
  }

  @Nullable SaEntry outboundEntry(SecurityPolicy policy, byte[] bytes, int offset) {
    List<SaEntry> entries = outboundByPolicy.getOrDefault(policy, List.of());
    for (int i = entries.size() - 1; i >= 0; i--) {
      SaEntry entry = entries.get(i);
      if (entry.isUsable() && entry.takes(bytes, offset)) {
        return entry;
      }
    }
    return null;
  }

  /** The newest SA of a policy that has used its last sequence number, or null. */
  @Nullable SaEntry exhausted(SecurityPolicy policy) {
    List<SaEntry> entries = outboundByPolicy.getOrDefault(policy, List.of());
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).exhaustedAt() != 0) {
        return entries.get(i);
      }
    }
    return null;
  }

  /** Whether a usable SA would take a packet that none takes, if it showed what it hides. */
  boolean isHidden(SecurityPolicy policy, byte[] bytes, int offset) {
    for (SaEntry entry : outboundByPolicy.getOrDefault(policy, List.of())) {
      if (entry.isUsable() && entry.wouldTake(bytes, offset)) {
        return true;
      }
    }
    return false;
  }

  /** The SA of ESP that has sent what an ICMP error quotes, or null: {@link OutboundSa#hasSent}. */
  public @Nullable OutboundSa sender(IcmpQuote quote) {
    for (SaEntry entry : outboundEntries) {
      if (entry.association instanceof OutboundSa esp && esp.hasSent(quote)) {
        return esp;
      }
    }
    return null;
  }

  /** The inbound SAs of ESP in the order of their installation. */
  public List<InboundSa> inboundAssociations() {
    return of(InboundSa.class, inboundEntries);
  }

  /** The inbound SAs of AH in the order of their installation. */
  public List<AhInboundSa> inboundAhAssociations() {
    return of(AhInboundSa.class, inboundEntries);
  }

  /** The outbound SAs of ESP in the order of their installation. */
  public List<OutboundSa> outboundAssociations() {
    return of(OutboundSa.class, outboundEntries);
  }

  /** The outbound SAs of AH in the order of their installation. */
  public List<AhOutboundSa> outboundAhAssociations() {
    return of(AhOutboundSa.class, outboundEntries);
  }

  private static <S extends SecurityAssociation> List<S> of(Class<S> kind, List<SaEntry> entries) {
    return entries.stream()
        .map(entry -> entry.association)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** The policy that an SA is installed under, or null if it is not installed. */
  public @Nullable SecurityPolicy policyOf(SecurityAssociation association) {
    SaEntry entry = entryOf(association);
    return entry == null ? null : entry.policy;
  }

  private @Nullable SaEntry entryOf(SecurityAssociation association) {
    for (List<SaEntry> entries : List.of(inboundEntries, outboundEntries)) {
      for (SaEntry entry : entries) {
        if (entry.association == association) {
          return entry;
        }
      }
    }
    return null;
  }

  /** Takes an SA out and wipes its keys; false if it is not installed. */
  public boolean remove(SecurityAssociation association) {
    SaEntry entry = entryOf(association);
    if (entry == null) {
      return false;
    }
    drop(entry);
    return true;
  }

  /**
   * Takes the inbound SA of ESP with this SPI out, of several the oldest, and wipes its keys; false
   * if there is none.
   */
  public boolean removeInbound(int spi) {
    InboundSa association = inbound(spi);
    return association != null && remove(association);
  }

  /** Takes an outbound SA of ESP out and wipes its keys; false if there is none of this SPI. */
  public boolean removeOutbound(int spi, IpAddress remote) {
    for (SaEntry entry : outboundEntries) {
      if (entry.spi == spi
          && entry.isEsp()
          && entry.association.parameters().remote().equals(remote)) {
        drop(entry);
        return true;
      }
    }
    return false;
  }

  /** Takes every SA with a peer out and wipes its keys: the peer is gone or has started anew. */
  public void removePeer(IpAddress remote) {
    for (List<SaEntry> entries : List.of(inboundEntries, outboundEntries)) {
      for (int i = entries.size() - 1; i >= 0; i--) {
        if (entries.get(i).association.parameters().remote().equals(remote)) {
          drop(entries.get(i));
        }
      }
    }
  }

  /**
   * Applies the lifetimes, by age and by volume: notes events for {@link #poll} and removes what
   * has expired for good.
   */
  public void expire(long nowNanos) {
    expire(inboundEntries, nowNanos);
    expire(outboundEntries, nowNanos);
  }

  private void expire(List<SaEntry> entries, long nowNanos) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      SaEntry entry = entries.get(i);
      LifetimeState state = entry.association.expire(nowNanos);
      if (state == LifetimeState.SOFT_EXPIRED && !entry.softReported) {
        entry.softReported = true;
        events.add(new SaEvent(SaEvent.Kind.SOFT_EXPIRED, entry.policy, entry.association));
      }
      if (state == LifetimeState.HARD_EXPIRED) {
        events.add(new SaEvent(SaEvent.Kind.HARD_EXPIRED, entry.policy, entry.association));
        drop(entry);
      }
    }
  }

  /** The next event that {@link #expire} has noted, or null. At most two come of one SA. */
  public @Nullable SaEvent poll() {
    return events.poll();
  }

  /** When {@link #expire} has to be called for the sake of an SA's age, or {@code NO_DEADLINE}. */
  public long nextDeadline() {
    long deadline = SecurityAssociation.NO_DEADLINE;
    for (SaEntry entry : inboundEntries) {
      deadline = Math.min(deadline, entry.association.nextDeadline());
    }
    for (SaEntry entry : outboundEntries) {
      deadline = Math.min(deadline, entry.association.nextDeadline());
    }
    return deadline;
  }

  /** How often an SA was refused because the database was full. */
  public long limitHits() {
    return limitHits;
  }

  private void drop(SaEntry entry) {
    if (entry.isInbound()) {
      inboundEntries.remove(entry);
      tableOf(entry).remove(entry);
    } else {
      outboundEntries.remove(entry);
      List<SaEntry> siblings = Objects.requireNonNull(outboundByPolicy.get(entry.policy));
      siblings.remove(entry);
      if (siblings.isEmpty()) {
        outboundByPolicy.remove(entry.policy);
      }
    }
    entry.association.close();
  }
}
