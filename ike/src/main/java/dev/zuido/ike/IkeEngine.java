package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * IKEv1 for many peers, without sockets, threads or clocks.
 *
 * <p>After each call of a {@code handle} method the driver calls {@link #poll} until it returns
 * null, and carries out what it gets in that order. {@link #nextDeadline} then says when to call
 * {@link #handleTimeout}. Time is nanoseconds from an origin of the driver's choice; it is never
 * negative and never runs backwards. The engine belongs to one thread.
 *
 * <p>No bytes from the network make a method throw; a datagram that cannot be used comes out as
 * {@link IkeOutput.Dropped}.
 */
public final class IkeEngine {
  /** No timer is running. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * The longest datagram that the engine sends or takes: what the buffer of {@link #poll} holds.
   */
  public static final int MAX_DATAGRAM_LENGTH = 8_192;

  private final EngineContext context;
  private final PeerTable peers;
  private final EngineTap tap;
  private boolean shutDown;

  /**
   * An engine without SAs.
   *
   * @param config the peers and the limits
   * @param secrets gives cookies, nonces, message IDs and private Diffie-Hellman values
   * @param jitter gives the random part of rekey times
   * @param inboundSpis gives the SPIs of inbound SAs
   * @param traffic knows when SAs last carried a packet
   */
  public IkeEngine(
      IkeConfig config,
      SecureRandom secrets,
      RandomGenerator jitter,
      SpiAllocator inboundSpis,
      TrafficClock traffic) {
    this(config, secrets, jitter, inboundSpis, traffic, IsakmpKeyLog.NONE);
  }

  /**
   * An engine without SAs, which tells its phase 1 keys.
   *
   * @param config the peers and the limits
   * @param secrets gives cookies, nonces, message IDs and private Diffie-Hellman values
   * @param jitter gives the random part of rekey times
   * @param inboundSpis gives the SPIs of inbound SAs
   * @param traffic knows when SAs last carried a packet
   * @param keyLog is told the keys
   */
  public IkeEngine(
      IkeConfig config,
      SecureRandom secrets,
      RandomGenerator jitter,
      SpiAllocator inboundSpis,
      TrafficClock traffic,
      IsakmpKeyLog keyLog) {
    this(config, secrets, jitter, inboundSpis, traffic, keyLog, EngineTap.NONE);
  }

  /**
   * An engine without SAs, which is tapped.
   *
   * @param config the peers and the limits
   * @param secrets gives cookies, nonces, message IDs and private Diffie-Hellman values
   * @param jitter gives the random part of rekey times
   * @param inboundSpis gives the SPIs of inbound SAs
   * @param traffic knows when SAs last carried a packet
   * @param keyLog is told the keys
   * @param tap hears all inputs and outputs
   */
  public IkeEngine(
      IkeConfig config,
      SecureRandom secrets,
      RandomGenerator jitter,
      SpiAllocator inboundSpis,
      TrafficClock traffic,
      IsakmpKeyLog keyLog,
      EngineTap tap) {
    this.tap = tap;
    context = new EngineContext(config, secrets, jitter, inboundSpis, traffic, keyLog);
    peers = new PeerTable(context);
  }

  /**
   * Handles a datagram that came to an ISAKMP port: 500, or 4500 with NAT traversal. What comes to
   * port 4500 begins with a non-ESP marker if it is for the engine (RFC 3948 section 2.2); the
   * engine takes it off, and puts one before what it sends from there.
   *
   * @param datagram all readable bytes of the UDP payload, borrowed for the call
   * @param local the address and port that it came to
   * @param remote the address and port that it came from
   */
  public void handle(ByteBuf datagram, Endpoint local, Endpoint remote, long nowNanos) {
    tap.datagram(datagram, local, remote, nowNanos);
    context.advance(nowNanos);
    context.counters.received++;
    if (shutDown) {
      context.outbox.drop(DropReason.SHUT_DOWN, remote, "");
      return;
    }
    if (datagram.readableBytes() > MAX_DATAGRAM_LENGTH) {
      context.outbox.drop(DropReason.LIMIT, remote, "a message of more than 8192 bytes");
      return;
    }
    if (NonEspMarker.isKeepalive(datagram)) {
      context.counters.drop(DropReason.NAT_KEEPALIVE);
      return;
    }
    if (NonEspMarker.isNeededAt(local) && !NonEspMarker.skip(datagram)) {
      context.outbox.drop(DropReason.ESP_IN_UDP, remote, "");
      return;
    }
    ByteString digest = ExchangeManager.digestOf(datagram);
    try {
      IsakmpHeader header = IsakmpHeader.decode(datagram);
      dispatch(header, datagram, digest, new UdpPath(local, remote), nowNanos);
    } catch (MalformedPacketException e) {
      context.outbox.drop(DropReason.MALFORMED, remote, e.getMessage());
    }
    context.dynamicPeers.sweep();
  }

  private void dispatch(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    Endpoint remote = path.remote();
    IsakmpSa sa = find(header, remote);
    String pathError = sa == null ? null : sa.pathError(path);
    if (pathError != null) {
      context.outbox.drop(DropReason.WRONG_PATH, remote, pathError);
      return;
    }
    if (sa == null && peers.candidates(path).isEmpty()) {
      context.outbox.drop(
          DropReason.UNKNOWN_PEER, remote, "our address is " + path.local().address());
      return;
    }
    if (header.nextPayload() == PayloadType.CISCO_FRAGMENT) {
      reassemble(sa, header, body, path, nowNanos);
      return;
    }
    switch (header.exchangeType()) {
      case ExchangeType.IDENTITY_PROTECTION, ExchangeType.AGGRESSIVE -> {
        if (sa == null && header.responderCookie().isZero()) {
          openPhaseOne(header, body, digest, path, nowNanos);
        } else {
          continuePhaseOne(sa, header, body, digest, path, nowNanos);
        }
      }
      case ExchangeType.QUICK_MODE, ExchangeType.NEW_GROUP_MODE ->
          phaseTwo(sa, header, body, digest, path, nowNanos);
      case ExchangeType.INFORMATIONAL -> {
        if (header.isEncrypted()) {
          phaseTwo(sa, header, body, digest, path, nowNanos);
        } else {
          PayloadChain chain = PayloadChain.decode(header.nextPayload(), body);
          Informational.receiveInClear(context, sa, chain, remote);
        }
      }
      default ->
          context.outbox.drop(
              DropReason.UNSUPPORTED_EXCHANGE, remote, ExchangeType.nameOf(header.exchangeType()));
    }
  }

  /** A fragment, which may make a message complete. */
  private void reassemble(
      @Nullable IsakmpSa sa, IsakmpHeader header, ByteBuf body, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    if (sa == null) {
      context.outbox.drop(DropReason.UNKNOWN_COOKIES, path.remote(), "a fragment");
      return;
    }
    FragmentBuffer.Whole whole = sa.exchanges().reassemble(header, body, path, nowNanos);
    if (whole != null) {
      ByteBuf message = whole.message();
      dispatch(IsakmpHeader.decode(message), message, whole.digest(), path, nowNanos);
    }
  }

  /** The SA of a message's cookies; in phase 1 also by the initiator's cookie alone. */
  private @Nullable IsakmpSa find(IsakmpHeader header, Endpoint remote) {
    IsakmpSa sa = peers.registry().find(header.initiatorCookie(), header.responderCookie());
    if (sa != null || header.exchangeType() == ExchangeType.QUICK_MODE) {
      return sa;
    }
    IsakmpSa first = peers.registry().findFirst(remote.address(), header.initiatorCookie());
    if (first == null) {
      return null;
    }
    boolean unanswered = first.isInitiator() && first.responderCookie().isZero();
    boolean repeatedFirst = !first.isInitiator() && header.responderCookie().isZero();
    return unanswered || repeatedFirst ? first : null;
  }

  /** A first message: it opens a half-open SA, and disturbs nothing else. */
  private void openPhaseOne(
      IsakmpHeader header, ByteBuf body, ByteString digest, UdpPath path, long nowNanos)
      throws MalformedPacketException {
    if (header.initiatorCookie().isZero() || header.messageId() != 0) {
      context.outbox.drop(DropReason.BAD_VALUE, path.remote(), "a first message without a cookie");
      return;
    }
    boolean aggressive = header.exchangeType() == ExchangeType.AGGRESSIVE;
    PeerConfig config =
        aggressive ? callerOfAggressiveMode(header, body, path) : peers.candidates(path).get(0);
    if (config == null) {
      return;
    }
    if (path.isFloated() && !config.natTraversal().enabled()) {
      context.outbox.drop(
          DropReason.WRONG_PATH, path.remote(), "NAT traversal is off for " + config.name());
      return;
    }
    Peer peer = peers.calling(config, path);
    IsakmpSa sa =
        IsakmpSa.respond(context, peer, aggressive, header.initiatorCookie(), path, nowNanos);
    continuePhaseOne(sa, header, body, digest, path, nowNanos);
    sa.enterIfAnswered();
  }

  /**
   * Who calls in aggressive mode: of those who may call from there and use it, the one that the
   * identity fits. Null if the message was dropped, to which nothing is answered.
   */
  private @Nullable PeerConfig callerOfAggressiveMode(
      IsakmpHeader header, ByteBuf body, UdpPath path) throws MalformedPacketException {
    List<PeerConfig> candidates = new ArrayList<>(peers.candidates(path));
    candidates.removeIf(each -> each.options().aggressiveMode() == AggressiveMode.OFF);
    if (candidates.isEmpty()) {
      context.outbox.drop(
          DropReason.AGGRESSIVE_MODE_OFF,
          path.remote(),
          "its answer would show a hash by which a weak pre-shared key is found");
      return null;
    }
    if (header.isEncrypted()) {
      context.outbox.drop(DropReason.WRONG_PROTECTION, path.remote(), "");
      return null;
    }
    PayloadChain chain = PayloadChain.decode(header.nextPayload(), body.duplicate());
    Optional<String> violation = MessageRule.AGGRESSIVE_OFFER.violation(chain);
    if (violation.isPresent()) {
      context.outbox.drop(DropReason.BAD_PAYLOADS, path.remote(), violation.get());
      return null;
    }
    Identity identity = chain.payload(Identification.class).orElseThrow().identity();
    PeerConfig caller = Templates.claimed(candidates, null, identity);
    if (caller == null) {
      context.outbox.drop(
          DropReason.WRONG_IDENTITY,
          path.remote(),
          "no peer that may use aggressive mode is " + SelectorPayloads.describe(identity));
    }
    return caller;
  }

  private void continuePhaseOne(
      @Nullable IsakmpSa sa,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    Exchange exchange = sa == null ? null : sa.exchanges().find(0);
    String type =
        header.exchangeType() == ExchangeType.AGGRESSIVE ? "aggressive mode" : "main mode";
    if (sa == null) {
      context.outbox.drop(DropReason.UNKNOWN_COOKIES, path.remote(), type);
    } else if (exchange == null
        || header.messageId() != 0
        || !exchange.isOf(header.exchangeType())) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, path.remote(), type);
    } else {
      sa.exchanges().receive(exchange, header, body, digest, path, nowNanos);
    }
  }

  private void phaseTwo(
      @Nullable IsakmpSa sa,
      IsakmpHeader header,
      ByteBuf body,
      ByteString digest,
      UdpPath path,
      long nowNanos) {
    Endpoint remote = path.remote();
    if (sa == null) {
      context.outbox.drop(
          DropReason.UNKNOWN_COOKIES,
          remote,
          "phase 2 under an ISAKMP SA that is not here: the peer may still have one from before a"
              + " restart");
      return;
    }
    if (sa.phaseOne() instanceof MainModeInitiator initiator
        && header.exchangeType() == ExchangeType.INFORMATIONAL
        && initiator.informed(header, body, digest, path, nowNanos)) {
      return;
    }
    if (!sa.isEstablished() || header.messageId() == 0) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, remote, "phase 2 before its time");
      return;
    }
    Exchange exchange = sa.exchanges().find(header.messageId());
    if (exchange != null && !exchange.isOf(header.exchangeType())) {
      context.outbox.drop(DropReason.UNEXPECTED_MESSAGE, remote, "another type of exchange");
      return;
    }
    if (exchange != null) {
      sa.exchanges().receive(exchange, header, body, digest, path, nowNanos);
      return;
    }
    ExchangeHandler.Received first = sa.exchanges().decodeFirst(header, body, digest, path);
    if (first == null) {
      return;
    }
    if (header.exchangeType() == ExchangeType.QUICK_MODE) {
      QuickModeResponder.begin(context, sa, first, nowNanos);
    } else if (header.exchangeType() == ExchangeType.NEW_GROUP_MODE) {
      NewGroupMode.receive(context, sa, first, nowNanos);
    } else {
      sa.peer().informational().receive(sa, first, nowNanos);
    }
  }

  /** Handles a request or an answer of the driver. */
  public void handle(IkeCommand command, long nowNanos) {
    tap.command(command, nowNanos);
    context.advance(nowNanos);
    if (shutDown) {
      context.outbox.drop(DropReason.SHUT_DOWN, null, command.toString());
    } else if (command instanceof IkeCommand.SaInstalled answer) {
      context.installed(answer.saId(), null, nowNanos);
    } else if (command instanceof IkeCommand.SaRefused answer) {
      context.installed(answer.saId(), answer.reason(), nowNanos);
    } else if (command instanceof IkeCommand.Shutdown) {
      shutDown(nowNanos);
    } else if (!peers.handle(command, nowNanos)) {
      context.outbox.drop(DropReason.UNKNOWN_TARGET, null, command.toString());
    }
    context.dynamicPeers.sweep();
  }

  private void shutDown(long nowNanos) {
    for (Peer peer : peers.all()) {
      peer.removeEverything(EndReason.TERMINATED, nowNanos);
    }
    peers.registry().closeHalfOpen();
    context.cancelAll();
    shutDown = true;
  }

  /** Takes the result of a task that {@link IkeOutput.Compute} gave out. */
  public void handle(ComputeResult result, long nowNanos) {
    tap.computed(result.taskId(), nowNanos);
    context.advance(nowNanos);
    context.computed(result, nowNanos);
    context.dynamicPeers.sweep();
  }

  /** Does what has fallen due. */
  public void handleTimeout(long nowNanos) {
    tap.timeout(nowNanos);
    context.advance(nowNanos);
    while (context.heap.expireOne(nowNanos)) {
      // Each turn expires one timer, and may set others.
    }
    context.dynamicPeers.sweep();
  }

  /**
   * The next thing to do or to know, or null if there is none.
   *
   * @param out takes the bytes of an {@link IkeOutput.Transmit}; must have {@link
   *     #MAX_DATAGRAM_LENGTH} writable bytes, or be able to grow so far
   * @throws IllegalArgumentException if it has not
   */
  public @Nullable IkeOutput poll(ByteBuf out) {
    IkeOutput output = context.outbox.poll(out);
    if (output == null) {
      tap.drained(nextDeadline());
    } else {
      tap.output(output, out);
    }
    return output;
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return context.heap.earliest();
  }

  /** What the engine holds. */
  public IkeSnapshot snapshot() {
    return peers.snapshot();
  }

  /** How much of everything the engine holds. */
  Holdings holdings() {
    return Holdings.of(context, peers);
  }

  /** The machines, for tests that play a peer which knows the keys. */
  PeerTable peers() {
    return peers;
  }

  /** What the machines share, for tests that look at what is kept. */
  EngineContext context() {
    return context;
  }

  /** What the engine has counted. */
  public IkeCounters counters() {
    return context.counters.snapshot();
  }
}
