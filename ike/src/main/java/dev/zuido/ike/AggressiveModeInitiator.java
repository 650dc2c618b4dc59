package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.PhaseOneState.Agreeing;
import dev.zuido.ike.PhaseOneState.Done;
import dev.zuido.ike.PhaseOneState.GeneratingKey;
import dev.zuido.ike.PhaseOneState.Signing;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Aggressive mode as initiator. The second message is in the clear, and anybody on the path can
 * make one: until one has proved itself, our key pair stays for the next.
 */
final class AggressiveModeInitiator implements PhaseOne {
  /** So many second messages are computed with that prove nothing. */
  private static final int MAX_REFUSED = 8;

  /** Message 1 is sent. */
  private record AwaitingAnswer(DhKeyPair pair) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      pair.close();
    }
  }

  /** The signature of message 2 is being verified. */
  private record Verifying(DhKeyPair pair, PhaseOneKeys keys, long task) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      context.cancel(task);
      pair.close();
      keys.close();
    }
  }

  /** A second message that may be the peer's. */
  private record Answer(
      Received message, PhaseOneOffer.Agreed agreed, Identification id, ByteString publicValue) {
    PayloadChain chain() {
      return message.chain();
    }

    AuthenticationMethod method() {
      return agreed.proposal().authentication();
    }
  }

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Exchange exchange;
  private final NatDiscovery natDiscovery;
  private final SignatureProofs signatures;
  private final List<IkeProposal> offered;
  private final SecurityAssociation offer;
  private final ByteString nonce;
  private final Set<ByteString> refused = new HashSet<>();
  private boolean keyNoticed;
  private PhaseOneState state = new Done();
  private @Nullable String hint;

  AggressiveModeInitiator(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.exchange = sa.exchanges().openAggressiveMode(this);
    this.natDiscovery = new NatDiscovery(context, sa);
    this.signatures = new SignatureProofs(context, sa);
    this.offered = PhaseOneOffer.ofOneGroup(sa.peer().config().proposals());
    this.offer = PhaseOneOffer.offer(offered);
    this.nonce = context.newNonce();
  }

  /** Whether we offer signatures. */
  private boolean isSigned() {
    return offered.stream()
        .anyMatch(each -> each.authentication() == AuthenticationMethod.RSA_SIGNATURES);
  }

  @Override
  public void start(long nowNanos) {
    state =
        new GeneratingKey(
            DhWork.generate(
                context, offered.get(0).group(), (own, now) -> sendOffer(own.pair(), now)));
  }

  private void sendOffer(DhKeyPair pair, long nowNanos) {
    state = new AwaitingAnswer(pair);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(offer);
    payloads.add(new KeyExchange(pair.publicValue()));
    payloads.add(new Nonce(nonce));
    payloads.add(PhaseOnePayloads.identityOf(sa.peer().config()));
    if (isSigned()) {
      payloads.addAll(signatures.requests());
    }
    payloads.add(PhaseOnePayloads.deadPeerDetection());
    payloads.addAll(FragmentSupport.announcement(sa));
    payloads.addAll(natDiscovery.offer());
    if (isSigned()) {
      payloads.addAll(AnswerRoom.padding(context, sa.path(), payloads));
    }
    exchange.send(1, payloads, Repeat.TIMED, nowNanos);
  }

  @Override
  public void receive(Received message, long nowNanos) {
    if (!(state instanceof AwaitingAnswer awaiting)) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "aggressive mode");
      return;
    }
    Answer answer = answerOf(message, awaiting.pair);
    if (answer == null) {
      return;
    }
    long task =
        DhWork.tryToAgree(
            context,
            awaiting.pair,
            answer.publicValue,
            (trial, now) -> onSecret(answer, trial, now));
    state = new Agreeing(task);
  }

  /** A second message that is worth computing with, or null if it was dropped. */
  private @Nullable Answer answerOf(Received message, DhKeyPair pair) {
    boolean copy = refused.contains(message.digest());
    if (copy || refused.size() >= MAX_REFUSED) {
      return drop(
          copy ? DropReason.DUPLICATE : DropReason.LIMIT,
          message,
          "no more answers are tried in this exchange");
    }
    Optional<SecurityAssociation> answer = message.chain().payload(SecurityAssociation.class);
    if (answer.isEmpty()) {
      return drop(DropReason.BAD_PAYLOADS, message, "0 payloads of the kind SecurityAssociation");
    }
    Optional<PhaseOneOffer.Agreed> agreed =
        PhaseOneOffer.confirm(offered, sa.peer().config().options().lifetimes(), answer.get());
    if (agreed.isEmpty() || message.header().responderCookie().isZero()) {
      return drop(DropReason.NO_PROPOSAL, message, "the answer is none of what we offered");
    }
    MessageRule rule =
        agreed.get().isSigned()
            ? MessageRule.AGGRESSIVE_SIGNED_ANSWER
            : MessageRule.AGGRESSIVE_ANSWER;
    if (rule.isBrokenBy(message, context)) {
      return null;
    }
    ByteString publicValue = message.chain().payload(KeyExchange.class).orElseThrow().data();
    if (publicValue.length() != pair.group().publicLength()) {
      return drop(DropReason.BAD_VALUE, message, "KE of another length");
    }
    Identification id = message.chain().payload(Identification.class).orElseThrow();
    return new Answer(message, agreed.get(), id, publicValue);
  }

  private @Nullable Answer drop(DropReason reason, Received message, String detail) {
    context.outbox.drop(reason, message.remote(), detail);
    return null;
  }

  private void onSecret(Answer answer, DhWork.Trial trial, long nowNanos) {
    state = new AwaitingAnswer(trial.pair());
    if (trial.agreement().secret().isEmpty()) {
      refused.add(answer.message.digest());
      drop(DropReason.BAD_VALUE, answer.message, DhWork.NOT_ALLOWED);
      return;
    }
    PhaseOneKeys keys = keys(answer, trial.agreement());
    byte[] expected = keys.hashR(answer.id.body());
    if (answer.agreed.isSigned()) {
      long task =
          signatures.verify(
              sa.peer().config(),
              answer.message,
              answer.id,
              expected,
              (verdict, now) -> onVerdict(answer, trial.pair(), keys, verdict, now));
      state = new Verifying(trial.pair(), keys, task);
      return;
    }
    Hash hash = answer.chain().payload(Hash.class).orElseThrow();
    if (PhaseOneKeys.matches(expected, hash.data())) {
      proved(answer, trial.pair(), keys, nowNanos);
    } else {
      keys.close();
      refuseHash(answer.message);
    }
  }

  private PhaseOneKeys keys(Answer answer, DhWork.Agreement agreement) {
    PhaseOneExchange said =
        new PhaseOneExchange(
            sa.initiatorCookie(),
            answer.message.header().responderCookie(),
            agreement.ownPublicValue(),
            answer.publicValue,
            nonce,
            answer.chain().payload(Nonce.class).orElseThrow().data(),
            offer.body());
    return PhaseOnePayloads.keys(
        answer.agreed.proposal(), sa.peer().config(), said, agreement.secret().orElseThrow());
  }

  private void refuseHash(Received message) {
    refused.add(message.digest());
    hint = KEY_DIFFERS;
    context.outbox.drop(DropReason.BAD_HASH, message.remote(), KEY_DIFFERS);
    if (!keyNoticed) {
      keyNoticed = true;
      // Nothing proves that it is the peer's, so the exchange goes on; but a new one finds out
      // sooner that it is mended.
      exchange.repeatOnceMore();
      context.outbox.add(
          new IkeOutput.Notice(
              sa.peerName(),
              "the answer to the first message of aggressive mode has a wrong HASH (nothing"
                  + " authenticates it): "
                  + KEY_DIFFERS));
      sa.exchanges()
          .sendInformationalInClear(
              List.of(PhaseOnePayloads.error(sa, NotifyType.AUTHENTICATION_FAILED)),
              message.path());
    }
  }

  private void onVerdict(
      Answer answer,
      DhKeyPair pair,
      PhaseOneKeys keys,
      SignatureWork.Verdict verdict,
      long nowNanos) {
    state = new AwaitingAnswer(pair);
    String error = verdict.error();
    if (error == null) {
      proved(answer, pair, keys, nowNanos);
      return;
    }
    keys.close();
    hint = error;
    refused.add(answer.message.digest());
    exchange.repeatOnceMore();
    signatures.refuse(answer.message, verdict);
  }

  /** The responder is the peer: its cookie and everything else in message 2 counts from now on. */
  private void proved(Answer answer, DhKeyPair pair, PhaseOneKeys keys, long nowNanos) {
    pair.close();
    state = new Signing(keys, 0);
    sa.learnResponderCookie(answer.message.header().responderCookie());
    exchange.accept(answer.message, 2);
    natDiscovery.learnVendors(answer.chain());
    sa.foundNat(natDiscovery.find(keys.hash(), answer.message));
    String identityError = IdentityCheck.refusalOfResponder(sa, answer.method(), answer.id);
    if (identityError != null) {
      sa.exchanges()
          .sendInformationalInClear(
              List.of(PhaseOnePayloads.error(sa, NotifyType.INVALID_ID_INFORMATION)),
              answer.message.path());
      end(identityError, nowNanos);
      return;
    }
    if (sa.nat().encapsulates() && !sa.path().isFloated()) {
      sa.moveTo(sa.path().floated());
    }
    byte[] hash = keys.hashI(PhaseOnePayloads.identityOf(sa.peer().config()).body());
    if (!answer.agreed.isSigned()) {
      sendProof(answer, keys, List.of(), new Hash(ByteString.of(hash)), nowNanos);
      return;
    }
    List<Payload> certificates = signatures.certificates();
    long task =
        signatures.sign(
            hash,
            (signature, now) -> sendProof(answer, keys, certificates, signature, now),
            this::end);
    state = new Signing(keys, task);
  }

  /**
   * Sends message 3, which nobody answers: it is repeated until phase 2 shows that the peer has it.
   */
  private void sendProof(
      Answer answer, PhaseOneKeys keys, List<Payload> certificates, Payload proof, long nowNanos) {
    sa.exchanges().protect(keys);
    List<Payload> payloads = new ArrayList<>(certificates);
    payloads.addAll(natDiscovery.payloads(keys.hash()));
    payloads.add(proof);
    if (sa.peer().isFirstContact()) {
      payloads.add(PhaseOnePayloads.initialContact(sa));
    }
    state = new Done();
    exchange.finish();
    exchange.send(3, payloads, Repeat.TIMED_AND_ON_DUPLICATE, nowNanos);
    sa.establish(
        keys,
        answer.agreed,
        PhaseOnePayloads.announcesDeadPeerDetection(answer.chain()),
        false,
        nowNanos);
  }

  @Override
  public void reported(int notifyType) {
    hint = "the peer reported " + NotifyAdvice.phaseOne(sa, notifyType, isKeyInDoubt());
  }

  @Override
  public boolean isKeyInDoubt() {
    return false;
  }

  @Override
  public void unanswered(long nowNanos) {
    if (state instanceof Done) {
      // Message 3 was repeated often enough: dead peer detection sees whether the peer is there.
      return;
    }
    String text = hint;
    end(
        text == null
            ? "the peer does not answer aggressive mode: is it reachable, does it permit UDP port"
                + " 500, aggressive mode, and our identity "
                + SelectorPayloads.describe(sa.peer().config().localIdentity())
                + "?"
            : text,
        nowNanos);
  }

  private void end(String reason, long nowNanos) {
    close();
    sa.fail(reason, nowNanos);
  }

  @Override
  public void close() {
    PhaseOneState last = state;
    state = new Done();
    last.close(context);
  }

  @Override
  public String stateName() {
    return state instanceof GeneratingKey || state instanceof AwaitingAnswer
        ? "AG_NO_STATE"
        : "AG_INIT_EXCH";
  }

  @Override
  public @Nullable String hint() {
    return hint;
  }
}
