package dev.zuido.router.config.ios;

import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.Secret;
import dev.zuido.wire.Ipv4Address;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a line that matched a pattern says.
 *
 * @param keywords its keywords in full, in order
 * @param values the values of its parameters by name
 * @param canonical its one canonical text, with masks in place of secrets
 * @param secretWords the indices of the words that are secrets
 * @param byDefault whether the line began with {@code default} in place of {@code no}
 */
record Arguments(
    List<String> keywords,
    Map<String, Object> values,
    String canonical,
    Set<Integer> secretWords,
    boolean byDefault) {
  Arguments {
    keywords = List.copyOf(keywords);
    values = Map.copyOf(values);
    secretWords = Set.copyOf(secretWords);
  }

  /** Whether a keyword or a parameter is there. */
  boolean has(String name) {
    return keywords.contains(name) || values.containsKey(name);
  }

  <T> Optional<T> optional(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name)).map(type::cast);
  }

  private <T> T required(String name, Class<T> type) {
    return optional(name, type)
        .orElseThrow(() -> new IllegalStateException("no parameter '" + name + "'"));
  }

  OptionalLong optionalNumber(String name) {
    return optional(name, Long.class).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  OptionalInt optionalInteger(String name) {
    return optional(name, Long.class)
        .map(value -> OptionalInt.of(Math.toIntExact(value)))
        .orElseGet(OptionalInt::empty);
  }

  long number(String name) {
    return required(name, Long.class);
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  /** The length of the prefix that a mask stands for. */
  int prefixLength(String name) {
    return required(name, Integer.class);
  }

  Ipv4Address address(String name) {
    return required(name, Ipv4Address.class);
  }

  String text(String name) {
    return required(name, String.class);
  }

  Secret secret(String name) {
    return required(name, Secret.class);
  }

  IosInterfaceName interfaceName(String name) {
    return required(name, IosInterfaceName.class);
  }

  Instant moment(String name) {
    return required(name, Instant.class);
  }

  AccessRule rule(String name) {
    return required(name, AccessRule.class);
  }
}
