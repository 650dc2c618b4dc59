package dev.zuido.router.config;

/**
 * What becomes of packets that IPsec makes too long for a link: {@code crypto ipsec df-bit} and
 * {@code crypto ipsec fragmentation}.
 *
 * @param dfBit the "don't fragment" bit of the header that tunnel mode puts before a packet
 * @param fragmentation when a packet is fragmented that has to be
 */
public record IpsecHandling(DfBit dfBit, Fragmentation fragmentation) {
  /** What IOS does where nothing is given. */
  public static final IpsecHandling IOS =
      new IpsecHandling(DfBit.COPY, Fragmentation.BEFORE_ENCRYPTION);

  /** The "don't fragment" bit of an outer header (RFC 4301 section 8.1). */
  public enum DfBit {
    /** That of the packet inside. */
    COPY,
    /** Always set. */
    SET,
    /** Never set: the packet is fragmented on its way, whatever it asked for. */
    CLEAR;

    /** The word that IOS has for it. */
    public String iosName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** When packets are fragmented. */
  public enum Fragmentation {
    /** Before: each fragment is protected by itself, and the peer need not reassemble. */
    BEFORE_ENCRYPTION,
    /** After: what is protected is fragmented, and the peer reassembles before it opens. */
    AFTER_ENCRYPTION;

    /** The words that IOS has for it. */
    public String iosName() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** The same with another bit. */
  public IpsecHandling withDfBit(DfBit value) {
    return new IpsecHandling(value, fragmentation);
  }

  /** The same with another time of fragmentation. */
  public IpsecHandling withFragmentation(Fragmentation value) {
    return new IpsecHandling(dfBit, value);
  }
}
