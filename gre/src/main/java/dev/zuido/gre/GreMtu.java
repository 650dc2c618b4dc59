package dev.zuido.gre;

/**
 * How large the packets may be that a tunnel sends (RFC 7588 section 3.2).
 *
 * @param transport the MTU of the way that the outer packets take, in bytes: that of the interface
 *     towards the other end; 68 to 65 535
 * @param discovery whether reports of routers on the way lower it (path MTU discovery)
 * @param least the lowest MTU that a report can set, in bytes: at least 68; over IPv6 never less
 *     than 1280
 * @param ageNanos how long a report counts, in nanoseconds, or {@link #NEVER}
 */
public record GreMtu(int transport, boolean discovery, int least, long ageNanos) {
  /** No limit but that of the length fields: fragmentation is left to others. */
  public static final int UNLIMITED = 65_535;

  /** A report counts until a lower one comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Ten minutes (RFC 1191 section 6.3). */
  public static final long DEFAULT_AGE_NANOS = 600_000_000_000L;

  /** The lowest MTU that a report sets unless configured otherwise: what every host takes. */
  public static final int DEFAULT_LEAST = 576;

  /** The lowest MTU of an IPv4 link (RFC 791). */
  public static final int LEAST_IPV4 = 68;

  /** The lowest MTU of an IPv6 link (RFC 8200 section 5). */
  public static final int LEAST_IPV6 = 1280;

  /** No limit, no discovery. */
  public static final GreMtu NONE = of(UNLIMITED);

  /** Checks the ranges. */
  public GreMtu {
    if (transport < LEAST_IPV4 || transport > UNLIMITED) {
      throw new IllegalArgumentException("an MTU is 68 to 65535, not " + transport);
    }
    if (least < LEAST_IPV4 || least > UNLIMITED) {
      throw new IllegalArgumentException("the least MTU is 68 to 65535, not " + least);
    }
    if (ageNanos < 1) {
      throw new IllegalArgumentException("a report counts for a positive time, not " + ageNanos);
    }
  }

  /** A way with this MTU, without discovery. */
  public static GreMtu of(int transport) {
    return new GreMtu(transport, false, DEFAULT_LEAST, DEFAULT_AGE_NANOS);
  }

  /** The same with path MTU discovery; reports count for ten minutes. */
  public GreMtu withDiscovery() {
    return new GreMtu(transport, true, least, ageNanos);
  }

  /** The same with another time after which a report is forgotten, or {@link #NEVER}. */
  public GreMtu withAge(long nanos) {
    return new GreMtu(transport, discovery, least, nanos);
  }

  /** The same with another lowest MTU. */
  public GreMtu withLeast(int bytes) {
    return new GreMtu(transport, discovery, bytes, ageNanos);
  }
}
