package dev.zuido.ospf.packet;

import dev.zuido.wire.Ipv4Address;

/**
 * What all packets of a router begin with (RFC 2328 A.3.1). Version, type, packet length and
 * checksum follow from the packet and are written by {@link OspfPacket#encode}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   Version #   |     Type      |         Packet length         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Router ID                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           Area ID                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Checksum            |             AuType            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Authentication                          |
 * |                       Authentication                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param routerId the Router ID of the sender
 * @param areaId the area that the packet belongs to
 * @param authentication AuType and the authentication field
 */
public record OspfHeader(
    Ipv4Address routerId, Ipv4Address areaId, PacketAuthentication authentication) {
  /** Bytes of the header. */
  public static final int LENGTH = 24;

  /** The version of the protocol. */
  public static final int VERSION = 2;

  /** A header without authentication. */
  public OspfHeader(Ipv4Address routerId, Ipv4Address areaId) {
    this(routerId, areaId, PacketAuthentication.Null.NONE);
  }

  /** This header with another authentication. */
  public OspfHeader withAuthentication(PacketAuthentication other) {
    return new OspfHeader(routerId, areaId, other);
  }
}
