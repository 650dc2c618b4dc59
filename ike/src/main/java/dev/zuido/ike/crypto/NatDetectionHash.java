package dev.zuido.ike.crypto;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.IpAddress;

/** The hash of NAT detection (RFC 3947 section 3.2). */
public final class NatDetectionHash {
  private NatDetectionHash() {}

  /**
   * HASH(CKY-I | CKY-R | IP | Port) with the negotiated hash.
   *
   * @param port 0 to 65 535
   */
  public static byte[] of(
      IkeHash hash, Cookie initiatorCookie, Cookie responderCookie, IpAddress address, int port) {
    return hash.hash(
        initiatorCookie.toBytes(),
        responderCookie.toBytes(),
        address.toBytes(),
        new byte[] {(byte) (port >>> 8), (byte) port});
  }
}
