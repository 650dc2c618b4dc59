package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The Delete payload (RFC 2408 section 3.15): the sender has removed these SAs of one protocol.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !              Domain of Interpretation  (DOI)                  !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Protocol-Id  !   SPI Size    !           # of SPIs           !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~               Security Parameter Index(es) (SPI)              ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param doi the domain of interpretation
 * @param protocolId see {@link ProtocolId}
 * @param spiSize bytes of each SPI: 16 for ISAKMP (both cookies), 4 for ESP and AH; 0 only without
 *     SPIs
 * @param spis at most {@link #MAX_SPIS}, all of that size
 */
public record Delete(long doi, int protocolId, int spiSize, List<ByteString> spis)
    implements Payload {
  /** The most SPIs of one payload. */
  public static final int MAX_SPIS = 1024;

  private static final int FIXED_LENGTH = 8;

  /** Copies the list and checks that every field can be encoded. */
  public Delete {
    Limits.unsignedInt(doi, "the DOI");
    Limits.unsignedByte(protocolId, "the protocol id");
    Limits.unsignedByte(spiSize, "the SPI size");
    spis = List.copyOf(spis);
    Limits.atMost(spis.size(), MAX_SPIS, "SPIs in a Delete payload");
    for (ByteString spi : spis) {
      if (spi.isEmpty() || spi.length() != spiSize) {
        throw new IllegalArgumentException(
            "an SPI has " + spi.length() + " bytes, where the size is " + spiSize);
      }
    }
    Limits.body(FIXED_LENGTH + spiSize * spis.size(), "Delete payload");
  }

  static Delete decode(PayloadReader in) throws MalformedPacketException {
    long doi = in.unsignedInt("Delete DOI");
    int protocolId = in.unsignedByte("Delete Protocol-Id");
    int spiSize = in.unsignedByte("Delete SPI Size");
    int count = in.unsignedShort("Delete # of SPIs");
    if (count > 0 && spiSize == 0) {
      throw in.malformed(MalformedReason.BAD_LENGTH, "Delete SPI Size", 3);
    }
    if (count > MAX_SPIS) {
      throw in.malformed(MalformedReason.LIMIT_EXCEEDED, "Delete # of SPIs", 2);
    }
    List<ByteString> spis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spis.add(in.bytes(spiSize, "Delete SPI"));
    }
    return new Delete(doi, protocolId, spiSize, spis);
  }

  @Override
  public int payloadType() {
    return PayloadType.DELETE;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + spiSize * spis.size();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt((int) doi);
    out.writeByte(protocolId);
    out.writeByte(spiSize);
    out.writeShort(spis.size());
    for (ByteString spi : spis) {
      spi.write(out);
    }
  }
}
