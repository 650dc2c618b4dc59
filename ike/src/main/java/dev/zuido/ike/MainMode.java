package dev.zuido.ike;

import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One side of main mode with a pre-shared key (RFC 2409 section 5.4):
 *
 * <pre>
 *      Initiator                        Responder
 *  1   HDR, SA             --&gt;
 *  2                       &lt;--    HDR, SA
 *  3   HDR, KE, Ni         --&gt;
 *  4                       &lt;--    HDR, KE, Nr
 *  5   HDR*, IDii, HASH_I  --&gt;
 *  6                       &lt;--    HDR*, IDir, HASH_R
 * </pre>
 */
sealed interface MainMode extends ExchangeHandler permits MainModeInitiator, MainModeResponder {
  /** IOS's word for the state. */
  String stateName();

  /** What is the probable cause if nothing more comes, or null. */
  @Nullable String hint();

  /** An error that the peer reported, which nothing authenticates. */
  void reported(String notify);

  /** What to say where decryption or HASH fail in main mode. */
  String KEY_DIFFERS = "the pre-shared key probably differs from the peer's";

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
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ISAKMP,
        NotifyType.INITIAL_CONTACT,
        sa.spi(),
        ByteString.EMPTY);
  }

  /** Whether a message carries INITIAL-CONTACT. */
  static boolean hasInitialContact(PayloadChain chain) {
    return chain.payloads(Notification.class).stream()
        .anyMatch(notification -> notification.notifyType() == NotifyType.INITIAL_CONTACT);
  }

  private static boolean isAddress(Identity identity) {
    return identity instanceof Identity.Ipv4 || identity instanceof Identity.Ipv6;
  }

  /**
   * What is wrong with the peer's identity, or null. Who has no other identity than the address is
   * called by it; behind a translator that is an address which cannot be known here.
   */
  static @Nullable String identityError(IsakmpSa sa, Identification id) {
    PeerConfig config = sa.peer().config();
    Identity configured = config.remoteIdentity();
    Identity expected =
        configured == null ? PeerConfig.identityOf(sa.remote().address()) : configured;
    boolean hidden = configured == null && sa.nat().remoteBehindNat() && isAddress(id.identity());
    if (!hidden && !id.identity().equals(expected)) {
      return "the peer says that it is "
          + SelectorPayloads.describe(id.identity())
          + ", expected is "
          + (configured == null && sa.nat().remoteBehindNat()
              ? "an address"
              : SelectorPayloads.describe(expected))
          + ": correct the configured identity of the peer or the peer's own";
    }
    boolean unbound = id.protocolId() == 0 && id.port() == 0;
    boolean isakmp =
        id.protocolId() == IpProtocol.UDP
            && (id.port() == 0
                || id.port() == Endpoint.ISAKMP_PORT
                || id.port() == Endpoint.NAT_TRAVERSAL_PORT);
    return unbound || isakmp
        ? null
        : "the peer's identity is bound to protocol " + id.protocolId() + " port " + id.port();
  }

  /**
   * What is wrong with a caller who takes himself for a fixed peer while the peer, which its own
   * address has identified, is there: he stands behind it and knows the same key. Null if nothing
   * is. Neither address nor port says who he is (RFC 3947 section 6).
   */
  static @Nullable String takeoverError(IsakmpSa sa, Identification id) {
    Peer peer = sa.peer();
    Identity visible = PeerConfig.identityOf(sa.remote().address());
    boolean isThere =
        peer.config().isFixed()
            && peer.config().remoteIdentity() == null
            && visible.equals(peer.identity());
    return !isThere || id.identity().equals(visible)
        ? null
        : "the peer says that it is "
            + SelectorPayloads.describe(id.identity())
            + ", but "
            + SelectorPayloads.describe(visible)
            + " itself is there: who stands behind it needs a configuration of his own";
  }

  /**
   * What is wrong with who answers where a template's peer was: another one may have its mapping
   * now, and know the same key. Null if it is the peer, or the peer is a fixed one.
   */
  static @Nullable String strangerError(IsakmpSa sa, Identification id) {
    Identity known = sa.peer().identity();
    return sa.peer().config().isFixed() || id.identity().equals(known)
        ? null
        : "who answers says that it is "
            + SelectorPayloads.describe(id.identity())
            + " and not the peer that was there"
            + (known == null ? "" : ", " + SelectorPayloads.describe(known));
  }

  /** An error as a notification about this SA. */
  static Notification error(IsakmpSa sa, int notifyType) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, notifyType, sa.spi(), ByteString.EMPTY);
  }
}
