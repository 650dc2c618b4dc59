package dev.zuido.ike;

/**
 * The maxima of an engine's tables. What hits one is dropped and counted.
 *
 * <p>Measured on a 64-bit JVM: a configured peer takes 1.6 kB, one with an ISAKMP SA 4.3 kB more,
 * and each pair of IPsec SAs 2.4 kB; so 10 000 peers with a pair each take 83 MB. Message IDs of
 * phase 2 add 5 to 11 bytes for each message, up to 16 kB under one ISAKMP SA, which is replaced
 * then (32 kB if that fails): periodic dead peer detection gets there in hours, and 10 000 such
 * peers can take 250 MB. Looking after 10 000 idle peers with dead peer detection after 30 s takes
 * less than 1 % of a core, periodic or on demand ({@code benchmarks/peers} measures all this).
 *
 * @param halfOpen first exchanges in which the peer has not proved itself yet, over all peers; one
 *     beyond it takes the place of the oldest: of templates before those of fixed peers, and both
 *     before those from whose address somebody has answered with our cookie
 * @param halfOpenPerAddress the same for one remote address
 * @param halfOpenSeconds how long a responder waits for a phase 1 to be completed
 * @param isakmpSasPerPeer established ISAKMP SAs with one peer; the oldest gives way
 * @param exchangesPerIsakmpSa quick modes in progress under one ISAKMP SA, and finished exchanges
 *     that are remembered under it to answer duplicates; the oldest finished one gives way, and
 *     where none is finished the newcomer is dropped
 * @param ownQuickModes quick modes that we have begun and that are in progress under one ISAKMP SA;
 *     others wait until one is over, those that rekey before those that are new, and otherwise in
 *     the order in which they were asked for. Some responders keep few exchanges in mind
 *     (strongSwan three, informational ones included) and forget the oldest for a newer one. One
 *     that does not move on keeps the others waiting only as long as a message takes until its
 *     second repetition; one that is complete as long as the peer took to answer it, since nobody
 *     tells when the peer is done with the last message. At most the {@linkplain
 *     PeerConfig#MAX_CHILDREN children} of a peer wait
 * @param pairsPerChild pairs of IPsec SAs for one {@link ChildConfig}; the oldest gives way
 * @param dynamicPeers peers that have proved themselves to a {@link PeerConfig} of a prefix wider
 *     than one host; the phase 1 of another fails
 * @param fragments how messages are cut, and what is kept of those that come in fragments
 */
public record IkeLimits(
    int halfOpen,
    int halfOpenPerAddress,
    int halfOpenSeconds,
    int isakmpSasPerPeer,
    int exchangesPerIsakmpSa,
    int ownQuickModes,
    int pairsPerChild,
    int dynamicPeers,
    FragmentLimits fragments) {
  private static final int DEFAULT_OWN_QUICK_MODES = 2;

  /**
   * 1 000 half-open, 32 for one address, 30 s; 4 ISAKMP SAs, 32 exchanges, 2 of them quick modes of
   * our own, 6 pairs; 1 000 peers.
   */
  public static final IkeLimits DEFAULT = new IkeLimits(1_000, 32, 30, 4, 32, 6, 1_000);

  /** The same with the defaults for quick modes of our own and fragments. */
  public IkeLimits(
      int halfOpen,
      int halfOpenPerAddress,
      int halfOpenSeconds,
      int isakmpSasPerPeer,
      int exchangesPerIsakmpSa,
      int pairsPerChild,
      int dynamicPeers) {
    this(
        halfOpen,
        halfOpenPerAddress,
        halfOpenSeconds,
        isakmpSasPerPeer,
        exchangesPerIsakmpSa,
        DEFAULT_OWN_QUICK_MODES,
        pairsPerChild,
        dynamicPeers,
        FragmentLimits.DEFAULT);
  }

  /** The same with another number of quick modes of our own. */
  public IkeLimits withOwnQuickModes(int newOwnQuickModes) {
    return new IkeLimits(
        halfOpen,
        halfOpenPerAddress,
        halfOpenSeconds,
        isakmpSasPerPeer,
        exchangesPerIsakmpSa,
        newOwnQuickModes,
        pairsPerChild,
        dynamicPeers,
        fragments);
  }

  /** The same with other limits for fragments. */
  public IkeLimits withFragments(FragmentLimits newFragments) {
    return new IkeLimits(
        halfOpen,
        halfOpenPerAddress,
        halfOpenSeconds,
        isakmpSasPerPeer,
        exchangesPerIsakmpSa,
        ownQuickModes,
        pairsPerChild,
        dynamicPeers,
        newFragments);
  }

  /** Checks that each is positive. */
  public IkeLimits {
    if (Math.min(halfOpen, halfOpenPerAddress) < 1
        || Math.min(halfOpenSeconds, Math.min(ownQuickModes, dynamicPeers)) < 1
        || Math.min(isakmpSasPerPeer, pairsPerChild) < 2
        || exchangesPerIsakmpSa < 2) {
      throw new IllegalArgumentException("a limit is too small for one peer to work: " + this);
    }
  }
}
