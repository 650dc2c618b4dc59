package dev.zuido.ike;

/**
 * What only some peers need.
 *
 * @param aggressiveMode whether aggressive mode may be used
 * @param fragmentation whether messages are cut into fragments, as Cisco does it
 * @param lifetimes what is done about the peer's lifetimes
 * @param invalidSpiRecovery whether a phase 1 begins if a peer sends ESP with an SPI that is
 *     unknown here while there is no ISAKMP SA under which it could be told so; everybody who sends
 *     such a packet from the peer's address can then make us begin one
 * @param callsOnly whether a peer at a single host's address is a template's all the same: nobody
 *     initiates towards it, and what it may protect is what it asks for within the selectors. A
 *     wider prefix is always a template
 */
public record PeerOptions(
    AggressiveMode aggressiveMode,
    Fragmentation fragmentation,
    LifetimePolicy lifetimes,
    boolean invalidSpiRecovery,
    boolean callsOnly) {
  /**
   * What most peers have: no aggressive mode, {@link Fragmentation#ON}, {@link
   * LifetimePolicy#CLAIM}, no recovery from unknown SPIs, and we may begin.
   */
  public static final PeerOptions DEFAULT =
      new PeerOptions(AggressiveMode.OFF, Fragmentation.ON, LifetimePolicy.CLAIM, false, false);

  /** The same with another choice for aggressive mode. */
  public PeerOptions withAggressiveMode(AggressiveMode choice) {
    return new PeerOptions(choice, fragmentation, lifetimes, invalidSpiRecovery, callsOnly);
  }

  /** The same with another choice for fragmentation. */
  public PeerOptions withFragmentation(Fragmentation choice) {
    return new PeerOptions(aggressiveMode, choice, lifetimes, invalidSpiRecovery, callsOnly);
  }

  /** The same with another policy for lifetimes. */
  public PeerOptions withLifetimes(LifetimePolicy policy) {
    return new PeerOptions(aggressiveMode, fragmentation, policy, invalidSpiRecovery, callsOnly);
  }

  /** The same with another choice for the recovery from unknown SPIs. */
  public PeerOptions withInvalidSpiRecovery(boolean choice) {
    return new PeerOptions(aggressiveMode, fragmentation, lifetimes, choice, callsOnly);
  }

  /** The same with another choice for who begins. */
  public PeerOptions withCallsOnly(boolean choice) {
    return new PeerOptions(aggressiveMode, fragmentation, lifetimes, invalidSpiRecovery, choice);
  }
}
