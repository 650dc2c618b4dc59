package dev.zuido.wire;

/** The text forms of IPv6 addresses: RFC 4291 section 2.2 in, RFC 5952 out. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  static Ipv6Address parse(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] groups = groups(text, text);
      if (groups.length != GROUPS) {
        throw notAnAddress(text);
      }
      return join(groups);
    }
    int[] left = groups(text.substring(0, gap), text);
    int[] right = groups(text.substring(gap + 2), text);
    if (left.length + right.length >= GROUPS) {
      throw notAnAddress(text);
    }
    int[] all = new int[GROUPS];
    System.arraycopy(left, 0, all, 0, left.length);
    System.arraycopy(right, 0, all, GROUPS - right.length, right.length);
    return join(all);
  }

  private static int[] groups(String part, String whole) {
    if (part.isEmpty()) {
      return new int[0];
    }
    String[] fields = part.split(":", -1);
    boolean dotted = fields[fields.length - 1].indexOf('.') >= 0;
    int[] groups = new int[fields.length + (dotted ? 1 : 0)];
    for (int i = 0; i < fields.length; i++) {
      if (dotted && i == fields.length - 1) {
        int v4 = dottedTail(fields[i], whole);
        groups[i] = v4 >>> 16;
        groups[i + 1] = v4 & 0xffff;
      } else {
        if (!fields[i].matches("[0-9A-Fa-f]{1,4}")) {
          throw notAnAddress(whole);
        }
        groups[i] = Integer.parseInt(fields[i], 16);
      }
    }
    return groups;
  }

  private static int dottedTail(String field, String whole) {
    try {
      return Ipv4Address.parse(field).value();
    } catch (IllegalArgumentException e) {
      throw notAnAddress(whole);
    }
  }

  private static Ipv6Address join(int[] groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return new Ipv6Address(high, low);
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("not an IPv6 address: '" + text + "'");
  }

  static String format(Ipv6Address address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i) & 0xffff);
      groups[i + 4] = (int) (address.low() >>> (48 - 16 * i) & 0xffff);
    }
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gapStart = i;
        gapLength = end - i;
      }
    }
    StringBuilder out = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        out.append("::");
        i += gapLength - 1;
      } else {
        if (out.length() > 0 && out.charAt(out.length() - 1) != ':') {
          out.append(':');
        }
        out.append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }
}
