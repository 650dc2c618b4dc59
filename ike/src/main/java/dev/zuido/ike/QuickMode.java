package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.List;

/**
 * One side of quick mode (RFC 2409 section 5.5):
 *
 * <pre>
 *      Initiator                                          Responder
 *  1   HDR*, HASH(1), SA, Ni [, KE ] [, IDci, IDcr ]  --&gt;
 *  2   &lt;--  HDR*, HASH(2), SA, Nr [, KE ] [, IDci, IDcr ]
 *  3   HDR*, HASH(3)                                  --&gt;
 * </pre>
 */
sealed interface QuickMode extends ExchangeHandler permits QuickModeInitiator, QuickModeResponder {
  /**
   * Whether an SPI in an error of the peer means this quick mode: the one that we chose (RFC 2408
   * section 3.14), or the peer's own, which some name instead.
   */
  boolean isNamedBy(int spi);

  /** Whether we began it. */
  boolean isInitiator();

  /** The peer reported an error under the protection of the ISAKMP SA. */
  void refusedByPeer(int notifyType, long nowNanos);

  /**
   * Ends it without a word to anybody but the peer, where that may wait for us. What became of it
   * the child knows.
   */
  void withdraw(EndReason reason, long nowNanos);

  /** An error about the SA of an SPI. */
  static Notification error(int notifyType, int protocolId, int spi) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        protocolId,
        notifyType,
        PhaseTwoOffer.spiBytes(spi),
        ByteString.EMPTY);
  }

  /** Tells the peer that an SPI of ours is no more. */
  static Delete delete(int protocolId, int spi) {
    return new Delete(
        SecurityAssociation.DOI_IPSEC, protocolId, 4, List.of(PhaseTwoOffer.spiBytes(spi)));
  }
}
