package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.wire.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Informational exchanges with one peer (RFC 2409 section 5.7): deletes and notifies. */
final class Informational {
  private static final long CLEAR_NOTICE_INTERVAL = 60 * EngineContext.SECOND;

  private final EngineContext context;
  private final Peer peer;
  private final InvalidSpiReports invalidSpiReports;
  private long lastClearNoticeNanos = -CLEAR_NOTICE_INTERVAL;

  Informational(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    this.invalidSpiReports = new InvalidSpiReports(context, peer);
  }

  InvalidSpiReports invalidSpiReports() {
    return invalidSpiReports;
  }

  /** A message that was decrypted under an established ISAKMP SA. */
  void receive(IsakmpSa sa, Received message, long nowNanos) {
    PayloadChain chain = message.chain();
    byte[] expected = sa.keys().hash1(message.header().messageId(), Hashes.afterFirst(chain));
    if (!Hashes.leads(chain, expected)) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), "informational");
      return;
    }
    if (MessageRule.INFORMATIONAL.isBrokenBy(message, context)) {
      return;
    }
    if (!sa.exchanges().takeFirst(message)) {
      return;
    }
    sa.exchanges().acceptAlone(message, ExchangeName.INFORMATIONAL, 1);
    boolean refused = false;
    for (Payload payload : chain.payloads()) {
      if (payload instanceof Delete delete) {
        // What stands behind the delete of this very ISAKMP SA is no less authentic.
        onDelete(delete, message.remote(), nowNanos);
      } else if (payload instanceof Notification notification && !sa.isClosed()) {
        refused |= !onNotify(sa, notification, message, nowNanos);
      }
    }
    if (!sa.isClosed() && !refused) {
      peer.heard(nowNanos);
    }
  }

  private void onDelete(Delete delete, Endpoint remote, long nowNanos) {
    for (ByteString spi : delete.spis()) {
      boolean known =
          switch (delete.protocolId()) {
            case ProtocolId.ESP, ProtocolId.AH ->
                spi.length() == 4 && deletePair(delete.protocolId(), spi, nowNanos);
            case ProtocolId.ISAKMP -> deletePhaseOne(spi, nowNanos);
            default -> false;
          };
      if (!known) {
        context.outbox.drop(
            DropReason.UNKNOWN_TARGET, remote, "a delete of an SA that is not there: " + spi);
      }
    }
  }

  private boolean deletePair(int protocolId, ByteString spi, long nowNanos) {
    SaPair pair = pairSendingTo(protocolId, PhaseTwoOffer.spiOf(spi));
    if (pair == null) {
      return peer.children().withdrawnByPeer(PhaseTwoOffer.spiOf(spi), nowNanos);
    }
    pair.child().remove(pair, EndReason.DELETED_BY_PEER, nowNanos);
    return true;
  }

  private @Nullable SaPair pairSendingTo(int protocolId, int spi) {
    for (Child child : peer.children().all()) {
      for (SaPair pair : child.pairs()) {
        if (pair.isEstablished()
            && pair.outbound().spi() == spi
            && pair.outbound().protocolId() == protocolId) {
          return pair;
        }
      }
    }
    return null;
  }

  private boolean deletePhaseOne(ByteString spi, long nowNanos) {
    for (IsakmpSa sa : peer.established()) {
      if (sa.spi().equals(spi)) {
        peer.removePhaseOne(sa, EndReason.DELETED_BY_PEER, nowNanos);
        return true;
      }
    }
    return false;
  }

  /** Acts on a notify; false if dead peer detection refuses it: then it shows no life either. */
  private boolean onNotify(
      IsakmpSa sa, Notification notification, Received message, long nowNanos) {
    Endpoint remote = message.remote();
    String name = NotifyType.nameOf(notification.notifyType());
    switch (notification.notifyType()) {
      case NotifyType.R_U_THERE, NotifyType.R_U_THERE_ACK -> {
        @Nullable String error = peer.deadPeerDetection().receive(sa, notification, message.path());
        if (error != null) {
          context.outbox.drop(DropReason.BAD_SEQUENCE, remote, name + ": " + error);
          return false;
        }
      }
      case NotifyType.CISCO_KEEPALIVE -> sa.inform(keepaliveAnswer(notification));
      case NotifyType.INITIAL_CONTACT -> peer.forgetEarlierContact(sa, nowNanos);
      case NotifyType.RESPONDER_LIFETIME -> {
        if (!sa.shortenLifetime(ResponderLifetime.ofIsakmp(notification, sa))) {
          context.outbox.drop(DropReason.IGNORED_NOTIFY, remote, name);
        }
      }
      case NotifyType.INVALID_SPI -> onInvalidSpi(notification, remote, nowNanos);
      default -> {
        if (!NotifyType.isError(notification.notifyType())) {
          context.outbox.drop(DropReason.IGNORED_NOTIFY, remote, name);
        } else if (!sa.exchanges().refuse(notification, nowNanos)) {
          context.outbox.add(
              new IkeOutput.Notice(
                  peer.name(), "the peer reports " + NotifyAdvice.underIsakmpSa(sa, notification)));
        }
      }
    }
    return true;
  }

  /**
   * The answer to the keepalive of IOS from before RFC 3706. No document defines it; the answer has
   * what the question has.
   */
  private static Notification keepaliveAnswer(Notification question) {
    return new Notification(
        question.doi(),
        question.protocolId(),
        NotifyType.CISCO_KEEPALIVE_ACK,
        question.spi(),
        question.data());
  }

  /** The peer does not know an SPI that we send with: that pair is of no use any more. */
  private void onInvalidSpi(Notification notification, Endpoint remote, long nowNanos) {
    ByteString spi = notification.spi().length() == 4 ? notification.spi() : notification.data();
    int protocol = notification.protocolId() == ProtocolId.AH ? ProtocolId.AH : ProtocolId.ESP;
    SaPair pair = spi.length() == 4 ? pairSendingTo(protocol, PhaseTwoOffer.spiOf(spi)) : null;
    if (pair == null) {
      context.outbox.drop(DropReason.UNKNOWN_TARGET, remote, "INVALID-SPI of an SPI not in use");
      return;
    }
    Child child = pair.child();
    child.remove(pair, EndReason.INVALID_SPI, nowNanos);
    child.want(nowNanos);
  }

  /** Anybody can say so; a person is told now and then. */
  private void invalidSpiInClear() {
    long now = context.nowNanos();
    if (now - lastClearNoticeNanos >= CLEAR_NOTICE_INTERVAL) {
      lastClearNoticeNanos = now;
      context.outbox.add(
          new IkeOutput.Notice(
              peer.name(),
              "somebody says that the peer does not know an SPI (nothing authenticates this):"
                  + " nothing is removed; if the peer has restarted, dead peer detection finds it"));
    }
  }

  /** An informational message in the clear: reported, never obeyed. */
  static void receiveInClear(
      EngineContext context, @Nullable IsakmpSa sa, PayloadChain chain, Endpoint remote) {
    PhaseOne phaseOne = sa == null ? null : sa.phaseOne();
    List<Notification> notifications = chain.payloads(Notification.class);
    for (Notification notification : notifications) {
      if (sa != null && phaseOne != null && NotifyType.isError(notification.notifyType())) {
        phaseOne.reported(notification.notifyType());
        context.outbox.add(
            new IkeOutput.Notice(
                sa.peerName(),
                "the peer answers "
                    + sa.exchangeName()
                    + " with "
                    + NotifyAdvice.phaseOne(
                        sa, notification.notifyType(), phaseOne.isKeyInDoubt())));
      } else if (sa != null && notification.notifyType() == NotifyType.INVALID_SPI) {
        sa.peer().informational().invalidSpiInClear();
      }
    }
    context.outbox.drop(
        DropReason.UNAUTHENTICATED, remote, TraceText.describe(chain.payloads()).toString());
  }
}
