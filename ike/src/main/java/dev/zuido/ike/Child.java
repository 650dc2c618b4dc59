package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs of one {@link ChildConfig} with one peer, and the quick modes that make them. */
final class Child {
  private static final long COURTESY = EngineContext.SECOND;

  /**
   * How long a surplus pair is kept after the peer has used the other: packets are on their way.
   */
  private static final long SURPLUS_DELAY = 5 * EngineContext.SECOND;

  private final EngineContext context;
  private final Peer peer;
  private final ChildConfig config;

  /** Established pairs and those in negotiation, oldest first. */
  private final List<SaPair> pairs = new ArrayList<>();

  /** Quick modes of the peer, oldest first. */
  private final List<QuickModeResponder> theirs = new ArrayList<>();

  /** Our own quick mode, or null. */
  private @Nullable QuickModeInitiator own;

  private final Wish wish;

  Child(EngineContext context, Peer peer, ChildConfig config) {
    this.context = context;
    this.peer = peer;
    this.config = config;
    this.wish = new Wish(context);
  }

  Peer peer() {
    return peer;
  }

  ChildConfig config() {
    return config;
  }

  List<SaPair> pairs() {
    return List.copyOf(pairs);
  }

  /** Whether nothing is there, and nothing is being made. */
  boolean isIdle() {
    return pairs.isEmpty() && !wish.isThere() && own == null && theirs.isEmpty();
  }

  boolean hasPairs() {
    return !pairs.isEmpty();
  }

  /** The pair that new traffic uses, or null. */
  @Nullable SaPair current() {
    for (int i = pairs.size() - 1; i >= 0; i--) {
      if (pairs.get(i).isEstablished() && !pairs.get(i).isSuperseded()) {
        return pairs.get(i);
      }
    }
    return null;
  }

  /** Whether and since when a quick mode is to be begun. */
  Wish wish() {
    return wish;
  }

  /**
   * Until when our quick mode keeps others waiting under an ISAKMP SA, if it is not over before; 0
   * if there is none.
   */
  long keepsPlaceUntilNanos(IsakmpSa sa) {
    QuickModeInitiator mine = own;
    return mine == null || !mine.isUnder(sa) ? 0 : mine.keepsPlaceUntilNanos();
  }

  /**
   * Asks for a pair, unless there is one or it is being made. While the peer has a main mode of its
   * own under way we wait for a second, since it most likely makes what we want. Nobody has proved
   * yet who began that main mode, so that it must not be longer.
   */
  void want(long nowNanos) {
    if (current() == null && own == null && theirs.isEmpty()) {
      boolean calling = peer.initiating() == null && peer.isCalling(COURTESY, nowNanos);
      wish.askFor(!wish.isThere() && calling ? nowNanos + COURTESY : 0);
      peer.work(nowNanos);
    }
  }

  /**
   * The peer has completed a phase 1 of its own: what it has called for, and we wish for too, it
   * begins now. Beginning it here as well makes work for both, and more exchanges at once than some
   * remember.
   */
  void letPeerBegin(long nowNanos) {
    wish.askFor(nowNanos + COURTESY);
  }

  /** Asks for a successor of the current pair. */
  void rekey(long nowNanos) {
    if (own == null) {
      wish.ask();
      peer.work(nowNanos);
    }
  }

  /** Whether a quick mode is wanted and nothing of its own is in its way. */
  boolean isReady(long nowNanos) {
    return wish.isThere() && own == null && theirs.isEmpty() && nowNanos >= wish.notBeforeNanos();
  }

  /** Begins the quick mode that is wanted. */
  void begin(IsakmpSa sa, long nowNanos) {
    own = QuickModeInitiator.begin(context, sa, this, nowNanos);
    wish.drop();
    if (own == null) {
      wish.failed(nowNanos);
      wish.ask();
    }
  }

  /** Tells why a quick mode has failed. */
  void report(String reason) {
    context.outbox.add(
        new IkeOutput.ExchangeFailed(peer.name(), config.name(), ExchangeName.QUICK_MODE, reason));
  }

  /**
   * A quick mode of the peer for this child has begun. If our own crosses it and its pair would
   * lose, then ours ends here, unless the peer has answered it: so both sides see the same.
   *
   * @param nonce the initiator's nonce, which says who wins
   */
  void responding(QuickModeResponder quickMode, ByteString nonce, long nowNanos) {
    theirs.add(quickMode);
    if (theirs.size() > context.config.limits().pairsPerChild()) {
      theirs.remove(0).withdraw(EndReason.NOT_COMPLETED, nowNanos);
    }
    QuickModeInitiator mine = own;
    if (mine != null && mine.loses(nonce)) {
      startOver(mine, nowNanos);
    }
  }

  /**
   * New exchanges use another ISAKMP SA. A peer that holds the one before for replaced may answer
   * nothing under it any more; so our quick mode that is to replace a pair and waits for an answer
   * there begins anew. Where there is no pair yet it goes on, since both sides may have begun.
   */
  void succeeded(IsakmpSa successor, long nowNanos) {
    QuickModeInitiator mine = own;
    if (mine != null && current() != null && !mine.isUnder(successor) && mine.isOverdue(nowNanos)) {
      if (!successor.isInitiator()) {
        letPeerBegin(nowNanos);
      }
      startOver(mine, nowNanos);
    }
  }

  private void startOver(QuickModeInitiator mine, long nowNanos) {
    own = null;
    wish.ask();
    mine.withdraw(EndReason.NOT_COMPLETED, nowNanos);
    peer.work(nowNanos);
  }

  private void over(QuickMode quickMode) {
    if (quickMode == own) {
      own = null;
    } else {
      theirs.removeIf(each -> each == quickMode);
    }
  }

  /** A quick mode has failed. As long as there is a pair to be rekeyed, it is tried again. */
  void failed(QuickMode quickMode, String reason, long nowNanos) {
    over(quickMode);
    if (quickMode.isInitiator()) {
      wish.failed(nowNanos);
      if (current() != null) {
        wish.ask();
      }
    }
    report(reason);
    peer.work(nowNanos);
  }

  /** A quick mode was cut off with its ISAKMP SA. If it was ours it is tried again. */
  void interrupted(QuickMode quickMode, long nowNanos) {
    over(quickMode);
    if (quickMode.isInitiator()) {
      wish.failed(nowNanos);
      wish.ask();
    }
  }

  /** The peer has taken back a pair that it has not confirmed yet; false if there is none. */
  boolean withdrawnByPeer(int peerSpi, long nowNanos) {
    for (QuickModeResponder quickMode : List.copyOf(theirs)) {
      if (quickMode.isUnconfirmed(peerSpi)) {
        over(quickMode);
        quickMode.withdraw(EndReason.DELETED_BY_PEER, nowNanos);
        peer.work(nowNanos);
        return true;
      }
    }
    return false;
  }

  /** A pair whose inbound SA is being installed. */
  void add(SaPair pair) {
    pairs.add(pair);
  }

  /** A quick mode is complete. */
  void established(QuickMode quickMode, SaPair pair, long nowNanos) {
    over(quickMode);
    wish.fulfilled();
    boolean rekeyed = current() != null;
    boolean wins = true;
    boolean sending = false;
    for (SaPair other : pairs()) {
      if (other == pair || !other.isEstablished()) {
        continue;
      }
      sending |= other.isSending();
      if (!other.isSuperseded() && pair.winsAgainst(other)) {
        other.supersede();
        if (pair.crosses(other)) {
          endSurplus(other, nowNanos);
        }
      } else if (!other.isSuperseded()) {
        wins = false;
      }
    }
    pair.establish(nowNanos);
    context.outbox.add(new IkeOutput.ChildEstablished(pair.view(wins), rekeyed));
    if (!wins) {
      pair.supersede();
      pair.retireOutbound();
      endSurplus(pair, nowNanos);
    } else if (quickMode.isInitiator() && sending) {
      pair.installOutboundSoon(nowNanos);
    } else {
      sendOn(pair);
    }
    limit(nowNanos);
    peer.work(nowNanos);
  }

  /** The peer completes what it has begun, or gives up, within the time of its repetitions. */
  private void endSurplus(SaPair pair, long nowNanos) {
    pair.endBy(nowNanos + context.config.retransmission().totalNanos());
  }

  private void limit(long nowNanos) {
    List<SaPair> established = new ArrayList<>(pairs);
    established.removeIf(pair -> !pair.isEstablished());
    if (established.size() > context.config.limits().pairsPerChild()) {
      remove(established.get(0), EndReason.REPLACED, nowNanos);
    }
  }

  /** Sends on a pair from now on, and, once it is installed, on no other. */
  void sendOn(SaPair pair) {
    pair.installOutbound();
  }

  /** A pair's outbound SA is installed. */
  void sendsOn(SaPair pair) {
    for (SaPair other : pairs()) {
      if (other != pair && other.isEstablished() && other.isSuperseded()) {
        other.retireOutbound();
      }
    }
  }

  /** The peer sends on a pair: if that is the one to use, others from the same time may go. */
  void usedByPeer(SaPair pair, long nowNanos) {
    if (pair == current()) {
      for (SaPair other : pairs) {
        if (other.isSurplus()) {
          other.endBy(nowNanos + SURPLUS_DELAY);
        }
      }
    }
  }

  /** The driver could not install an outbound SA. */
  void refused(SaPair pair, String reason, long nowNanos) {
    report("the SA was refused: " + reason);
    wish.failed(nowNanos);
    remove(pair, EndReason.NOT_COMPLETED, nowNanos);
  }

  /**
   * Removes a pair, and tells the peer where it does not know. If it was the one to send on, a
   * successor that waits for the change-over waits no more.
   */
  void remove(SaPair pair, EndReason reason, long nowNanos) {
    if (!pairs.remove(pair)) {
      return;
    }
    boolean wasCurrent = pair.isEstablished() && !pair.isSuperseded();
    boolean sending = pair.isSending();
    IkeSnapshot.ChildSaView view = pair.view(!pair.isSuperseded());
    pair.remove(reason);
    if (pair.isEstablished()) {
      context.outbox.add(new IkeOutput.ChildDeleted(view, reason));
    }
    boolean peerKnows =
        switch (reason) {
          case DELETED_BY_PEER, PEER_RESTARTED, PEER_DEAD, INVALID_SPI -> true;
          case EXPIRED, REPLACED, PEER_MOVED, TERMINATED, NOT_COMPLETED -> false;
        };
    IsakmpSa sa = peer.current();
    if (!peerKnows && sa != null) {
      sa.inform(QuickMode.delete(pair.inbound().protocolId(), pair.inbound().spi()));
    }
    SaPair successor = current();
    if (sending && successor != null && !successor.isSending()) {
      sendOn(successor);
    } else if (successor == null && (wasCurrent || pairs.isEmpty())) {
      fallBack(reason, nowNanos);
    }
    peer.work(nowNanos);
  }

  /**
   * The pair in use is gone before the one that it had superseded. That one is used again if we
   * still send on it. Else what is left can only receive: a new pair is asked for, in a second,
   * since a peer that takes back everything does so with one delete for each.
   */
  private void fallBack(EndReason reason, long nowNanos) {
    SaPair last = null;
    boolean sends = false;
    for (SaPair each : pairs) {
      if (each.isEstablished() && (each.isSending() || !sends)) {
        last = each;
        sends = each.isSending();
      }
    }
    if (last == null) {
      if (reason == EndReason.DELETED_BY_PEER) {
        wish.drop();
      }
    } else if (sends) {
      last.reinstate(nowNanos);
    } else if (reason == EndReason.DELETED_BY_PEER || reason == EndReason.NOT_COMPLETED) {
      wish.askFor(nowNanos + COURTESY);
    }
  }

  /** Ends everything at our wish, and tells the peer. */
  void terminate(long nowNanos) {
    wish.drop();
    QuickModeInitiator mine = own;
    own = null;
    if (mine != null) {
      mine.withdraw(EndReason.TERMINATED, nowNanos);
    }
    List<QuickModeResponder> others = List.copyOf(theirs);
    theirs.clear();
    others.forEach(each -> each.withdraw(EndReason.TERMINATED, nowNanos));
    removeAll(EndReason.TERMINATED, nowNanos);
    removeUnconfirmed(nowNanos);
    wish.drop();
    peer.work(nowNanos);
  }

  /** Removes what a peer had before it restarted and began an ISAKMP SA's main mode. */
  void removeRestarted(IsakmpSa sa, long nowNanos) {
    for (SaPair pair : establishedNewestFirst()) {
      if (pair.establishedAt() < sa.startedAt()
          && IdentityCheck.isOne(pair.remoteIdentity(), sa.remoteIdentity())) {
        remove(pair, EndReason.PEER_RESTARTED, nowNanos);
      }
    }
  }

  /** Removes every established pair. */
  void removeAll(EndReason reason, long nowNanos) {
    establishedNewestFirst().forEach(pair -> remove(pair, reason, nowNanos));
  }

  /** Removes the pairs whose quick modes were cut off. */
  void removeUnconfirmed(long nowNanos) {
    for (SaPair pair : pairs()) {
      if (!pair.isEstablished()) {
        remove(pair, EndReason.NOT_COMPLETED, nowNanos);
      }
    }
  }

  /** In this order none that is to go takes over from another. */
  private List<SaPair> establishedNewestFirst() {
    List<SaPair> established = new ArrayList<>(pairs);
    established.removeIf(pair -> !pair.isEstablished());
    Collections.reverse(established);
    return established;
  }
}
