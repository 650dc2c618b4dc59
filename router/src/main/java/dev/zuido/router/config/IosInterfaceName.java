package dev.zuido.router.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an interface in its one canonical form, so that all spellings of it are equal.
 *
 * @param kind its kind
 * @param unit what stands behind the kind: {@code 1}, {@code 0/0} or {@code 0/0/0} of an Ethernet,
 *     one number of all others; numbers without superfluous zeros
 */
public record IosInterfaceName(InterfaceKind kind, String unit)
    implements Comparable<IosInterfaceName> {
  private static final Pattern TEXT = Pattern.compile("([A-Za-z]+)[ \\t]*([0-9]\\S*)");
  private static final Pattern SLOTS =
      Pattern.compile("(0|[1-9][0-9]{0,2})(/(0|[1-9][0-9]{0,2})){0,2}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

  /** Checks the unit. */
  public IosInterfaceName {
    switch (kind) {
      case ETHERNET, FAST_ETHERNET, GIGABIT_ETHERNET, TEN_GIGABIT_ETHERNET -> {
        if (!SLOTS.matcher(unit).matches()) {
          throw new IllegalArgumentException(
              "'" + unit + "' is no " + kind.iosName() + " unit such as 0/1");
        }
      }
      case LOOPBACK, TUNNEL -> checkNumber(kind, unit, Integer.MAX_VALUE);
      case DIALER -> checkNumber(kind, unit, 255);
      case NULL -> checkNumber(kind, unit, 0);
    }
  }

  /**
   * Reads a name: {@code GigabitEthernet0/1}, {@code GigabitEthernet 0/1}, {@code Gi0/1}, {@code
   * tu1}.
   *
   * @throws IllegalArgumentException if the text is no interface name, or if more than one kind
   *     begins so
   */
  public static IosInterfaceName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no interface name");
    }
    List<InterfaceKind> kinds = InterfaceKind.matching(matcher.group(1));
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + matcher.group(1) + "' is no kind of interface known here");
    }
    if (kinds.size() > 1) {
      throw new IllegalArgumentException(
          "'"
              + matcher.group(1)
              + "' is ambiguous: "
              + String.join(", ", kinds.stream().map(InterfaceKind::iosName).toList()));
    }
    return new IosInterfaceName(kinds.get(0), matcher.group(2));
  }

  private static void checkNumber(InterfaceKind kind, String unit, int last) {
    if (!NUMBER.matcher(unit).matches() || Long.parseLong(unit) > last) {
      throw new IllegalArgumentException(
          "'" + unit + "' is no " + kind.iosName() + " number from 0 to " + last);
    }
  }

  /** Orders by kind, then by the numbers of the unit. */
  @Override
  public int compareTo(IosInterfaceName other) {
    int order = kind.compareTo(other.kind);
    String[] mine = unit.split("/", -1);
    String[] theirs = other.unit.split("/", -1);
    for (int i = 0; order == 0 && i < Math.min(mine.length, theirs.length); i++) {
      order = Integer.compare(Integer.parseInt(mine[i]), Integer.parseInt(theirs[i]));
    }
    return order != 0 ? order : Integer.compare(mine.length, theirs.length);
  }

  /** The canonical name: {@code GigabitEthernet0/1}. */
  @Override
  public String toString() {
    return kind.iosName() + unit;
  }
}
