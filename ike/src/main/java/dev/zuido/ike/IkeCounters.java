package dev.zuido.ike;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an engine has counted since it was made.
 *
 * @param received datagrams
 * @param sent datagrams
 * @param retransmitted of those sent, requests that were repeated
 * @param repeatedAnswers of those sent, stored answers to a request that came again
 * @param natKeepalives of those sent, keepalives for our translator's mapping
 * @param fragments of those received, fragments of messages
 * @param reassembled messages that were put together from fragments
 * @param halfOpenEvicted half-open exchanges of phase 1 that gave way to a newer one
 * @param quickModesQueued quick modes of our own that had to wait for others ({@link
 *     IkeLimits#ownQuickModes})
 * @param dropped what changed nothing, by reason; every reason is there
 */
public record IkeCounters(
    long received,
    long sent,
    long retransmitted,
    long repeatedAnswers,
    long natKeepalives,
    long fragments,
    long reassembled,
    long halfOpenEvicted,
    long quickModesQueued,
    Map<DropReason, Long> dropped) {
  /** Copies the map. */
  public IkeCounters {
    dropped = new EnumMap<>(dropped);
  }

  /** The counting itself. */
  static final class Counting {
    long received;
    long sent;
    long retransmitted;
    long repeatedAnswers;
    long natKeepalives;
    long fragments;
    long reassembled;
    long halfOpenEvicted;
    long quickModesQueued;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    Counting() {
      for (DropReason reason : DropReason.values()) {
        dropped.put(reason, 0L);
      }
    }

    void drop(DropReason reason) {
      dropped.merge(reason, 1L, Long::sum);
    }

    IkeCounters snapshot() {
      return new IkeCounters(
          received,
          sent,
          retransmitted,
          repeatedAnswers,
          natKeepalives,
          fragments,
          reassembled,
          halfOpenEvicted,
          quickModesQueued,
          dropped);
    }
  }
}
