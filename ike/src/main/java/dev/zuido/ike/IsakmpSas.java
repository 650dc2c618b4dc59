package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ISAKMP SAs of one peer: which of them new exchanges use, and our phase 1 for another.
 *
 * <p>A new one takes the place of the one before. If we have sent the last message of phase 1 we
 * cannot know that it has arrived, so new exchanges stay with the one before until the peer has
 * sent something under the new one, or has had the time to complete it or to give up, or the one
 * before has gone. Of two that were negotiated at the same time both sides use the one with the
 * greater initiator cookie.
 */
final class IsakmpSas {
  private final EngineContext context;
  private final Peer peer;
  private final HoldOff holdOff = new HoldOff();

  /** Established, oldest first. */
  private final List<IsakmpSa> established = new ArrayList<>();

  private @Nullable IsakmpSa initiating;

  /** The one that took the others' place. */
  private @Nullable IsakmpSa newest;

  /** The one before it, while the peer may not have the newest. */
  private @Nullable IsakmpSa previous;

  IsakmpSas(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
  }

  /** The established ones, oldest first. */
  List<IsakmpSa> established() {
    return List.copyOf(established);
  }

  boolean isEmpty() {
    return established.isEmpty();
  }

  /** The one that new exchanges use, or null. */
  @Nullable IsakmpSa current() {
    return previous == null ? newest : previous;
  }

  /** The one that took the others' place: what probes go over, since their answer proves it. */
  @Nullable IsakmpSa newest() {
    return newest;
  }

  /** Our own phase 1 in progress, or null. */
  @Nullable IsakmpSa initiating() {
    return initiating;
  }

  /** Whether the peer has begun the newest one, so shortly ago that what it is for is to come. */
  boolean isCalling(long withinNanos, long nowNanos) {
    IsakmpSa sa = newest;
    return sa != null && !sa.isInitiator() && nowNanos - sa.establishedNanos() < withinNanos;
  }

  /** The earliest time for a phase 1 of our own. */
  long notBeforeNanos() {
    return holdOff.untilNanos();
  }

  /** Begins a phase 1, in the mode that is configured. */
  void initiate(long nowNanos) {
    initiating = IsakmpSa.initiate(context, peer, nowNanos);
  }

  /** Whether the rekeying of this one is still due, and not under way. */
  boolean isRekeyDue(IsakmpSa sa) {
    return sa == newest && initiating == null;
  }

  /** Main mode is complete; says whether new exchanges are to use this one. */
  boolean add(IsakmpSa sa, long nowNanos) {
    if (initiating == sa) {
      initiating = null;
    }
    holdOff.succeeded();
    established.add(sa);
    giveWay(sa);
    return choose(sa, nowNanos);
  }

  /**
   * Our own main mode ends if the peer's was completed first and wins against it. That is harmless
   * only as long as the peer has not answered it: what the peer may have completed we complete too.
   */
  private void giveWay(IsakmpSa theirs) {
    IsakmpSa own = initiating;
    if (own != null && !theirs.isInitiator() && own.isUnanswered() && theirs.winsAgainst(own)) {
      initiating = null;
      own.close();
    }
  }

  private boolean choose(IsakmpSa sa, long nowNanos) {
    IsakmpSa before = newest;
    if (before != null && isCrossing(before, sa) && before.winsAgainst(sa)) {
      sa.lifetime().retire();
      if (before.lifetime().isHeard()) {
        sa.lifetime().endSoon(false, nowNanos);
      }
      return false;
    }
    if (before != null) {
      before.lifetime().retire();
      if (previous == null && before.lifetime().isProven()) {
        previous = before;
      }
    }
    newest = sa;
    sa.lifetime().trustLater(nowNanos);
    if (sa.lifetime().isProven()) {
      previous = null;
    }
    return true;
  }

  /**
   * Whether two were negotiated at the same time. Both sides have to find the same. Of what one
   * side has begun, the order tells it. But what the peer has begun may have been begun before it
   * had what we have begun, and have come here after that was complete.
   */
  private static boolean isCrossing(IsakmpSa before, IsakmpSa after) {
    return before.establishedAt() > after.startedAt()
        || (before.isInitiator() != after.isInitiator()
            && before.lifetime().isYoungAt(after.startedNanos()));
  }

  /** Both sides have this one: if it is the newest, the others may go. */
  void trust(IsakmpSa sa, long nowNanos) {
    if (sa == newest) {
      previous = null;
      for (IsakmpSa other : established) {
        if (other != sa) {
          boolean mirrored = other.isInitiator() != sa.isInitiator();
          other.lifetime().endSoon(mirrored && other.winsAgainst(sa), nowNanos);
        }
      }
      peer.becameCurrent(sa, nowNanos);
    }
  }

  /** If there are too many, the oldest that is not in use gives way. */
  void limit(long nowNanos) {
    if (established.size() > context.config.limits().isakmpSasPerPeer()) {
      for (IsakmpSa oldest : established()) {
        if (oldest != newest && oldest != current()) {
          oldest.sendDelete();
          peer.removePhaseOne(oldest, EndReason.REPLACED, nowNanos);
          return;
        }
      }
    }
  }

  /** Our own main mode has failed; false if it was not ours. The next one has to wait. */
  boolean failed(IsakmpSa sa, long nowNanos) {
    if (initiating != sa) {
      return false;
    }
    initiating = null;
    holdOff.failed(nowNanos);
    IsakmpSa present = newest;
    if (present != null) {
      present.lifetime().retryRekey(nowNanos);
      // The peer may have completed it, and only its last message was lost.
      present.inform(sa.delete());
    }
    return true;
  }

  /** Ends our own main mode. */
  void abandon() {
    IsakmpSa own = initiating;
    if (own != null) {
      initiating = null;
      own.close();
    }
  }

  /**
   * Takes out an established one and wipes it; false if it is not there. Another takes its place.
   */
  boolean remove(IsakmpSa sa, EndReason reason, long nowNanos) {
    if (!established.remove(sa)) {
      return false;
    }
    IkeSnapshot.IsakmpSaView view = sa.view(sa == current());
    if (sa == previous) {
      previous = null;
    }
    if (sa == newest) {
      newest = previous;
      previous = null;
      if (newest == null && !established.isEmpty()) {
        newest = established.get(established.size() - 1);
      }
      IsakmpSa successor = newest;
      if (successor != null) {
        successor.lifetime().reinstate(nowNanos);
      }
    }
    sa.close();
    context.outbox.add(new IkeOutput.PhaseOneDeleted(view, reason));
    return true;
  }

  /**
   * The peer does not answer under the newest one. If there is another it may have that one, so the
   * silent one goes; false if there is no other.
   */
  boolean giveUpNewest(long nowNanos) {
    IsakmpSa silent = newest;
    if (silent == null || established.size() == 1) {
      return false;
    }
    peer.removePhaseOne(silent, EndReason.PEER_DEAD, nowNanos);
    return true;
  }
}
