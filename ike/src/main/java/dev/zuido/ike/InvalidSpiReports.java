package dev.zuido.ike;

import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;

/**
 * Tells one peer that it sends ESP with an SPI that nobody here has: after a restart of ours it
 * would go on doing so until its SA ends.
 *
 * <p>The INVALID-SPI notify (RFC 2408 section 3.14.1) goes under the protection of an ISAKMP SA and
 * at most once a second, since anybody can send ESP with any SPI from the peer's address. Its SPI
 * field has the SPI, as RFC 2408 says of notifies about an SA; RFC 4303 section 3.4.2 leaves the
 * rest to the key management.
 *
 * <p>Where there is no ISAKMP SA nobody would believe us. With {@link
 * PeerOptions#invalidSpiRecovery} a main mode begins then, as with IOS's {@code crypto isakmp
 * invalid-spi-recovery}, and the notify follows it; but at most every ten seconds, and not while a
 * failed main mode holds the next one off. The main mode's INITIAL-CONTACT says the same, if
 * nothing is left of earlier contact.
 */
final class InvalidSpiReports {
  static final long REPORT_INTERVAL = EngineContext.SECOND;
  static final long RECOVERY_INTERVAL = 10 * EngineContext.SECOND;

  /** The SPI that waits for a main mode is of no interest after so long. */
  private static final long MAX_WAIT = 60 * EngineContext.SECOND;

  private final EngineContext context;
  private final Peer peer;
  private long lastReportNanos = -REPORT_INTERVAL;
  private long lastRecoveryNanos = -RECOVERY_INTERVAL;

  /** The SPI that is to be reported when there is an ISAKMP SA, or 0. */
  private int waitingSpi;

  InvalidSpiReports(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
  }

  /** A packet has come with an SPI that nobody has. */
  void report(int spi, long nowNanos) {
    IsakmpSa sa = peer.current();
    if (nowNanos - lastReportNanos < REPORT_INTERVAL) {
      context.outbox.drop(DropReason.RATE_LIMITED, null, "INVALID-SPI");
    } else if (sa != null) {
      lastReportNanos = nowNanos;
      sa.inform(notification(spi));
    } else if (!peer.config().options().invalidSpiRecovery()) {
      context.outbox.drop(
          DropReason.UNKNOWN_TARGET,
          null,
          "there is no ISAKMP SA with " + peer.name() + " to report the unknown SPI under");
    } else if (nowNanos - lastRecoveryNanos < RECOVERY_INTERVAL) {
      context.outbox.drop(DropReason.RATE_LIMITED, null, "recovery from an unknown SPI");
    } else {
      lastRecoveryNanos = nowNanos;
      waitingSpi = spi;
      peer.connectForProbe(nowNanos);
    }
  }

  /** There is an ISAKMP SA now. */
  void established(IsakmpSa sa, long nowNanos) {
    if (waitingSpi != 0 && nowNanos - lastRecoveryNanos < MAX_WAIT) {
      lastReportNanos = nowNanos;
      sa.inform(notification(waitingSpi));
    }
    waitingSpi = 0;
  }

  private static Notification notification(int spi) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ESP,
        NotifyType.INVALID_SPI,
        PhaseTwoOffer.spiBytes(spi),
        ByteString.EMPTY);
  }
}
