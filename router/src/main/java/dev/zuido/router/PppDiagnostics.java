package dev.zuido.router;

/**
 * What is told of the access lines beyond their events.
 *
 * @param trace whether each packet of discovery and of PPP's negotiation is told, as {@link
 *     RouterEvent.PppPacket}; secrets do not occur there
 */
public record PppDiagnostics(boolean trace) {
  /** No packets. */
  public static final PppDiagnostics NONE = new PppDiagnostics(false);
}
