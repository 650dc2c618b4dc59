package dev.zuido.ike;

/**
 * How much of everything an engine holds: what has to be the same again after an exchange that came
 * to nothing.
 *
 * @param halfOpen phase 1 exchanges of peers
 * @param initiating phase 1 exchanges of our own
 * @param isakmpSas established ISAKMP SAs
 * @param openExchanges exchanges that are not over, under established ISAKMP SAs
 * @param pairs established pairs
 * @param pendingPairs pairs whose quick mode is not over
 * @param computing tasks whose results are awaited
 * @param installing SAs whose installation is awaited
 * @param unconfirmed inbound SAs whose first packet is awaited
 * @param knownSas ids by which established pairs are found
 * @param registered ISAKMP SAs by which messages find them, those in negotiation twice
 * @param dynamicPeers peers of templates
 * @param machines machines with a deadline
 */
record Holdings(
    int halfOpen,
    int initiating,
    int isakmpSas,
    int openExchanges,
    int pairs,
    int pendingPairs,
    int computing,
    int installing,
    int unconfirmed,
    int knownSas,
    int registered,
    int dynamicPeers,
    int machines) {

  static Holdings of(EngineContext context, PeerTable peers) {
    int initiating = 0;
    int isakmpSas = 0;
    int openExchanges = 0;
    int pairs = 0;
    int pendingPairs = 0;
    for (Peer peer : peers.all()) {
      initiating += peer.initiating() == null ? 0 : 1;
      for (IsakmpSa sa : peer.established()) {
        isakmpSas++;
        openExchanges += sa.exchanges().open();
      }
      for (Child child : peer.children().all()) {
        for (SaPair pair : child.pairs()) {
          pairs += pair.isEstablished() ? 1 : 0;
          pendingPairs += pair.isEstablished() ? 0 : 1;
        }
      }
    }
    return new Holdings(
        peers.registry().halfOpen().size(),
        initiating,
        isakmpSas,
        openExchanges,
        pairs,
        pendingPairs,
        context.computing(),
        context.installing(),
        context.unconfirmed.size(),
        context.pairs.size(),
        peers.registry().size(),
        context.dynamicPeers.all().size(),
        context.heap.size());
  }
}
