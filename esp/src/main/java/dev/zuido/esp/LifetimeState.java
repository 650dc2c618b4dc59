package dev.zuido.esp;

/** Where an SA stands in its {@link SaLifetime}. */
public enum LifetimeState {
  /** Before the soft limit. */
  FRESH,
  /** Past the soft limit: it works, and a successor is wanted. */
  SOFT_EXPIRED,
  /** Past the hard limit: it protects and accepts nothing any more. */
  HARD_EXPIRED
}
