package dev.zuido.ike;

import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import java.util.List;

/** What both modes of phase 1 say and compute in the same way. */
final class PhaseOnePayloads {
  private PhaseOnePayloads() {}

  /** Our identity, with protocol and port zero (RFC 2407 section 4.6.2). */
  static Identification identityOf(PeerConfig config) {
    return Identification.of(config.localIdentity(), 0, 0);
  }

  /** The vendor ID of dead peer detection (RFC 3706 section 5.1). */
  static VendorId deadPeerDetection() {
    return VendorId.of(KnownVendor.DEAD_PEER_DETECTION);
  }

  /** Whether a message announces dead peer detection. */
  static boolean announcesDeadPeerDetection(PayloadChain chain) {
    return chain.payloads(VendorId.class).stream()
        .anyMatch(vendor -> KnownVendor.DEAD_PEER_DETECTION.matches(vendor.id()));
  }

  /** INITIAL-CONTACT (RFC 2407 section 4.6.3.3). */
  static Notification initialContact(IsakmpSa sa) {
    return error(sa, NotifyType.INITIAL_CONTACT);
  }

  /** Whether a message carries INITIAL-CONTACT. */
  static boolean hasInitialContact(PayloadChain chain) {
    return chain.payloads(Notification.class).stream()
        .anyMatch(notification -> notification.notifyType() == NotifyType.INITIAL_CONTACT);
  }

  /** A notification about this SA: mostly an error. */
  static Notification error(IsakmpSa sa, int notifyType) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, notifyType, sa.spi(), ByteString.EMPTY);
  }

  /** Nothing of an offer fits: the peer is told, where the offer came from. */
  static void refuseOffer(EngineContext context, IsakmpSa sa, UdpPath back) {
    sa.exchanges()
        .sendInformationalInClear(List.of(error(sa, NotifyType.NO_PROPOSAL_CHOSEN)), back);
    context.counters.drop(DropReason.NO_PROPOSAL);
  }

  /**
   * The keys by the method that was agreed on.
   *
   * @param gxy the shared secret, which is wiped
   */
  static PhaseOneKeys keys(
      IkeProposal proposal, PeerConfig config, PhaseOneExchange said, Secret gxy) {
    try (gxy) {
      return switch (proposal.authentication()) {
        case PRE_SHARED_KEY ->
            PhaseOneKeys.ofPresharedKey(
                proposal.hash(), proposal.cipher(), said, config.preSharedKey(), gxy);
        case RSA_SIGNATURES ->
            PhaseOneKeys.ofSignatures(proposal.hash(), proposal.cipher(), said, gxy);
      };
    }
  }
}
