package dev.zuido.ike;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * IKEv1 for many peers, without sockets, threads or clocks.
 *
 * <p>After each call of a {@code handle} method the driver calls {@link #poll} until it returns
 * null, and carries out what it gets in that order. {@link #nextDeadline} then says when to call
 * {@link #handleTimeout}. Time never runs backwards. The engine belongs to one thread.
 *
 * <p>No bytes from the network make a method throw; a datagram that cannot be used comes out as
 * {@link IkeOutput.Dropped}.
 */
public final class IkeEngine {
  /** No timer is running. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The longest datagram that the engine sends: what the buffer of {@link #poll} must hold. */
  public static final int MAX_DATAGRAM_LENGTH = 8_192;

  private final EngineContext context;

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
    context = new EngineContext(config, secrets, jitter, inboundSpis, traffic);
  }

  /**
   * Handles a datagram that came to an ISAKMP port.
   *
   * @param datagram all readable bytes, borrowed for the call
   * @param local the address and port that it came to
   * @param remote the address and port that it came from
   */
  public void handle(ByteBuf datagram, Endpoint local, Endpoint remote, long nowNanos) {
    context.outbox.drop(DropReason.UNKNOWN_PEER, remote, "");
  }

  /** Handles a request or an answer of the driver. */
  public void handle(IkeCommand command, long nowNanos) {
    context.outbox.drop(DropReason.UNKNOWN_TARGET, null, "");
  }

  /** Takes the result of a task that {@link IkeOutput.Compute} gave out. */
  public void handle(ComputeResult result, long nowNanos) {
    context.computed(result, nowNanos);
  }

  /** Does what has fallen due. */
  public void handleTimeout(long nowNanos) {
    while (context.heap.expireOne(nowNanos)) {
      // Each turn expires one timer.
    }
  }

  /**
   * The next thing to do or to know, or null if there is none.
   *
   * @param out takes the bytes of an {@link IkeOutput.Transmit}; must have {@link
   *     #MAX_DATAGRAM_LENGTH} writable bytes, or be able to grow so far
   * @throws IllegalArgumentException if it has not
   */
  public @Nullable IkeOutput poll(ByteBuf out) {
    return context.outbox.poll(out);
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return context.heap.earliest();
  }

  /** What the engine holds. */
  public IkeSnapshot snapshot() {
    return new IkeSnapshot(List.of(), List.of());
  }

  /** What the engine has counted. */
  public IkeCounters counters() {
    return context.counters.snapshot();
  }
}
