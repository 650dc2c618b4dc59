package dev.zuido.esp;

import dev.zuido.wire.Ipv4Option;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 options and the options of IPv6 extension headers under the ICV of AH: which are covered,
 * and which are zero (RFC 4302 section 3.3.3.1 and appendix A). The {@code zero} methods trust the
 * {@code check} methods.
 */
final class AhOptions {
  private static final int SECURITY = 130;
  private static final int EXTENDED_SECURITY = 133;
  private static final int COMMERCIAL_SECURITY = 134;
  private static final int SENDER_DIRECTED_DELIVERY = 149;

  /** The least pointer of a source route: its first address. */
  private static final int FIRST_POINTER = 4;

  private static final int PAD1 = 0;
  private static final int CHANGEABLE = 0x20;

  /** RFC 6275 section 6.3: without Mobile IPv6 such a packet is discarded. */
  private static final int HOME_ADDRESS = 201;

  private AhOptions() {}

  /**
   * Checks the options of an IPv4 header, of which at most one may be a source route.
   *
   * @return null, or NOT_IPV4 if they are malformed, or UNSUPPORTED for an inbound packet that its
   *     source route sends further
   */
  static @Nullable EspVerdict checkIpv4(byte[] bytes, int from, int to, boolean inbound) {
    boolean routed = false;
    boolean further = false;
    int position = from;
    while (position < to) {
      int type = bytes[position] & 0xff;
      if (type == Ipv4Option.END_OF_LIST) {
        break;
      }
      if (type == Ipv4Option.NO_OPERATION) {
        position++;
        continue;
      }
      int length = position + 1 < to ? bytes[position + 1] & 0xff : 0;
      if (length < 2 || length > to - position) {
        return EspVerdict.NOT_IPV4;
      }
      if (isSourceRoute(type)) {
        if (routed || length % 4 != 3 || (bytes[position + 2] & 0xff) < FIRST_POINTER) {
          return EspVerdict.NOT_IPV4;
        }
        routed = true;
        further = routesFurther(bytes, position);
      }
      position += length;
    }
    return inbound && further ? EspVerdict.UNSUPPORTED : null;
  }

  /**
   * Zeroes the options that may change, each as a whole, and predicts the destination of a packet
   * with a source route (RFC 4302 section 3.3.3.1.1). What stands behind the end of the list is
   * padding, and covered as it is.
   *
   * @param destination where the destination address stands
   */
  static void zeroIpv4(byte[] bytes, int from, int to, int destination) {
    int position = from;
    while (position < to) {
      int type = bytes[position] & 0xff;
      if (type == Ipv4Option.END_OF_LIST) {
        return;
      }
      if (type == Ipv4Option.NO_OPERATION) {
        position++;
        continue;
      }
      int length = bytes[position + 1] & 0xff;
      if (isSourceRoute(type) && routesFurther(bytes, position)) {
        System.arraycopy(bytes, position + length - 4, bytes, destination, 4);
      }
      if (!isImmutable(type)) {
        Arrays.fill(bytes, position, position + length, (byte) 0);
      }
      position += length;
    }
  }

  private static boolean isSourceRoute(int type) {
    return type == Ipv4Option.LOOSE_SOURCE_ROUTE || type == Ipv4Option.STRICT_SOURCE_ROUTE;
  }

  /** Whether the pointer of a source route is not behind its end (RFC 791 section 3.1). */
  private static boolean routesFurther(byte[] bytes, int option) {
    return (bytes[option + 2] & 0xff) <= (bytes[option + 1] & 0xff);
  }

  private static boolean isImmutable(int type) {
    return switch (type) {
      case SECURITY,
          EXTENDED_SECURITY,
          COMMERCIAL_SECURITY,
          Ipv4Option.ROUTER_ALERT,
          SENDER_DIRECTED_DELIVERY ->
          true;
      default -> false;
    };
  }

  /**
   * Checks the options of a hop-by-hop or destination options header.
   *
   * @return null, or NOT_IPV4 if they are malformed, or UNSUPPORTED for Mobile IPv6
   */
  static @Nullable EspVerdict checkIpv6(byte[] bytes, int from, int to) {
    int position = from;
    while (position < to) {
      int type = bytes[position] & 0xff;
      if (type == PAD1) {
        position++;
        continue;
      }
      if (position + 1 == to || (bytes[position + 1] & 0xff) > to - position - 2) {
        return EspVerdict.NOT_IPV4;
      }
      if (type == HOME_ADDRESS) {
        return EspVerdict.UNSUPPORTED;
      }
      position += 2 + (bytes[position + 1] & 0xff);
    }
    return null;
  }

  /** Zeroes the data of options that may change; type and length stay. */
  static void zeroIpv6(byte[] bytes, int from, int to) {
    int position = from;
    while (position < to) {
      int type = bytes[position] & 0xff;
      if (type == PAD1) {
        position++;
        continue;
      }
      int dataEnd = position + 2 + (bytes[position + 1] & 0xff);
      if ((type & CHANGEABLE) != 0) {
        Arrays.fill(bytes, position + 2, dataEnd, (byte) 0);
      }
      position = dataEnd;
    }
  }
}
