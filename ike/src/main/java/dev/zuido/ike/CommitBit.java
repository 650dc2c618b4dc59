package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;

/**
 * The commit bit of a peer's messages (RFC 2408 section 3.1). It is ignored: what it protects from,
 * traffic on an SA that the peer has not installed yet, the order of messages does too.
 */
final class CommitBit {
  private boolean noticed;

  /** Says once that it is ignored, if an authentic message has it. */
  void look(EngineContext context, String peerName, Received message) {
    if (message.header().isCommit() && !noticed) {
      noticed = true;
      context.outbox.add(
          new IkeOutput.Notice(
              peerName, "the peer sets the commit bit, which is ignored: it need not wait"));
    }
  }
}
