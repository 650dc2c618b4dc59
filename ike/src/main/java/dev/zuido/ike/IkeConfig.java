package dev.zuido.ike;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@link IkeEngine} is built from.
 *
 * @param peers the peers, each name once; of several that fit an address, the longest prefix
 *     counts. Templates may have the same addresses if they differ in the identity of the peer:
 *     aggressive mode chooses by it. Main mode has to begin before it knows it: with the first of
 *     them, and changes to another one if that has the proposal that was agreed on, and the same
 *     pre-shared key
 * @param retransmission when requests are sent again
 * @param limits the maxima of the tables
 * @param trace how much is told of the messages on the wire
 */
public record IkeConfig(
    List<PeerConfig> peers,
    RetransmissionPolicy retransmission,
    IkeLimits limits,
    WireTrace trace) {
  /** Checks that no two peers have one name, or the same addresses and identity. */
  public IkeConfig {
    peers = List.copyOf(peers);
    Set<Object> seen = new HashSet<>();
    for (PeerConfig peer : peers) {
      if (!seen.add(peer.name())) {
        throw new IllegalArgumentException("two peers are named " + peer.name());
      }
      Object identity = peer.isFixed() ? "" : Optional.ofNullable(peer.remoteIdentity());
      if (!seen.add(List.of(peer.localAddress(), peer.remote(), identity))) {
        throw new IllegalArgumentException("two peers are at " + peer.remote());
      }
    }
  }

  /** Peers of whose messages the names are told. */
  public IkeConfig(List<PeerConfig> peers, RetransmissionPolicy retransmission, IkeLimits limits) {
    this(peers, retransmission, limits, WireTrace.NAMES);
  }

  /** The same with more or less told of the messages. */
  public IkeConfig withTrace(WireTrace newTrace) {
    return new IkeConfig(peers, retransmission, limits, newTrace);
  }

  /** Peers with the default retransmission and limits. */
  public static IkeConfig of(List<PeerConfig> peers) {
    return new IkeConfig(peers, RetransmissionPolicy.DEFAULT, IkeLimits.DEFAULT);
  }
}
