package dev.zuido.ike;

/** How much an engine tells of the messages that it sends and accepts. */
public enum WireTrace {
  /** The names of the payloads, and the little that matters most of them. */
  NAMES,
  /** Every field by name too, in {@link IkeOutput.MessageTrace#detail}; never a secret. */
  FIELDS
}
