package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What an opaque LSA of a known opaque type says. */
public sealed interface OpaqueBody
    permits TrafficEngineeringLsa,
        GraceLsa,
        RouterInformationLsa,
        ExtendedPrefixLsa,
        ExtendedLinkLsa,
        UnknownOpaqueBody {
  /** The opaque type, 0 to 255. */
  int opaqueType();

  /** Writes the body. */
  void encode(ByteBuf out);

  /** The body as an application announces it. */
  default ByteString information() {
    ByteBuf out = Unpooled.buffer();
    encode(out);
    return ByteString.read(out, out.readableBytes());
  }

  /**
   * Decodes a body. Padding that is not zero, or is missing at the end, is let pass.
   *
   * @param opaqueType the first octet of the Link State ID; types that are not known become an
   *     {@link UnknownOpaqueBody}
   * @param information the body as it came
   * @throws MalformedPacketException if it is none of that type; offsets of top-level TLVs count
   *     from the start of the LSA's header, those in a nested one as if it stood right behind the
   *     header
   */
  static OpaqueBody decode(int opaqueType, ByteString information) throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(information.toArray());
    return switch (opaqueType) {
      case OpaqueLsa.TRAFFIC_ENGINEERING -> TrafficEngineeringLsa.decode(in);
      case OpaqueLsa.GRACE -> GraceLsa.decode(in);
      case OpaqueLsa.ROUTER_INFORMATION -> RouterInformationLsa.decode(in);
      case OpaqueLsa.EXTENDED_PREFIX -> ExtendedPrefixLsa.decode(in);
      case OpaqueLsa.EXTENDED_LINK -> ExtendedLinkLsa.decode(in);
      default -> new UnknownOpaqueBody(opaqueType, information);
    };
  }
}
