package dev.zuido.ike;

/** What a snapshot says of SAs. */
final class SnapshotViews {
  private SnapshotViews() {}

  /**
   * An ISAKMP SA.
   *
   * @param current whether new exchanges use it
   */
  static IkeSnapshot.IsakmpSaView of(IsakmpSa sa, boolean current) {
    PhaseOne negotiating = sa.phaseOne();
    PhaseOneOffer.Agreed agreed = sa.agreed();
    return new IkeSnapshot.IsakmpSaView(
        sa.peerName(),
        sa.local(),
        sa.remote(),
        sa.nat().localBehindNat(),
        sa.nat().remoteBehindNat(),
        sa.initiatorCookie(),
        sa.responderCookie(),
        sa.isInitiator(),
        negotiating == null ? "QM_IDLE" : negotiating.stateName(),
        agreed == null ? "" : agreed.proposal().toString(),
        agreed == null ? 0 : sa.establishedNanos(),
        agreed == null ? 0 : agreed.lifetimeSeconds(),
        current,
        sa.exchanges().abilities().vendors());
  }

  /**
   * A pair of IPsec SAs.
   *
   * @param current whether it is the one to send on
   */
  static IkeSnapshot.ChildSaView of(SaPair pair, boolean current) {
    SaParameters inbound = pair.inbound();
    return new IkeSnapshot.ChildSaView(
        pair.child().peer().name(),
        pair.child().config().name(),
        inbound.id(),
        pair.outbound().id(),
        inbound.spi(),
        pair.outbound().spi(),
        inbound.suite(),
        inbound.mode(),
        inbound.local(),
        inbound.remote(),
        pair.path().local(),
        pair.path().remote(),
        pair.isInitiator(),
        Math.max(pair.establishedNanos(), 0),
        inbound.lifetimeSeconds(),
        inbound.lifetimeKilobytes(),
        current);
  }
}
