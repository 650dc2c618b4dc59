package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * The IPv6 fragment header (RFC 8200 section 4.5). Reserved bits are sent as zero and ignored on
 * receipt.
 *
 * <pre>
 *   |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
 *   |                         Identification                        |
 * </pre>
 *
 * @param nextHeader the first header of the fragmentable part
 * @param fragmentOffset where the payload belongs in the fragmentable part, in bytes, a multiple of
 *     8
 * @param moreFragments whether further fragments of the packet follow
 * @param identification what the fragments of one packet have in common
 */
public record Ipv6FragmentHeader(
    int nextHeader, int fragmentOffset, boolean moreFragments, int identification) {
  /** Bytes on the wire. */
  public static final int LENGTH = 8;

  /** Checks that the header can be encoded. */
  public Ipv6FragmentHeader {
    Bounds.range("the next header", nextHeader, 0xff);
    Bounds.range("the fragment offset", fragmentOffset, 0xfff8);
    if ((fragmentOffset & 7) != 0) {
      throw new IllegalArgumentException("the fragment offset is a multiple of 8");
    }
  }

  /**
   * Reads the header.
   *
   * @throws MalformedPacketException TRUNCATED
   */
  public static Ipv6FragmentHeader decode(ByteBuf in) throws MalformedPacketException {
    Bounds.require(in, in.readerIndex(), LENGTH, "IPv6 fragment header");
    int nextHeader = in.readUnsignedByte();
    in.skipBytes(1);
    int offsetAndFlag = in.readUnsignedShort();
    return new Ipv6FragmentHeader(
        nextHeader, offsetAndFlag & 0xfff8, (offsetAndFlag & 1) != 0, in.readInt());
  }

  /** Writes the header. */
  public void encode(ByteBuf out) {
    out.writeByte(nextHeader);
    out.writeByte(0);
    out.writeShort(fragmentOffset | (moreFragments ? 1 : 0));
    out.writeInt(identification);
  }

  /** Bytes on the wire. */
  public int encodedLength() {
    return LENGTH;
  }
}
