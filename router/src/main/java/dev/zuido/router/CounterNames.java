package dev.zuido.router;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How the constants of an enum are named where their counters are shown. */
final class CounterNames {
  private CounterNames() {}

  /** A constant in lower camel case: {@code ACCESS_LIST_IN} is {@code accessListIn}. */
  static String of(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    boolean capital = false;
    for (int i = 0; i < constant.name().length(); i++) {
      char c = constant.name().charAt(i);
      if (c == '_') {
        capital = true;
      } else {
        name.append(capital ? c : Character.toLowerCase(c));
        capital = false;
      }
    }
    return name.toString();
  }

  /** The counters of all constants in their order. */
  static <E extends Enum<E>> Map<String, Long> all(Class<E> type, ToLongFunction<E> counter) {
    Map<String, Long> counters = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      counters.put(of(constant), counter.applyAsLong(constant));
    }
    return counters;
  }

  /** The counters that are not 0. */
  static <E extends Enum<E>> Map<String, Long> occurred(Class<E> type, ToLongFunction<E> counter) {
    Map<String, Long> counters = all(type, counter);
    counters.values().removeIf(count -> count == 0);
    return counters;
  }
}
