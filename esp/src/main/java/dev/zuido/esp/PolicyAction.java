package dev.zuido.esp;

/** What a policy does with the traffic that it selects: RFC 4301 section 4.4.1. */
public enum PolicyAction {
  /** Protect it with ESP; without an SA it does not pass. */
  PROTECT,
  /** Let it by unprotected. */
  BYPASS,
  /** Let it by in neither direction. */
  DISCARD
}
