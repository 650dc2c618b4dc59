package dev.zuido.ike;

import io.netty.buffer.ByteBuf;

/**
 * Hears all that goes into an engine and all that comes out of it, in order: what a transcript is
 * written from. An engine has none unless it is given one. It is called on the engine's thread and
 * must not call the engine.
 *
 * <p>Whoever taps an engine can read every message in the clear once he knows the randomness that
 * the engine was given too.
 */
public interface EngineTap {
  /** Hears nothing. */
  EngineTap NONE = new EngineTap() {};

  /**
   * {@link IkeEngine#handle(ByteBuf, Endpoint, Endpoint, long)} was called; nothing is read yet.
   */
  default void datagram(ByteBuf datagram, Endpoint local, Endpoint remote, long nowNanos) {}

  /** {@link IkeEngine#handle(IkeCommand, long)} was called. */
  default void command(IkeCommand command, long nowNanos) {}

  /**
   * {@link IkeEngine#handle(ComputeResult, long)} was called.
   *
   * @param taskId {@link ComputeTask#id} of the task whose result it is
   */
  default void computed(long taskId, long nowNanos) {}

  /** {@link IkeEngine#handleTimeout} was called. */
  default void timeout(long nowNanos) {}

  /**
   * {@link IkeEngine#poll} gives an output.
   *
   * @param datagram of an {@link IkeOutput.Transmit} the bytes, the last readable ones; not to be
   *     moved
   */
  default void output(IkeOutput output, ByteBuf datagram) {}

  /**
   * {@link IkeEngine#poll} finds nothing more.
   *
   * @param nextDeadline {@link IkeEngine#nextDeadline}
   */
  default void drained(long nextDeadline) {}
}
