package dev.zuido.esp;

/**
 * Padding against the analysis of traffic by the lengths of its packets (RFC 4303 section 2.7). It
 * stands behind the protected packet and is encrypted with it; the receiver cuts it off by the
 * length that the packet itself names.
 *
 * <p>Tunnel mode pads every packet. Transport mode pads UDP only, which alone of the usual
 * protocols says how long it is; GRE, TCP and ICMP stay as they are. Both ends have to have agreed
 * on it. Neither sends a packet that is longer than the path takes: no packet is padded beyond
 * {@code limit}, nor beyond a path MTU that was learned, nor beyond its slot of the batch or the
 * longest that IP takes.
 *
 * @param multiple packets are padded to a multiple of so many bytes, 1 for none
 * @param limit the longest that a packet is padded to, in bytes with its IP header, usually {@link
 *     SaParameters#maxInner}; longer packets stay as they are
 */
public record TfcPadding(int multiple, int limit) {
  /** No padding beyond that of ESP. */
  public static final TfcPadding NONE = new TfcPadding(1, 0);

  private static final int MAX = 0xffff;

  /** Checks the ranges. */
  public TfcPadding {
    if (multiple < 1 || multiple > MAX || limit < 0 || limit > MAX) {
      throw new IllegalArgumentException("TFC padding is to 1 to 65535 bytes");
    }
  }

  /** Pads every packet that is shorter to one length. */
  public static TfcPadding upTo(int length) {
    return new TfcPadding(length, length);
  }

  /** Pads packets to a multiple of so many bytes, and none beyond the limit. */
  public static TfcPadding toMultiple(int bytes, int limit) {
    return new TfcPadding(bytes, limit);
  }

  /** Whether nothing is padded. */
  public boolean isNone() {
    return multiple == 1 || limit == 0;
  }

  /**
   * The bytes that a packet is followed by.
   *
   * @param length the packet's length
   * @param cap the longest packet that the path takes
   */
  int amount(int length, int cap) {
    int most = Math.min(limit, cap);
    if (length >= most) {
      return 0;
    }
    int padded = (length + multiple - 1) / multiple * multiple;
    return Math.min(padded, most) - length;
  }
}
