package dev.zuido.router;

import dev.zuido.esp.EspKeys;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.SaCounters;
import dev.zuido.esp.SaLifetime;
import dev.zuido.esp.SaParameters;
import dev.zuido.esp.SecurityAssociation;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IpsecProposal;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of IKE's SAs is which of ESP's: the translation of what was negotiated, the SPIs that are
 * given out, and when each SA last carried a packet.
 */
final class InstalledSas implements SpiAllocator, TrafficClock {
  /** SPIs below are reserved (RFC 4303 section 2.1). */
  private static final int FIRST_SPI = 256;

  /** Of so many kilobytes of a lifetime the last hundredth is left for the successor. */
  private static final long SOFT_PERCENT = 99;

  private final SecureRandom random;
  private final Set<Integer> spis = new HashSet<>();
  private final Map<Long, Watch> byId = new LinkedHashMap<>();

  /** An installed SA, and its traffic as it was last looked at. */
  static final class Watch {
    private final long id;
    private final SecurityAssociation association;
    private long packets;
    private long lastPacketNanos = NEVER;

    /** Where IKE takes the peer to be, if something was said of it since the SA was installed. */
    private int sourceAddress;

    private int sourcePort;

    /** The newest packet whose source has been looked at. */
    private long lookedAt;

    Watch(long id, SecurityAssociation association) {
      this.id = id;
      this.association = association;
    }

    long id() {
      return id;
    }

    SecurityAssociation association() {
      return association;
    }

    /**
     * IKE takes the peer to be elsewhere. What has come until now is older than that; what comes
     * from the old place from now on is news again.
     */
    void movedTo(Ipv4Address address, int port) {
      sourceAddress = address.value();
      sourcePort = port;
      if (association instanceof InboundSa inbound) {
        lookedAt = inbound.highestSequence();
      }
    }

    private boolean hasNewPackets(InboundSa inbound) {
      long newest = inbound.highestSequence();
      boolean advanced = newest > lookedAt;
      lookedAt = newest;
      return advanced;
    }
  }

  InstalledSas(SecureRandom random) {
    this.random = random;
  }

  @Override
  public int allocate() {
    for (int tries = 0; tries < 64; tries++) {
      int spi = random.nextInt();
      if (Integer.compareUnsigned(spi, FIRST_SPI) >= 0 && spis.add(spi)) {
        return spi;
      }
    }
    return 0;
  }

  /** Keeps an SPI from being given out; false if it has been already. */
  boolean reserve(int spi) {
    return spis.add(spi);
  }

  @Override
  public void release(int spi) {
    spis.remove(spi);
  }

  @Override
  public long lastPacketNanos(long saId) {
    Watch watch = byId.get(saId);
    return watch == null ? NEVER : watch.lastPacketNanos;
  }

  void add(long id, SecurityAssociation association) {
    byId.put(id, new Watch(id, association));
  }

  @Nullable Watch find(long id) {
    return byId.get(id);
  }

  @Nullable Watch remove(long id) {
    return byId.remove(id);
  }

  /** IKE's number of an SA, or -1. */
  long idOf(SecurityAssociation association) {
    for (Watch watch : byId.values()) {
      if (watch.association == association) {
        return watch.id;
      }
    }
    return -1;
  }

  /** Looks which SAs have carried packets since the last time. */
  void observe(long nowNanos, FirstPacket firstPacket) {
    for (Watch watch : byId.values()) {
      SaCounters counters = watch.association.counters();
      long packets = counters.packets(EspVerdict.OPENED) + counters.packets(EspVerdict.SEALED);
      if (packets != watch.packets) {
        if (watch.packets == 0) {
          firstPacket.on(watch);
        }
        watch.packets = packets;
        watch.lastPacketNanos = nowNanos;
      }
    }
  }

  /**
   * Looks from where the peers of encapsulated SAs have sent since the last time, and says so where
   * that is not where IKE takes them to be.
   */
  void observeSources(NewSource newSource) {
    for (Watch watch : byId.values()) {
      if (watch.association instanceof InboundSa inbound
          && inbound.lastSourcePort() != 0
          && watch.hasNewPackets(inbound)) {
        int address = inbound.lastSourceAddress();
        int port = inbound.lastSourcePort();
        if (address != watch.sourceAddress || port != watch.sourcePort) {
          boolean first = watch.sourcePort == 0;
          watch.sourceAddress = address;
          watch.sourcePort = port;
          if (!first || isElsewhere(inbound, address, port)) {
            newSource.on(watch, new Ipv4Address(address), port);
          }
        }
      }
    }
  }

  private static boolean isElsewhere(InboundSa inbound, int address, int port) {
    UdpEncapsulation negotiated = inbound.parameters().udpEncapsulation();
    return negotiated != null
        && (negotiated.remotePort() != port
            || !inbound.parameters().remote().equals(new Ipv4Address(address)));
  }

  /** Is told when a peer has sent from another place than before. */
  interface NewSource {
    void on(Watch watch, Ipv4Address address, int port);
  }

  /** Is told when an SA carries its first packet. */
  interface FirstPacket {
    void on(Watch watch);
  }

  /** What ESP has to know of an SA that IKE has negotiated. */
  static SaParameters parameters(
      dev.zuido.ike.SaParameters sa, TrafficSelector selector, int replayWindow) {
    boolean inbound = sa.direction() == dev.zuido.ike.SaParameters.Direction.INBOUND;
    Ipv4Address local = (Ipv4Address) (inbound ? sa.destination() : sa.source());
    Ipv4Address remote = (Ipv4Address) (inbound ? sa.source() : sa.destination());
    EspMode mode =
        switch (sa.mode()) {
          case TUNNEL -> EspMode.TUNNEL;
          case TRANSPORT -> EspMode.TRANSPORT;
        };
    long kilobytes = sa.lifetimeKilobytes();
    return SaParameters.of(sa.spi(), mode, suite(sa.suite()), local, remote)
        .withSelector(selector)
        .withReplayWindow(replayWindow)
        .withExtendedSequenceNumbers(sa.extendedSequenceNumbers())
        .withLifetime(SaLifetime.of(0, 0, kilobytes * SOFT_PERCENT / 100, kilobytes))
        .withUdpEncapsulation(encapsulation(sa, inbound));
  }

  /** The ports of RFC 3948 from our side, or null for ESP directly in IP. */
  private static @Nullable UdpEncapsulation encapsulation(
      dev.zuido.ike.SaParameters sa, boolean inbound) {
    var ports = sa.udpEncapsulation();
    if (ports == null) {
      return null;
    }
    if (!inbound) {
      return new UdpEncapsulation(ports.sourcePort(), ports.destinationPort());
    }
    var original = sa.originalAddresses();
    return new UdpEncapsulation(
        ports.destinationPort(),
        ports.sourcePort(),
        original == null ? null : ipv4(original.destination()),
        original == null ? null : ipv4(original.source()));
  }

  /** Packets of IPv4 have no other original addresses. */
  private static @Nullable Ipv4Address ipv4(IpAddress address) {
    return address instanceof Ipv4Address four ? four : null;
  }

  /** Cuts the negotiated keys into ESP's parts; the caller closes the result. */
  static EspKeys keys(dev.zuido.ike.SaParameters sa) {
    EspSuite suite = suite(sa.suite());
    byte[] encryption = sa.keys().encryption();
    byte[] integrity = sa.keys().integrity();
    int keyLength = suite.encryption().keyLength();
    byte[] key = Arrays.copyOf(encryption, keyLength);
    byte[] salt = Arrays.copyOfRange(encryption, keyLength, encryption.length);
    try {
      return EspKeys.of(suite, key, salt, integrity);
    } finally {
      Arrays.fill(encryption, (byte) 0);
      Arrays.fill(integrity, (byte) 0);
      Arrays.fill(key, (byte) 0);
      Arrays.fill(salt, (byte) 0);
    }
  }

  /**
   * ESP's suite for a negotiated one.
   *
   * @throws IllegalArgumentException if ESP has no such suite
   */
  static EspSuite suite(IpsecProposal proposal) {
    if (proposal instanceof EspProposal esp) {
      return SuiteMapping.suite(esp);
    }
    throw new IllegalArgumentException(proposal + " is no suite of ESP: AH is not installed here");
  }
}
