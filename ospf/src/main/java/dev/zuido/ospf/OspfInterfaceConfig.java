package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Objects;

/**
 * An interface (RFC 2328 section C.3). Made by {@link #broadcast}, {@link #pointToPoint} or {@link
 * #loopback} with the RFC's sample values, and changed by the {@code with…} methods.
 *
 * @param id the caller's number of the interface, not negative; on an unnumbered link it is also
 *     the ifIndex in the router-LSA
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
    OspfAuthentication authentication) {
  /** The smallest MTU that RFC 791 lets a link have. */
  public static final int MIN_MTU = 68;

  /** Checks the ranges. */
  public OspfInterfaceConfig {
    Objects.requireNonNull(name);
    Objects.requireNonNull(areaId);
    if (id < 0) {
      throw new IllegalArgumentException("an interface's id is not negative: " + id);
    }
    if (prefixLength < 0 || prefixLength > 32) {
      throw new IllegalArgumentException("a prefix length is 0 to 32, not " + prefixLength);
    }
    if (type == NetworkType.BROADCAST && address.isUnspecified()) {
      throw new IllegalArgumentException("an interface to a broadcast network has an address");
    }
    requireRange("cost", cost, 1, 0xffff);
    requireRange("priority", priority, 0, 255);
    requireRange("MTU", mtu, MIN_MTU, 0xffff);
  }

  /** An interface to a broadcast network, with a cost of 10 and an MTU of 1500. */
  public static OspfInterfaceConfig broadcast(
      int id, String name, Ipv4Address address, int prefixLength, Ipv4Address areaId) {
    return new OspfInterfaceConfig(
        id,
        name,
        address,
        prefixLength,
        areaId,
        NetworkType.BROADCAST,
        10,
        1,
        1500,
        false,
        false,
        OspfInterfaceTimers.DEFAULT,
        OspfAuthentication.NONE);
  }

  /** A numbered point-to-point interface, with a cost of 10 and an MTU of 1500. */
  public static OspfInterfaceConfig pointToPoint(
      int id, String name, Ipv4Address address, int prefixLength, Ipv4Address areaId) {
    return broadcast(id, name, address, prefixLength, areaId).withType(NetworkType.POINT_TO_POINT);
  }

  /** A loopback interface, advertised as a host route. */
  public static OspfInterfaceConfig loopback(
      int id, String name, Ipv4Address address, Ipv4Address areaId) {
    return broadcast(id, name, address, 32, areaId).withType(NetworkType.LOOPBACK);
  }

  /** The attached network. */
  public Ipv4Prefix network() {
    return Ipv4Prefix.containing(address, prefixLength);
  }

  /** The same with another type. */
  public OspfInterfaceConfig withType(NetworkType newType) {
    return new OspfInterfaceConfig(
        id,
        name,
        address,
        prefixLength,
        areaId,
        newType,
        cost,
        priority,
        mtu,
        mtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same with another address and prefix length. */
  public OspfInterfaceConfig withAddress(Ipv4Address newAddress, int newPrefixLength) {
    return new OspfInterfaceConfig(
        id,
        name,
        newAddress,
        newPrefixLength,
        areaId,
        type,
        cost,
        priority,
        mtu,
        mtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same with another output cost. */
  public OspfInterfaceConfig withCost(int newCost) {
    return new OspfInterfaceConfig(
        id,
        name,
        address,
        prefixLength,
        areaId,
        type,
        newCost,
        priority,
        mtu,
        mtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same with another Router Priority. */
  public OspfInterfaceConfig withPriority(int newPriority) {
    return new OspfInterfaceConfig(
        id,
        name,
        address,
        prefixLength,
        areaId,
        type,
        cost,
        newPriority,
        mtu,
        mtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same with another MTU. */
  public OspfInterfaceConfig withMtu(int newMtu) {
    return new OspfInterfaceConfig(
        id,
        name,
        address,
        prefixLength,
        areaId,
        type,
        cost,
        priority,
        newMtu,
        mtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same with the neighbor's MTU checked or not. */
  public OspfInterfaceConfig withMtuIgnore(boolean newMtuIgnore) {
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
        newMtuIgnore,
        passive,
        timers,
        authentication);
  }

  /** The same, passive or not. */
  public OspfInterfaceConfig withPassive(boolean newPassive) {
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
        newPassive,
        timers,
        authentication);
  }

  /** The same with other intervals. */
  public OspfInterfaceConfig withTimers(OspfInterfaceTimers newTimers) {
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
        newTimers,
        authentication);
  }

  /** The same with another authentication. */
  public OspfInterfaceConfig withAuthentication(OspfAuthentication newAuthentication) {
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
        newAuthentication);
  }

  private static void requireRange(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "the " + what + " is " + low + " to " + high + ", not " + value);
    }
  }
}
