package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.PhaseOneState.Agreeing;
import dev.zuido.ike.PhaseOneState.Done;
import dev.zuido.ike.PhaseOneState.Signing;
import dev.zuido.ike.PhaseOneState.Verifying;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Main mode as responder. It never repeats a message by itself, so that a spoofed address gets no
 * more than it seems to have asked for.
 */
final class MainModeResponder implements PhaseOne {
  /** Nothing has come. */
  private record AwaitingOffer() implements PhaseOneState {}

  /** Message 2 is sent. */
  private record AwaitingKey(PhaseOneOffer.Agreed agreed, ByteString saBody)
      implements PhaseOneState {}

  /** Message 4 is sent. */
  private record AwaitingIdentity(PhaseOneOffer.Agreed agreed, PhaseOneKeys keys)
      implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      keys.close();
    }
  }

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Exchange exchange;
  private final NatDiscovery natDiscovery;
  private final SignatureProofs signatures;
  private boolean deadPeerDetection;
  private boolean keyNoticed;
  private PhaseOneState state = new AwaitingOffer();
  private @Nullable String hint;

  MainModeResponder(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.exchange = sa.exchanges().openMainMode(this);
    this.natDiscovery = new NatDiscovery(context, sa);
    this.signatures = new SignatureProofs(context, sa);
  }

  @Override
  public void receive(Received message, long nowNanos) {
    if (state instanceof AwaitingOffer) {
      onOffer(message, nowNanos);
    } else if (state instanceof AwaitingKey awaiting) {
      onKey(awaiting, message);
    } else if (state instanceof AwaitingIdentity awaiting) {
      onIdentity(awaiting, message, nowNanos);
    } else {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "main mode");
    }
  }

  @Override
  public boolean isUntouched() {
    return state instanceof AwaitingOffer;
  }

  @Override
  public boolean mayFloat() {
    return sa.nat().encapsulates();
  }

  private void onOffer(Received message, long nowNanos) {
    if (MessageRule.MAIN_MODE_SA.isBrokenBy(message, context)) {
      return;
    }
    SecurityAssociation offer = message.chain().payload(SecurityAssociation.class).orElseThrow();
    List<IkeProposal> ours = sa.peer().config().proposals();
    Optional<PhaseOneOffer.Agreed> agreed =
        PhaseOneOffer.choose(ours, sa.peer().config().options().lifetimes(), false, offer);
    exchange.accept(message, 1);
    if (agreed.isEmpty()) {
      PhaseOnePayloads.refuseOffer(context, sa, message.path());
      end("no phase 1 proposal matches: " + PhaseOneOffer.explain(ours, offer), nowNanos);
      return;
    }
    deadPeerDetection = PhaseOnePayloads.announcesDeadPeerDetection(message.chain());
    natDiscovery.learnVendors(message.chain());
    state = new AwaitingKey(agreed.get(), offer.body());
    List<Payload> payloads = new ArrayList<>();
    payloads.add(agreed.get().answer());
    payloads.add(PhaseOnePayloads.deadPeerDetection());
    payloads.addAll(FragmentSupport.announcement(sa));
    payloads.addAll(natDiscovery.answer());
    exchange.send(2, payloads, Repeat.ON_DUPLICATE, nowNanos);
  }

  private void onKey(AwaitingKey awaiting, Received message) {
    if (MessageRule.MAIN_MODE_KEY.isBrokenBy(message, context)) {
      return;
    }
    ByteString peersPublic = message.chain().payload(KeyExchange.class).orElseThrow().data();
    ByteString peersNonce = message.chain().payload(Nonce.class).orElseThrow().data();
    if (peersPublic.length() != awaiting.agreed.proposal().group().publicLength()) {
      context.outbox.drop(
          DropReason.BAD_VALUE,
          message.remote(),
          "KE of " + DhWork.wrongLength(awaiting.agreed.proposal().group(), peersPublic));
      return;
    }
    exchange.accept(message, 3);
    sa.peer().registry().reached(sa);
    deadPeerDetection |= PhaseOnePayloads.announcesDeadPeerDetection(message.chain());
    sa.foundNat(natDiscovery.find(awaiting.agreed.proposal().hash(), message));
    state =
        new Agreeing(
            DhWork.generateAndAgree(
                context,
                awaiting.agreed.proposal().group(),
                peersPublic,
                (agreement, now) -> sendKey(awaiting, peersPublic, peersNonce, agreement, now)));
  }

  private void sendKey(
      AwaitingKey before,
      ByteString peersPublic,
      ByteString peersNonce,
      DhWork.Agreement agreement,
      long nowNanos) {
    if (agreement.secret().isEmpty()) {
      end(DhWork.NOT_ALLOWED, nowNanos);
      return;
    }
    ByteString nonce = context.newNonce();
    PhaseOneExchange said =
        new PhaseOneExchange(
            sa.initiatorCookie(),
            sa.responderCookie(),
            peersPublic,
            agreement.ownPublicValue(),
            peersNonce,
            nonce,
            before.saBody);
    IkeProposal proposal = before.agreed.proposal();
    PhaseOneKeys keys =
        PhaseOnePayloads.keys(proposal, sa.peer().config(), said, agreement.secret().get());
    state = new AwaitingIdentity(before.agreed, keys);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new KeyExchange(agreement.ownPublicValue()));
    payloads.add(new Nonce(nonce));
    if (before.agreed.isSigned()) {
      payloads.addAll(signatures.requests());
    }
    payloads.addAll(natDiscovery.payloads(proposal.hash()));
    exchange.send(4, payloads, Repeat.ON_DUPLICATE, nowNanos);
    sa.exchanges().protect(keys);
  }

  private void onIdentity(AwaitingIdentity awaiting, Received message, long nowNanos) {
    boolean signed = awaiting.agreed.isSigned();
    MessageRule rule = signed ? MessageRule.MAIN_MODE_SIGNATURE : MessageRule.MAIN_MODE_IDENTITY;
    if (rule.isBrokenBy(message, context)) {
      return;
    }
    if (sa.nat().encapsulates() && !message.path().isFloated()) {
      context.outbox.drop(
          DropReason.WRONG_PATH, message.remote(), "message 5 has to come to port 4500");
      return;
    }
    Identification id = message.chain().payload(Identification.class).orElseThrow();
    PeerConfig meant = context.templates.meant(sa, awaiting.agreed.proposal(), id.identity());
    byte[] expected = awaiting.keys.hashI(id.body());
    if (signed) {
      if (signatures.mayVerify(message)) {
        long task =
            signatures.verify(
                meant,
                message,
                id,
                expected,
                (verdict, now) -> onVerdict(awaiting, message, meant, verdict, now));
        state = new Verifying(awaiting.keys, task);
      }
      return;
    }
    Hash hash = message.chain().payload(Hash.class).orElseThrow();
    if (!PhaseOneKeys.matches(expected, hash.data())) {
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), KEY_DIFFERS);
      undecryptable(message.path(), nowNanos);
      return;
    }
    proved(awaiting, message, meant, nowNanos);
  }

  private void onVerdict(
      AwaitingIdentity awaiting,
      Received message,
      PeerConfig meant,
      SignatureWork.Verdict verdict,
      long nowNanos) {
    state = awaiting;
    String error = verdict.error();
    if (error == null) {
      proved(awaiting, message, meant, nowNanos);
      return;
    }
    hint = error;
    signatures.refuse(message, verdict);
  }

  private void proved(
      AwaitingIdentity awaiting, Received message, PeerConfig meant, long nowNanos) {
    exchange.accept(message, 5);
    sa.moveTo(message.path());
    String refusal =
        IdentityCheck.refusalOfCaller(
            context,
            sa,
            meant,
            awaiting.agreed.proposal().authentication(),
            message.chain().payload(Identification.class).orElseThrow(),
            message.path());
    if (refusal != null) {
      end(refusal, nowNanos);
      return;
    }
    signatures.learnRequests(message.chain());
    Identification ours = PhaseOnePayloads.identityOf(sa.peer().config());
    byte[] hash = awaiting.keys.hashR(ours.body());
    boolean initialContact = PhaseOnePayloads.hasInitialContact(message.chain());
    if (!awaiting.agreed.isSigned()) {
      List<Payload> payloads = List.of(ours, new Hash(ByteString.of(hash)));
      sendIdentity(awaiting, payloads, initialContact, nowNanos);
      return;
    }
    List<Payload> payloads = new ArrayList<>();
    payloads.add(ours);
    payloads.addAll(signatures.certificates());
    state =
        new Signing(
            awaiting.keys,
            signatures.sign(
                hash,
                (signature, now) -> {
                  payloads.add(signature);
                  sendIdentity(awaiting, payloads, initialContact, now);
                },
                this::end));
  }

  private void sendIdentity(
      AwaitingIdentity awaiting, List<Payload> proof, boolean initialContact, long nowNanos) {
    List<Payload> payloads = new ArrayList<>(proof);
    if (sa.peer().isFirstContact()) {
      payloads.add(PhaseOnePayloads.initialContact(sa));
    }
    if (awaiting.agreed.claimsLifetime()) {
      payloads.add(ResponderLifetime.ofIsakmp(sa, awaiting.agreed.lifetimeSeconds()));
    }
    state = new Done();
    exchange.send(6, payloads, Repeat.ON_DUPLICATE, nowNanos);
    exchange.finish();
    sa.establish(awaiting.keys, awaiting.agreed, deadPeerDetection, initialContact, nowNanos);
  }

  /** Message 5 makes no sense: it was altered, or encrypted with keys of another secret. */
  @Override
  public void undecryptable(UdpPath path, long nowNanos) {
    if (state instanceof AwaitingIdentity awaiting && awaiting.agreed.isSigned()) {
      return;
    }
    hint = KEY_DIFFERS;
    if (!keyNoticed) {
      keyNoticed = true;
      context.outbox.add(
          new IkeOutput.Notice(
              sa.peerName(), "the fifth message of main mode cannot be read: " + KEY_DIFFERS));
      sa.exchanges()
          .sendInformationalInClear(
              List.of(PhaseOnePayloads.error(sa, NotifyType.AUTHENTICATION_FAILED)), path);
    }
  }

  @Override
  public void reported(int notifyType) {
    hint = "the peer reported " + NotifyAdvice.phaseOne(sa, notifyType, isKeyInDoubt());
  }

  @Override
  public boolean isKeyInDoubt() {
    return state instanceof AwaitingIdentity awaiting && !awaiting.agreed.isSigned();
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
    return state instanceof AwaitingIdentity ? "MM_KEY_EXCH" : "MM_SA_SETUP";
  }

  @Override
  public @Nullable String hint() {
    return hint == null && state instanceof AwaitingIdentity && sa.nat().encapsulates()
        ? "the peer's fifth message of main mode, which after a translator was found goes to UDP"
            + " port 4500, has not come: does that port pass?"
        : hint;
  }
}
