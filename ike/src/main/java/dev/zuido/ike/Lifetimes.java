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
   * Reads them, or null if they make no sense: a duration without a type, an unknown type, a
   * duration that is zero or no number.
   */
  static @Nullable Lifetimes decode(
      List<DataAttribute> attributes, int typeAttribute, int durationAttribute) {
    long seconds = 0;
    long kilobytes = 0;
    OptionalLong type = OptionalLong.empty();
    for (DataAttribute attribute : attributes) {
      if (attribute.type() == typeAttribute) {
        type = attribute.number();
      } else if (attribute.type() == durationAttribute) {
        long duration = attribute.number().orElse(0);
        if (duration <= 0 || type.isEmpty()) {
          return null;
        }
        if (type.getAsLong() == SECONDS) {
          seconds = duration;
        } else if (type.getAsLong() == KILOBYTES) {
          kilobytes = duration;
        } else {
          return null;
        }
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
}
