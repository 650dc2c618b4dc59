package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An interface (RFC 2328 section C.3). Made by {@link #broadcast}, {@link #pointToPoint} or {@link
 * #loopback} with the RFC's sample values, and changed by the {@code with…} methods or a {@link
 * Builder}.
 *
 * @param id the caller's number of the interface, not negative; on an unnumbered link it is also
 *     the ifIndex in the router-LSA. That of a virtual link is negative
 * @param name the name that explanations use
 * @param address the interface's address; 0.0.0.0 if a point-to-point interface is unnumbered
 * @param prefixLength bits of the network mask, 0 to 32
 * @param areaId the area that the network belongs to
 * @param type how OSPF treats the network
 * @param cost the output cost, 1 to 65535
 * @param priority the Router Priority, 0 to 255; 0 never becomes Designated Router
 * @param mtu the largest IP datagram in bytes, as announced in Database Description packets
 * @param mtuIgnore whether a neighbor's larger MTU is let pass
 * @param passive whether the network is advertised without sending or accepting any packet
 * @param timers the intervals
 * @param authentication how packets are authenticated
 * @param prefixSuppression whether the network is left out of the LSAs (RFC 6860)
 * @param ttlSecurityHops how many hops a packet may have come, 1 to 254, as its TTL shows; 0 asks
 *     for no check (RFC 5082)
 * @param demandCircuit false: a demand circuit (RFC 1793) is refused
 * @param bidirectionalForwardingDetection whether the caller is asked to watch the neighbors by BFD
 *     (RFC 5882)
 * @param staticNeighbors the neighbors that cannot be found by multicast (section C.5 and C.6); on
 *     a point-to-multipoint network with multicast, those with a cost of their own
 * @param borrowedAddress the address that an unnumbered interface sends from, which AuType 3 has to
 *     know (RFC 7474 section 5); 0.0.0.0 leaves it to the caller
 */
public record OspfInterfaceConfig(
    int id,
    String name,
    Ipv4Address address,
    int prefixLength,
    Ipv4Address areaId,
    NetworkType type,
    int cost,
    int priority,
    int mtu,
    boolean mtuIgnore,
    boolean passive,
    OspfInterfaceTimers timers,
    OspfAuthentication authentication,
    boolean prefixSuppression,
    int ttlSecurityHops,
    boolean demandCircuit,
    boolean bidirectionalForwardingDetection,
    List<StaticNeighbor> staticNeighbors,
    Ipv4Address borrowedAddress) {
  /** The smallest MTU that RFC 791 lets a link have. */
  public static final int MIN_MTU = 68;

  /** Checks the ranges. */
  public OspfInterfaceConfig {
    Objects.requireNonNull(name);
    Objects.requireNonNull(areaId);
    if ((id < 0) != (type == NetworkType.VIRTUAL_LINK)) {
      throw new IllegalArgumentException(
          "the id of a virtual link is negative, and that of no other interface: " + id);
    }
    if (prefixLength < 0 || prefixLength > 32) {
      throw new IllegalArgumentException("a prefix length is 0 to 32, not " + prefixLength);
    }
    if (type != NetworkType.POINT_TO_POINT
        && type != NetworkType.VIRTUAL_LINK
        && address.isUnspecified()) {
      throw new IllegalArgumentException(
          "only an interface to a point-to-point link can be without an address");
    }
    staticNeighbors = List.copyOf(staticNeighbors);
    StaticNeighbor.requireFitting(
        type, Ipv4Prefix.containing(address, prefixLength), staticNeighbors);
    if (demandCircuit) {
      // Hellos cannot be suppressed here, so saying DC would be a promise that is not kept.
      throw new IllegalArgumentException(
          "demand circuits of other routers are understood, but none can be operated (RFC 1793)");
    }
    if (authentication instanceof OspfAuthentication.KeyChain chain
        && chain.extendedSequenceNumbers()
        && type != NetworkType.VIRTUAL_LINK
        && address.isUnspecified()
        && borrowedAddress.isUnspecified()) {
      throw new IllegalArgumentException(
          "AuType 3 on an unnumbered interface needs the address that it borrows");
    }
    requireRange("cost", cost, 1, 0xffff);
    requireRange("priority", priority, 0, 255);
    requireRange("MTU", mtu, MIN_MTU, 0xffff);
    requireRange("number of hops", ttlSecurityHops, 0, 254);
  }

  /** An interface to a broadcast network, with a cost of 10 and an MTU of 1500. */
  public static OspfInterfaceConfig broadcast(
      int id, String name, Ipv4Address address, int prefixLength, Ipv4Address areaId) {
    return builder(id, name).address(address, prefixLength).areaId(areaId).build();
  }

  /** A numbered point-to-point interface, with a cost of 10 and an MTU of 1500. */
  public static OspfInterfaceConfig pointToPoint(
      int id, String name, Ipv4Address address, int prefixLength, Ipv4Address areaId) {
    return broadcast(id, name, address, prefixLength, areaId).withType(NetworkType.POINT_TO_POINT);
  }

  /** An unnumbered point-to-point interface, with a cost of 10 and an MTU of 1500. */
  public static OspfInterfaceConfig unnumbered(int id, String name, Ipv4Address areaId) {
    return builder(id, name).type(NetworkType.POINT_TO_POINT).areaId(areaId).build();
  }

  /** A loopback interface, advertised as a host route. */
  public static OspfInterfaceConfig loopback(
      int id, String name, Ipv4Address address, Ipv4Address areaId) {
    return broadcast(id, name, address, 32, areaId).withType(NetworkType.LOOPBACK);
  }

  /**
   * Begins an interface to a broadcast network in the backbone, with a cost of 10 and an MTU of
   * 1500, that still needs an address.
   */
  public static Builder builder(int id, String name) {
    return new Builder(id, name);
  }

  /** Begins an interface that differs from this one. */
  public Builder toBuilder() {
    Builder builder = new Builder(id, name);
    builder.address = address;
    builder.prefixLength = prefixLength;
    builder.areaId = areaId;
    builder.type = type;
    builder.cost = cost;
    builder.priority = priority;
    builder.mtu = mtu;
    builder.mtuIgnore = mtuIgnore;
    builder.passive = passive;
    builder.timers = timers;
    builder.authentication = authentication;
    builder.prefixSuppression = prefixSuppression;
    builder.ttlSecurityHops = ttlSecurityHops;
    builder.demandCircuit = demandCircuit;
    builder.bidirectionalForwardingDetection = bidirectionalForwardingDetection;
    builder.staticNeighbors = staticNeighbors;
    builder.borrowedAddress = borrowedAddress;
    return builder;
  }

  /** The address that packets are sent from; 0.0.0.0 if the caller chooses one. */
  public Ipv4Address sourceAddress() {
    return address.isUnspecified() ? borrowedAddress : address;
  }

  /** The TTL that packets are sent with. */
  int sendingTtl() {
    return ttlSecurityHops > 0 ? 255 : 1;
  }

  /**
   * Whether a packet has come from no farther than allowed: a TTL of 255 has passed no router, one
   * hop (RFC 5082 section 3).
   */
  boolean trusts(int ttl) {
    return ttlSecurityHops == 0 || ttl >= leastTtl();
  }

  /** The least TTL that a packet from the allowed distance has. */
  int leastTtl() {
    return 256 - ttlSecurityHops;
  }

  /** The static neighbor with an address; null if there is none. */
  @Nullable StaticNeighbor staticNeighbor(Ipv4Address neighbor) {
    for (StaticNeighbor each : staticNeighbors) {
      if (each.address().equals(neighbor)) {
        return each;
      }
    }
    return null;
  }

  /** Whether a running interface can take this configuration over without going down. */
  boolean changesInPlaceFrom(OspfInterfaceConfig other) {
    return address.equals(other.address)
        && prefixLength == other.prefixLength
        && areaId.equals(other.areaId)
        && type == other.type
        && passive == other.passive;
  }

  /** The attached network. */
  public Ipv4Prefix network() {
    return Ipv4Prefix.containing(address, prefixLength);
  }

  /** The same with another type. */
  public OspfInterfaceConfig withType(NetworkType newType) {
    return toBuilder().type(newType).build();
  }

  /** The same with another address and prefix length. */
  public OspfInterfaceConfig withAddress(Ipv4Address newAddress, int newPrefixLength) {
    return toBuilder().address(newAddress, newPrefixLength).build();
  }

  /** The same with another output cost. */
  public OspfInterfaceConfig withCost(int newCost) {
    return toBuilder().cost(newCost).build();
  }

  /** The same with another Router Priority. */
  public OspfInterfaceConfig withPriority(int newPriority) {
    return toBuilder().priority(newPriority).build();
  }

  /** The same with another MTU. */
  public OspfInterfaceConfig withMtu(int newMtu) {
    return toBuilder().mtu(newMtu).build();
  }

  /** The same with the neighbor's MTU checked or not. */
  public OspfInterfaceConfig withMtuIgnore(boolean newMtuIgnore) {
    return toBuilder().mtuIgnore(newMtuIgnore).build();
  }

  /** The same, passive or not. */
  public OspfInterfaceConfig withPassive(boolean newPassive) {
    return toBuilder().passive(newPassive).build();
  }

  /** The same with other intervals. */
  public OspfInterfaceConfig withTimers(OspfInterfaceTimers newTimers) {
    return toBuilder().timers(newTimers).build();
  }

  /** The same with another authentication. */
  public OspfInterfaceConfig withAuthentication(OspfAuthentication newAuthentication) {
    return toBuilder().authentication(newAuthentication).build();
  }

  private static void requireRange(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "the " + what + " is " + low + " to " + high + ", not " + value);
    }
  }

  /** Puts an interface together; what is not said stays as it was. */
  public static final class Builder {
    private final int id;
    private final String name;
    private Ipv4Address address = Ipv4Address.UNSPECIFIED;
    private int prefixLength;
    private Ipv4Address areaId = OspfAreaConfig.BACKBONE;
    private NetworkType type = NetworkType.BROADCAST;
    private int cost = 10;
    private int priority = 1;
    private int mtu = 1500;
    private boolean mtuIgnore;
    private boolean passive;
    private OspfInterfaceTimers timers = OspfInterfaceTimers.DEFAULT;
    private OspfAuthentication authentication = OspfAuthentication.NONE;
    private boolean prefixSuppression;
    private int ttlSecurityHops;
    private boolean demandCircuit;
    private boolean bidirectionalForwardingDetection;
    private List<StaticNeighbor> staticNeighbors = List.of();
    private Ipv4Address borrowedAddress = Ipv4Address.UNSPECIFIED;

    private Builder(int id, String name) {
      this.id = id;
      this.name = name;
    }

    /** The address and the length of its prefix. */
    public Builder address(Ipv4Address newAddress, int newPrefixLength) {
      address = newAddress;
      prefixLength = newPrefixLength;
      return this;
    }

    /** The area. */
    public Builder areaId(Ipv4Address newAreaId) {
      areaId = newAreaId;
      return this;
    }

    /** How OSPF treats the network. */
    public Builder type(NetworkType newType) {
      type = newType;
      return this;
    }

    /** The output cost. */
    public Builder cost(int newCost) {
      cost = newCost;
      return this;
    }

    /** The Router Priority. */
    public Builder priority(int newPriority) {
      priority = newPriority;
      return this;
    }

    /** The MTU in bytes. */
    public Builder mtu(int newMtu) {
      mtu = newMtu;
      return this;
    }

    /** Whether a neighbor's larger MTU is let pass. */
    public Builder mtuIgnore(boolean newMtuIgnore) {
      mtuIgnore = newMtuIgnore;
      return this;
    }

    /** Whether the network is only advertised. */
    public Builder passive(boolean newPassive) {
      passive = newPassive;
      return this;
    }

    /** The intervals. */
    public Builder timers(OspfInterfaceTimers newTimers) {
      timers = newTimers;
      return this;
    }

    /** How packets are authenticated. */
    public Builder authentication(OspfAuthentication newAuthentication) {
      authentication = newAuthentication;
      return this;
    }

    /** Whether the network is left out of the LSAs. */
    public Builder prefixSuppression(boolean newPrefixSuppression) {
      prefixSuppression = newPrefixSuppression;
      return this;
    }

    /** How many hops a packet may have come; 0 for no check. */
    public Builder ttlSecurityHops(int newTtlSecurityHops) {
      ttlSecurityHops = newTtlSecurityHops;
      return this;
    }

    /** Whether the link is a demand circuit. */
    public Builder demandCircuit(boolean newDemandCircuit) {
      demandCircuit = newDemandCircuit;
      return this;
    }

    /** Whether BFD is asked to watch the neighbors. */
    public Builder bidirectionalForwardingDetection(boolean newBidirectionalForwardingDetection) {
      bidirectionalForwardingDetection = newBidirectionalForwardingDetection;
      return this;
    }

    /** The neighbors that cannot be found by multicast. */
    public Builder staticNeighbors(List<StaticNeighbor> newStaticNeighbors) {
      staticNeighbors = newStaticNeighbors;
      return this;
    }

    /** The address that an unnumbered interface sends from. */
    public Builder borrowedAddress(Ipv4Address newBorrowedAddress) {
      borrowedAddress = newBorrowedAddress;
      return this;
    }

    /**
     * The interface.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public OspfInterfaceConfig build() {
      return new OspfInterfaceConfig(
          id,
          name,
          address,
          prefixLength,
          areaId,
          type,
          cost,
          priority,
          mtu,
          mtuIgnore,
          passive,
          timers,
          authentication,
          prefixSuppression,
          ttlSecurityHops,
          demandCircuit,
          bidirectionalForwardingDetection,
          staticNeighbors,
          borrowedAddress);
    }
  }
}
