package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.testkit.ike.impairment.Session.Chain;
import dev.zuido.testkit.ike.impairment.Session.Hashing;
import dev.zuido.testkit.ike.impairment.Session.Opened;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Phase 2 of a script: quick mode in either role, a probe, and the end. */
final class PhaseTwoScript {
  private static final int SPI_LENGTH = 4;
  private static final int SEQUENCE = 1_000;
  private static final Hashing HASH_1 = (keys, id, afterHash) -> keys.hash1(id, afterHash);

  private final ScriptConfig config;
  private final Conversation conversation;
  private final Session session;
  private final ByteString spi;
  private boolean begun;

  PhaseTwoScript(ScriptConfig config, Conversation conversation, Session session) {
    this.config = config;
    this.conversation = conversation;
    this.session = session;
    byte[] bytes = session.randomBytes(SPI_LENGTH).toArray();
    bytes[0] |= 0x40;
    this.spi = ByteString.of(bytes);
  }

  /** Begins a quick mode; false if the gateway does not go along. */
  boolean initiate() {
    ScriptedChild child = config.child();
    begun = true;
    Chain chain = session.newChain();
    ByteString nonce = session.newNonce();
    List<Payload> payloads = new ArrayList<>();
    payloads.add(Payloads.phaseTwoOffer(child, spi));
    payloads.add(new Nonce(nonce));
    DhGroup group = child.pfsGroup();
    if (group != null) {
      payloads.add(new KeyExchange(session.newPair(group).publicValue()));
    }
    payloads.add(child.local());
    payloads.add(child.remote());
    Opened answer =
        conversation.ask(
            Step.QUICK_MODE_1,
            chain,
            impairment ->
                session.seal(draft(Step.QUICK_MODE_1, chain, payloads), chain, HASH_1, impairment),
            (header, datagram) ->
                open(header, datagram, chain, (keys, id, after) -> keys.hash2(id, nonce, after)));
    if (answer == null || answer.chain().payload(Nonce.class).isEmpty()) {
      return false;
    }
    ByteString peersNonce = answer.chain().payload(Nonce.class).get().data();
    conversation.tell(
        Step.QUICK_MODE_3,
        chain,
        impairment ->
            session.seal(
                draft(Step.QUICK_MODE_3, chain, List.of()),
                chain,
                (keys, id, after) -> keys.hash3(id, nonce, peersNonce),
                impairment));
    session.complete(chain);
    return true;
  }

  /** The first message of a quick mode of the gateway, if the datagram is one. */
  @Nullable Opened first(IsakmpHeader header, ByteString datagram) {
    return session.hasKeys() && header.exchangeType() == ExchangeType.QUICK_MODE
        ? open(header, datagram, session.chainOf(header.messageId()), HASH_1)
        : null;
  }

  /** Answers a quick mode of the gateway. */
  boolean respond(Opened first) {
    SecurityAssociation offer = first.chain().payload(SecurityAssociation.class).orElse(null);
    Nonce peersNonce = first.chain().payload(Nonce.class).orElse(null);
    if (offer == null || offer.proposals().isEmpty() || peersNonce == null) {
      return false;
    }
    Chain chain = session.chainOf(first.header().messageId());
    chain.advance(first.nextIv());
    begun = true;
    ByteString nonce = session.newNonce();
    List<Payload> payloads = new ArrayList<>();
    payloads.add(Payloads.phaseTwoAnswer(offer, spi));
    payloads.add(new Nonce(nonce));
    DhGroup group = config.child().pfsGroup();
    if (group != null && first.chain().payload(KeyExchange.class).isPresent()) {
      payloads.add(new KeyExchange(session.newPair(group).publicValue()));
    }
    payloads.addAll(first.chain().payloads(dev.zuido.ike.message.Identification.class));
    Opened third =
        conversation.ask(
            Step.QUICK_MODE_2,
            chain,
            impairment ->
                session.seal(
                    draft(Step.QUICK_MODE_2, chain, payloads),
                    chain,
                    (keys, id, after) -> keys.hash2(id, peersNonce.data(), after),
                    impairment),
            (header, datagram) ->
                open(
                    header,
                    datagram,
                    chain,
                    (keys, id, after) -> keys.hash3(id, peersNonce.data(), nonce)));
    session.complete(chain);
    return third != null;
  }

  /** Sends a probe; whether it was answered. */
  boolean probe() {
    Chain chain = session.newChain();
    Notification probe =
        Payloads.probe(
            NotifyType.R_U_THERE, session.initiatorCookie(), session.responderCookie(), SEQUENCE);
    Opened answer =
        conversation.ask(
            Step.PROBE,
            chain,
            impairment ->
                session.seal(draft(Step.PROBE, chain, List.of(probe)), chain, HASH_1, impairment),
            this::acknowledgement);
    return answer != null;
  }

  private @Nullable Opened acknowledgement(IsakmpHeader header, ByteString datagram) {
    if (header.exchangeType() != ExchangeType.INFORMATIONAL || !header.isEncrypted()) {
      return null;
    }
    Opened opened = session.open(datagram, session.chainOf(header.messageId()));
    return opened != null
            && opened.chain().payloads(Notification.class).stream()
                .anyMatch(n -> n.notifyType() == NotifyType.R_U_THERE_ACK)
        ? opened
        : null;
  }

  /** Deletes what was made, or may have been made as the gateway sees it. */
  void end() {
    if (begun) {
      tellDelete(Step.DELETE_CHILD, Payloads.deleteChild(spi));
    }
    tellDelete(
        Step.DELETE_PHASE_ONE,
        Payloads.deletePhaseOne(session.initiatorCookie(), session.responderCookie()));
  }

  private void tellDelete(Step step, Payload delete) {
    conversation.tellAlone(
        step,
        () -> {
          Chain chain = session.newChain();
          return impairment ->
              session.seal(draft(step, chain, List.of(delete)), chain, HASH_1, impairment);
        });
  }

  private MessageDraft draft(Step step, Chain chain, List<? extends Payload> payloads) {
    MessageDraft draft = session.draft(step, chain);
    payloads.forEach(draft::add);
    return draft;
  }

  /** A message of this exchange with the HASH that it has to have. */
  private @Nullable Opened open(
      IsakmpHeader header, ByteString datagram, Chain chain, Hashing hashing) {
    if (header.exchangeType() != ExchangeType.QUICK_MODE
        || header.messageId() != chain.messageId()
        || !header.isEncrypted()) {
      return null;
    }
    Opened opened = session.open(datagram, chain);
    return opened != null
            && Session.leads(
                opened.chain(),
                hashing.hash(session.keys(), chain.messageId(), Session.afterFirst(opened.chain())))
        ? opened
        : null;
  }
}
