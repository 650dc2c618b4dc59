package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.SecurityAssociation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pairs of one {@link ChildConfig} with one peer, and the quick modes that make them. */
final class Child {
  private static final long COURTESY = EngineContext.SECOND;
  private static final long FIRST_HOLD_OFF = 2 * EngineContext.SECOND;
  private static final int MAX_DOUBLINGS = 5;

  private final EngineContext context;
  private final Peer peer;
  private final ChildConfig config;

  /** Established pairs and those in negotiation, oldest first. */
  private final List<SaPair> pairs = new ArrayList<>();

  private boolean wanted;
  private boolean initiating;
  private int responding;
  private int failures;
  private long notBeforeNanos;

  Child(EngineContext context, Peer peer, ChildConfig config) {
    this.context = context;
    this.peer = peer;
    this.config = config;
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
    return pairs.isEmpty() && !wanted && !initiating && responding == 0;
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

  /** Whether a quick mode is to be begun. */
  boolean isWanted() {
    return wanted;
  }

  /** The earliest time for it. */
  long notBeforeNanos() {
    return notBeforeNanos;
  }

  /**
   * Asks for a pair, unless there is one or it is being made. While the peer has a main mode of its
   * own under way we wait for a second, since it most likely makes what we want. Nobody has proved
   * yet who began that main mode, so that it must not be longer.
   */
  void want(long nowNanos) {
    if (current() == null && !initiating && responding == 0) {
      if (!wanted && peer.initiating() == null && peer.isCalling(COURTESY, nowNanos)) {
        notBeforeNanos = Math.max(notBeforeNanos, nowNanos + COURTESY);
      }
      wanted = true;
      peer.work(nowNanos);
    }
  }

  /** Asks for a successor of the current pair. */
  void rekey(long nowNanos) {
    if (!initiating) {
      wanted = true;
      peer.work(nowNanos);
    }
  }

  /** Gives up what is wanted. */
  void unwant() {
    wanted = false;
  }

  /** Begins a quick mode if one is wanted and nothing is in its way. */
  void begin(IsakmpSa sa, long nowNanos) {
    if (!wanted || initiating || responding > 0 || nowNanos < notBeforeNanos) {
      return;
    }
    wanted = false;
    initiating = QuickModeInitiator.begin(context, sa, this, nowNanos);
  }

  /** A quick mode of the peer for this child has begun. */
  void responding() {
    responding++;
  }

  /** A quick mode is over; the other side's failure or success is told apart from it. */
  void quickModeOver(boolean initiator) {
    if (initiator) {
      initiating = false;
    } else {
      responding--;
    }
  }

  /** A quick mode has failed. */
  void failed(boolean initiator, String reason, long nowNanos) {
    quickModeOver(initiator);
    if (initiator) {
      failures = Math.min(failures + 1, MAX_DOUBLINGS);
      notBeforeNanos = nowNanos + (FIRST_HOLD_OFF << (failures - 1));
      SaPair pair = current();
      if (pair != null) {
        pair.retryRekey(nowNanos);
      }
    }
    context.outbox.add(
        new IkeOutput.ExchangeFailed(peer.name(), config.name(), ExchangeName.QUICK_MODE, reason));
    peer.work(nowNanos);
  }

  /** The current pair's rekeying was cut off with its ISAKMP SA. */
  void interrupted(boolean initiator, long nowNanos) {
    quickModeOver(initiator);
    SaPair pair = current();
    if (initiator && pair != null) {
      pair.retryRekey(nowNanos);
    }
  }

  /** A pair whose inbound SA is being installed. */
  void add(SaPair pair) {
    pairs.add(pair);
  }

  /** A quick mode is complete. */
  void established(SaPair pair, boolean initiator, long nowNanos) {
    quickModeOver(initiator);
    failures = 0;
    wanted = false;
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
      } else if (!other.isSuperseded()) {
        wins = false;
      }
    }
    pair.establish(nowNanos);
    context.outbox.add(new IkeOutput.ChildEstablished(pair.view(wins), rekeyed));
    if (!wins) {
      pair.supersede();
      pair.retireOutbound();
    } else if (initiator && sending) {
      pair.installOutboundSoon(nowNanos);
    } else {
      sendOn(pair);
    }
    if (pairs.size() > context.config.limits().pairsPerChild()) {
      remove(pairs.get(0), EndReason.REPLACED, nowNanos);
    }
  }

  /** Sends on a pair from now on, and on no other. */
  void sendOn(SaPair pair) {
    pair.installOutbound();
    for (SaPair other : pairs()) {
      if (other != pair && other.isEstablished() && other.isSuperseded()) {
        other.retireOutbound();
      }
    }
  }

  /** The driver could not install an outbound SA. */
  void refused(SaPair pair, String reason, long nowNanos) {
    context.outbox.add(
        new IkeOutput.ExchangeFailed(
            peer.name(), config.name(), ExchangeName.QUICK_MODE, "the SA was refused: " + reason));
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
    boolean established = pair.isEstablished();
    boolean sending = pair.isSending();
    IkeSnapshot.ChildSaView view = pair.view(!pair.isSuperseded());
    pair.remove(reason);
    if (established) {
      context.outbox.add(new IkeOutput.ChildDeleted(view, reason));
    }
    boolean peerKnows =
        switch (reason) {
          case DELETED_BY_PEER, PEER_RESTARTED, PEER_DEAD, INVALID_SPI -> true;
          case EXPIRED, REPLACED, PEER_MOVED, TERMINATED, NOT_COMPLETED -> false;
        };
    IsakmpSa sa = peer.current();
    if (!peerKnows && sa != null) {
      sa.inform(
          new Delete(
              SecurityAssociation.DOI_IPSEC,
              pair.inbound().protocolId(),
              4,
              List.of(PhaseTwoOffer.spiBytes(pair.inbound().spi()))));
    }
    SaPair successor = current();
    if (sending && successor != null && !successor.isSending()) {
      sendOn(successor);
    }
    peer.work(nowNanos);
  }

  /** Removes what a peer had before it restarted and began an ISAKMP SA's main mode. */
  void removeRestarted(IsakmpSa sa, long nowNanos) {
    for (SaPair pair : establishedNewestFirst()) {
      if (pair.establishedNanos() < sa.startedNanos()
          && Objects.equals(pair.remoteIdentity(), sa.remoteIdentity())) {
        remove(pair, EndReason.PEER_RESTARTED, nowNanos);
      }
    }
  }

  /** Removes every established pair. */
  void removeAll(EndReason reason, long nowNanos) {
    establishedNewestFirst().forEach(pair -> remove(pair, reason, nowNanos));
  }

  /** In this order none that is to go takes over from another. */
  private List<SaPair> establishedNewestFirst() {
    List<SaPair> established = new ArrayList<>(pairs);
    established.removeIf(pair -> !pair.isEstablished());
    Collections.reverse(established);
    return established;
  }
}
