package dev.zuido.ike;

import org.jspecify.annotations.Nullable;

/** The place for an {@link EarlyMessage} of one ISAKMP SA. */
final class EarlyMessages {
  private final EngineContext context;
  private @Nullable EarlyMessage kept;

  EarlyMessages(EngineContext context) {
    this.context = context;
  }

  /**
   * Keeps a message if phase 1 is complete for the peer and not yet here; false if there is no
   * reason to, or it is too long, or one is kept already.
   */
  boolean keep(EarlyMessage message, @Nullable PhaseOne negotiating) {
    if (negotiating == null
        || !negotiating.isCompleteForPeer()
        || kept != null
        || message.header().length() > EarlyMessage.MAX_LENGTH) {
      return false;
    }
    kept = message;
    return true;
  }

  /** Phase 1 is complete: what was kept is handled as if it came now. */
  void release() {
    EarlyMessage message = kept;
    if (message != null) {
      kept = null;
      context.kept.add(message);
    }
  }

  /** Phase 1 was not completed. */
  void drop() {
    EarlyMessage message = kept;
    if (message != null) {
      kept = null;
      context.outbox.drop(
          DropReason.UNEXPECTED_MESSAGE, message.path().remote(), "phase 1 was not completed");
    }
  }
}
