package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
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
  private final Dispatcher dispatcher;
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
    dispatcher = new Dispatcher(context, peers);
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
      dispatcher.dispatch(header, datagram, digest, new UdpPath(local, remote), nowNanos);
    } catch (MalformedPacketException e) {
      context.outbox.drop(DropReason.MALFORMED, remote, e.getMessage());
    }
    context.dynamicPeers.sweep();
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
    dispatcher.dispatchKept(nowNanos);
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
