package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grace-LSA (RFC 3623 appendix A): a router asks its neighbors to go on as if it did not restart.
 *
 * @param gracePeriodSeconds how long, from the moment at which the LSA was made; 32 bits, unsigned
 * @param reason why, 0 to 255: {@link #UNKNOWN} and the others
 * @param interfaceAddress the router's address on the network, which point-to-point networks do
 *     without
 * @param others TLVs of other types
 */
public record GraceLsa(
    long gracePeriodSeconds, int reason, @Nullable Ipv4Address interfaceAddress, List<Tlv> others)
    implements OpaqueBody {
  /** The reason is not known. */
  public static final int UNKNOWN = 0;

  /** The software restarts. */
  public static final int SOFTWARE_RESTART = 1;

  /** The software is reloaded or upgraded. */
  public static final int SOFTWARE_RELOAD = 2;

  /** A redundant control processor takes over. */
  public static final int CONTROL_PROCESSOR_SWITCH = 3;

  private static final int GRACE_PERIOD_TLV = 1;
  private static final int REASON_TLV = 2;
  private static final int ADDRESS_TLV = 3;

  /** Checks the ranges. */
  public GraceLsa {
    if ((gracePeriodSeconds & ~0xffff_ffffL) != 0 || (reason & ~0xff) != 0) {
      throw new IllegalArgumentException("grace period or reason out of range");
    }
    others = List.copyOf(others);
  }

  /** Without other TLVs. */
  public GraceLsa(long gracePeriodSeconds, int reason, @Nullable Ipv4Address interfaceAddress) {
    this(gracePeriodSeconds, reason, interfaceAddress, List.of());
  }

  /**
   * Reads a body: all bytes of the buffer. Of TLVs that occur twice the first counts.
   *
   * @throws MalformedPacketException if a TLV is malformed, or the grace period or the reason is
   *     missing
   */
  static GraceLsa decode(ByteBuf in) throws MalformedPacketException {
    Long period = null;
    Integer reason = null;
    Ipv4Address address = null;
    List<Tlv> others = new ArrayList<>();
    for (Tlv tlv : Tlv.decodeAll(in, "grace-LSA TLV", GraceLsa::checked)) {
      int first = tlv.value().length() >= 4 ? intOf(tlv) : 0;
      if (tlv.type() == GRACE_PERIOD_TLV) {
        period = period == null ? Long.valueOf(first & 0xffff_ffffL) : period;
      } else if (tlv.type() == REASON_TLV) {
        reason = reason == null ? Integer.valueOf(tlv.value().byteAt(0) & 0xff) : reason;
      } else if (tlv.type() == ADDRESS_TLV) {
        address = address == null ? new Ipv4Address(first) : address;
      } else {
        others.add(tlv);
      }
    }
    if (period == null || reason == null) {
      throw new MalformedPacketException(
          MalformedReason.BAD_VALUE, "grace-LSA without period or reason", LsaHeader.LENGTH);
    }
    return new GraceLsa(period, reason, address, others);
  }

  private static Tlv checked(int type, ByteBuf value) throws MalformedPacketException {
    int length = value.readableBytes();
    switch (type) {
      case GRACE_PERIOD_TLV -> Tlv.require(length == 4, "grace period", value);
      case REASON_TLV -> Tlv.require(length == 1, "graceful restart reason", value);
      case ADDRESS_TLV -> Tlv.require(length == 4, "grace-LSA interface address", value);
      default -> {}
    }
    return Tlv.decode(type, value);
  }

  private static int intOf(Tlv tlv) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (tlv.value().byteAt(i) & 0xff);
    }
    return value;
  }

  @Override
  public int opaqueType() {
    return OpaqueLsa.GRACE;
  }

  @Override
  public void encode(ByteBuf out) {
    Tlv.encodeHeader(out, GRACE_PERIOD_TLV, 4);
    out.writeInt((int) gracePeriodSeconds);
    Tlv.encodeHeader(out, REASON_TLV, 1);
    out.writeByte(reason);
    Tlv.pad(out, 1);
    if (interfaceAddress != null) {
      Tlv.encodeHeader(out, ADDRESS_TLV, 4);
      interfaceAddress.write(out);
    }
    for (Tlv other : others) {
      other.encode(out);
    }
  }
}
