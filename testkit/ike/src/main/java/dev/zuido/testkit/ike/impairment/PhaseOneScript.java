package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.VendorId;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Session.Opened;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Phase 1 of a script, with a pre-shared key, in either role. */
final class PhaseOneScript {
  private final ScriptConfig config;
  private final Conversation conversation;
  private final RandomGenerator random;
  private final Identification id;
  private boolean deadPeerDetection;
  private boolean aggressive;

  PhaseOneScript(ScriptConfig config, Conversation conversation, RandomGenerator random) {
    this.config = config;
    this.conversation = conversation;
    this.random = random;
    this.id = Identification.of(config.localIdentity(), 0, 0);
  }

  /** Whether the gateway has announced dead peer detection. */
  boolean hasDeadPeerDetection() {
    return deadPeerDetection;
  }

  /** Whether the gateway has begun with aggressive mode. */
  boolean isAggressive() {
    return aggressive;
  }

  /** Begins phase 1; null if the gateway does not go along. */
  @Nullable Session initiate() {
    Session session = new Session(config, random, newCookie(), Cookie.ZERO);
    conversation.under(session);
    boolean done = config.aggressive() ? initiateAggressive(session) : initiateMain(session);
    return done ? session : null;
  }

  private Cookie newCookie() {
    return new Cookie(random.nextLong() | 1);
  }

  private static VendorId vendor() {
    return VendorId.of(KnownVendor.DEAD_PEER_DETECTION);
  }

  /** It is announced so that fragments are taken; the peer's own are all made by impairments. */
  private static VendorId fragments() {
    return VendorId.of(KnownVendor.FRAGMENTATION);
  }

  private boolean initiateMain(Session session) {
    SecurityAssociation offer = Payloads.phaseOneOffer(config);
    Opened second =
        ask(
            session,
            Step.MAIN_MODE_1,
            List.of(offer, vendor(), fragments()),
            (header, chain) ->
                !header.responderCookie().isZero() && has(chain, SecurityAssociation.class));
    if (second == null) {
      return false;
    }
    session.learnResponderCookie(second.header().responderCookie());
    learn(second.chain());
    try (DhKeyPair pair = session.newPair(config.group())) {
      ByteString nonce = session.newNonce();
      Opened fourth =
          ask(
              session,
              Step.MAIN_MODE_3,
              List.of(new KeyExchange(pair.publicValue()), new Nonce(nonce)),
              (header, chain) -> has(chain, KeyExchange.class) && has(chain, Nonce.class));
      if (fourth == null || !derive(session, Role.INITIATOR, pair, nonce, offer, fourth.chain())) {
        return false;
      }
    }
    learn(second.chain());
    PhaseOneKeys keys = session.keys();
    return ask(
            session,
            Step.MAIN_MODE_5,
            List.of(id, new Hash(ByteString.of(keys.hashI(id.body())))),
            (header, chain) -> header.isEncrypted() && isHash(chain, keys, Role.RESPONDER))
        != null;
  }

  private boolean initiateAggressive(Session session) {
    SecurityAssociation offer = Payloads.phaseOneOffer(config);
    try (DhKeyPair pair = session.newPair(config.group())) {
      ByteString nonce = session.newNonce();
      Opened second =
          ask(
              session,
              Step.AGGRESSIVE_1,
              List.of(
                  offer,
                  new KeyExchange(pair.publicValue()),
                  new Nonce(nonce),
                  id,
                  vendor(),
                  fragments()),
              (header, chain) ->
                  !header.responderCookie().isZero()
                      && has(chain, KeyExchange.class)
                      && has(chain, Nonce.class)
                      && has(chain, Hash.class));
      if (second == null) {
        return false;
      }
      session.learnResponderCookie(second.header().responderCookie());
      learn(second.chain());
      if (!derive(session, Role.INITIATOR, pair, nonce, offer, second.chain())
          || !isHash(second.chain(), session.keys(), Role.RESPONDER)) {
        return false;
      }
    }
    Hash hash = new Hash(ByteString.of(session.keys().hashI(id.body())));
    conversation.tell(
        Step.AGGRESSIVE_3,
        session.phaseOne(),
        impairment ->
            session.seal(
                session.draft(Step.AGGRESSIVE_3, session.phaseOne()).add(hash),
                session.phaseOne(),
                null,
                impairment));
    return true;
  }

  /** Waits for the gateway to begin phase 1, and answers; null if it does not get through. */
  @Nullable Session respond() {
    Opened first =
        conversation.listen(
            (header, datagram) ->
                header.responderCookie().isZero() && isPhaseOne(header)
                    ? blank(header).open(datagram)
                    : null);
    if (first == null) {
      return null;
    }
    Session session = new Session(config, random, first.header().initiatorCookie(), newCookie());
    conversation.under(session);
    learn(first.chain());
    SecurityAssociation offer = first.chain().payload(SecurityAssociation.class).orElse(null);
    Optional<SecurityAssociation> answer =
        offer == null ? Optional.empty() : Payloads.phaseOneAnswer(config, offer);
    if (offer == null || answer.isEmpty()) {
      return null;
    }
    aggressive = first.header().exchangeType() == ExchangeType.AGGRESSIVE;
    boolean done =
        aggressive
            ? respondAggressive(session, offer, answer.get(), first.chain())
            : respondMain(session, offer, answer.get());
    return done ? session : null;
  }

  private Session blank(IsakmpHeader header) {
    return new Session(config, random, header.initiatorCookie(), Cookie.ZERO);
  }

  private static boolean isPhaseOne(IsakmpHeader header) {
    return header.exchangeType() == ExchangeType.IDENTITY_PROTECTION
        || header.exchangeType() == ExchangeType.AGGRESSIVE;
  }

  /** The sixth message is sent with {@link #lastOfMainMode}, since quick mode answers it. */
  private boolean respondMain(
      Session session, SecurityAssociation offer, SecurityAssociation answer) {
    Opened third =
        ask(
            session,
            Step.MAIN_MODE_2,
            List.of(answer, vendor(), fragments()),
            (header, chain) -> has(chain, KeyExchange.class) && has(chain, Nonce.class));
    if (third == null) {
      return false;
    }
    try (DhKeyPair pair = session.newPair(config.group())) {
      ByteString nonce = session.newNonce();
      if (!derive(session, Role.RESPONDER, pair, nonce, offer, third.chain())) {
        return false;
      }
      PhaseOneKeys keys = session.keys();
      return ask(
              session,
              Step.MAIN_MODE_4,
              List.of(new KeyExchange(pair.publicValue()), new Nonce(nonce)),
              (header, chain) -> header.isEncrypted() && isHash(chain, keys, Role.INITIATOR))
          != null;
    }
  }

  /** Sends main mode's sixth message; the first one of the gateway's quick mode answers it. */
  @Nullable Opened lastOfMainMode(Session session, PhaseTwoScript phaseTwo) {
    List<Payload> payloads = List.of(id, new Hash(ByteString.of(session.keys().hashR(id.body()))));
    return conversation.ask(
        Step.MAIN_MODE_6,
        session.phaseOne(),
        impairment ->
            session.seal(
                draft(session, Step.MAIN_MODE_6, payloads), session.phaseOne(), null, impairment),
        phaseTwo::first);
  }

  private boolean respondAggressive(
      Session session, SecurityAssociation offer, SecurityAssociation answer, PayloadChain first) {
    try (DhKeyPair pair = session.newPair(config.group())) {
      ByteString nonce = session.newNonce();
      if (!derive(session, Role.RESPONDER, pair, nonce, offer, first)) {
        return false;
      }
      PhaseOneKeys keys = session.keys();
      ByteString peersId = first.payload(Identification.class).orElseThrow().body();
      return ask(
              session,
              Step.AGGRESSIVE_2,
              List.of(
                  answer,
                  new KeyExchange(pair.publicValue()),
                  new Nonce(nonce),
                  id,
                  new Hash(ByteString.of(keys.hashR(id.body()))),
                  vendor(),
                  fragments()),
              (header, chain) ->
                  chain
                      .payload(Hash.class)
                      .filter(hash -> PhaseOneKeys.matches(keys.hashI(peersId), hash.data()))
                      .isPresent())
          != null;
    }
  }

  /** What the answer has to look like besides its exchange type and its cookies. */
  @FunctionalInterface
  private interface Looks {
    boolean test(IsakmpHeader header, PayloadChain chain);
  }

  private @Nullable Opened ask(Session session, Step step, List<Payload> payloads, Looks looks) {
    return conversation.ask(
        step,
        session.phaseOne(),
        impairment ->
            session.seal(draft(session, step, payloads), session.phaseOne(), null, impairment),
        (header, datagram) -> {
          boolean ours =
              header.exchangeType() == step.exchangeType()
                  && header.initiatorCookie().equals(session.initiatorCookie())
                  && (session.responderCookie().isZero()
                      || header.responderCookie().equals(session.responderCookie()));
          Opened opened = ours ? session.open(datagram, session.phaseOne()) : null;
          return opened != null && looks.test(opened.header(), opened.chain()) ? opened : null;
        });
  }

  private static MessageDraft draft(Session session, Step step, List<Payload> payloads) {
    MessageDraft draft = session.draft(step, session.phaseOne());
    payloads.forEach(draft::add);
    return draft;
  }

  private static boolean has(PayloadChain chain, Class<? extends Payload> kind) {
    return chain.payload(kind).isPresent();
  }

  private static boolean isHash(PayloadChain chain, PhaseOneKeys keys, Role of) {
    Optional<Identification> peers = chain.payload(Identification.class);
    Optional<Hash> hash = chain.payload(Hash.class);
    if (peers.isEmpty() || hash.isEmpty()) {
      return false;
    }
    ByteString body = peers.get().body();
    return PhaseOneKeys.matches(
        of == Role.INITIATOR ? keys.hashI(body) : keys.hashR(body), hash.get().data());
  }

  /** Both sides' values are there: makes the keys; false if the peer's value is not allowed. */
  private static boolean derive(
      Session session,
      Role own,
      DhKeyPair pair,
      ByteString nonce,
      SecurityAssociation offer,
      PayloadChain peers) {
    ByteString peersValue = peers.payload(KeyExchange.class).orElseThrow().data();
    ByteString peersNonce = peers.payload(Nonce.class).orElseThrow().data();
    boolean initiator = own == Role.INITIATOR;
    PhaseOneExchange said =
        new PhaseOneExchange(
            session.initiatorCookie(),
            session.responderCookie(),
            initiator ? pair.publicValue() : peersValue,
            initiator ? peersValue : pair.publicValue(),
            initiator ? nonce : peersNonce,
            initiator ? peersNonce : nonce,
            offer.body());
    try (Secret shared = pair.agree(peersValue)) {
      session.derive(said, shared);
      return true;
    } catch (MalformedPacketException e) {
      return false;
    }
  }

  private void learn(PayloadChain chain) {
    deadPeerDetection |=
        chain.payloads(VendorId.class).stream()
            .anyMatch(vendor -> KnownVendor.DEAD_PEER_DETECTION.matches(vendor.id()));
  }
}
