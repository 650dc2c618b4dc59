package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.Payload;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges under one ISAKMP SA, from phase 1 (message ID 0) on. It alone owns message IDs and
 * tells new messages from copies; an {@link Exchange} owns its IV chain and what it repeats.
 *
 * <p>A message changes nothing here until its handler has accepted it: only then the IV chain moves
 * on, so that a forged message cannot disturb it.
 */
final class ExchangeManager {
  private static final int MAIN_MODE_ID = 0;

  private final EngineContext context;
  private final IsakmpSa sa;
  private final Map<Integer, Exchange> exchanges = new LinkedHashMap<>();
  private final MessageIds messageIds = new MessageIds();
  private final MessageProtection protection;
  private final PeerAbilities abilities = new PeerAbilities();
  private final AddressBudget budget;
  private final MessageSender sender;
  private final FragmentBuffer fragments;

  /** Whether a person was told that the commit bit is ignored. */
  private boolean commitNoticed;

  ExchangeManager(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
    this.protection = new MessageProtection(context);
    this.budget = new AddressBudget(sa.isInitiator());
    this.sender = new MessageSender(context, sa, abilities, budget);
    this.fragments = new FragmentBuffer(context, sa);
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

  MessageProtection protection() {
    return protection;
  }

  MessageSender sender() {
    return sender;
  }

  /** What the peer has announced. */
  PeerAbilities abilities() {
    return abilities;
  }

  /** Whether somebody has answered with our cookie from where the first message came from. */
  boolean isAddressProven() {
    return budget.isProven();
  }

  /** The number of an exchange on the wire. */
  static int typeOf(ExchangeName name) {
    return switch (name) {
      case MAIN_MODE -> ExchangeType.IDENTITY_PROTECTION;
      case AGGRESSIVE_MODE -> ExchangeType.AGGRESSIVE;
      case NEW_GROUP_MODE -> ExchangeType.NEW_GROUP_MODE;
      case QUICK_MODE -> ExchangeType.QUICK_MODE;
      case INFORMATIONAL -> ExchangeType.INFORMATIONAL;
    };
  }

  /** Opens main mode. */
  Exchange openMainMode(ExchangeHandler handler) {
    sender.phaseOne(ExchangeType.IDENTITY_PROTECTION);
    return open(MAIN_MODE_ID, ExchangeName.MAIN_MODE, 6, handler);
  }

  /** Opens aggressive mode. */
  Exchange openAggressiveMode(ExchangeHandler handler) {
    sender.phaseOne(ExchangeType.AGGRESSIVE);
    return open(MAIN_MODE_ID, ExchangeName.AGGRESSIVE_MODE, 3, handler);
  }

  /** Opens a quick mode of our own, with an unused message ID. */
  Exchange openQuickMode(ExchangeHandler handler) {
    return openQuickMode(ownMessageId(), handler);
  }

  /** Opens a quick mode, with the message ID that the peer chose if it is the initiator. */
  Exchange openQuickMode(int messageId, ExchangeHandler handler) {
    Exchange exchange = open(messageId, ExchangeName.QUICK_MODE, 3, handler);
    exchange.protect(protection.firstIv(messageId));
    return exchange;
  }

  private Exchange open(int messageId, ExchangeName name, int messages, ExchangeHandler handler) {
    Exchange exchange = new Exchange(context, sa, messageId, name, messages, handler);
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
      if (exchange.isFinished()) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  /** Encrypts and decrypts with these keys from now on, beginning with phase 1's first IV. */
  void protect(PhaseOneKeys newKeys) {
    protection.use(newKeys);
    if (context.keyLog != IsakmpKeyLog.NONE) {
      byte[] cipherKey = newKeys.cipherKey().toArray();
      context.keyLog.isakmpKey(sa.initiatorCookie(), ByteString.of(cipherKey));
    }
    Exchange mainMode = exchanges.get(MAIN_MODE_ID);
    if (mainMode != null) {
      mainMode.protect(ByteString.of(newKeys.initialIv()));
    }
  }

  /** Phase 1 is complete: its last block starts the IV chains of phase 2. */
  void startPhaseTwo() {
    Exchange mainMode = exchanges.get(MAIN_MODE_ID);
    if (mainMode != null) {
      protection.startPhaseTwo(mainMode.iv());
    }
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
    confirmPhaseOne();
    sa.heardUnder(context.nowNanos());
    return true;
  }

  /** Phase 2 has come from the peer: what it needed for it need not be repeated any more. */
  private void confirmPhaseOne() {
    Exchange phaseOne = exchanges.get(MAIN_MODE_ID);
    if (phaseOne != null && phaseOne.isFinished()) {
      phaseOne.stopRepeating();
    }
  }

  /** A message of an exchange that is open or remembered. */
  void receive(
      Exchange exchange,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    budget.received(header.length());
    if (header.responderCookie().equals(sa.responderCookie())) {
      budget.prove();
    }
    if (exchange.hasSeen(digest)) {
      exchange.repeatAnswer(digest);
      context.outbox.drop(DropReason.DUPLICATE, path.remote(), exchange.name().toString());
      return;
    }
    if (exchange.isFinished()) {
      context.outbox.drop(
          DropReason.UNEXPECTED_MESSAGE, path.remote(), "this " + exchange.name() + " is complete");
      return;
    }
    boolean clear = exchange.isAllowedInClear() && !header.isEncrypted();
    ByteString iv = clear ? ByteString.EMPTY : exchange.iv();
    Received message = protection.decode(header, body, iv, digest, path);
    if (message != null) {
      exchange.handler().receive(message, nowNanos);
    } else if (header.isEncrypted() && !exchange.iv().isEmpty()) {
      exchange.handler().undecryptable(path, nowNanos);
    }
  }

  /**
   * A message with a message ID that no exchange has, under the keys of phase 2; null if dropped.
   */
  @Nullable Received decodeFirst(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path) {
    ByteString iv = protection.firstIv(header.messageId());
    return protection.decode(header, body, iv, digest, path);
  }

  /**
   * Takes a message that is a fragment; gives the message that is complete by it, or null.
   *
   * @throws MalformedPacketException if it is none
   */
  FragmentBuffer.@Nullable Whole reassemble(
      IsakmpHeader header, ByteBuf body, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    return fragments.add(header, body, path, nowNanos);
  }

  /** A handler has accepted a message. */
  void accepted(Received message) {
    if (message.header().messageId() == MAIN_MODE_ID) {
      abilities.learn(message.chain());
    } else {
      confirmPhaseOne();
    }
    if (message.header().isCommit() && !commitNoticed) {
      commitNoticed = true;
      context.outbox.add(
          new IkeOutput.Notice(
              sa.peerName(),
              "the peer sets the commit bit (nothing authenticates it): it is ignored, SAs are used as"
                  + " soon as they are negotiated"));
    }
  }

  /** The first message of an exchange was accepted that is not kept. */
  void acceptAlone(Received message, ExchangeName name, int messages) {
    Exchange exchange =
        new Exchange(context, sa, message.header().messageId(), name, messages, OneWay.INSTANCE);
    exchange.answerAlong(message.path());
    exchange.traceReceived(message, 1);
    accepted(message);
  }

  /** Sends an informational message under the keys of phase 2, with its HASH(1). */
  void sendInformational(List<Payload> payloads) {
    int messageId = ownMessageId();
    Exchange exchange = oneWay(messageId);
    exchange.protect(protection.firstIv(messageId));
    exchange.sendOnce(Hashes.withHash1(protection.keys(), messageId, payloads));
  }

  /**
   * Sends an informational message in the clear, where the message came from that it is about: for
   * errors before there are keys.
   */
  void sendInformationalInClear(List<Payload> payloads, UdpPath back) {
    Exchange exchange = oneWay(freshMessageId());
    exchange.answerAlong(back);
    exchange.sendOnce(payloads);
  }

  private Exchange oneWay(int messageId) {
    return new Exchange(context, sa, messageId, ExchangeName.INFORMATIONAL, 1, OneWay.INSTANCE);
  }

  /**
   * The peer has refused a quick mode: the one of its SPI, or else the only one that we have begun.
   * Says whether there was one.
   */
  boolean refuse(Notification notification, long nowNanos) {
    List<QuickMode> open = new ArrayList<>();
    for (Exchange exchange : exchanges.values()) {
      if (!exchange.isFinished() && exchange.handler() instanceof QuickMode quickMode) {
        open.add(quickMode);
      }
    }
    boolean named = notification.spi().length() == 4;
    open.removeIf(
        quickMode ->
            named
                ? !quickMode.isNamedBy(PhaseTwoOffer.spiOf(notification.spi()))
                : !quickMode.isInitiator());
    if (open.size() != 1) {
      return false;
    }
    open.get(0).refusedByPeer(notification.notifyType(), nowNanos);
    return true;
  }

  /** Whether an exchange is not over yet. */
  boolean isBusy() {
    return open() > 0;
  }

  /** How many exchanges are not over yet. */
  int open() {
    int open = 0;
    for (Exchange exchange : exchanges.values()) {
      open += exchange.isFinished() ? 0 : 1;
    }
    return open;
  }

  /** The ISAKMP SA's path is the newest known: every message goes along it. */
  void pathChanged() {
    for (Exchange exchange : exchanges.values()) {
      exchange.answerAlong(null);
    }
  }

  /** An exchange is over and forgotten. */
  void forget(Exchange exchange) {
    exchanges.remove(exchange.messageId(), exchange);
  }

  /** Ends every exchange and forgets it. */
  void close() {
    List<Exchange> all = new ArrayList<>(exchanges.values());
    exchanges.clear();
    for (Exchange exchange : all) {
      boolean open = !exchange.isFinished();
      exchange.finish();
      if (open) {
        exchange.handler().close();
      }
    }
    fragments.close();
    protection.close();
  }

  /** Identifies a datagram among those that were received. */
  static ByteString digestOf(ByteBuf datagram) {
    byte[] bytes = new byte[datagram.readableBytes()];
    datagram.getBytes(datagram.readerIndex(), bytes);
    return ByteString.of(IkeHash.SHA2_256.hash(bytes));
  }
}
