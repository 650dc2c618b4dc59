package dev.zuido.ike;

/**
 * Whether messages of IKE are cut into fragments: Cisco's way for IKEv1, which both sides announce
 * by a vendor ID.
 */
public enum Fragmentation {
  /** It is not announced, and fragments are dropped. */
  OFF,
  /** It is announced; long messages to a peer that announces it are cut. */
  ON,
  /** As {@link #ON}, and long messages are cut whatever the peer announces, but for a first one. */
  FORCE
}
