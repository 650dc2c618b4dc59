package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A destination outside of the AS, told by an AS boundary router (RFC 2328 A.4.5): an
 * AS-external-LSA, or an NSSA-LSA, which has the same layout (RFC 3101 appendix C).
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
 * @param type {@link LsaType#AS_EXTERNAL} or {@link LsaType#NSSA}
 * @param networkMask the destination's mask
 * @param routes the route for TOS 0, then those for other types of service: at least one
 */
public record AsExternalLsa(int type, Ipv4Address networkMask, List<Route> routes)
    implements LsaBody {
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

  /** Checks the type and that there is a route. */
  public AsExternalLsa {
    if (type != LsaType.AS_EXTERNAL && type != LsaType.NSSA) {
      throw new IllegalArgumentException("an external LSA has type 5 or 7, not " + type);
    }
    routes = List.copyOf(routes);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("an AS-external-LSA has at least one route");
    }
  }

  /** An AS-external-LSA. */
  public AsExternalLsa(Ipv4Address networkMask, List<Route> routes) {
    this(LsaType.AS_EXTERNAL, networkMask, routes);
  }

  /** An AS-external-LSA with a route for TOS 0 alone. */
  public static AsExternalLsa of(
      Ipv4Address networkMask,
      boolean type2,
      int metric,
      Ipv4Address forwardingAddress,
      int externalRouteTag) {
    return new AsExternalLsa(
        networkMask, List.of(new Route(type2, 0, metric, forwardingAddress, externalRouteTag)));
  }

  /**
   * The network that an LSA with this body describes.
   *
   * @param linkStateId the LSA's Link State ID, of which the host bits do not count
   * @return null if the mask has holes
   */
  public @Nullable Ipv4Prefix network(Ipv4Address linkStateId) {
    int length = Integer.bitCount(networkMask.value());
    return Ipv4Prefix.maskOf(length) == networkMask.value()
        ? Ipv4Prefix.containing(linkStateId, length)
        : null;
  }

  /** This destination as an LSA of another type. */
  public AsExternalLsa asType(int otherType) {
    return new AsExternalLsa(otherType, networkMask, routes);
  }

  /** Reads a body: all bytes of the buffer. */
  public static AsExternalLsa decode(int type, ByteBuf in) throws MalformedPacketException {
    int length = in.readableBytes();
    if (length < 4 + Route.LENGTH) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, LsaType.nameOf(type), LsaHeader.LENGTH + length);
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
    return new AsExternalLsa(type, mask, routes);
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
