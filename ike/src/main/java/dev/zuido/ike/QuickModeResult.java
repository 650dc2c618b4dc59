package dev.zuido.ike;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What a quick mode has agreed on.
 *
 * @param child whose SAs they are
 * @param initiator whether we initiated the quick mode
 * @param agreed the suite and the lifetimes
 * @param ownSpi the SPI that we receive with
 * @param initiatorNonce Ni_b
 * @param responderNonce Nr_b
 * @param local our selector
 * @param remote the peer's selector
 * @param original the addresses of the peer's packets before translation, or null
 * @param startedAt the moment at which the quick mode began
 */
record QuickModeResult(
    Child child,
    boolean initiator,
    PhaseTwoOffer.Agreed agreed,
    int ownSpi,
    ByteString initiatorNonce,
    ByteString responderNonce,
    TrafficSelector local,
    TrafficSelector remote,
    SaParameters.@Nullable OriginalAddresses original,
    long startedAt) {

  /**
   * The parameters and keys of one of its SAs.
   *
   * @param secret g(qm)^xy with perfect forward secrecy, else null
   */
  SaParameters parameters(
      EngineContext context, IsakmpSa sa, @Nullable Secret secret, Direction direction) {
    boolean in = direction == Direction.INBOUND;
    Endpoint source = in ? sa.remote() : sa.local();
    Endpoint destination = in ? sa.local() : sa.remote();
    int spi = in ? ownSpi : agreed.peerSpi();
    Peer peer = child.peer();
    return new SaParameters(
        context.newSaId(),
        direction,
        peer.name(),
        peer.config().name(),
        child.config().name(),
        spi,
        source.address(),
        destination.address(),
        child.config().mode(),
        agreed.suite(),
        agreed.extendedSequenceNumbers(),
        local,
        remote,
        sa.nat().encapsulates()
            ? new SaParameters.UdpEncapsulation(source.port(), destination.port())
            : null,
        in ? original : null,
        agreed.lifetimeSeconds(),
        agreed.lifetimeKilobytes(),
        SaKeys.derive(sa.keys(), agreed.suite(), spi, initiatorNonce, responderNonce, secret));
  }
}
