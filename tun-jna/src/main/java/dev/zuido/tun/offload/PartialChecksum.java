package dev.zuido.tun.offload;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;

/**
 * Finishes checksums of which only the pseudo-header's sum stands in the field ({@link
 * dev.zuido.wire.PacketBatch.ChecksumState#PARTIAL}).
 */
public final class PartialChecksum {
  private PartialChecksum() {}

  /**
   * Finishes the checksum that covers an area.
   *
   * @param start where the area starts, which is where the transport header does
   * @param end where it ends, which is where the packet does
   * @param field where the checksum stands in the array, between the two
   */
  public static void complete(byte[] bytes, int start, int end, int field) {
    if (start < 0 || field < start || field + 2 > end || end > bytes.length) {
      throw new IllegalArgumentException("the checksum stands outside of what it covers");
    }
    int checksum = InternetChecksum.of(bytes, start, end - start);
    // To UDP 0 means that there is none (RFC 768); to all others the two are the same number.
    BigEndian.putShort(bytes, field, checksum == 0 ? 0xffff : checksum);
  }
}
