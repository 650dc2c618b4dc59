package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A destination outside of the AS, told by an AS boundary router (RFC 2328 A.4.5).
 *
 * <pre>
 * |                         Network Mask                          |
 * |E|     0       |                  metric                       |
 * |                      Forwarding address                       |
 * |                      External Route Tag                       |
 * |E|    TOS      |                TOS  metric                    |  (any number of
 * |                      Forwarding address                       |   these three)
 * |                      External Route Tag                       |
 * </pre>
 *
 * @param networkMask the destination's mask
 * @param routes the route for TOS 0, then those for other types of service: at least one
 */
public record AsExternalLsa(Ipv4Address networkMask, List<Route> routes) implements LsaBody {
  /**
   * The route for one type of service.
   *
   * @param type2 E: whether the metric is of type 2, larger than any path inside of the AS
   * @param tos the type of service, 0 to 127; 0 in the first route
   * @param metric the cost, 0 to {@link SummaryLsa#INFINITY}
   * @param forwardingAddress where packets go; 0.0.0.0 for the originator itself
   * @param externalRouteTag 32 bits that OSPF does not look at
   */
  public record Route(
      boolean type2, int tos, int metric, Ipv4Address forwardingAddress, int externalRouteTag) {
    /** Bytes of a route. */
    static final int LENGTH = 12;

    /** Checks the ranges. */
    public Route {
      if ((tos & ~0x7f) != 0 || (metric & ~0xff_ffff) != 0) {
        throw new IllegalArgumentException("TOS or metric out of range");
      }
    }
  }

  /** Checks that there is a route. */
  public AsExternalLsa {
    routes = List.copyOf(routes);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("an AS-external-LSA has at least one route");
    }
  }

  /** A route for TOS 0 alone. */
  public static AsExternalLsa of(
      Ipv4Address networkMask,
      boolean type2,
      int metric,
      Ipv4Address forwardingAddress,
      int externalRouteTag) {
    return new AsExternalLsa(
        networkMask, List.of(new Route(type2, 0, metric, forwardingAddress, externalRouteTag)));
  }

  /** Reads a body: all bytes of the buffer. */
  public static AsExternalLsa decode(ByteBuf in) throws MalformedPacketException {
    int length = in.readableBytes();
    if (length < 4 + Route.LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "AS-external-LSA", LsaHeader.LENGTH + length);
    }
    if ((length - 4) % Route.LENGTH != 0) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "AS-external-LSA TOS route", LsaHeader.LENGTH + 16);
    }
    Ipv4Address mask = Ipv4Address.read(in);
    List<Route> routes = new ArrayList<>((length - 4) / Route.LENGTH);
    while (in.isReadable()) {
      int first = in.readUnsignedByte();
      routes.add(
          new Route(
              (first & 0x80) != 0,
              first & 0x7f,
              in.readUnsignedMedium(),
              Ipv4Address.read(in),
              in.readInt()));
    }
    return new AsExternalLsa(mask, routes);
  }

  @Override
  public int type() {
    return LsaType.AS_EXTERNAL;
  }

  /** The route for TOS 0, the only one that RFC 2328 uses. */
  public Route route() {
    return routes.get(0);
  }

  @Override
  public void encode(ByteBuf out) {
    networkMask.write(out);
    for (Route route : routes) {
      out.writeByte((route.type2() ? 0x80 : 0) | route.tos()).writeMedium(route.metric());
      route.forwardingAddress().write(out);
      out.writeInt(route.externalRouteTag());
    }
  }

  @Override
  public int encodedLength() {
    return 4 + Route.LENGTH * routes.size();
  }
}
