package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.IkeOutput.MessageTrace;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges under one ISAKMP SA, from main mode (message ID 0) on. It alone owns message IDs,
 * IV chains, retransmission and duplicates.
 *
 * <p>A message changes nothing here until its handler has accepted it: only then the IV chain moves
 * on, so that a forged message cannot disturb it.
 */
final class ExchangeManager {
  private static final int MAX_REPEATED_ANSWERS = 32;
  private static final int MAIN_MODE_ID = 0;

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Map<Integer, Exchange> exchanges = new LinkedHashMap<>();
  private final MessageIds messageIds = new MessageIds();
  private @Nullable PhaseOneKeys keys;

  /** The last block of phase 1, from which each phase 2 exchange's first IV is made. */
  private ByteString lastPhaseOneBlock = ByteString.EMPTY;

  ExchangeManager(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
  }

  /** When a sent message is sent again. */
  enum Repeat {
    /** At intervals, until the peer's next message is accepted: a request. */
    TIMED,
    /** When the message that it answers comes again. */
    ON_DUPLICATE,
    /** Both: quick mode's second message. */
    TIMED_AND_ON_DUPLICATE
  }

  /** Opens main mode. */
  Exchange openMainMode(ExchangeHandler handler) {
    return open(MAIN_MODE_ID, ExchangeName.MAIN_MODE, 6, handler);
  }

  /** Opens a quick mode of our own, with an unused message ID. */
  Exchange openQuickMode(ExchangeHandler handler) {
    return openQuickMode(ownMessageId(), handler);
  }

  /** Opens a quick mode, with the message ID that the peer chose if it is the initiator. */
  Exchange openQuickMode(int messageId, ExchangeHandler handler) {
    Exchange exchange = open(messageId, ExchangeName.QUICK_MODE, 3, handler);
    exchange.iv = firstIv(messageId);
    return exchange;
  }

  private Exchange open(int messageId, ExchangeName name, int messages, ExchangeHandler handler) {
    Exchange exchange = new Exchange(messageId, name, messages, handler);
    exchanges.put(messageId, exchange);
    return exchange;
  }

  /** The exchange with a message ID, or null. */
  @Nullable Exchange find(int messageId) {
    return exchanges.get(messageId);
  }

  /** Whether there is room for another exchange; the oldest finished one is forgotten for it. */
  boolean makeRoom() {
    if (exchanges.size() < context.config.limits().exchangesPerIsakmpSa()) {
      return true;
    }
    for (Iterator<Exchange> all = exchanges.values().iterator(); all.hasNext(); ) {
      Exchange exchange = all.next();
      if (exchange.finished) {
        exchange.forgetTimers();
        all.remove();
        return true;
      }
    }
    return false;
  }

  /** Encrypts and decrypts with these keys from now on, beginning with phase 1's first IV. */
  void protect(PhaseOneKeys newKeys) {
    keys = newKeys;
    if (context.keyLog != IsakmpKeyLog.NONE) {
      byte[] cipherKey = newKeys.cipherKey().toArray();
      context.keyLog.isakmpKey(sa.initiatorCookie(), ByteString.of(cipherKey));
    }
    Exchange mainMode = exchanges.get(MAIN_MODE_ID);
    if (mainMode != null) {
      mainMode.iv = ByteString.of(newKeys.initialIv());
    }
  }

  /** Phase 1 is complete: its last block starts the IV chains of phase 2. */
  void startPhaseTwo() {
    Exchange mainMode = exchanges.get(MAIN_MODE_ID);
    if (mainMode != null) {
      lastPhaseOneBlock = mainMode.iv;
    }
  }

  private PhaseOneKeys keys() {
    PhaseOneKeys present = keys;
    if (present == null) {
      throw new AssertionError("no keys yet");
    }
    return present;
  }

  private int freshMessageId() {
    byte[] bytes = new byte[4];
    while (true) {
      context.secrets.nextBytes(bytes);
      int id = BigEndian.getInt(bytes, 0);
      if (id != MAIN_MODE_ID && !exchanges.containsKey(id) && !messageIds.contains(id)) {
        return id;
      }
    }
  }

  /** A message ID of our own, which is not to come back as the peer's. */
  private int ownMessageId() {
    int id = freshMessageId();
    remember(id);
    return id;
  }

  private void remember(int messageId) {
    messageIds.add(messageId);
    if (messageIds.isNearlyFull()) {
      sa.outgrown();
    }
  }

  /**
   * Takes the authentic first message of an exchange of the peer, unless it is a copy. That is told
   * by its message ID, which HASH(1) covers, and never by its bytes: not all of them are covered.
   */
  boolean takeFirst(Received message) {
    int messageId = message.header().messageId();
    boolean copy = messageIds.contains(messageId);
    if (copy || messageIds.isFull()) {
      context.outbox.drop(
          copy ? DropReason.DUPLICATE : DropReason.LIMIT,
          message.remote(),
          "message ID " + TraceText.spi(messageId));
      return false;
    }
    remember(messageId);
    return true;
  }

  private ByteString firstIv(int messageId) {
    return ByteString.of(keys().phaseTwoIv(lastPhaseOneBlock.toArray(), messageId));
  }

  /** A message of an exchange that is open or remembered. */
  void receive(
      Exchange exchange,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    if (exchange.seen.contains(digest)) {
      exchange.repeatAnswer(digest);
      context.outbox.drop(DropReason.DUPLICATE, path.remote(), exchange.name.toString());
      return;
    }
    if (exchange.finished) {
      context.outbox.drop(
          DropReason.UNEXPECTED_MESSAGE, path.remote(), "this " + exchange.name + " is complete");
      return;
    }
    Received message = decode(header, body, exchange.iv, digest, path);
    if (message == null) {
      if (header.isEncrypted() && !exchange.iv.isEmpty()) {
        exchange.handler.undecryptable(path, nowNanos);
      }
      return;
    }
    exchange.handler.receive(message, nowNanos);
  }

  /**
   * A message with a message ID that no exchange has, under the keys of phase 2; null if dropped.
   */
  @Nullable Received decodeFirst(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path) {
    return decode(header, body, firstIv(header.messageId()), digest, path);
  }

  private @Nullable Received decode(
      IsakmpHeader header, ByteBuf body, ByteString iv, ByteString digest, UdpPath path) {
    Endpoint remote = path.remote();
    boolean encrypted = header.isEncrypted();
    if (encrypted == iv.isEmpty() || header.isAuthenticationOnly()) {
      context.outbox.drop(DropReason.WRONG_PROTECTION, remote, "");
      return null;
    }
    try {
      if (!encrypted) {
        PayloadChain chain = PayloadChain.decode(header.nextPayload(), body);
        return new Received(header, chain, digest, ByteString.EMPTY, path);
      }
      byte[] ciphertext = ByteString.read(body, body.readableBytes()).toArray();
      if (!keys().cipher().isWholeBlocks(ciphertext.length)) {
        context.outbox.drop(DropReason.UNDECRYPTABLE, remote, "not whole cipher blocks");
        return null;
      }
      byte[] plain = keys().cipher().decrypt(keys().cipherKey(), iv.toArray(), ciphertext);
      PayloadChain chain = PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plain));
      ByteString nextIv = ByteString.of(keys().cipher().nextIv(ciphertext));
      return new Received(header, chain, digest, nextIv, path);
    } catch (MalformedPacketException e) {
      DropReason reason = encrypted ? DropReason.UNDECRYPTABLE : DropReason.MALFORMED;
      context.outbox.drop(reason, remote, e.getMessage());
      return null;
    }
  }

  /** Sends an informational message under the keys of phase 2, with its HASH(1). */
  void sendInformational(List<Payload> payloads) {
    int messageId = ownMessageId();
    Exchange exchange = new Exchange(messageId, ExchangeName.INFORMATIONAL, 1, new OneWay());
    exchange.iv = firstIv(messageId);
    exchange.transmit(exchange.encode(1, Hashes.withHash1(keys(), messageId, payloads)), false);
  }

  /**
   * Sends an informational message in the clear, where the message came from that it is about: for
   * errors before there are keys.
   */
  void sendInformationalInClear(List<Payload> payloads, UdpPath back) {
    Exchange exchange = new Exchange(freshMessageId(), ExchangeName.INFORMATIONAL, 1, new OneWay());
    exchange.answerPath = back;
    exchange.transmit(exchange.encode(1, payloads), false);
  }

  /**
   * The peer has refused a quick mode: the one of its SPI, or else the only one that we have begun.
   * Says whether there was one.
   */
  boolean refuse(Notification notification, long nowNanos) {
    List<QuickMode> open = new ArrayList<>();
    for (Exchange exchange : exchanges.values()) {
      if (!exchange.finished && exchange.handler instanceof QuickMode quickMode) {
        open.add(quickMode);
      }
    }
    boolean named = notification.spi().length() == 4;
    open.removeIf(
        quickMode ->
            named
                ? quickMode.ownSpi() != PhaseTwoOffer.spiOf(notification.spi())
                : !quickMode.isInitiator());
    if (open.size() != 1) {
      return false;
    }
    open.get(0).refusedByPeer(notification.notifyType(), nowNanos);
    return true;
  }

  /** The ISAKMP SA's path is the newest known: every message goes along it. */
  void pathChanged() {
    for (Exchange exchange : exchanges.values()) {
      exchange.answerPath = null;
    }
  }

  /** Ends every exchange and forgets it. */
  void close() {
    List<Exchange> all = new ArrayList<>(exchanges.values());
    exchanges.clear();
    for (Exchange exchange : all) {
      exchange.forgetTimers();
      if (!exchange.finished) {
        exchange.finished = true;
        exchange.handler.close();
      }
    }
    keys = null;
  }

  /** Identifies a datagram among those that were received. */
  static ByteString digestOf(ByteBuf datagram) {
    byte[] bytes = new byte[datagram.readableBytes()];
    datagram.getBytes(datagram.readerIndex(), bytes);
    return ByteString.of(IkeHash.SHA2_256.hash(bytes));
  }

  /** The timers of an exchange. */
  private enum Timer {
    REPEAT
  }

  /** What was sent last. */
  private record Sent(ByteString datagram, MessageTrace trace, Repeat repeat) {}

  /** Nobody answers an informational message. */
  private static final class OneWay implements ExchangeHandler {
    @Override
    public void receive(Received message, long nowNanos) {}

    @Override
    public void unanswered(long nowNanos) {}

    @Override
    public void close() {}
  }

  /** One exchange: its message ID, its IV chain, what it has sent and received. */
  final class Exchange {
    private final int messageId;
    private final ExchangeName name;
    private final int messages;
    private final ExchangeHandler handler;
    private final List<ByteString> seen = new ArrayList<>(3);
    private final Timers<Timer> timers =
        new Timers<>(context.heap, Timer.class, (timer, now) -> repeatRequest(now));
    private ByteString iv = ByteString.EMPTY;

    /** Where the messages go if not along the ISAKMP SA's path. */
    private @Nullable UdpPath answerPath;

    private @Nullable Sent last;
    private int transmissions;
    private int tries = context.config.retransmission().tries();
    private int repeatedAnswers;
    private boolean finished;

    private Exchange(int messageId, ExchangeName name, int messages, ExchangeHandler handler) {
      this.messageId = messageId;
      this.name = name;
      this.messages = messages;
      this.handler = handler;
    }

    int messageId() {
      return messageId;
    }

    /** Accepts a message as the exchange's next: the IV chain moves on, repeating stops. */
    void accept(Received message, int number) {
      if (!message.nextIv().isEmpty()) {
        iv = message.nextIv();
      }
      seen.add(message.digest());
      timers.clear(Timer.REPEAT);
      last = null;
      if (sa.isEstablished() && sa.nat().isPeerMovable()) {
        answerPath = message.path();
      }
      traceReceived(message, number);
    }

    void traceReceived(Received message, int number) {
      context.outbox.add(
          new IkeOutput.MessageReceived(
              trace(number, message.header(), message.chain().payloads())));
    }

    /** Sends the exchange's next message. */
    void send(int number, List<Payload> payloads, Repeat repeat, long nowNanos) {
      Sent sent = encode(number, payloads, repeat);
      last = sent;
      transmissions = 0;
      transmit(sent, false);
      if (repeat != Repeat.ON_DUPLICATE) {
        timers.set(Timer.REPEAT, nowNanos + context.config.retransmission().waitNanos(0));
      }
    }

    /** There is little hope for an answer: the request is repeated once more at most. */
    void repeatOnceMore() {
      tries = Math.min(tries, transmissions + 1);
    }

    /** The exchange is over; it is remembered, so that a duplicate still gets its answer. */
    void finish() {
      finished = true;
      timers.clear(Timer.REPEAT);
    }

    /** The exchange is over and forgotten. */
    void forget() {
      finish();
      exchanges.remove(messageId, this);
    }

    boolean isFinished() {
      return finished;
    }

    private void forgetTimers() {
      timers.clearAll();
    }

    private Sent encode(int number, List<Payload> payloads) {
      return encode(number, payloads, Repeat.ON_DUPLICATE);
    }

    private Sent encode(int number, List<Payload> payloads, Repeat repeat) {
      PayloadChain chain = PayloadChain.of(payloads);
      boolean encrypted = !iv.isEmpty();
      byte[] body = chain.toBytes();
      if (encrypted) {
        byte[] plain = chain.padded(keys().cipher().blockLength()).toBytes();
        body = keys().cipher().encrypt(keys().cipherKey(), iv.toArray(), plain);
        iv = ByteString.of(keys().cipher().nextIv(body));
      }
      byte[] datagram = new byte[IsakmpHeader.LENGTH + body.length];
      ByteBuf out = Unpooled.wrappedBuffer(datagram).writerIndex(0);
      IsakmpHeader header =
          new IsakmpHeader(
              sa.initiatorCookie(),
              sa.responderCookie(),
              chain.firstType(),
              exchangeType(),
              encrypted ? IsakmpHeader.FLAG_ENCRYPTION : 0,
              messageId,
              datagram.length);
      header.encode(out);
      out.writeBytes(body);
      return new Sent(ByteString.of(datagram), trace(number, header, payloads), repeat);
    }

    private int exchangeType() {
      return switch (name) {
        case MAIN_MODE -> ExchangeType.IDENTITY_PROTECTION;
        case QUICK_MODE -> ExchangeType.QUICK_MODE;
        case INFORMATIONAL -> ExchangeType.INFORMATIONAL;
      };
    }

    private UdpPath path() {
      UdpPath own = answerPath;
      return own == null ? sa.path() : own;
    }

    private MessageTrace trace(int number, IsakmpHeader header, List<Payload> payloads) {
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
          TraceText.detail(context.config, header, payloads));
    }

    private void transmit(Sent sent, boolean repeated) {
      context.outbox.transmit(path().local(), path().remote(), sent.datagram);
      sa.peer().sent(context.nowNanos());
      context.outbox.add(
          new IkeOutput.MessageSent(repeated ? sent.trace.asRepeated() : sent.trace));
    }

    private void repeatAnswer(ByteString digest) {
      Sent answer = last;
      boolean isLatest = seen.get(seen.size() - 1).equals(digest);
      if (answer != null
          && isLatest
          && answer.repeat != Repeat.TIMED
          && repeatedAnswers < MAX_REPEATED_ANSWERS) {
        repeatedAnswers++;
        context.counters.repeatedAnswers++;
        transmit(answer, true);
      }
    }

    private void repeatRequest(long nowNanos) {
      Sent request = last;
      if (request == null) {
        return;
      }
      if (transmissions >= tries) {
        handler.unanswered(nowNanos);
        return;
      }
      transmissions++;
      context.counters.retransmitted++;
      transmit(request, true);
      timers.set(Timer.REPEAT, nowNanos + context.config.retransmission().waitNanos(transmissions));
    }
  }
}
