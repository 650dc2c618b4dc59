package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * The Certificate payload (RFC 2408 section 3.9).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Cert. Encoding!                                               !
 * +-+-+-+-+-+-+-+-+           Certificate Data                    !
 * ~                                                               ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param encoding see {@link CertificateEncoding}
 * @param data the certificate in that encoding
 */
public record Certificate(int encoding, ByteString data) implements Payload {
  /** Checks that both fields can be encoded. */
  public Certificate {
    Limits.unsignedByte(encoding, "the certificate encoding");
    Limits.body(1 + data.length(), "Certificate payload");
  }

  static Certificate decode(PayloadReader in) throws MalformedPacketException {
    return new Certificate(in.unsignedByte("Certificate Encoding"), in.rest());
  }

  @Override
  public int payloadType() {
    return PayloadType.CERTIFICATE;
  }

  @Override
  public int bodyLength() {
    return 1 + data.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(encoding);
    data.write(out);
  }
}
