package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.PhaseOneState.Agreeing;
import dev.zuido.ike.PhaseOneState.Done;
import dev.zuido.ike.PhaseOneState.GeneratingKey;
import dev.zuido.ike.PhaseOneState.Signing;
import dev.zuido.ike.PhaseOneState.Verifying;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Main mode as initiator. */
final class MainModeInitiator implements PhaseOne {
  /** Message 1 is sent. */
  private record AwaitingSa(SecurityAssociation offer) implements PhaseOneState {}

  /** Message 3 is sent. */
  private record AwaitingKey(
      PhaseOneOffer.Agreed agreed, ByteString saBody, DhKeyPair pair, ByteString nonce)
      implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      pair.close();
    }
  }

  /** Message 5 is sent. */
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
  private PhaseOneState state = new Done();
  private @Nullable String hint;

  /** Whether a person was told already, who has to be told once. */
  private boolean keyNoticed;

  MainModeInitiator(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.exchange = sa.exchanges().openMainMode(this);
    this.natDiscovery = new NatDiscovery(context, sa);
    this.signatures = new SignatureProofs(context, sa);
  }

  @Override
  public void start(long nowNanos) {
    SecurityAssociation offer = PhaseOneOffer.offer(sa.peer().config().proposals());
    state = new AwaitingSa(offer);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(offer);
    payloads.add(PhaseOnePayloads.deadPeerDetection());
    payloads.addAll(FragmentSupport.announcement(sa));
    payloads.addAll(natDiscovery.offer());
    exchange.send(1, payloads, Repeat.TIMED, nowNanos);
  }

  @Override
  public void receive(Received message, long nowNanos) {
    if (state instanceof AwaitingSa awaiting) {
      onSa(awaiting, message);
    } else if (state instanceof AwaitingKey awaiting) {
      onKey(awaiting, message);
    } else if (state instanceof AwaitingIdentity awaiting) {
      onIdentity(awaiting, message, nowNanos);
    } else {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, message.remote(), "main mode");
    }
  }

  private void onSa(AwaitingSa awaiting, Received message) {
    if (MessageRule.MAIN_MODE_SA.isBrokenBy(message, context)) {
      return;
    }
    SecurityAssociation answer = message.chain().payload(SecurityAssociation.class).orElseThrow();
    PeerConfig config = sa.peer().config();
    Optional<PhaseOneOffer.Agreed> agreed =
        PhaseOneOffer.confirm(config.proposals(), config.options().lifetimes(), answer);
    if (agreed.isEmpty() || message.header().responderCookie().isZero()) {
      context.outbox.drop(
          DropReason.NO_PROPOSAL,
          message.remote(),
          "the answer is none of what we offered: "
              + PhaseOneOffer.explain(config.proposals(), answer));
      return;
    }
    sa.learnResponderCookie(message.header().responderCookie());
    exchange.accept(message, 2);
    deadPeerDetection = PhaseOnePayloads.announcesDeadPeerDetection(message.chain());
    natDiscovery.learnVendors(message.chain());
    ByteString saBody = awaiting.offer.body();
    state =
        new GeneratingKey(
            DhWork.generate(
                context,
                agreed.get().proposal().group(),
                (own, now) -> sendKey(agreed.get(), saBody, own.pair(), now)));
  }

  private void sendKey(
      PhaseOneOffer.Agreed agreed, ByteString saBody, DhKeyPair pair, long nowNanos) {
    ByteString nonce = context.newNonce();
    state = new AwaitingKey(agreed, saBody, pair, nonce);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new KeyExchange(pair.publicValue()));
    payloads.add(new Nonce(nonce));
    if (agreed.isSigned()) {
      payloads.addAll(signatures.requests());
    }
    payloads.addAll(natDiscovery.payloads(agreed.proposal().hash()));
    exchange.send(3, payloads, Repeat.TIMED, nowNanos);
  }

  private void onKey(AwaitingKey awaiting, Received message) {
    if (MessageRule.MAIN_MODE_KEY.isBrokenBy(message, context)) {
      return;
    }
    ByteString peersPublic = message.chain().payload(KeyExchange.class).orElseThrow().data();
    ByteString peersNonce = message.chain().payload(Nonce.class).orElseThrow().data();
    if (peersPublic.length() != awaiting.pair.group().publicLength()) {
      context.outbox.drop(
          DropReason.BAD_VALUE,
          message.remote(),
          "KE of " + DhWork.wrongLength(awaiting.pair.group(), peersPublic));
      return;
    }
    exchange.accept(message, 4);
    deadPeerDetection |= PhaseOnePayloads.announcesDeadPeerDetection(message.chain());
    sa.foundNat(natDiscovery.find(awaiting.agreed.proposal().hash(), message));
    state =
        new Agreeing(
            DhWork.agree(
                context,
                awaiting.pair,
                peersPublic,
                (agreement, now) ->
                    sendIdentity(awaiting, peersPublic, peersNonce, agreement, now)));
  }

  private void sendIdentity(
      AwaitingKey before,
      ByteString peersPublic,
      ByteString peersNonce,
      DhWork.Agreement agreement,
      long nowNanos) {
    if (agreement.secret().isEmpty()) {
      end(DhWork.NOT_ALLOWED, nowNanos);
      return;
    }
    PhaseOneExchange said =
        new PhaseOneExchange(
            sa.initiatorCookie(),
            sa.responderCookie(),
            agreement.ownPublicValue(),
            peersPublic,
            before.nonce,
            peersNonce,
            before.saBody);
    PeerConfig config = sa.peer().config();
    PhaseOneKeys keys =
        PhaseOnePayloads.keys(before.agreed.proposal(), config, said, agreement.secret().get());
    Identification id = PhaseOnePayloads.identityOf(config);
    byte[] hash = keys.hashI(id.body());
    if (!before.agreed.isSigned()) {
      sendIdentity(before.agreed, keys, List.of(id, new Hash(ByteString.of(hash))), nowNanos);
      return;
    }
    List<Payload> payloads = new ArrayList<>();
    payloads.add(id);
    payloads.addAll(signatures.certificates());
    state =
        new Signing(
            keys,
            signatures.sign(
                hash,
                (signature, now) -> {
                  payloads.add(signature);
                  sendIdentity(before.agreed, keys, payloads, now);
                },
                this::end));
  }

  private void sendIdentity(
      PhaseOneOffer.Agreed agreed, PhaseOneKeys keys, List<Payload> proof, long nowNanos) {
    sa.exchanges().protect(keys);
    List<Payload> payloads = new ArrayList<>(proof);
    if (sa.peer().isFirstContact()) {
      payloads.add(PhaseOnePayloads.initialContact(sa));
    }
    state = new AwaitingIdentity(agreed, keys);
    if (sa.nat().encapsulates() && !sa.path().isFloated()) {
      sa.moveTo(sa.path().floated());
    }
    exchange.send(5, payloads, Repeat.TIMED, nowNanos);
  }

  private void onIdentity(AwaitingIdentity awaiting, Received message, long nowNanos) {
    boolean signed = awaiting.agreed.isSigned();
    MessageRule rule = signed ? MessageRule.MAIN_MODE_SIGNATURE : MessageRule.MAIN_MODE_IDENTITY;
    if (rule.isBrokenBy(message, context)) {
      return;
    }
    Identification id = message.chain().payload(Identification.class).orElseThrow();
    byte[] expected = awaiting.keys.hashR(id.body());
    if (signed) {
      if (signatures.mayVerify(message)) {
        long task =
            signatures.verify(
                sa.peer().config(),
                message,
                id,
                expected,
                (verdict, now) -> onVerdict(awaiting, message, id, verdict, now));
        state = new Verifying(awaiting.keys, task);
      }
      return;
    }
    Hash hash = message.chain().payload(Hash.class).orElseThrow();
    if (!PhaseOneKeys.matches(expected, hash.data())) {
      hint = KEY_DIFFERS;
      context.outbox.drop(DropReason.BAD_HASH, message.remote(), KEY_DIFFERS);
      return;
    }
    proved(awaiting, message, id, nowNanos);
  }

  private void onVerdict(
      AwaitingIdentity awaiting,
      Received message,
      Identification id,
      SignatureWork.Verdict verdict,
      long nowNanos) {
    state = awaiting;
    String error = verdict.error();
    if (error == null) {
      proved(awaiting, message, id, nowNanos);
      return;
    }
    hint = error;
    exchange.repeatOnceMore();
    signatures.refuse(message, verdict);
  }

  private void proved(
      AwaitingIdentity awaiting, Received message, Identification id, long nowNanos) {
    exchange.accept(message, 6);
    String identityError =
        IdentityCheck.refusalOfResponder(sa, awaiting.agreed.proposal().authentication(), id);
    if (identityError != null) {
      // For the responder phase 1 is complete: it takes what is under the keys of phase 2.
      sa.exchanges().startPhaseTwo();
      sa.inform(PhaseOnePayloads.error(sa, NotifyType.INVALID_ID_INFORMATION));
      sa.sendDelete();
      end(identityError, nowNanos);
      return;
    }
    exchange.finish();
    state = new Done();
    sa.establish(
        awaiting.keys,
        awaiting.agreed.shortenedTo(ResponderLifetime.ofIsakmp(message.chain(), sa)),
        deadPeerDetection,
        PhaseOnePayloads.hasInitialContact(message.chain()),
        nowNanos);
  }

  /**
   * An encrypted informational message came before message 6. A responder that does not accept the
   * fifth message may say so under the same keys; one that cannot read it has others. Nothing but
   * phase 1 itself proves who has made the keys, so that the exchange goes on. True if it could not
   * be read, and was dropped for that.
   */
  boolean informed(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path, long nowNanos) {
    if (!(state instanceof AwaitingIdentity awaiting) || header.messageId() == 0) {
      return false;
    }
    // The last block so far is that of message 5, for the responder too.
    sa.exchanges().startPhaseTwo();
    Received message = sa.exchanges().decodeFirst(header, body, digest, path);
    byte[] expected =
        message == null
            ? new byte[0]
            : awaiting.keys.hash1(header.messageId(), Hashes.afterFirst(message.chain()));
    if (message == null || !Hashes.leads(message.chain(), expected)) {
      undecryptable(path, nowNanos);
      return message == null;
    }
    for (Notification each : message.chain().payloads(Notification.class)) {
      if (NotifyType.isError(each.notifyType()) && !keyNoticed) {
        keyNoticed = true;
        String text = "the peer refused " + NotifyAdvice.underPhaseOneKeys(sa, each.notifyType());
        hint = text;
        exchange.repeatOnceMore();
        context.outbox.add(new IkeOutput.Notice(sa.peerName(), text));
      }
    }
    return false;
  }

  @Override
  public void undecryptable(UdpPath path, long nowNanos) {
    if (state instanceof AwaitingIdentity awaiting && !awaiting.agreed.isSigned() && !keyNoticed) {
      keyNoticed = true;
      hint = KEY_DIFFERS;
      // Nothing proves it, so the exchange goes on; but a new one finds out sooner that it is
      // mended.
      exchange.repeatOnceMore();
      context.outbox.add(
          new IkeOutput.Notice(
              sa.peerName(),
              "the answer to the fifth message of main mode cannot be read (nothing authenticates"
                  + " it): "
                  + KEY_DIFFERS));
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
    String phase =
        state instanceof AwaitingSa
            ? "the peer does not answer: is it reachable, does it permit UDP port 500, and is it"
                + " configured for our address "
                + sa.local().address()
                + "?"
            : state instanceof AwaitingKey
                ? "the peer stopped answering after the proposal: the messages that follow are longer,"
                    + " do they pass? Its log may say more"
                : "the peer stopped answering after the keys: "
                    + (isKeyInDoubt() ? KEY_DIFFERS : "it may not believe our certificate")
                    + (sa.path().isFloated() ? ", or UDP port 4500 does not pass" : "");
    String text = hint;
    end(text == null ? phase : text, nowNanos);
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
  public boolean isCompleteForPeer() {
    return state instanceof Verifying;
  }

  @Override
  public String stateName() {
    return state instanceof AwaitingSa
        ? "MM_NO_STATE"
        : state instanceof GeneratingKey || state instanceof AwaitingKey
            ? "MM_SA_SETUP"
            : "MM_KEY_EXCH";
  }

  @Override
  public @Nullable String hint() {
    return hint;
  }
}
