package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.testkit.ike.impairment.Reaction.Answer;
import dev.zuido.testkit.ike.impairment.Session.Chain;
import dev.zuido.testkit.ike.impairment.Session.Opened;
import dev.zuido.testkit.ike.impairment.Session.Sealed;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one run of a script: sends them, one of them impaired, and listens.
 *
 * <p>After an impaired message that nobody answers the true one follows, so that a run shows both:
 * whether the gateway falls for the one, and whether it has been harmed for the other.
 */
final class Conversation {
  /** More datagrams than this are not listened to while one answer is awaited. */
  private static final int MAX_HEARD = 256;

  private final DatagramPath path;
  private final Carriage carriage;
  private final ScriptConfig config;
  private final RandomGenerator random;
  private final @Nullable Step at;
  private final @Nullable Impairment impairment;
  private final Set<ByteString> seen = new HashSet<>();
  private final List<String> said = new ArrayList<>();
  private boolean reached;
  private Answer answer = Answer.SILENCE;
  private @Nullable Session session;

  /** The IV if the gateway has taken an impaired message that nobody answers for the true one. */
  private byte @Nullable [] otherIv;

  Conversation(
      DatagramPath path,
      ScriptConfig config,
      RandomGenerator random,
      @Nullable Step at,
      @Nullable Impairment impairment) {
    this.path = path;
    this.carriage = new Carriage(path);
    this.config = config;
    this.random = random;
    this.at = at;
    this.impairment = impairment;
  }

  /** Makes a message, impaired or not; the same each time but for that. */
  @FunctionalInterface
  interface Outgoing {
    Sealed seal(@Nullable MessageImpairment impairment);
  }

  /** Recognises the message that is waited for. */
  @FunctionalInterface
  interface Expected {
    @Nullable Opened match(IsakmpHeader header, ByteString datagram);
  }

  /** Informational messages are read under this SA from now on. */
  void under(Session newSession) {
    session = newSession;
  }

  boolean isReached() {
    return reached;
  }

  Answer answer() {
    return answer;
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /** Sends a message and waits for its answer; null if there is none. */
  @Nullable Opened ask(Step step, Chain chain, Outgoing outgoing, Expected expected) {
    Sealed truth = outgoing.seal(null);
    byte[] before = chain.iv();
    if (step == at) {
      reached = true;
      chain.advance(sendImpaired(outgoing, truth).nextIv());
      Opened opened = listen(expected);
      if (opened != null) {
        answer = Answer.NEXT_MESSAGE;
        return accept(chain, opened);
      }
    }
    for (int i = 0; i < config.tries(); i++) {
      chain.restore(before);
      chain.advance(truth.nextIv());
      carriage.send(truth.datagram());
      Opened opened = listen(expected);
      if (opened != null) {
        return accept(chain, opened);
      }
    }
    return null;
  }

  /** The answer moves the chain on, unless it belongs to another exchange. */
  private static Opened accept(Chain chain, Opened opened) {
    if (opened.header().messageId() == chain.messageId()) {
      chain.advance(opened.nextIv());
    }
    return opened;
  }

  /**
   * Sends a message that nobody answers and that stands alone. Impaired, it is followed by the true
   * one as a message of its own, since the gateway may have taken the impaired one's message ID for
   * used.
   */
  void tellAlone(Step step, Supplier<Outgoing> outgoing) {
    if (step == at) {
      reached = true;
      Outgoing first = outgoing.get();
      sendImpaired(first, first.seal(null));
      listen((header, datagram) -> null);
    }
    carriage.send(outgoing.get().seal(null).datagram());
  }

  /** Sends a message that nobody answers. */
  void tell(Step step, Chain chain, Outgoing outgoing) {
    Sealed truth = outgoing.seal(null);
    if (step == at) {
      reached = true;
      ByteString nextIv = sendImpaired(outgoing, truth).nextIv();
      otherIv = nextIv.isEmpty() ? chain.iv() : nextIv.toArray();
      if (!carriage.holds()) {
        listen((header, datagram) -> null);
        carriage.send(truth.datagram());
      }
    } else {
      carriage.send(truth.datagram());
    }
    chain.advance(truth.nextIv());
  }

  /**
   * Goes on as if the gateway had taken the impaired message for the true one; false if there was
   * no such message, or if this was tried before.
   */
  boolean supposeTaken(Chain chain) {
    byte[] other = otherIv;
    otherIv = null;
    if (other != null) {
      chain.restore(other);
    }
    return other != null;
  }

  private Sealed sendImpaired(Outgoing outgoing, Sealed truth) {
    if (impairment instanceof MessageImpairment ofMessage) {
      Sealed impaired = outgoing.seal(ofMessage);
      carriage.send(impaired.datagram());
      return impaired;
    }
    if (impairment instanceof DatagramImpairment ofDatagram) {
      ofDatagram.action().send(truth.datagram(), carriage, random);
    }
    return truth;
  }

  /** Waits for a message. */
  @Nullable Opened listen(Expected expected) {
    for (int i = 0; i < MAX_HEARD; i++) {
      ByteString datagram = path.receive(config.waitNanos());
      if (datagram == null) {
        return null;
      }
      if (seen.add(datagram)) {
        Opened opened = read(datagram, expected);
        if (opened != null) {
          return opened;
        }
      }
    }
    return null;
  }

  private @Nullable Opened read(ByteString datagram, Expected expected) {
    try {
      IsakmpHeader header = IsakmpHeader.decode(Unpooled.wrappedBuffer(datagram.toArray()));
      Opened opened = expected.match(header, datagram);
      if (opened == null && header.exchangeType() == ExchangeType.INFORMATIONAL) {
        hear(header, datagram);
      }
      return opened;
    } catch (MalformedPacketException e) {
      note("bytes that are no message: " + e.getMessage());
      return null;
    }
  }

  private void hear(IsakmpHeader header, ByteString datagram) {
    Session present = session;
    Opened opened = null;
    if (present != null && (present.hasKeys() || !header.isEncrypted())) {
      Chain chain = present.hasKeys() ? present.chainOf(header.messageId()) : present.phaseOne();
      opened = present.open(datagram, chain);
    }
    if (present == null || opened == null) {
      note("an informational message that cannot be read");
      return;
    }
    for (Notification notification : opened.chain().payloads(Notification.class)) {
      note(NotifyType.nameOf(notification.notifyType()));
      if (notification.notifyType() == NotifyType.R_U_THERE
          && header.isEncrypted()
          && notification.data().length() == 4) {
        answerProbe(present, BigEndian.getInt(notification.data().toArray(), 0));
      }
    }
    for (Delete delete : opened.chain().payloads(Delete.class)) {
      note("delete " + ProtocolId.nameOf(delete.protocolId()));
    }
  }

  private void answerProbe(Session present, int sequence) {
    Chain chain = present.newChain();
    MessageDraft draft =
        present
            .draft(Step.PROBE, chain)
            .add(
                Payloads.probe(
                    NotifyType.R_U_THERE_ACK,
                    present.initiatorCookie(),
                    present.responderCookie(),
                    sequence));
    carriage.send(
        present
            .seal(draft, chain, (keys, id, afterHash) -> keys.hash1(id, afterHash), null)
            .datagram());
  }

  private void note(String text) {
    if (reached) {
      said.add(text);
      if (answer == Answer.SILENCE) {
        answer = Answer.INFORMED;
      }
    }
  }
}
