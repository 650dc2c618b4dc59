package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is particular to a not-so-stubby area (RFC 3101 appendix D).
 *
 * @param translatorRole whether a border router translates always or when elected
 * @param stabilitySeconds TranslatorStabilityInterval: how long a deposed translator goes on, 0 to
 *     65535
 * @param defaultRoute whether a border router originates a type 7 default LSA
 * @param redistribution whether a border router imports its external destinations into the area
 * @param defaultType2 whether the metric of the default LSA is of type 2
 * @param ranges the Type-7 address ranges, by which a border router tells the other areas what the
 *     area's AS boundary routers import
 */
public record NssaConfig(
    TranslatorRole translatorRole,
    int stabilitySeconds,
    boolean defaultRoute,
    boolean redistribution,
    boolean defaultType2,
    List<ExternalRange> ranges) {
  /** Translates when elected, is stable for 40 s, no default route, redistribution. */
  public static final NssaConfig DEFAULT =
      new NssaConfig(TranslatorRole.CANDIDATE, 40, false, true);

  /** NSSATranslatorRole. */
  public enum TranslatorRole {
    /** Translates whatever the others do. */
    ALWAYS,
    /** Translates while it is elected. */
    CANDIDATE,
    /** Never translates. */
    NEVER
  }

  /** Checks the ranges. */
  public NssaConfig {
    ranges = List.copyOf(ranges);
    Set<Ipv4Prefix> prefixes = new HashSet<>();
    for (ExternalRange each : ranges) {
      if (!prefixes.add(each.prefix())) {
        throw new IllegalArgumentException("range " + each.prefix() + " stands there twice");
      }
    }
    if ((stabilitySeconds & ~0xffff) != 0) {
      throw new IllegalArgumentException(
          "TranslatorStabilityInterval is 0 to 65535 seconds, not " + stabilitySeconds);
    }
  }

  /** Without ranges, and with a default LSA of metric type 2. */
  public NssaConfig(
      TranslatorRole translatorRole,
      int stabilitySeconds,
      boolean defaultRoute,
      boolean redistribution) {
    this(translatorRole, stabilitySeconds, defaultRoute, redistribution, true, List.of());
  }
}
