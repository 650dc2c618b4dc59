package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * An inter-area destination, told by an area border router (RFC 2328 A.4.4).
 *
 * <pre>
 * |                         Network Mask                          |
 * |      0        |                  metric                       |
 * |     TOS       |                TOS  metric                    |  (any number)
 * </pre>
 *
 * @param type {@link LsaType#SUMMARY_NETWORK} or {@link LsaType#SUMMARY_ASBR}
 * @param networkMask the destination's mask; of no meaning for an AS boundary router
 * @param metric the cost of the route, 0 to {@link #INFINITY}
 * @param tosMetrics further costs by type of service
 */
public record SummaryLsa(int type, Ipv4Address networkMask, int metric, List<TosMetric> tosMetrics)
    implements LsaBody {
  /** LSInfinity: the destination cannot be reached (appendix B). */
  public static final int INFINITY = 0xff_ffff;

  /** Checks the ranges. */
  public SummaryLsa {
    if (type != LsaType.SUMMARY_NETWORK && type != LsaType.SUMMARY_ASBR) {
      throw new IllegalArgumentException("a summary-LSA has type 3 or 4, not " + type);
    }
    if ((metric & ~0xff_ffff) != 0) {
      throw new IllegalArgumentException("the metric has 24 bits: " + metric);
    }
    tosMetrics = List.copyOf(tosMetrics);
  }

  /** A summary of a network, type 3. */
  public static SummaryLsa ofNetwork(Ipv4Address networkMask, int metric) {
    return new SummaryLsa(LsaType.SUMMARY_NETWORK, networkMask, metric, List.of());
  }

  /** A summary of an AS boundary router, type 4. */
  public static SummaryLsa ofAsBoundaryRouter(int metric) {
    return new SummaryLsa(LsaType.SUMMARY_ASBR, Ipv4Address.UNSPECIFIED, metric, List.of());
  }

  /** Reads a body: all bytes of the buffer. */
  public static SummaryLsa decode(int type, ByteBuf in) throws MalformedPacketException {
    int length = in.readableBytes();
    if (length < 8) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "summary-LSA", LsaHeader.LENGTH + length);
    }
    if (length % 4 != 0) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "summary-LSA TOS metric", LsaHeader.LENGTH + 8);
    }
    Ipv4Address mask = Ipv4Address.read(in);
    in.skipBytes(1);
    int metric = in.readUnsignedMedium();
    List<TosMetric> tosMetrics = new ArrayList<>();
    while (in.isReadable()) {
      int tos = in.readUnsignedByte();
      tosMetrics.add(new TosMetric(tos, in.readUnsignedMedium()));
    }
    return new SummaryLsa(type, mask, metric, tosMetrics);
  }

  @Override
  public void encode(ByteBuf out) {
    networkMask.write(out);
    out.writeByte(0).writeMedium(metric);
    for (TosMetric tos : tosMetrics) {
      out.writeByte(tos.tos()).writeMedium(tos.metric());
    }
  }

  @Override
  public int encodedLength() {
    return 8 + 4 * tosMetrics.size();
  }
}
