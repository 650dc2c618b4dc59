package dev.zuido.ospf;

/**
 * What is particular to a not-so-stubby area (RFC 3101 appendix D).
 *
 * @param translatorRole whether a border router translates always or when elected
 * @param stabilitySeconds TranslatorStabilityInterval: how long a deposed translator goes on, 0 to
 *     65535
 * @param defaultRoute whether a border router originates a type 7 default LSA
 * @param redistribution whether a border router imports its external destinations into the area
 */
public record NssaConfig(
    TranslatorRole translatorRole,
    int stabilitySeconds,
    boolean defaultRoute,
    boolean redistribution) {
  /** Translates when elected, is stable for 40 s, no default route, redistribution. */
  public static final NssaConfig DEFAULT = new NssaConfig(TranslatorRole.CANDIDATE, 40, false, true);

  /** NSSATranslatorRole. */
  public enum TranslatorRole {
    /** Translates whatever the others do. */
    ALWAYS,
    /** Translates while it is elected. */
    CANDIDATE,
    /** Never translates. */
    NEVER
  }

  /** Checks the range. */
  public NssaConfig {
    if ((stabilitySeconds & ~0xffff) != 0) {
      throw new IllegalArgumentException(
          "TranslatorStabilityInterval is 0 to 65535 seconds, not " + stabilitySeconds);
    }
  }
}
