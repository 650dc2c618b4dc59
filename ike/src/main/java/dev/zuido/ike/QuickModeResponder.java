package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Quick mode as responder (RFC 2409 section 5.5). */
final class QuickModeResponder implements QuickMode {
  private sealed interface State {}

  /** Key pair and shared secret for perfect forward secrecy are being made. */
  private record Agreeing(long task) implements State {}

  /** The inbound SA is being installed; message 2 follows. */
  private record Installing(SaPair pair) implements State {}

  /** Message 2 is sent, and repeated until message 3 comes. */
  private record AwaitingConfirmation(SaPair pair, long sinceNanos) implements State {}

  /** Complete, or failed. */
  private record Done() implements State {}

  /** What the first message asked for and we agree to. */
  private record Accepted(
      Children.Match match,
      PhaseTwoOffer.Agreed agreed,
      EndNames names,
      List<Identification> ids,
      ByteString peersNonce,
      int ownSpi) {
    Child child() {
      return match.child();
    }
  }

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Exchange exchange;
  private final long startedAt;
  private final ByteString nonce;
  private State state = new Done();
  private @Nullable Accepted accepted;

  QuickModeResponder(EngineContext context, IsakmpSa sa, int messageId, long nowNanos) {
    this.context = context;
    this.sa = sa;
    this.startedAt = context.nextMoment();
    this.nonce = context.newNonce();
    this.exchange = sa.exchanges().openQuickMode(messageId, this);
  }

  /**
   * Handles the first message of a quick mode that the peer begins. It is authentic and no copy of
   * one that came, yet the peer's life is proved by message 3 alone, which answers our nonce.
   */
  static void begin(EngineContext context, IsakmpSa sa, Received first, long nowNanos) {
    PayloadChain chain = first.chain();
    byte[] expected = sa.keys().hash1(first.header().messageId(), Hashes.afterFirst(chain));
    if (!Hashes.leads(chain, expected)) {
      context.outbox.drop(DropReason.BAD_HASH, first.remote(), "quick mode 1/3");
      return;
    }
    if (MessageRule.QUICK_MODE_SA.isBrokenBy(first, context)) {
      return;
    }
    if (!sa.exchanges().makeRoom()) {
      context.outbox.drop(DropReason.LIMIT, first.remote(), "too many quick modes in progress");
      return;
    }
    if (!sa.exchanges().takeFirst(first)) {
      return;
    }
    new QuickModeResponder(context, sa, first.header().messageId(), nowNanos)
        .onOffer(first, nowNanos);
  }

  private void onOffer(Received first, long nowNanos) {
    exchange.accept(first, 1);
    PayloadChain chain = first.chain();
    SecurityAssociation offer = chain.payload(SecurityAssociation.class).orElseThrow();
    List<Identification> ids = chain.payloads(Identification.class);
    TrafficSelector remote = selector(ids, 0, sa.remote());
    TrafficSelector local = selector(ids, 1, sa.local());
    Children.Match match =
        remote == null || local == null
            ? null
            : sa.peer().children().find(sa, local, remote, first);
    if (match == null) {
      refuse(
          NotifyType.INVALID_ID_INFORMATION,
          offer,
          null,
          "the peer wants to protect "
              + SelectorPayloads.describe(ids)
              + (sa.peer().config().isFixed()
                  ? ", which mirrors none of the configured selectors: "
                  : ", which lies in none of the template's selectors: ")
              + sa.peer().children().selectorsText(),
          DropReason.NO_SELECTOR);
      return;
    }
    Child child = match.child();
    TransformCheck check = TransformCheck.ofOffer(sa, child.config());
    Optional<PhaseTwoOffer.Agreed> agreed = PhaseTwoOffer.choose(check, offer);
    Optional<KeyExchange> key = chain.payload(KeyExchange.class);
    if (agreed.isEmpty()) {
      refuse(
          TransformCheck.mustAbort(offer.proposals())
              ? NotifyType.ATTRIBUTES_NOT_SUPPORTED
              : NotifyType.NO_PROPOSAL_CHOSEN,
          offer,
          child,
          "no phase 2 proposal matches: " + PhaseTwoOffer.explain(check, offer),
          DropReason.NO_PROPOSAL);
      return;
    }
    DhGroup group = agreed.get().group();
    if ((group != null) != key.isPresent()) {
      refuse(
          NotifyType.INVALID_KEY_INFORMATION,
          offer,
          child,
          group == null
              ? "the peer sent a KE payload, though its proposal has no PFS group"
              : "the peer's proposal has the PFS group "
                  + group
                  + ", but no KE payload goes with it",
          DropReason.NO_PROPOSAL);
      return;
    }
    int ownSpi = context.spis.allocate();
    if (ownSpi == 0) {
      refuse(NotifyType.NO_PROPOSAL_CHOSEN, offer, child, "no inbound SPI left", DropReason.LIMIT);
      return;
    }
    ByteString peersNonce = chain.payload(Nonce.class).orElseThrow().data();
    child.responding(this, peersNonce, nowNanos);
    EndNames names = EndNames.of(sa, child.config().mode(), chain, true);
    Accepted all = new Accepted(match, agreed.get(), names, ids, peersNonce, ownSpi);
    accepted = all;
    agree(all, key, nowNanos);
  }

  private void agree(Accepted all, Optional<KeyExchange> key, long nowNanos) {
    if (all.agreed.group() == null || key.isEmpty()) {
      install(all, Optional.empty(), null);
      return;
    }
    if (key.get().data().length() != all.agreed.group().publicLength()) {
      fail(
          NotifyType.INVALID_KEY_INFORMATION,
          "the peer's KE has " + DhWork.wrongLength(all.agreed.group(), key.get().data()),
          nowNanos);
      return;
    }
    state =
        new Agreeing(
            DhWork.generateAndAgree(
                context,
                all.agreed.group(),
                key.get().data(),
                (agreement, now) -> {
                  if (agreement.secret().isEmpty()) {
                    fail(NotifyType.INVALID_KEY_INFORMATION, DhWork.NOT_ALLOWED, now);
                    return;
                  }
                  try (Secret secret = agreement.secret().get()) {
                    install(all, Optional.of(agreement.ownPublicValue()), secret);
                  }
                }));
  }

  private void install(Accepted all, Optional<ByteString> ownPublicValue, @Nullable Secret secret) {
    SaPair pair =
        SaPair.derive(
            context,
            sa,
            new QuickModeResult(
                all.child(),
                false,
                all.agreed,
                all.ownSpi,
                all.peersNonce,
                nonce,
                all.match.local(),
                all.match.remote(),
                all.names.original(),
                startedAt),
            secret);
    state = new Installing(pair);
    all.child().add(pair);
    pair.installInbound((refusal, now) -> installed(all, pair, ownPublicValue, refusal, now));
  }

  private void installed(
      Accepted all,
      SaPair pair,
      Optional<ByteString> ownPublicValue,
      @Nullable String refusal,
      long nowNanos) {
    if (refusal != null) {
      fail(NotifyType.NO_PROPOSAL_CHOSEN, "the SA was refused: " + refusal, nowNanos);
      return;
    }
    state = new AwaitingConfirmation(pair, nowNanos);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(PhaseTwoOffer.answer(all.agreed, all.ownSpi));
    payloads.add(new Nonce(nonce));
    ownPublicValue.ifPresent(value -> payloads.add(new KeyExchange(value)));
    payloads.addAll(all.ids);
    if (all.agreed.claimsLifetime()) {
      payloads.add(
          ResponderLifetime.ofPair(
              all.agreed.suite().protocolId(), all.ownSpi, all.agreed.lifetimes()));
    }
    payloads.addAll(EndNames.payloads(sa, all.child().config().mode(), false));
    exchange.send(
        2,
        Hashes.withHash2(sa.keys(), exchange.messageId(), all.peersNonce, payloads),
        Repeat.TIMED_AND_ON_DUPLICATE,
        nowNanos);
    pair.confirmByUse(now -> complete(all, pair, now));
  }

  @Override
  public void receive(Received message, long nowNanos) {
    Accepted all = accepted;
    if (!(state instanceof AwaitingConfirmation awaiting) || all == null) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "quick mode");
      return;
    }
    byte[] expected = sa.keys().hash3(exchange.messageId(), all.peersNonce, nonce);
    if (!Hashes.leads(message.chain(), expected)) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), "quick mode 3/3");
      return;
    }
    if (MessageRule.QUICK_MODE_HASH.isBrokenBy(message, context)) {
      return;
    }
    exchange.accept(message, 3);
    sa.heardAfresh(message, nowNanos);
    complete(all, awaiting.pair, nowNanos);
  }

  /** The selector of an ID payload, or the whole traffic of an address where there is none. */
  private static @Nullable TrafficSelector selector(
      List<Identification> ids, int index, Endpoint otherwise) {
    return ids.isEmpty()
        ? TrafficSelector.host(otherwise.address(), 0)
        : SelectorPayloads.decode(ids.get(index));
  }

  private void complete(Accepted all, SaPair pair, long nowNanos) {
    exchange.finish();
    state = new Done();
    all.child().established(this, pair, nowNanos);
  }

  /** Refuses the first message: nothing was made yet. */
  private void refuse(
      int notifyType,
      SecurityAssociation offer,
      @Nullable Child child,
      String reason,
      DropReason counted) {
    context.counters.drop(counted);
    exchange.finish();
    sa.inform(
        QuickMode.error(
            notifyType, PhaseTwoOffer.protocolOf(offer), PhaseTwoOffer.firstSpi(offer)));
    context.outbox.add(
        new IkeOutput.ExchangeFailed(
            sa.peerName(),
            child == null ? null : child.config().name(),
            IkeOutput.ExchangeName.QUICK_MODE,
            reason));
  }

  private void fail(int notifyType, String reason, long nowNanos) {
    Accepted all = accepted;
    if (all != null) {
      sa.inform(QuickMode.error(notifyType, all.agreed.suite().protocolId(), all.agreed.peerSpi()));
      end(all, reason, nowNanos);
    }
  }

  private void end(Accepted all, String reason, long nowNanos) {
    release(all, EndReason.NOT_COMPLETED, nowNanos);
    exchange.finish();
    all.child().failed(this, reason, nowNanos);
  }

  private void release(Accepted all, EndReason reason, long nowNanos) {
    State last = state;
    state = new Done();
    if (last instanceof Installing installing) {
      all.child().remove(installing.pair, reason, nowNanos);
    } else if (last instanceof AwaitingConfirmation awaiting) {
      all.child().remove(awaiting.pair, reason, nowNanos);
    } else {
      context.spis.release(all.ownSpi);
      if (last instanceof Agreeing agreeing) {
        context.cancel(agreeing.task);
      }
    }
  }

  @Override
  public void unanswered(long nowNanos) {
    Accepted all = accepted;
    if (all != null) {
      end(
          all,
          "the peer did not confirm the quick mode: does our answer reach it, and does it agree to"
              + " it? Its log may say more",
          nowNanos);
    }
  }

  @Override
  public void refusedByPeer(int notifyType, long nowNanos) {
    Accepted all = accepted;
    if (all != null && !(state instanceof Done)) {
      end(all, "the peer refused with " + NotifyAdvice.phaseTwo(notifyType), nowNanos);
    }
  }

  /** Whether it waits for the confirmation of a pair that we would send on with an SPI. */
  boolean isUnconfirmed(int peerSpi) {
    return state instanceof AwaitingConfirmation awaiting
        && awaiting.pair.outbound().spi() == peerSpi;
  }

  @Override
  public void withdraw(EndReason reason, long nowNanos) {
    Accepted all = accepted;
    if (all != null && !(state instanceof Done)) {
      boolean unanswered = !(state instanceof AwaitingConfirmation);
      release(all, reason, nowNanos);
      exchange.finish();
      if (unanswered) {
        sa.inform(
            QuickMode.error(
                NotifyType.NO_PROPOSAL_CHOSEN,
                all.agreed.suite().protocolId(),
                all.agreed.peerSpi()));
      }
    }
  }

  @Override
  public boolean isNamedBy(int spi) {
    Accepted all = accepted;
    return all != null && (spi == all.ownSpi || spi == all.agreed.peerSpi());
  }

  @Override
  public boolean isInitiator() {
    return false;
  }

  @Override
  public void close() {
    Accepted all = accepted;
    if (all != null && !(state instanceof Done)) {
      if (state instanceof AwaitingConfirmation awaiting) {
        // The peer may have completed it, and send on the pair any time now.
        state = new Done();
        awaiting.pair.expireUnlessUsed(awaiting.sinceNanos, context.nowNanos());
      } else {
        release(all, EndReason.NOT_COMPLETED, context.nowNanos());
      }
      all.child().interrupted(this, context.nowNanos());
    }
  }
}
