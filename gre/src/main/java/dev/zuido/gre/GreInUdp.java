package dev.zuido.gre;

/**
 * GRE in UDP (RFC 8086): between the outer IP header and GRE stands a UDP header with destination
 * port {@value #PORT}.
 *
 * <p>The source port lies in 49152 to 65535 and is a hash of the payload's flow, so that routers
 * with several ways spread the flows (section 3.2.1). GRE with DTLS, port {@value #DTLS_PORT}, is
 * refused.
 *
 * @param checksum whether packets are sent with a UDP checksum. Without one over IPv6 is for
 *     networks under one management only (section 6.2)
 * @param zeroChecksums which packets without a UDP checksum are accepted
 * @param entropy whether the source port follows the payload's flow; else it is one per tunnel
 */
public record GreInUdp(boolean checksum, ZeroChecksums zeroChecksums, boolean entropy) {
  /** The destination port of GRE in UDP. */
  public static final int PORT = 4754;

  /** The destination port of GRE in UDP with DTLS (section 5). */
  public static final int DTLS_PORT = 4755;

  /** The first of the ports that a source port is taken from. */
  public static final int FIRST_SOURCE_PORT = 49_152;

  /**
   * With checksums, accepting those of IPv4 without, a source port per flow: RFC 8086's default.
   */
  public static final GreInUdp DEFAULT = new GreInUdp(true, ZeroChecksums.IPV4_ONLY, true);

  /** Which packets without a UDP checksum are accepted. */
  public enum ZeroChecksums {
    /** Those over IPv4: what section 6.1 says that one should do, and section 6.2 for IPv6. */
    IPV4_ONLY,
    /** All: zero-checksum mode of section 6.2, for networks under one management. */
    ACCEPTED,
    /** None. */
    REFUSED
  }

  boolean acceptsZero(boolean ipv4) {
    return zeroChecksums == ZeroChecksums.ACCEPTED
        || (ipv4 && zeroChecksums == ZeroChecksums.IPV4_ONLY);
  }
}
