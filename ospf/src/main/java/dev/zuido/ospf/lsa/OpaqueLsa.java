package dev.zuido.ospf.lsa;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;

/**
 * Information of an application (RFC 5250 appendix A.2). The first octet of the Link State ID is
 * the opaque type, the other three are the opaque ID.
 *
 * <p>The body is kept as it came, of whatever length: RFC 5250 pads it to 32 bits, but a router
 * that floods it on has no reason to insist. What is in it is for {@code
 * dev.zuido.ospf.lsa.opaque.OpaqueBody} to say.
 *
 * @param type {@link LsaType#OPAQUE_LINK}, {@link LsaType#OPAQUE_AREA} or {@link LsaType#OPAQUE_AS}
 * @param information the body
 */
public record OpaqueLsa(int type, ByteString information) implements LsaBody {
  /** The opaque type of traffic engineering LSAs (RFC 3630). */
  public static final int TRAFFIC_ENGINEERING = 1;

  /** The opaque type of grace-LSAs (RFC 3623). */
  public static final int GRACE = 3;

  /** The opaque type of Router Information LSAs (RFC 7770). */
  public static final int ROUTER_INFORMATION = 4;

  /** The opaque type of Extended Prefix Opaque LSAs (RFC 7684). */
  public static final int EXTENDED_PREFIX = 7;

  /** The opaque type of Extended Link Opaque LSAs (RFC 7684). */
  public static final int EXTENDED_LINK = 8;

  /** Checks the type. */
  public OpaqueLsa {
    if (!LsaType.isOpaque(type)) {
      throw new IllegalArgumentException("an opaque LSA has type 9, 10 or 11, not " + type);
    }
  }

  static OpaqueLsa decode(int type, ByteBuf in) {
    return new OpaqueLsa(type, ByteString.read(in, in.readableBytes()));
  }

  /** The opaque type, 0 to 255, in a Link State ID. */
  public static int opaqueType(Ipv4Address linkStateId) {
    return linkStateId.value() >>> 24;
  }

  /** The opaque ID, 24 bits, in a Link State ID. */
  public static int opaqueId(Ipv4Address linkStateId) {
    return linkStateId.value() & 0xff_ffff;
  }

  /**
   * The Link State ID of an opaque type and ID.
   *
   * @throws IllegalArgumentException if the type has more than 8 bits or the ID more than 24
   */
  public static Ipv4Address linkStateId(int opaqueType, int opaqueId) {
    if ((opaqueType & ~0xff) != 0 || (opaqueId & ~0xff_ffff) != 0) {
      throw new IllegalArgumentException(
          "an opaque type has 8 bits and an opaque ID 24: " + opaqueType + ", " + opaqueId);
    }
    return new Ipv4Address(opaqueType << 24 | opaqueId);
  }

  @Override
  public void encode(ByteBuf out) {
    information.write(out);
  }

  @Override
  public int encodedLength() {
    return information.length();
  }
}
