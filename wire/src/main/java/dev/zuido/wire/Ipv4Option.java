package dev.zuido.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * One option of an IPv4 header (RFC 791 section 3.1).
 *
 * @param type the whole option-type octet: copied flag, class and number
 * @param data what stands behind the length octet; empty for the two options of one octet
 */
public record Ipv4Option(int type, ByteString data) {
  /** End of option list: one octet. */
  public static final int END_OF_LIST = 0;

  /** No operation: one octet. */
  public static final int NO_OPERATION = 1;

  /** Record route. */
  public static final int RECORD_ROUTE = 7;

  /** Internet timestamp. */
  public static final int TIMESTAMP = 68;

  /** Loose source and record route. */
  public static final int LOOSE_SOURCE_ROUTE = 131;

  /** Strict source and record route. */
  public static final int STRICT_SOURCE_ROUTE = 137;

  /** Router alert (RFC 2113). */
  public static final int ROUTER_ALERT = 148;

  /** Checks that the option can be encoded. */
  public Ipv4Option {
    Bounds.range("an option type", type, 0xff);
    Bounds.range("the length of option data", data.length(), 38);
    if (type <= NO_OPERATION && !data.isEmpty()) {
      throw new IllegalArgumentException("option " + type + " is a single octet");
    }
  }

  /** Whether the option goes into every fragment (RFC 791 section 3.1, copied flag). */
  public boolean copied() {
    return (type & 0x80) != 0;
  }

  /** Octets on the wire. */
  public int encodedLength() {
    return type <= NO_OPERATION ? 1 : 2 + data.length();
  }

  /**
   * Reads the option area of a header. The list ends before {@link #END_OF_LIST}; what stands
   * behind it is padding.
   *
   * @param area {@link Ipv4Header#options()}
   * @throws MalformedPacketException BAD_LENGTH if an option's length is below 2 or leaves the area
   */
  public static List<Ipv4Option> parse(ByteString area) throws MalformedPacketException {
    List<Ipv4Option> options = new ArrayList<>();
    int position = 0;
    while (position < area.length()) {
      int type = area.byteAt(position) & 0xff;
      if (type == END_OF_LIST) {
        break;
      }
      if (type == NO_OPERATION) {
        options.add(new Ipv4Option(type, ByteString.EMPTY));
        position++;
        continue;
      }
      int length = position + 1 < area.length() ? area.byteAt(position + 1) & 0xff : 0;
      if (length < 2 || length > area.length() - position) {
        throw new MalformedPacketException(
            MalformedReason.BAD_LENGTH, "IPv4 option length", position + 1);
      }
      options.add(new Ipv4Option(type, area.slice(position + 2, length - 2)));
      position += length;
    }
    return List.copyOf(options);
  }
}
