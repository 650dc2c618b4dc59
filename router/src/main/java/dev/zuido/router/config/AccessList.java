package dev.zuido.router.config;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An access list: the first rule that matches decides, and what none matches is denied.
 *
 * @param name its name or number
 * @param kind standard or extended
 * @param entries rules and remarks by sequence number
 */
public record AccessList(String name, Kind kind, List<AccessEntry> entries) {
  /** What a list may look at. */
  public enum Kind {
    /** Source addresses. */
    STANDARD("standard"),
    /** Protocol, both addresses, ports. */
    EXTENDED("extended");

    private final String iosName;

    Kind(String iosName) {
      this.iosName = iosName;
    }

    /** The word of {@code ip access-list}. */
    public String iosName() {
      return iosName;
    }
  }

  /** Copies the list. */
  public AccessList {
    Checks.name("an access list's name", name);
    entries = List.copyOf(entries);
  }

  /** The rules, without the remarks, by sequence number. */
  public List<AccessRule> rules() {
    return entries.stream()
        .filter(AccessRule.class::isInstance)
        .map(AccessRule.class::cast)
        .toList();
  }

  /** The section of a configuration text, {@code ip access-list extended A-ipsec}. */
  public String section() {
    return "ip access-list " + kind.iosName() + " " + name;
  }

  /** The kind that a number stands for, or null if it is no number of an IP access list. */
  public static @Nullable Kind kindOfNumber(long number) {
    if (within(number, 1, 99) || within(number, 1300, 1999)) {
      return Kind.STANDARD;
    }
    return within(number, 100, 199) || within(number, 2000, 2699) ? Kind.EXTENDED : null;
  }

  private static boolean within(long number, long first, long last) {
    return number >= first && number <= last;
  }

  /** Where a list is gathered. */
  public static final class Builder {
    private static final int STEP = 10;

    private final String name;
    private final Kind kind;
    private final TreeMap<Long, AccessEntry> entries = new TreeMap<>();

    /** An empty list. */
    public Builder(String name, Kind kind) {
      this.name = name;
      this.kind = kind;
    }

    /** Standard or extended. */
    public Kind kind() {
      return kind;
    }

    /** The sequence number of an entry that is given none: ten behind the last. */
    public long nextSequence() {
      return entries.isEmpty() ? STEP : entries.lastKey() + STEP;
    }

    /** Whether a place is taken. */
    public boolean contains(long sequence) {
      return entries.containsKey(sequence);
    }

    /**
     * Adds an entry at its place.
     *
     * @throws IllegalArgumentException if the place is taken
     */
    public Builder add(AccessEntry entry) {
      if (entries.putIfAbsent(entry.sequence(), entry) != null) {
        throw new IllegalArgumentException("sequence " + entry.sequence() + " is taken");
      }
      return this;
    }

    /** Removes the entry at a place; false if there is none. */
    public boolean remove(long sequence) {
      return entries.remove(sequence) != null;
    }

    /** Removes the first rule that is the same but for its place; false if there is none. */
    public boolean removeRule(AccessRule rule) {
      for (AccessEntry entry : entries.values()) {
        if (entry instanceof AccessRule held && held.equals(rule.withSequence(held.sequence()))) {
          entries.remove(held.sequence());
          return true;
        }
      }
      return false;
    }

    /** The immutable list. */
    public AccessList build() {
      return new AccessList(name, kind, List.copyOf(entries.values()));
    }
  }
}
