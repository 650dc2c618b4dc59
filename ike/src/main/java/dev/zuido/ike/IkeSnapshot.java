package dev.zuido.ike;

import dev.zuido.ike.message.Cookie;
import java.util.List;

/**
 * What an engine holds at a moment, for displays such as {@code show crypto isakmp sa}.
 *
 * @param isakmpSas ISAKMP SAs, in negotiation and established
 * @param childSas pairs of IPsec SAs
 */
public record IkeSnapshot(List<IsakmpSaView> isakmpSas, List<ChildSaView> childSas) {
  /** Copies the lists. */
  public IkeSnapshot {
    isakmpSas = List.copyOf(isakmpSas);
    childSas = List.copyOf(childSas);
  }

  /**
   * An ISAKMP SA.
   *
   * @param peer {@link PeerConfig#name}
   * @param local our end
   * @param remote the peer's end
   * @param localBehindNat whether a translator stands before us
   * @param remoteBehindNat whether one stands before the peer, or the peer says so
   * @param initiatorCookie the initiator's cookie
   * @param responderCookie the responder's cookie, zero until it is known
   * @param initiator whether we initiated it
   * @param state IOS's word for the state: {@code MM_NO_STATE}, {@code MM_SA_SETUP} and {@code
   *     MM_KEY_EXCH} in main mode, {@code AG_NO_STATE} and {@code AG_INIT_EXCH} in aggressive mode,
   *     {@code QM_IDLE} when it is established
   * @param proposal what was agreed on, empty until it is known
   * @param establishedNanos when it was established; meaningless before
   * @param lifetimeSeconds the lifetime agreed on; 0 until it is known
   * @param current whether new exchanges use it
   * @param vendors the vendor IDs that the peer has sent, in words
   */
  public record IsakmpSaView(
      String peer,
      Endpoint local,
      Endpoint remote,
      boolean localBehindNat,
      boolean remoteBehindNat,
      Cookie initiatorCookie,
      Cookie responderCookie,
      boolean initiator,
      String state,
      String proposal,
      long establishedNanos,
      long lifetimeSeconds,
      boolean current,
      List<String> vendors) {
    /** Copies the list. */
    public IsakmpSaView {
      vendors = List.copyOf(vendors);
    }
  }

  /**
   * A pair of IPsec SAs.
   *
   * @param peer {@link PeerConfig#name}
   * @param child {@link ChildConfig#name}
   * @param inboundSaId {@link SaParameters#id} of the inbound SA
   * @param outboundSaId the same of the outbound SA
   * @param inboundSpi the inbound SPI as 32 bits
   * @param outboundSpi the outbound SPI as 32 bits
   * @param suite the suite agreed on
   * @param mode transport or tunnel
   * @param local what the pair carries, our side
   * @param remote what the pair carries, the peer's side
   * @param localEnd our end of the ESP packets, with port 0 where they are not in UDP
   * @param remoteEnd the peer's end, in the same way
   * @param initiator whether we initiated the quick mode
   * @param establishedNanos when the quick mode was completed
   * @param lifetimeSeconds the lifetime agreed on
   * @param lifetimeKilobytes the same in kilobytes, 0: no limit
   * @param current whether it is the child's newest pair
   */
  public record ChildSaView(
      String peer,
      String child,
      long inboundSaId,
      long outboundSaId,
      int inboundSpi,
      int outboundSpi,
      IpsecProposal suite,
      EncapsulationMode mode,
      TrafficSelector local,
      TrafficSelector remote,
      Endpoint localEnd,
      Endpoint remoteEnd,
      boolean initiator,
      long establishedNanos,
      long lifetimeSeconds,
      long lifetimeKilobytes,
      boolean current) {}
}
