package dev.zuido.ike;

import dev.zuido.ike.message.DataAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The lifetimes in a transform's attributes: pairs of a type and a duration that follows it (RFC
 * 2407 section 4.5, RFC 2409 Appendix A).
 *
 * @param seconds the lifetime in seconds, or 0 if none was given
 * @param kilobytes the lifetime in kilobytes, or 0 if none was given
 */
record Lifetimes(long seconds, long kilobytes) {
  /** A longer lifetime counts as this: 68 years. */
  static final long MAX_SECONDS = Integer.MAX_VALUE;

  /** A longer lifetime counts as this: 2^50 bytes. */
  static final long MAX_KILOBYTES = 1L << 40;

  private static final int SECONDS = 1;
  private static final int KILOBYTES = 2;

  /** The attributes of these lifetimes; a lifetime of 0 is left out. */
  List<DataAttribute> encode(int typeAttribute, int durationAttribute) {
    List<DataAttribute> attributes = new ArrayList<>();
    if (seconds > 0) {
      attributes.add(DataAttribute.of(typeAttribute, SECONDS));
      attributes.add(DataAttribute.of(durationAttribute, seconds));
    }
    if (kilobytes > 0) {
      attributes.add(DataAttribute.of(typeAttribute, KILOBYTES));
      attributes.add(DataAttribute.of(durationAttribute, kilobytes));
    }
    return attributes;
  }

  /**
   * Reads them, or null if they make no sense: a duration without a type, a type without a
   * duration, an unknown type, a duration of zero, one that comes twice and differs (RFC 2407
   * section 4.5.2). A duration may have any number of bytes; one that is too long for us is cut.
   */
  static @Nullable Lifetimes decode(
      List<DataAttribute> attributes, int typeAttribute, int durationAttribute) {
    long seconds = 0;
    long kilobytes = 0;
    OptionalLong type = OptionalLong.empty();
    for (DataAttribute attribute : attributes) {
      if (attribute.type() == typeAttribute) {
        if (type.isPresent() || attribute.number().isEmpty()) {
          return null;
        }
        type = attribute.number();
      } else if (attribute.type() == durationAttribute) {
        long duration = attribute.saturatedNumber();
        boolean inSeconds = type.isPresent() && type.getAsLong() == SECONDS;
        boolean inKilobytes = type.isPresent() && type.getAsLong() == KILOBYTES;
        long before = inSeconds ? seconds : kilobytes;
        duration = Math.min(duration, inSeconds ? MAX_SECONDS : MAX_KILOBYTES);
        if (!(inSeconds || inKilobytes) || duration == 0 || (before != 0 && before != duration)) {
          return null;
        }
        seconds = inSeconds ? duration : seconds;
        kilobytes = inKilobytes ? duration : kilobytes;
        type = OptionalLong.empty();
      }
    }
    return type.isPresent() ? null : new Lifetimes(seconds, kilobytes);
  }

  /** The shorter of two lifetimes, of which 0 stands for no limit. */
  static long shorter(long a, long b) {
    if (a == 0 || b == 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }

  /** The shorter ones of both. */
  Lifetimes shorter(Lifetimes other) {
    return new Lifetimes(shorter(seconds, other.seconds), shorter(kilobytes, other.kilobytes));
  }

  /** For example {@code 3600 s, 4608000 kB}. */
  @Override
  public String toString() {
    return (seconds == 0 ? "no limit in seconds" : seconds + " s")
        + (kilobytes == 0 ? "" : ", " + kilobytes + " kB");
  }
}
