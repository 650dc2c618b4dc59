package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.ExchangeManager.Repeat;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.IkeOutput.MessageTrace;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One exchange: its message ID, its IV chain, what it has sent and received. */
final class Exchange {
  private final EngineContext context;
  private final IsakmpSa sa;
  private final int messageId;
  private final ExchangeName name;
  private final int messages;
  private final ExchangeHandler handler;
  private final List<ByteString> seen = new ArrayList<>(3);
  private final Retransmission retransmission;
  private ByteString iv = ByteString.EMPTY;

  /** Where the messages go if not along the ISAKMP SA's path. */
  private @Nullable UdpPath answerPath;

  private boolean finished;
  private boolean mayBeInClear;

  Exchange(
      EngineContext context,
      IsakmpSa sa,
      int messageId,
      ExchangeName name,
      int messages,
      ExchangeHandler handler) {
    this.context = context;
    this.sa = sa;
    this.messageId = messageId;
    this.name = name;
    this.messages = messages;
    this.handler = handler;
    this.retransmission = new Retransmission(context, this::transmit, handler::unanswered);
  }

  int messageId() {
    return messageId;
  }

  /** Whether messages of an exchange type belong to it. */
  boolean isOf(int exchangeType) {
    return ExchangeManager.typeOf(name) == exchangeType;
  }

  /** The next message may be in the clear, though there are keys. */
  void allowInClear() {
    mayBeInClear = true;
  }

  boolean isAllowedInClear() {
    return mayBeInClear;
  }

  ExchangeName name() {
    return name;
  }

  ExchangeHandler handler() {
    return handler;
  }

  /** The IV of the next message; empty as long as messages are in the clear. */
  ByteString iv() {
    return iv;
  }

  /** Messages are encrypted from now on. */
  void protect(ByteString firstIv) {
    iv = firstIv;
  }

  /** Messages go along this path, or along the ISAKMP SA's. */
  void answerAlong(@Nullable UdpPath path) {
    answerPath = path;
  }

  /** Whether a message was accepted. */
  boolean hasSeen(ByteString digest) {
    return seen.contains(digest);
  }

  /** Accepts a message as the exchange's next: the IV chain moves on, repeating stops. */
  void accept(Received message, int number) {
    if (!message.nextIv().isEmpty()) {
      iv = message.nextIv();
    }
    seen.add(message.digest());
    retransmission.answered();
    if (sa.isEstablished() && sa.nat().isPeerMovable()) {
      answerPath = message.path();
    }
    sa.exchanges().accepted(message);
    traceReceived(message, number);
  }

  void traceReceived(Received message, int number) {
    context.outbox.add(
        new IkeOutput.MessageReceived(
            trace(
                number,
                message.header(),
                context.fragments.countOf(message.digest()),
                message.chain().payloads())));
  }

  /**
   * Sends the exchange's next message. A responder whose peer has not yet answered with our cookie
   * repeats nothing by itself, whatever is asked for.
   */
  void send(int number, List<Payload> payloads, Repeat repeat, long nowNanos) {
    Repeat allowed = sa.exchanges().isAddressProven() ? repeat : Repeat.ON_DUPLICATE;
    retransmission.send(encode(number, payloads), allowed, nowNanos);
  }

  /** Sends the one message of an exchange that nobody answers. */
  void sendOnce(List<Payload> payloads) {
    transmit(encode(1, payloads), false);
  }

  /** There is little hope for an answer: the request is repeated once more at most. */
  void repeatOnceMore() {
    retransmission.repeatOnceMore();
  }

  /** Nothing more is sent: when the answer does not come in time, the exchange is over. */
  void repeatNoMore() {
    retransmission.repeatNoMore();
  }

  /** The exchange is over; it is remembered, so that a duplicate still gets its answer. */
  void finish() {
    finished = true;
    retransmission.stop();
  }

  /** What was sent last is not repeated by itself any more. */
  void stopRepeating() {
    retransmission.stop();
  }

  /** The exchange is over and forgotten. */
  void forget() {
    finish();
    sa.exchanges().forget(this);
  }

  boolean isFinished() {
    return finished;
  }

  /** A message that was accepted has come again. */
  void repeatAnswer(ByteString digest) {
    if (seen.get(seen.size() - 1).equals(digest)) {
      retransmission.repeatAnswer();
    }
  }

  private MessageSender.Message encode(int number, List<Payload> payloads) {
    PayloadChain chain = PayloadChain.of(payloads);
    boolean encrypted = !iv.isEmpty();
    MessageProtection.Encoded encoded = sa.exchanges().protection().encode(chain, iv);
    iv = encoded.nextIv();
    byte[] message = new byte[IsakmpHeader.LENGTH + encoded.body().length()];
    ByteBuf out = Unpooled.wrappedBuffer(message).writerIndex(0);
    IsakmpHeader header =
        new IsakmpHeader(
            sa.initiatorCookie(),
            sa.responderCookie(),
            chain.firstType(),
            ExchangeManager.typeOf(name),
            encrypted ? IsakmpHeader.FLAG_ENCRYPTION : 0,
            messageId,
            message.length);
    header.encode(out);
    encoded.body().write(out);
    return new MessageSender.Message(
        ByteString.of(message),
        trace(number, header, 1, payloads),
        sa.exchanges().sender().newFragmentId());
  }

  private boolean transmit(MessageSender.Message message, boolean repeated) {
    return sa.exchanges().sender().send(message, path(), repeated);
  }

  private UdpPath path() {
    UdpPath own = answerPath;
    return own == null ? sa.path() : own;
  }

  private MessageTrace trace(
      int number, IsakmpHeader header, int fragments, List<Payload> payloads) {
    return new MessageTrace(
        sa.peerName(),
        path().local(),
        path().remote(),
        name,
        number,
        messages,
        messageId,
        header.isEncrypted(),
        header.length(),
        false,
        TraceText.describe(payloads),
        fragments,
        TraceText.detail(context.config, header, payloads));
  }
}
