package dev.zuido.router.config;

/**
 * What is done about address translators on the way to IKE's peers (RFC 3947, RFC 3948).
 *
 * @param udpEncapsulation whether ESP goes in UDP once a translator was found
 * @param forced whether it does even where none was found: an extension that IOS does not have
 * @param keepaliveSeconds after how long a silence our translator is sent a keepalive, 5 to 3600; 0
 *     for never
 */
public record NatTransparency(boolean udpEncapsulation, boolean forced, int keepaliveSeconds) {
  /** The shortest interval of keepalives. */
  public static final int FIRST_KEEPALIVE_SECONDS = 5;

  /** The longest interval of keepalives. */
  public static final int LAST_KEEPALIVE_SECONDS = 3_600;

  /**
   * What holds where nothing is given: encapsulation where it is needed, and a keepalive every 20 s
   * as RFC 3948 section 4 has it. IOS sends none unless it is told to.
   */
  public static final NatTransparency DEFAULT = new NatTransparency(true, false, 20);

  /** Checks the range. */
  public NatTransparency {
    if (keepaliveSeconds != 0) {
      Checks.range(
          "a NAT keepalive", keepaliveSeconds, FIRST_KEEPALIVE_SECONDS, LAST_KEEPALIVE_SECONDS);
    }
  }

  /** The same with or without encapsulation. */
  public NatTransparency withUdpEncapsulation(boolean value) {
    return new NatTransparency(value, forced, keepaliveSeconds);
  }

  /** The same with encapsulation forced or not. */
  public NatTransparency withForced(boolean value) {
    return new NatTransparency(udpEncapsulation, value, keepaliveSeconds);
  }

  /** The same with another interval. */
  public NatTransparency withKeepaliveSeconds(int value) {
    return new NatTransparency(udpEncapsulation, forced, value);
  }
}
