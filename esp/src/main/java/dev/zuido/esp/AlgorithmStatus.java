package dev.zuido.esp;

/**
 * What RFC 8221 says about implementing and using an algorithm for ESP.
 *
 * <p>Deprecated algorithms work here, since old peers know no others; who configures one of them
 * can say so with {@link #isDeprecated()}.
 */
public enum AlgorithmStatus {
  /** MUST: everybody implements it. */
  MUST,
  /** MUST-: a MUST that is expected to be downgraded. */
  MUST_MINUS,
  /** SHOULD. */
  SHOULD,
  /** MAY: RFC 8221 neither asks for it nor advises against it. */
  MAY,
  /** SHOULD NOT: weak, kept for old peers. */
  SHOULD_NOT,
  /** MUST NOT: broken, kept for old peers only. */
  MUST_NOT;

  /** Whether RFC 8221 advises against the algorithm. */
  public boolean isDeprecated() {
    return this == SHOULD_NOT || this == MUST_NOT;
  }
}
