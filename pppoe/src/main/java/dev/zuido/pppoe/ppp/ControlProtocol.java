package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that negotiates options by RFC 1661's automaton: LCP, IPCP or IPv6CP.
 *
 * <p>It has what is the same for all: identifiers, the checks of replies (section 5), and an end to
 * negotiations that do not converge (section 4.5). {@link RequestReview} answers requests.
 */
final class ControlProtocol implements Automaton.Actions {
  /** What is above and below the protocol. */
  interface Layer {
    /** A state was entered. */
    void entered(AutomatonState state, long now);

    /** This-Layer-Up. */
    void up(long now);

    /** This-Layer-Down. */
    void down(long now);

    /** This-Layer-Finished. */
    void finished(long now);

    /** Nothing is left on which to agree; called outside of a transition. */
    void disagreed(Disagreement why, long now);

    /** A Terminate-Request has come, and the automaton will take it. */
    default void terminating(ByteString message) {}

    /** The peer rejects a code that is fundamental, and the automaton will take it. */
    default void rejectsCode(int code) {}

    /** Handles a packet whose code is none of the seven; false if the code is not known. */
    default boolean handle(ControlPacket packet, long now) {
      return false;
    }

    /** The peer does not know a code beyond the seven. */
    default void stopSending(int code) {}
  }

  private static final int FUNDAMENTAL_CODES = ControlCode.CODE_REJECT;

  private final Core core;
  private final int protocol;
  private final OptionNegotiator negotiator;
  private final Layer layer;
  private final PppTimers timers;
  private final Automaton automaton;
  private final RequestReview review;

  private int identifier;
  private int requestIdentifier;
  private ByteString request = ByteString.EMPTY;
  private List<ConfigurationOption> requested = List.of();
  private boolean unanswered;
  private boolean negotiating;
  private int terminateIdentifier = -1;
  private int refusalsTaken;
  private int beginnings;
  private long beginningsSince;

  /** What the packet that is being handled is answered with. */
  private @Nullable ControlPacket reply;

  ControlProtocol(Core core, int protocol, OptionNegotiator negotiator, Layer layer) {
    this(core, protocol, negotiator, layer, Automaton.Options.NONE);
  }

  ControlProtocol(
      Core core,
      int protocol,
      OptionNegotiator negotiator,
      Layer layer,
      Automaton.Options options) {
    this.core = core;
    this.protocol = protocol;
    this.negotiator = negotiator;
    this.layer = layer;
    this.timers = core.config.timers();
    this.review = new RequestReview(negotiator, timers);
    this.automaton = new Automaton(timers, options, this);
  }

  AutomatonState state() {
    return automaton.state();
  }

  boolean isOpened() {
    return automaton.state() == AutomatonState.OPENED;
  }

  /** Whether an Up has come and no Down since. */
  boolean isLowerUp() {
    return automaton.state().compareTo(AutomatonState.CLOSED) >= 0;
  }

  long deadline() {
    return automaton.deadline();
  }

  void timeout(long now) {
    automaton.timeout(now);
  }

  /** An event that is no packet. */
  void fire(AutomatonEvent event, long now) {
    automaton.fire(event, now);
  }

  /** A fresh identifier for a packet of this protocol. */
  int nextIdentifier() {
    identifier = identifier + 1 & 0xff;
    return identifier;
  }

  /** Takes a packet in. */
  void handle(ControlPacket packet, long now) {
    if (!isLowerUp()) {
      core.drop(PppDropReason.WRONG_PHASE);
      return;
    }
    try {
      switch (packet.code()) {
        case ControlCode.CONFIGURE_REQUEST -> configureRequest(packet, now);
        case ControlCode.CONFIGURE_ACK -> configureAck(packet, now);
        case ControlCode.CONFIGURE_NAK, ControlCode.CONFIGURE_REJECT ->
            configureRefused(packet, now);
        case ControlCode.TERMINATE_REQUEST -> terminateRequest(packet, now);
        case ControlCode.TERMINATE_ACK -> automaton.fire(AutomatonEvent.TERMINATE_ACK, now);
        case ControlCode.CODE_REJECT -> codeReject(packet, now);
        default -> {
          if (!layer.handle(packet, now)) {
            unknownCode(packet, now);
          }
        }
      }
    } catch (MalformedPacketException malformed) {
      core.drop(PppDropReason.MALFORMED);
    }
  }

  private void configureRequest(ControlPacket packet, long now) throws MalformedPacketException {
    List<ConfigurationOption> options = ConfigurationOption.decodeAll(packet.data());
    switch (automaton.state()) {
      case CLOSED, CLOSING, STOPPING -> {
        reply = new ControlPacket(ControlCode.TERMINATE_ACK, packet.identifier(), ByteString.EMPTY);
        automaton.fire(AutomatonEvent.GOOD_REQUEST, now);
        return;
      }
      case STOPPED -> begin();
      case OPENED -> {
        if (!mayBeginAgain(now)) {
          core.drop(PppDropReason.TOO_OFTEN);
          return;
        }
        begin();
      }
      default -> {}
    }
    ControlPacket answer = review.answer(packet, options);
    if (answer == null) {
      Disagreement why = review.disagreement();
      layer.disagreed(why == null ? negotiator.stalemate() : why, now);
      return;
    }
    reply = answer;
    boolean good = answer.code() == ControlCode.CONFIGURE_ACK;
    automaton.fire(good ? AutomatonEvent.GOOD_REQUEST : AutomatonEvent.BAD_REQUEST, now);
  }

  private boolean disagrees(long now) {
    Disagreement disagreement = negotiator.disagreement();
    if (disagreement == null) {
      return false;
    }
    layer.disagreed(disagreement, now);
    return true;
  }

  private void configureAck(ControlPacket packet, long now) {
    if (!answers(packet) || !packet.data().equals(request)) {
      core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
      return;
    }
    unanswered = false;
    refusalsTaken = 0;
    if (isNegotiating()) {
      negotiator.acknowledged();
      if (disagrees(now)) {
        return;
      }
    }
    answered(packet, AutomatonEvent.ACK, now);
  }

  private void configureRefused(ControlPacket packet, long now) throws MalformedPacketException {
    List<ConfigurationOption> options = ConfigurationOption.decodeAll(packet.data());
    boolean reject = packet.code() == ControlCode.CONFIGURE_REJECT;
    if (!answers(packet) || options.isEmpty() || (reject && !isPartOfRequest(options))) {
      core.drop(PppDropReason.UNEXPECTED_IDENTIFIER);
      return;
    }
    unanswered = false;
    if (isNegotiating()) {
      if (reject) {
        negotiator.rejected(options);
      } else {
        negotiator.naked(options);
      }
      if (disagrees(now)) {
        return;
      }
      refusalsTaken++;
      if (refusalsTaken > timers.maxFailure() + timers.maxConfigure()) {
        layer.disagreed(negotiator.stalemate(), now);
        return;
      }
    }
    answered(packet, AutomatonEvent.NAK, now);
  }

  private void answered(ControlPacket packet, AutomatonEvent event, long now) {
    reply = new ControlPacket(ControlCode.TERMINATE_ACK, packet.identifier(), ByteString.EMPTY);
    automaton.fire(event, now);
  }

  /**
   * Whether a packet answers our last request, and is the first that does: a second copy of an
   * answer is "out of sequence" and must not tear an open link down (section 4.3, RCA).
   */
  private boolean answers(ControlPacket packet) {
    return unanswered && packet.identifier() == requestIdentifier;
  }

  private boolean isPartOfRequest(List<ConfigurationOption> options) {
    int matched = 0;
    for (ConfigurationOption option : requested) {
      if (matched < options.size() && option.equals(options.get(matched))) {
        matched++;
      }
    }
    return matched == options.size();
  }

  private void terminateRequest(ControlPacket packet, long now) {
    reply = new ControlPacket(ControlCode.TERMINATE_ACK, packet.identifier(), ByteString.EMPTY);
    layer.terminating(packet.data());
    automaton.fire(AutomatonEvent.TERMINATE_REQUEST, now);
  }

  private void codeReject(ControlPacket packet, long now) throws MalformedPacketException {
    if (packet.data().isEmpty()) {
      core.drop(PppDropReason.MALFORMED);
      return;
    }
    int code = packet.data().byteAt(0) & 0xff;
    if (code >= ControlCode.CONFIGURE_REQUEST && code <= FUNDAMENTAL_CODES) {
      layer.rejectsCode(code);
      automaton.fire(AutomatonEvent.REJECT_CATASTROPHIC, now);
    } else {
      layer.stopSending(code);
      automaton.fire(AutomatonEvent.REJECT_PERMITTED, now);
    }
  }

  private void unknownCode(ControlPacket packet, long now) {
    byte[] bytes = new byte[packet.encodedLength()];
    bytes[0] = (byte) packet.code();
    bytes[1] = (byte) packet.identifier();
    bytes[2] = (byte) (bytes.length >>> 8);
    bytes[3] = (byte) bytes.length;
    System.arraycopy(packet.data().toArray(), 0, bytes, 4, packet.data().length());
    int room = core.largestInformation() - ControlPacket.HEADER_LENGTH;
    reply =
        new ControlPacket(
            ControlCode.CODE_REJECT,
            nextIdentifier(),
            ByteString.of(bytes, 0, Math.min(bytes.length, room)));
    automaton.fire(AutomatonEvent.UNKNOWN_CODE, now);
  }

  /** Fires an event whose action may be to send a packet. */
  void fire(AutomatonEvent event, ControlPacket answer, long now) {
    reply = answer;
    automaton.fire(event, now);
  }

  @Override
  public void entered(AutomatonState state, long now) {
    if (!isNegotiating()) {
      negotiating = false;
    }
    layer.entered(state, now);
  }

  @Override
  public void act(AutomatonAction action, long now) {
    switch (action) {
      case TLU -> layer.up(now);
      case TLD -> layer.down(now);
      case TLF -> layer.finished(now);
      case SCR -> sendRequest();
      case STR -> sendTerminateRequest();
      case SCA, SCN, STA, SCJ, SER -> sendReply();
      case TLS, IRC, ZRC -> {}
    }
  }

  /**
   * Whether a request may take an open protocol back to its negotiation: Max-Configure times within
   * a Restart timer. Each such request is answered with a request of our own, so that on a line
   * that doubles packets two sides would otherwise send each other ever more of them.
   */
  private boolean mayBeginAgain(long now) {
    if (now - beginningsSince >= timers.restartNanos()) {
      beginningsSince = now;
      beginnings = 0;
    }
    beginnings++;
    return beginnings <= timers.maxConfigure();
  }

  private boolean isNegotiating() {
    return switch (automaton.state()) {
      case REQ_SENT, ACK_RCVD, ACK_SENT -> true;
      default -> false;
    };
  }

  private void begin() {
    negotiating = true;
    terminateIdentifier = -1;
    unanswered = false;
    review.begin();
    refusalsTaken = 0;
    negotiator.begin();
  }

  private void sendRequest() {
    if (!negotiating) {
      begin();
    }
    requested = List.copyOf(negotiator.request());
    ByteString options = ConfigurationOption.encodeAll(requested);
    if (!unanswered || !options.equals(request)) {
      requestIdentifier = nextIdentifier();
    }
    request = options;
    unanswered = true;
    core.send(
        protocol, new ControlPacket(ControlCode.CONFIGURE_REQUEST, requestIdentifier, request));
  }

  private void sendTerminateRequest() {
    if (terminateIdentifier < 0) {
      terminateIdentifier = nextIdentifier();
    }
    core.send(
        protocol,
        new ControlPacket(ControlCode.TERMINATE_REQUEST, terminateIdentifier, ByteString.EMPTY));
  }

  private void sendReply() {
    ControlPacket packet = reply;
    if (packet != null) {
      reply = null;
      core.send(protocol, packet);
    }
  }
}
