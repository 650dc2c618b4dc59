package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/**
 * A virtual link as {@code show ip ospf virtual-links} sees it. Its interface and its neighbor are
 * also among {@link OspfEngine#interfaces} and {@link OspfEngine#neighbors}.
 *
 * @param interfaceId the number of its interface, which is negative
 * @param name the interface's name
 * @param transitAreaId the area that the link runs through
 * @param config its configuration
 * @param state the interface's state: Down while there is no route to the other end
 * @param cost the cost of the path to the other end; -1 if there is none
 * @param address this router's address on the link; 0.0.0.0 if it is down
 * @param neighborAddress the other end's address; 0.0.0.0 if it is down
 * @param fullyAdjacent whether the link carries traffic
 * @param obstacle why the interface is down
 */
public record VirtualLinkSnapshot(
    int interfaceId,
    String name,
    Ipv4Address transitAreaId,
    VirtualLinkConfig config,
    InterfaceState state,
    int cost,
    Ipv4Address address,
    Ipv4Address neighborAddress,
    boolean fullyAdjacent,
    Obstacle obstacle) {
  /** Why a virtual link's interface is down (RFC 2328 section 15). */
  public enum Obstacle {
    /** It is not down. */
    NONE("none"),
    /** The other end is no area border router that can be reached through the transit area. */
    NO_BORDER_ROUTER("no such area border router in the transit area"),
    /** The path's cost does not fit in a router-LSA. */
    TOO_EXPENSIVE("the path costs more than 65535"),
    /** One of the ends has no address in the transit area. */
    NO_ADDRESS("an end has no address in the transit area");

    private final String words;

    Obstacle(String words) {
      this.words = words;
    }

    /** The obstacle as a log prints it. */
    public String words() {
      return words;
    }
  }
}
