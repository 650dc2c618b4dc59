package dev.zuido.ike;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a message belongs to: an exchange of an ISAKMP SA that is there, or a peer that may
 * call.
 */
final class Dispatcher {
  private final EngineContext context;
  private final PeerTable peers;

  Dispatcher(EngineContext context, PeerTable peers) {
    this.context = context;
    this.peers = peers;
  }

  /** Hands a message to its exchange; what has none opens one, or is dropped. */
  void dispatch(IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    Endpoint remote = path.remote();
    IsakmpSa sa = find(header, remote);
    String pathError = sa == null ? null : sa.pathError(path);
    if (pathError != null) {
      context.outbox.drop(DropReason.WRONG_PATH, remote, pathError);
      return;
    }
    if (sa == null && peers.candidates(path).isEmpty()) {
      context.outbox.drop(
          DropReason.UNKNOWN_PEER, remote, "our address is " + path.local().address());
      return;
    }
    if (header.nextPayload() == PayloadType.CISCO_FRAGMENT) {
      reassemble(sa, header, body, path, nowNanos);
      return;
    }
    switch (header.exchangeType()) {
      case ExchangeType.IDENTITY_PROTECTION, ExchangeType.AGGRESSIVE -> {
        if (sa == null && header.responderCookie().isZero()) {
          openPhaseOne(header, body, digest, path, nowNanos);
        } else {
          continuePhaseOne(sa, header, body, digest, path, nowNanos);
        }
      }
      case ExchangeType.QUICK_MODE, ExchangeType.NEW_GROUP_MODE ->
          phaseTwo(sa, header, body, digest, path, nowNanos);
      case ExchangeType.INFORMATIONAL -> {
        if (header.isEncrypted()) {
          phaseTwo(sa, header, body, digest, path, nowNanos);
        } else {
          PayloadChain chain = PayloadChain.decode(header.nextPayload(), body);
          Informational.receiveInClear(context, sa, chain, remote);
        }
      }
      default ->
          context.outbox.drop(
              DropReason.UNSUPPORTED_EXCHANGE, remote, ExchangeType.nameOf(header.exchangeType()));
    }
  }

  /** A fragment, which may make a message complete. */
  private void reassemble(
      @Nullable IsakmpSa sa, IsakmpHeader header, ByteBuf body, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    if (sa == null) {
      context.outbox.drop(DropReason.UNKNOWN_COOKIES, path.remote(), "a fragment");
      return;
    }
    FragmentBuffer.Whole whole = sa.exchanges().reassemble(header, body, path, nowNanos);
    if (whole != null) {
      ByteBuf message = whole.message();
      dispatch(IsakmpHeader.decode(message), message, whole.digest(), path, nowNanos);
    }
  }

  /** The SA of a message's cookies; in phase 1 also by the initiator's cookie alone. */
  private @Nullable IsakmpSa find(IsakmpHeader header, Endpoint remote) {
    IsakmpSa sa = peers.registry().find(header.initiatorCookie(), header.responderCookie());
    if (sa != null || header.exchangeType() == ExchangeType.QUICK_MODE) {
      return sa;
    }
    IsakmpSa first = peers.registry().findFirst(remote.address(), header.initiatorCookie());
    if (first == null) {
      return null;
    }
    boolean unanswered = first.isInitiator() && first.responderCookie().isZero();
    boolean repeatedFirst = !first.isInitiator() && header.responderCookie().isZero();
    return unanswered || repeatedFirst ? first : null;
  }

  /** A first message: it opens a half-open SA, and disturbs nothing else. */
  private void openPhaseOne(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    if (header.initiatorCookie().isZero() || header.messageId() != 0) {
      context.outbox.drop(DropReason.BAD_VALUE, path.remote(), "a first message without a cookie");
      return;
    }
    boolean aggressive = header.exchangeType() == ExchangeType.AGGRESSIVE;
    PeerConfig config =
        aggressive ? callerOfAggressiveMode(header, body, path) : peers.candidates(path).get(0);
    if (config == null) {
      return;
    }
    if (path.isFloated() && !config.natTraversal().enabled()) {
      context.outbox.drop(
          DropReason.WRONG_PATH, path.remote(), "NAT traversal is off for " + config.name());
      return;
    }
    Peer peer = peers.calling(config, path);
    IsakmpSa sa =
        IsakmpSa.respond(context, peer, aggressive, header.initiatorCookie(), path, nowNanos);
    continuePhaseOne(sa, header, body, digest, path, nowNanos);
    sa.enterIfAnswered();
  }

  /**
   * Who calls in aggressive mode: of those who may call from there and use it, the one that the
   * identity fits. Null if the message was dropped, to which nothing is answered.
   */
  private @Nullable PeerConfig callerOfAggressiveMode(
      IsakmpHeader header, ByteBuf body, UdpPath path) throws MalformedPacketException {
    List<PeerConfig> candidates = new ArrayList<>(peers.candidates(path));
    candidates.removeIf(each -> each.options().aggressiveMode() == AggressiveMode.OFF);
    if (candidates.isEmpty()) {
      context.outbox.drop(
          DropReason.AGGRESSIVE_MODE_OFF,
          path.remote(),
          "its answer would show a hash by which a weak pre-shared key is found");
      return null;
    }
    if (header.isEncrypted()) {
      context.outbox.drop(DropReason.WRONG_PROTECTION, path.remote(), "");
      return null;
    }
    PayloadChain chain = PayloadChain.decode(header.nextPayload(), body.duplicate());
    Optional<String> violation = MessageRule.AGGRESSIVE_OFFER.violation(chain);
    if (violation.isPresent()) {
      context.outbox.drop(DropReason.BAD_PAYLOADS, path.remote(), violation.get());
      return null;
    }
    Identity identity = chain.payload(Identification.class).orElseThrow().identity();
    PeerConfig caller = Templates.claimed(candidates, null, identity);
    if (caller == null) {
      context.outbox.drop(
          DropReason.WRONG_IDENTITY,
          path.remote(),
          "no peer that may use aggressive mode is " + SelectorPayloads.describe(identity));
    }
    return caller;
  }

  private void continuePhaseOne(
      @Nullable IsakmpSa sa,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    Exchange exchange = sa == null ? null : sa.exchanges().find(0);
    String type =
        header.exchangeType() == ExchangeType.AGGRESSIVE ? "aggressive mode" : "main mode";
    if (sa == null) {
      context.outbox.drop(DropReason.UNKNOWN_COOKIES, path.remote(), type);
    } else if (exchange == null
        || header.messageId() != 0
        || !exchange.isOf(header.exchangeType())) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, path.remote(), type);
    } else {
      sa.exchanges().receive(exchange, header, body, digest, path, nowNanos);
    }
  }

  private void phaseTwo(
      @Nullable IsakmpSa sa,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    Endpoint remote = path.remote();
    if (sa == null) {
      context.outbox.drop(
          DropReason.UNKNOWN_COOKIES,
          remote,
          "phase 2 under an ISAKMP SA that is not here: the peer may still have one from before a"
              + " restart");
      return;
    }
    if (sa.phaseOne() instanceof MainModeInitiator initiator
        && header.exchangeType() == ExchangeType.INFORMATIONAL
        && initiator.informed(header, body, digest, path, nowNanos)) {
      return;
    }
    if (!sa.isEstablished() || header.messageId() == 0) {
      if (header.exchangeType() == ExchangeType.QUICK_MODE
          && header.messageId() != 0
          && sa.keep(EarlyMessage.of(header, body, digest, path))) {
        return;
      }
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, remote, "phase 2 before its time");
      return;
    }
    Exchange exchange = sa.exchanges().find(header.messageId());
    if (exchange != null && !exchange.isOf(header.exchangeType())) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, remote, "another type of exchange");
      return;
    }
    if (exchange != null) {
      sa.exchanges().receive(exchange, header, body, digest, path, nowNanos);
      return;
    }
    ExchangeHandler.Received first = sa.exchanges().decodeFirst(header, body, digest, path);
    if (first == null) {
      return;
    }
    if (header.exchangeType() == ExchangeType.QUICK_MODE) {
      QuickModeResponder.begin(context, sa, first, nowNanos);
    } else if (header.exchangeType() == ExchangeType.NEW_GROUP_MODE) {
      NewGroupMode.receive(context, sa, first, nowNanos);
    } else {
      sa.peer().informational().receive(sa, first, nowNanos);
    }
  }

  /** Dispatches what was kept for ISAKMP SAs that are established by now. */
  void dispatchKept(long nowNanos) {
    EarlyMessage early;
    while ((early = context.kept.poll()) != null) {
      try {
        ByteBuf body = Unpooled.wrappedBuffer(early.body().toArray());
        dispatch(early.header(), body, early.digest(), early.path(), nowNanos);
      } catch (MalformedPacketException e) {
        context.outbox.drop(DropReason.MALFORMED, early.path().remote(), e.getMessage());
      }
    }
  }
}
