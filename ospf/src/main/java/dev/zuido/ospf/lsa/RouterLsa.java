package dev.zuido.ospf.lsa;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a router's links to one area (RFC 2328 A.4.2).
 *
 * <pre>
 * |    0    |V|E|B|        0      |            # links            |
 * |                            links ...                          |
 * </pre>
 *
 * @param flags the first octet: {@link #VIRTUAL_ENDPOINT}, {@link #EXTERNAL}, {@link #BORDER}; the
 *     second octet is sent as zero and not read
 * @param links the router's links to the area, at most 65 535 and as many as fit in an LSA
 */
public record RouterLsa(int flags, List<RouterLink> links) implements LsaBody {
  /** B: the router is an area border router. */
  public static final int BORDER = 0x01;

  /** E: the router is an AS boundary router. */
  public static final int EXTERNAL = 0x02;

  /** V: the router is the endpoint of a virtual link through this area. */
  public static final int VIRTUAL_ENDPOINT = 0x04;

  /** Nt: the router translates type 7 LSAs unconditionally (RFC 3101). */
  public static final int NSSA_TRANSLATOR = 0x10;

  /** Checks the ranges. */
  public RouterLsa {
    if ((flags & ~0xff) != 0 || links.size() > 0xffff) {
      throw new IllegalArgumentException("flags or number of links out of range");
    }
    links = List.copyOf(links);
  }

  /** Reads a body: all bytes of the buffer. */
  public static RouterLsa decode(ByteBuf in) throws MalformedPacketException {
    int origin = in.readerIndex();
    if (in.readableBytes() < 4) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "router-LSA", LsaHeader.LENGTH + in.readableBytes());
    }
    int flags = in.readUnsignedByte();
    in.skipBytes(1);
    int count = in.readUnsignedShort();
    if (count * RouterLink.MINIMUM_LENGTH > in.readableBytes()) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "router-LSA # links", LsaHeader.LENGTH + 2);
    }
    List<RouterLink> links = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      links.add(RouterLink.decode(in, origin));
    }
    return new RouterLsa(flags, links);
  }

  @Override
  public int type() {
    return LsaType.ROUTER;
  }

  /** B: whether the router is an area border router. */
  public boolean isBorder() {
    return (flags & BORDER) != 0;
  }

  /** E: whether the router is an AS boundary router. */
  public boolean isExternal() {
    return (flags & EXTERNAL) != 0;
  }

  /** V: whether the router is the endpoint of a virtual link through this area. */
  public boolean isVirtualEndpoint() {
    return (flags & VIRTUAL_ENDPOINT) != 0;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(flags).writeByte(0).writeShort(links.size());
    for (RouterLink link : links) {
      link.encode(out);
    }
  }

  @Override
  public int encodedLength() {
    int length = 4;
    for (RouterLink link : links) {
      length += link.encodedLength();
    }
    return length;
  }
}
