package dev.zuido.ospf.lsa;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/** What follows the header of an LSA (RFC 2328 A.4.2 to A.4.5). */
public sealed interface LsaBody
    permits RouterLsa, NetworkLsa, SummaryLsa, AsExternalLsa, OpaqueLsa, UnknownLsa, MalformedLsa {
  /** The LS type of the header before this body. */
  int type();

  /** Bytes of the body, without the header. */
  int encodedLength();

  /** Writes the body. */
  void encode(ByteBuf out);

  /**
   * Reads a body: all bytes of the buffer. Types other than 1 to 5, 7 and 9 to 11 become an {@link
   * UnknownLsa}.
   *
   * @param type the header's LS type
   * @throws MalformedPacketException if the bytes are no body of that type; offsets count from the
   *     start of the LSA's header
   */
  static LsaBody decode(int type, ByteBuf in) throws MalformedPacketException {
    LsaBody body =
        switch (type) {
          case LsaType.ROUTER -> RouterLsa.decode(in);
          case LsaType.NETWORK -> NetworkLsa.decode(in);
          case LsaType.SUMMARY_NETWORK, LsaType.SUMMARY_ASBR -> SummaryLsa.decode(type, in);
          case LsaType.AS_EXTERNAL, LsaType.NSSA -> AsExternalLsa.decode(type, in);
          case LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA, LsaType.OPAQUE_AS ->
              OpaqueLsa.decode(type, in);
          default -> UnknownLsa.decode(type, in);
        };
    if (in.isReadable()) {
      throw new MalformedPacketException(
          MalformedReason.TRAILING_BYTES,
          LsaType.nameOf(type),
          LsaHeader.LENGTH + body.encodedLength());
    }
    return body;
  }
}
