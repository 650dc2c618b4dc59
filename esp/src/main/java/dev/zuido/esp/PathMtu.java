package dev.zuido.esp;

/**
 * What was learned of the path MTU of an outbound SA (RFC 4301 section 8.2): it is only lowered by
 * messages, and forgotten after a time, so that a longer path is found again (RFC 1191 section 6.3,
 * RFC 8201 section 4).
 */
final class PathMtu {
  /** What every IPv4 path is taken to carry: lower reports would only fragment the traffic. */
  static final int LEAST_IPV4 = 576;

  /** What every IPv6 path carries (RFC 8200 section 5). */
  static final int LEAST_IPV6 = 1280;

  /** RFC 1191 section 6.3: "10 minutes". */
  static final long AGE_NANOS = 600_000_000_000L;

  private final boolean six;
  private long ageNanos = AGE_NANOS;
  private int mtu = OutboundSa.UNKNOWN_PATH_MTU;
  private long learnedNanos;

  PathMtu(boolean six) {
    this.six = six;
  }

  /** Lowers the MTU; false if the report is none to be followed. */
  boolean learn(int reported, long nowNanos) {
    // RFC 8201 section 4: less than 1280 is to be discarded, not rounded up.
    if (reported < 0 || (six && reported < LEAST_IPV6)) {
      return false;
    }
    int bounded = six ? reported : Math.max(LEAST_IPV4, reported);
    if (bounded >= at(nowNanos)) {
      return false;
    }
    mtu = bounded;
    learnedNanos = nowNanos;
    return true;
  }

  int at(long nowNanos) {
    if (mtu != OutboundSa.UNKNOWN_PATH_MTU && nowNanos - learnedNanos >= ageNanos) {
      mtu = OutboundSa.UNKNOWN_PATH_MTU;
    }
    return mtu;
  }

  /** As of the last look at the clock. */
  int last() {
    return mtu;
  }

  /** Packets take another path from now on. */
  void forget() {
    mtu = OutboundSa.UNKNOWN_PATH_MTU;
  }

  void setAge(long nanos) {
    ageNanos = nanos;
  }
}
