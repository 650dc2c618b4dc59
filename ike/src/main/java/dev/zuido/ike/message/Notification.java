package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * The Notification payload (RFC 2408 section 3.14, RFC 2407 section 4.6.3).
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !              Domain of Interpretation  (DOI)                  !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Protocol-ID  !   SPI Size    !      Notify Message Type      !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                Security Parameter Index (SPI)                 ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                       Notification Data                       ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param doi the domain of interpretation
 * @param protocolId the protocol of the SA concerned, see {@link ProtocolId}
 * @param notifyType see {@link NotifyType}
 * @param spi the SA concerned: both cookies for an ISAKMP SA, up to 255 bytes
 * @param data what the type defines
 */
public record Notification(
    long doi, int protocolId, int notifyType, ByteString spi, ByteString data) implements Payload {
  private static final int FIXED_LENGTH = 8;

  /** Checks that every field can be encoded. */
  public Notification {
    Limits.unsignedInt(doi, "the DOI");
    Limits.unsignedByte(protocolId, "the protocol id");
    Limits.unsignedShort(notifyType, "the notify message type");
    Limits.unsignedByte(spi.length(), "the SPI size");
    Limits.body(FIXED_LENGTH + spi.length() + data.length(), "Notification payload");
  }

  static Notification decode(PayloadReader in) throws MalformedPacketException {
    long doi = in.unsignedInt("Notification DOI");
    int protocolId = in.unsignedByte("Notification Protocol-ID");
    int spiSize = in.unsignedByte("Notification SPI Size");
    int notifyType = in.unsignedShort("Notify Message Type");
    ByteString spi = in.bytes(spiSize, "Notification SPI");
    return new Notification(doi, protocolId, notifyType, spi, in.rest());
  }

  @Override
  public int payloadType() {
    return PayloadType.NOTIFICATION;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + spi.length() + data.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt((int) doi);
    out.writeByte(protocolId);
    out.writeByte(spi.length());
    out.writeShort(notifyType);
    spi.write(out);
    data.write(out);
  }
}
