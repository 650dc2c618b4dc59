package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/**
 * The NAT-D payload (RFC 3947 section 3.2): HASH(CKY-I | CKY-R | IP | Port) with the negotiated
 * hash.
 *
 * @param payloadType {@link PayloadType#NAT_DETECTION}, or the drafts' {@link
 *     PayloadType#NAT_DETECTION_DRAFT}
 * @param hash the hash of one address and port
 */
public record NatDetection(int payloadType, ByteString hash) implements Payload {
  /** Checks the type and that the body fits into a payload. */
  public NatDetection {
    if (payloadType != PayloadType.NAT_DETECTION
        && payloadType != PayloadType.NAT_DETECTION_DRAFT) {
      throw new IllegalArgumentException("no type of NAT-D: " + payloadType);
    }
    Limits.body(hash.length(), "NAT-D payload");
  }

  /** The payload of RFC 3947. */
  public static NatDetection of(byte[] hash) {
    return new NatDetection(PayloadType.NAT_DETECTION, ByteString.of(hash));
  }

  @Override
  public int bodyLength() {
    return hash.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    hash.write(out);
  }
}
