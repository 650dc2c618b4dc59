package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Quick mode as initiator (RFC 2409 section 5.5). */
final class QuickModeInitiator implements QuickMode {
  private sealed interface State {}

  /** Our key pair for perfect forward secrecy is being made. */
  private record GeneratingKey(long task) implements State {}

  /** Message 1 is sent. */
  private record AwaitingAnswer(Optional<DhKeyPair> pair) implements State {}

  /** Message 2 is there; the shared secret is being made. */
  private record Agreeing(long task, int protocolId) implements State {}

  /** The inbound SA is being installed; message 3 follows. */
  private record Installing(SaPair pair) implements State {}

  /** Given up before the peer's answer has come, which is to be answered with a delete. */
  private record Withdrawn() implements State {}

  /** Complete, or failed. */
  private record Done() implements State {}

  /** What the peer's answer has said. */
  private record Answer(PhaseTwoOffer.Agreed agreed, EndNames names, ByteString peersNonce) {}

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Child child;
  private final Exchange exchange;
  private final int ownSpi;
  private final ByteString nonce;
  private final long startedNanos;
  private final long startedAt;
  private State state = new Done();

  /** When it last came a step further, and how long the peer took for its answer. */
  private long movedOnNanos;

  private long answeredAfterNanos;

  /** The answer's protocol and SPI: what the responder knows its half of the pair by. */
  private int peersProtocol;

  private int peersSpi;

  private QuickModeInitiator(
      EngineContext context, IsakmpSa sa, Child child, int ownSpi, long nowNanos) {
    this.context = context;
    this.sa = sa;
    this.child = child;
    this.ownSpi = ownSpi;
    this.nonce = context.newNonce();
    this.startedNanos = nowNanos;
    this.movedOnNanos = nowNanos;
    this.startedAt = context.nextMoment();
    this.exchange = sa.exchanges().openQuickMode(this);
  }

  /** Begins; null if there is no room, no SPI left, or nothing to offer on this path. */
  static @Nullable QuickModeInitiator begin(
      EngineContext context, IsakmpSa sa, Child child, long nowNanos) {
    if (TransformCheck.wanted(child.config(), sa.nat()).isEmpty()) {
      child.report(PhaseTwoText.AH_BEHIND_TRANSLATOR);
      return null;
    }
    int spi = sa.exchanges().makeRoom() ? context.spis.allocate() : 0;
    if (spi == 0) {
      context.outbox.drop(DropReason.LIMIT, null, "no room for another quick mode");
      return null;
    }
    QuickModeInitiator quickMode = new QuickModeInitiator(context, sa, child, spi, nowNanos);
    quickMode.start(nowNanos);
    return quickMode;
  }

  private void start(long nowNanos) {
    DhGroup group = child.config().pfsGroup();
    if (group == null) {
      sendOffer(Optional.empty(), nowNanos);
    } else {
      state =
          new GeneratingKey(
              DhWork.generate(
                  context, group, (own, now) -> sendOffer(Optional.of(own.pair()), now)));
    }
  }

  private void sendOffer(Optional<DhKeyPair> pair, long nowNanos) {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(PhaseTwoOffer.offer(child.config(), sa.nat(), ownSpi));
    payloads.add(new Nonce(nonce));
    pair.ifPresent(own -> payloads.add(new KeyExchange(own.publicValue())));
    payloads.add(SelectorPayloads.encode(child.config().local()));
    payloads.add(SelectorPayloads.encode(child.config().remote()));
    payloads.addAll(EndNames.payloads(sa, child.config().mode(), true));
    state = new AwaitingAnswer(pair);
    movedOnNanos = nowNanos;
    exchange.send(
        1, Hashes.withHash1(sa.keys(), exchange.messageId(), payloads), Repeat.TIMED, nowNanos);
  }

  @Override
  public void receive(Received message, long nowNanos) {
    if (state instanceof AwaitingAnswer awaiting) {
      onAnswer(awaiting, message, nowNanos);
    } else if (state instanceof Withdrawn) {
      onLateAnswer(message, nowNanos);
    } else {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "quick mode");
    }
  }

  private boolean isAuthentic(Received message) {
    PayloadChain chain = message.chain();
    byte[] expected = sa.keys().hash2(exchange.messageId(), nonce, Hashes.afterFirst(chain));
    boolean authentic = Hashes.leads(chain, expected);
    if (!authentic) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), "quick mode 2/3");
    }
    return authentic;
  }

  /** The peer has a pair that waits for our third message: we take it back. */
  private void onLateAnswer(Received message, long nowNanos) {
    if (isAuthentic(message)) {
      exchange.accept(message, 2);
      sa.heardAfresh(message, nowNanos);
      state = new Done();
      exchange.finish();
      int protocol =
          message
              .chain()
              .payload(SecurityAssociation.class)
              .map(PhaseTwoOffer::protocolOf)
              .orElse(ProtocolId.ESP);
      sa.inform(QuickMode.delete(protocol, ownSpi));
    }
  }

  private void onAnswer(AwaitingAnswer awaiting, Received message, long nowNanos) {
    PayloadChain chain = message.chain();
    if (!isAuthentic(message)) {
      return;
    }
    if (MessageRule.QUICK_MODE_SA.isBrokenBy(message, context)) {
      return;
    }
    exchange.accept(message, 2);
    answeredAfterNanos = nowNanos - movedOnNanos;
    movedOnNanos = nowNanos;
    sa.heardAfresh(message, nowNanos);
    SecurityAssociation answer = chain.payload(SecurityAssociation.class).orElseThrow();
    peersProtocol = PhaseTwoOffer.protocolOf(answer);
    peersSpi = PhaseTwoOffer.firstSpi(answer);
    TransformCheck check = TransformCheck.ofAnswer(sa, child.config());
    Optional<PhaseTwoOffer.Agreed> agreed = PhaseTwoOffer.confirm(check, answer);
    Optional<KeyExchange> key = chain.payload(KeyExchange.class);
    EndNames names = EndNames.of(sa, child.config().mode(), chain, false);
    if (agreed.isEmpty()) {
      refuse(
          NotifyType.BAD_PROPOSAL_SYNTAX,
          "the peer's answer is none of what we offered: " + PhaseTwoOffer.explain(check, answer),
          nowNanos);
    } else if (key.isPresent() != awaiting.pair.isPresent()) {
      refuse(
          NotifyType.INVALID_KEY_INFORMATION,
          key.isPresent()
              ? "the peer's answer has a KE payload, though no PFS was offered"
              : "the peer's answer has no KE payload, though it agrees to PFS",
          nowNanos);
    } else if (!selectorsMatch(names, chain.payloads(Identification.class))) {
      refuse(
          NotifyType.INVALID_ID_INFORMATION,
          "the peer answered with other selectors, "
              + SelectorPayloads.describe(chain.payloads(Identification.class))
              + ", than the configured ones: "
              + child.config().local()
              + " to "
              + child.config().remote(),
          nowNanos);
    } else {
      ByteString peersNonce = chain.payload(Nonce.class).orElseThrow().data();
      PhaseTwoOffer.Agreed settled =
          agreed
              .get()
              .shortenedTo(
                  ResponderLifetime.ofPair(
                      chain, agreed.get().suite().protocolId(), agreed.get().peerSpi()));
      onAgreed(awaiting, new Answer(settled, names, peersNonce), key, nowNanos);
    }
  }

  private void onAgreed(
      AwaitingAnswer awaiting, Answer answer, Optional<KeyExchange> key, long nowNanos) {
    if (awaiting.pair.isEmpty() || key.isEmpty()) {
      install(answer, null);
      return;
    }
    DhKeyPair pair = awaiting.pair.get();
    if (key.get().data().length() != pair.group().publicLength()) {
      refuse(
          NotifyType.INVALID_KEY_INFORMATION,
          "the peer's KE has " + DhWork.wrongLength(pair.group(), key.get().data()),
          nowNanos);
      return;
    }
    state =
        new Agreeing(
            DhWork.agree(
                context,
                pair,
                key.get().data(),
                (agreement, now) -> {
                  if (agreement.secret().isEmpty()) {
                    refuse(NotifyType.INVALID_KEY_INFORMATION, DhWork.NOT_ALLOWED, now);
                    return;
                  }
                  try (Secret secret = agreement.secret().get()) {
                    install(answer, secret);
                  }
                }),
            answer.agreed.suite().protocolId());
  }

  private void install(Answer answer, @Nullable Secret secret) {
    SaPair pair =
        SaPair.derive(
            context,
            sa,
            new QuickModeResult(
                child,
                true,
                answer.agreed,
                ownSpi,
                nonce,
                answer.peersNonce,
                answer.names.ofLocal(child.config().local()),
                answer.names.ofRemote(child.config().remote()),
                answer.names.original(),
                startedAt),
            secret);
    state = new Installing(pair);
    child.add(pair);
    pair.installInbound((refusal, now) -> installed(pair, answer.peersNonce, refusal, now));
  }

  private void installed(
      SaPair pair, ByteString peersNonce, @Nullable String refusal, long nowNanos) {
    if (refusal != null) {
      refuse(NotifyType.NO_PROPOSAL_CHOSEN, "the SA was refused: " + refusal, nowNanos);
      return;
    }
    state = new Done();
    byte[] hash = sa.keys().hash3(exchange.messageId(), nonce, peersNonce);
    exchange.send(3, List.of(new Hash(ByteString.of(hash))), Repeat.ON_DUPLICATE, nowNanos);
    exchange.finish();
    child.peer().children().settle(sa, answeredAfterNanos, nowNanos);
    child.established(this, pair, nowNanos);
  }

  /**
   * The peer returns our identities as they were, or through a translator by the names that it has
   * for the same ends; if it leaves them out, they stand.
   */
  private boolean selectorsMatch(EndNames names, List<Identification> ids) {
    TrafficSelector local = ids.isEmpty() ? null : SelectorPayloads.decode(ids.get(0));
    TrafficSelector remote = ids.isEmpty() ? null : SelectorPayloads.decode(ids.get(1));
    return ids.isEmpty()
        || (local != null
            && remote != null
            && names.ofLocal(local).equals(names.ofLocal(child.config().local()))
            && names.ofRemote(remote).equals(names.ofRemote(child.config().remote())));
  }

  @Override
  public void refusedByPeer(int notifyType, long nowNanos) {
    if (state instanceof Withdrawn) {
      state = new Done();
      exchange.finish();
      return;
    }
    end(NotifyAdvice.ofQuickMode(child.config(), sa.nat(), notifyType), nowNanos);
  }

  /** Whether it goes on under an ISAKMP SA. */
  boolean isUnder(IsakmpSa other) {
    return sa == other;
  }

  /**
   * Until when others wait for this one ({@link IkeLimits#ownQuickModes}): until it is over, but if
   * it does not move on not longer than a message takes until its second repetition. Some peers
   * never answer what they do not want, and the driver too may take its time.
   */
  long keepsPlaceUntilNanos() {
    RetransmissionPolicy policy = context.config.retransmission();
    return movedOnNanos + policy.waitNanos(0) + policy.waitNanos(1);
  }

  @Override
  public boolean isNamedBy(int spi) {
    return spi == ownSpi;
  }

  @Override
  public boolean isInitiator() {
    return true;
  }

  /**
   * Whether its pair would lose against that of a nonce, and it can still be given up: once the
   * peer has answered it may use the pair.
   */
  boolean loses(ByteString peersNonce) {
    return (state instanceof GeneratingKey || state instanceof AwaitingAnswer)
        && Arrays.compareUnsigned(peersNonce.toArray(), nonce.toArray()) > 0;
  }

  /** Whether the peer has let the time of a repetition pass without an answer. */
  boolean isOverdue(long nowNanos) {
    return state instanceof AwaitingAnswer
        && nowNanos >= movedOnNanos + context.config.retransmission().waitNanos(0);
  }

  @Override
  public void withdraw(EndReason reason, long nowNanos) {
    State last = state;
    release(nowNanos);
    if (last instanceof AwaitingAnswer) {
      state = new Withdrawn();
      exchange.repeatNoMore();
      return;
    }
    exchange.finish();
    if (last instanceof Agreeing agreeing) {
      sa.inform(QuickMode.delete(agreeing.protocolId, ownSpi));
    }
  }

  @Override
  public void unanswered(long nowNanos) {
    if (state instanceof Withdrawn) {
      state = new Done();
      exchange.finish();
      return;
    }
    end(NotifyAdvice.ofSilence(child.config()), nowNanos);
    sa.peer().unanswered(sa, startedNanos, nowNanos);
  }

  /** Refuses the answer, by the SPI of who is told (RFC 2408 section 3.14). */
  private void refuse(int notifyType, String reason, long nowNanos) {
    int named = peersSpi == 0 ? ownSpi : peersSpi;
    sa.inform(QuickMode.error(notifyType, peersProtocol, named));
    end(reason, nowNanos);
  }

  private void end(String reason, long nowNanos) {
    release(nowNanos);
    exchange.finish();
    child.failed(this, reason, nowNanos);
  }

  private void release(long nowNanos) {
    State last = state;
    state = new Done();
    if (last instanceof Installing installing) {
      child.remove(installing.pair, EndReason.NOT_COMPLETED, nowNanos);
      return;
    }
    context.spis.release(ownSpi);
    if (last instanceof AwaitingAnswer awaiting) {
      awaiting.pair.ifPresent(DhKeyPair::close);
    } else if (last instanceof GeneratingKey generating) {
      context.cancel(generating.task);
    } else if (last instanceof Agreeing agreeing) {
      context.cancel(agreeing.task);
    }
  }

  @Override
  public void close() {
    if (!(state instanceof Done || state instanceof Withdrawn)) {
      release(context.nowNanos());
      child.interrupted(this, context.nowNanos());
    }
  }
}
