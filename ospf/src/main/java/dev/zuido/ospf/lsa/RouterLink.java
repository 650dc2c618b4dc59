package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A link of a router-LSA (RFC 2328 A.4.2).
 *
 * <pre>
 * |                          Link ID                              |
 * |                         Link Data                             |
 * |     Type      |     # TOS     |            metric             |
 * |     TOS       |        0      |          TOS  metric          |  (# TOS times)
 * </pre>
 *
 * @param type what the link leads to, 0 to 255: one of the constants, or a type nobody knows
 * @param linkId the neighbour's Router ID (types 1 and 4), the designated router's address (2), or
 *     the network number (3)
 * @param linkData this router's address on the link, or its interface index if the link is
 *     unnumbered (1), or the network mask (3)
 * @param metric the cost of the link, 0 to 65 535
 * @param tosMetrics further costs by type of service, at most 255
 */
public record RouterLink(
    int type, Ipv4Address linkId, Ipv4Address linkData, int metric, List<TosMetric> tosMetrics) {
  /** Point-to-point connection to another router. */
  public static final int POINT_TO_POINT = 1;

  /** Connection to a transit network. */
  public static final int TRANSIT = 2;

  /** Connection to a stub network. */
  public static final int STUB = 3;

  /** Virtual link. */
  public static final int VIRTUAL = 4;

  /** Bytes of a link without type-of-service metrics. */
  public static final int MINIMUM_LENGTH = 12;

  /** Checks the ranges. */
  public RouterLink {
    if ((type & ~0xff) != 0 || (metric & ~0xffff) != 0 || tosMetrics.size() > 0xff) {
      throw new IllegalArgumentException("link type, metric or number of TOS out of range");
    }
    tosMetrics = List.copyOf(tosMetrics);
    for (TosMetric tos : tosMetrics) {
      if (tos.metric() > 0xffff) {
        throw new IllegalArgumentException("a TOS metric of a link has 16 bits: " + tos.metric());
      }
    }
  }

  /** A link without type-of-service metrics. */
  public RouterLink(int type, Ipv4Address linkId, Ipv4Address linkData, int metric) {
    this(type, linkId, linkData, metric, List.of());
  }

  static RouterLink decode(ByteBuf in, int origin) throws MalformedPacketException {
    int start = in.readerIndex() - origin + LsaHeader.LENGTH;
    if (in.readableBytes() < MINIMUM_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "router-LSA link", start);
    }
    Ipv4Address linkId = Ipv4Address.read(in);
    Ipv4Address linkData = Ipv4Address.read(in);
    int type = in.readUnsignedByte();
    int tosCount = in.readUnsignedByte();
    int metric = in.readUnsignedShort();
    if (in.readableBytes() < tosCount * 4) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "router-LSA TOS metric", start + MINIMUM_LENGTH);
    }
    if (tosCount == 0) {
      return new RouterLink(type, linkId, linkData, metric, List.of());
    }
    List<TosMetric> tosMetrics = new ArrayList<>(tosCount);
    for (int i = 0; i < tosCount; i++) {
      int tos = in.readUnsignedByte();
      in.skipBytes(1);
      tosMetrics.add(new TosMetric(tos, in.readUnsignedShort()));
    }
    return new RouterLink(type, linkId, linkData, metric, tosMetrics);
  }

  void encode(ByteBuf out) {
    linkId.write(out);
    linkData.write(out);
    out.writeByte(type).writeByte(tosMetrics.size()).writeShort(metric);
    for (TosMetric tos : tosMetrics) {
      out.writeByte(tos.tos()).writeByte(0).writeShort(tos.metric());
    }
  }

  int encodedLength() {
    return MINIMUM_LENGTH + 4 * tosMetrics.size();
  }
}
