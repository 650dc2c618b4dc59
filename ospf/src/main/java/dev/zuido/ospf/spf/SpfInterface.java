package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next-hop calculation (RFC 2328 section 16.1.1) needs to know of one of the calculating
 * router's own interfaces.
 *
 * @param index the interface's number, unique in the router; the Link Data of an unnumbered link
 * @param areaId the area that the interface belongs to; the transit area of a virtual link
 * @param kind how it connects
 * @param address its address; null if it is unnumbered
 * @param prefix its subnet; null if it is unnumbered
 * @param neighbors addresses of the fully adjacent neighbours by Router ID: for a virtual link the
 *     one at its other end
 */
public record SpfInterface(
    int index,
    Ipv4Address areaId,
    Kind kind,
    @Nullable Ipv4Address address,
    @Nullable Ipv4Prefix prefix,
    Map<Ipv4Address, Ipv4Address> neighbors) {
  /** How an interface connects. */
  public enum Kind {
    /** One neighbour; numbered or not. */
    POINT_TO_POINT,
    /** A network with a designated router: broadcast or NBMA. */
    MULTI_ACCESS,
    /** A network of point-to-point links with one subnet. */
    POINT_TO_MULTIPOINT,
    /** A backbone link through another area. */
    VIRTUAL,
    /** No neighbours: loopback and passive interfaces. */
    STUB
  }

  /** Copies the map. */
  public SpfInterface {
    neighbors = Map.copyOf(neighbors);
    if ((address == null) != (prefix == null)) {
      throw new IllegalArgumentException("address and prefix are both given, or neither");
    }
  }

  /** Whether a Link Data field of the router's own router-LSA means this interface. */
  public boolean hasLinkData(Ipv4Address linkData) {
    return address != null ? address.equals(linkData) : linkData.value() == index;
  }
}
