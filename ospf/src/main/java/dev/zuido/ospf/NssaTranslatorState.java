package dev.zuido.ospf;

/** NSSATranslatorState of RFC 3101 section 3.1. */
public enum NssaTranslatorState {
  /** The router does not translate, but for what a deposed translator leaves standing. */
  DISABLED,
  /** It translates unconditionally, being configured to, and says so by bit Nt. */
  ENABLED,
  /** It translates because no better border router was found, or not long enough ago. */
  ELECTED
}
