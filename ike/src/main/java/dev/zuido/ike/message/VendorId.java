package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The Vendor ID payload (RFC 2408 section 3.16).
 *
 * @param id the vendor's bytes, by custom a hash of some text
 */
public record VendorId(ByteString id) implements Payload {
  /** Checks that the body fits into a payload. */
  public VendorId {
    Limits.body(id.length(), "Vendor ID payload");
  }

  /** The payload of a known vendor, without a version behind it. */
  public static VendorId of(KnownVendor vendor) {
    return new VendorId(vendor.id());
  }

  /** Whose ID it is, if that is known. */
  public Optional<KnownVendor> vendor() {
    return KnownVendor.of(id);
  }

  /** The ID in words, see {@link KnownVendor#describe}. */
  public String description() {
    return KnownVendor.describe(id);
  }

  @Override
  public int payloadType() {
    return PayloadType.VENDOR_ID;
  }

  @Override
  public int bodyLength() {
    return id.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    id.write(out);
  }
}
