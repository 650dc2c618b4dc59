package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.PhaseOneState.Done;
import dev.zuido.ike.PhaseOneState.Signing;
import dev.zuido.ike.PhaseOneState.Verifying;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Aggressive mode as responder. The first message already makes us compute, whoever it is from: so
 * only a few answers are computed at a time over all peers. It never repeats a message by itself.
 */
final class AggressiveModeResponder implements PhaseOne {
  /** So many answers are computed at a time; a first message beyond them is dropped. */
  static final int MAX_COMPUTING = 16;

  /** Nothing has come. */
  private record AwaitingOffer() implements PhaseOneState {}

  /** Message 1 is there; key pair and shared secret are being made, whatever happens meanwhile. */
  private record Agreeing() implements PhaseOneState {}

  /** Message 2 is sent. */
  private record AwaitingProof(Offer offer, PhaseOneKeys keys) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      keys.close();
    }
  }

  /** The first message, with what we have chosen of it. */
  private record Offer(
      PayloadChain chain, Identification id, PhaseOneOffer.Agreed agreed, ByteString saBody) {
    ByteString publicValue() {
      return chain.payload(KeyExchange.class).orElseThrow().data();
    }

    ByteString nonce() {
      return chain.payload(Nonce.class).orElseThrow().data();
    }
  }

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Exchange exchange;
  private final NatDiscovery natDiscovery;
  private final SignatureProofs signatures;
  private PhaseOneState state = new AwaitingOffer();
  private @Nullable String hint;

  AggressiveModeResponder(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.exchange = sa.exchanges().openAggressiveMode(this);
    this.natDiscovery = new NatDiscovery(context, sa);
    this.signatures = new SignatureProofs(context, sa);
  }

  @Override
  public void receive(Received message, long nowNanos) {
    if (state instanceof AwaitingOffer) {
      onOffer(message, nowNanos);
    } else if (state instanceof AwaitingProof awaiting) {
      onProof(awaiting, message, nowNanos);
    } else {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "aggressive mode");
    }
  }

  @Override
  public boolean isUntouched() {
    return state instanceof AwaitingOffer;
  }

  @Override
  public boolean mayFloat() {
    return (state instanceof AwaitingProof || isCompleteForPeer()) && natDiscovery.isSpoken();
  }

  @Override
  public boolean isCompleteForPeer() {
    return state instanceof Verifying;
  }

  private void onOffer(Received message, long nowNanos) {
    if (MessageRule.AGGRESSIVE_OFFER.isBrokenBy(message, context)) {
      return;
    }
    if (context.aggressiveAnswers >= MAX_COMPUTING) {
      context.outbox.drop(
          DropReason.LIMIT, message.remote(), "16 answers of aggressive mode are being computed");
      return;
    }
    PayloadChain chain = message.chain();
    SecurityAssociation offered = chain.payload(SecurityAssociation.class).orElseThrow();
    int length = chain.payload(KeyExchange.class).orElseThrow().data().length();
    List<IkeProposal> ours = sa.peer().config().proposals();
    Optional<PhaseOneOffer.Agreed> agreed =
        PhaseOneOffer.choose(
            PhaseOneOffer.ofLength(ours, length),
            sa.peer().config().options().lifetimes(),
            false,
            offered);
    exchange.accept(message, 1);
    if (agreed.isEmpty()) {
      PhaseOnePayloads.refuseOffer(context, sa, message.path());
      end(
          "no phase 1 proposal matches, with a public value of "
              + length
              + " bytes: "
              + PhaseOneOffer.explain(ours, offered),
          nowNanos);
      return;
    }
    natDiscovery.learnVendors(chain);
    signatures.learnRequests(chain);
    Identification id = chain.payload(Identification.class).orElseThrow();
    Offer offer = new Offer(chain, id, agreed.get(), offered.body());
    state = new Agreeing();
    context.aggressiveAnswers++;
    DhWork.generateAndAgree(
        context,
        agreed.get().proposal().group(),
        offer.publicValue(),
        (agreement, now) -> onSecret(offer, agreement, now));
  }

  /** The task is waited for even if the exchange has ended: until then it takes its place. */
  private void onSecret(Offer offer, DhWork.Agreement agreement, long nowNanos) {
    context.aggressiveAnswers--;
    if (!(state instanceof Agreeing)) {
      agreement.wipe();
      return;
    }
    if (agreement.secret().isEmpty()) {
      end(DhWork.NOT_ALLOWED, nowNanos);
      return;
    }
    ByteString nonce = context.newNonce();
    PhaseOneExchange said =
        new PhaseOneExchange(
            sa.initiatorCookie(),
            sa.responderCookie(),
            offer.publicValue(),
            agreement.ownPublicValue(),
            offer.nonce(),
            nonce,
            offer.saBody);
    PeerConfig config = sa.peer().config();
    PhaseOneKeys keys =
        PhaseOnePayloads.keys(offer.agreed.proposal(), config, said, agreement.secret().get());
    Identification id = PhaseOnePayloads.identityOf(config);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(offer.agreed.answer());
    payloads.add(new KeyExchange(agreement.ownPublicValue()));
    payloads.add(new Nonce(nonce));
    payloads.add(id);
    if (offer.agreed.isSigned()) {
      payloads.addAll(signatures.requests());
    }
    payloads.add(PhaseOnePayloads.deadPeerDetection());
    payloads.addAll(FragmentSupport.announcement(sa));
    payloads.addAll(natDiscovery.answer());
    payloads.addAll(natDiscovery.payloads(keys.hash()));
    byte[] hash = keys.hashR(id.body());
    if (!offer.agreed.isSigned()) {
      payloads.add(new Hash(ByteString.of(hash)));
      sendAnswer(offer, keys, payloads, nowNanos);
      return;
    }
    if (signatures.isAsked()) {
      payloads.addAll(signatures.certificates());
    }
    long task =
        signatures.sign(
            hash,
            (signature, now) -> {
              payloads.add(signature);
              sendAnswer(offer, keys, payloads, now);
            },
            this::end);
    state = new Signing(keys, task);
  }

  private void sendAnswer(Offer offer, PhaseOneKeys keys, List<Payload> payloads, long nowNanos) {
    state = new AwaitingProof(offer, keys);
    exchange.send(2, payloads, Repeat.ON_DUPLICATE, nowNanos);
    sa.exchanges().protect(keys);
    // RFC 2409 section 5: the last message need not be encrypted.
    exchange.allowInClear();
  }

  private void onProof(AwaitingProof awaiting, Received message, long nowNanos) {
    boolean signed = awaiting.offer.agreed.isSigned();
    MessageRule rule = signed ? MessageRule.AGGRESSIVE_SIGNATURE : MessageRule.AGGRESSIVE_HASH;
    if (rule.isBrokenBy(message, context)) {
      return;
    }
    NatFinding nat = natDiscovery.find(awaiting.keys.hash(), message, sa.firstPath());
    boolean floats = message.path().isFloated() && !sa.firstPath().isFloated();
    if (nat.encapsulates() != message.path().isFloated() && (floats || nat.encapsulates())) {
      context.outbox.drop(
          DropReason.WRONG_PATH,
          message.remote(),
          floats
              ? "message 3 came to port 4500, but shows no translator"
              : "message 3 has to come to port 4500");
      return;
    }
    byte[] expected = awaiting.keys.hashI(awaiting.offer.id.body());
    if (signed) {
      if (signatures.mayVerify(message)) {
        long task =
            signatures.verify(
                sa.peer().config(),
                message,
                awaiting.offer.id,
                expected,
                (verdict, now) -> onVerdict(awaiting, message, nat, verdict, now));
        state = new Verifying(awaiting.keys, task);
      }
      return;
    }
    Hash hash = message.chain().payload(Hash.class).orElseThrow();
    if (!PhaseOneKeys.matches(expected, hash.data())) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), KEY_DIFFERS);
      return;
    }
    proved(awaiting, message, nat, nowNanos);
  }

  private void onVerdict(
      AwaitingProof awaiting,
      Received message,
      NatFinding nat,
      SignatureWork.Verdict verdict,
      long nowNanos) {
    state = awaiting;
    String error = verdict.error();
    if (error == null) {
      proved(awaiting, message, nat, nowNanos);
      return;
    }
    hint = error;
    signatures.refuse(message, verdict);
  }

  private void proved(AwaitingProof awaiting, Received message, NatFinding nat, long nowNanos) {
    exchange.accept(message, 3);
    sa.moveTo(message.path());
    sa.foundNat(nat);
    Offer offer = awaiting.offer;
    String refusal =
        IdentityCheck.refusalOfCaller(
            context,
            sa,
            sa.peer().config(),
            offer.agreed.proposal().authentication(),
            offer.id,
            message.path());
    if (refusal != null) {
      end(refusal, nowNanos);
      return;
    }
    state = new Done();
    exchange.finish();
    // HASH_I covers no notification: in the clear anybody could have added one.
    boolean initialContact =
        message.header().isEncrypted() && PhaseOnePayloads.hasInitialContact(message.chain());
    boolean firstContact = sa.peer().isFirstContact();
    sa.establish(
        awaiting.keys,
        offer.agreed,
        PhaseOnePayloads.announcesDeadPeerDetection(offer.chain),
        initialContact,
        nowNanos);
    if (firstContact && sa.isEstablished()) {
      // No message of ours follows in this exchange, and the second was in the clear.
      sa.inform(PhaseOnePayloads.initialContact(sa));
    }
    if (offer.agreed.claimsLifetime() && sa.isEstablished()) {
      sa.inform(ResponderLifetime.ofIsakmp(sa, offer.agreed.lifetimeSeconds()));
    }
  }

  @Override
  public void reported(int notifyType) {
    hint = "the peer reported " + NotifyAdvice.phaseOne(sa, notifyType, isKeyInDoubt());
  }

  @Override
  public boolean isKeyInDoubt() {
    return state instanceof AwaitingProof awaiting && !awaiting.offer.agreed.isSigned();
  }

  @Override
  public void unanswered(long nowNanos) {
    // A responder repeats nothing by itself.
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
    return "AG_INIT_EXCH";
  }

  @Override
  public @Nullable String hint() {
    if (hint != null || !(state instanceof AwaitingProof awaiting)) {
      return hint;
    }
    return "the third message of aggressive mode has not come: "
        + (awaiting.offer.agreed.isSigned()
            ? "the peer may not believe our certificate"
            : KEY_DIFFERS)
        + (natDiscovery.isSpoken() ? ", or UDP port 4500 does not pass" : "");
  }
}
