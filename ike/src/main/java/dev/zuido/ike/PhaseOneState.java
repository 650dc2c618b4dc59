package dev.zuido.ike;

import dev.zuido.ike.crypto.PhaseOneKeys;

/**
 * What a machine of phase 1 waits for. Those that several machines have are here, the others with
 * their machine.
 */
interface PhaseOneState {
  /** Phase 1 ends: what is secret is wiped, and no task is waited for. */
  default void close(EngineContext context) {}

  /** Our key pair is being made. */
  record GeneratingKey(long task) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      context.cancel(task);
    }
  }

  /** The shared secret is being made. */
  record Agreeing(long task) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      context.cancel(task);
    }
  }

  /** Our signature is being made. */
  record Signing(PhaseOneKeys keys, long task) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      context.cancel(task);
      keys.close();
    }
  }

  /** The peer's signature is being verified. */
  record Verifying(PhaseOneKeys keys, long task) implements PhaseOneState {
    @Override
    public void close(EngineContext context) {
      context.cancel(task);
      keys.close();
    }
  }

  /** Phase 1 is complete, or has failed, or has not begun. */
  record Done() implements PhaseOneState {}
}
