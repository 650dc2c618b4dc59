package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * The Certificate Request payload (RFC 2408 section 3.10).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Cert. Type    !                                               !
 * +-+-+-+-+-+-+-+-+         Certificate Authority                 !
 * ~                                                               ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param encoding see {@link CertificateEncoding}
 * @param authority the acceptable authority in that encoding, empty for any
 */
public record CertificateRequest(int encoding, ByteString authority) implements Payload {
  /** Checks that both fields can be encoded. */
  public CertificateRequest {
    Limits.unsignedByte(encoding, "the certificate encoding");
    Limits.body(1 + authority.length(), "Certificate Request payload");
  }

  static CertificateRequest decode(PayloadReader in) throws MalformedPacketException {
    return new CertificateRequest(in.unsignedByte("Certificate Request Encoding"), in.rest());
  }

  @Override
  public int payloadType() {
    return PayloadType.CERTIFICATE_REQUEST;
  }

  @Override
  public int bodyLength() {
    return 1 + authority.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(encoding);
    authority.write(out);
  }
}
