package dev.zuido.ike;

import org.jspecify.annotations.Nullable;

/**
 * One side of the phase 1 of an ISAKMP SA (RFC 2409 sections 5.1 and 5.4). HASH stands for a
 * pre-shared key; with RSA signatures it is [CERT,] SIG instead. The last message of aggressive
 * mode may be encrypted, and ours is.
 *
 * <pre>
 *      main mode                                  aggressive mode
 *      Initiator                  Responder       Initiator                  Responder
 *  1   HDR, SA             --&gt;                    HDR, SA, KE, Ni, IDii --&gt;
 *  2                       &lt;--    HDR, SA                  &lt;-- HDR, SA, KE, Nr, IDir, HASH_R
 *  3   HDR, KE, Ni         --&gt;                    HDR[*], HASH_I        --&gt;
 *  4                       &lt;--    HDR, KE, Nr
 *  5   HDR*, IDii, HASH_I  --&gt;
 *  6                       &lt;--    HDR*, IDir, HASH_R
 * </pre>
 */
sealed interface PhaseOne extends ExchangeHandler
    permits MainModeInitiator, MainModeResponder, AggressiveModeInitiator, AggressiveModeResponder {
  /** The machine of an ISAKMP SA. */
  static PhaseOne of(EngineContext context, IsakmpSa sa) {
    if (sa.isAggressive()) {
      return sa.isInitiator()
          ? new AggressiveModeInitiator(context, sa)
          : new AggressiveModeResponder(context, sa);
    }
    return sa.isInitiator()
        ? new MainModeInitiator(context, sa)
        : new MainModeResponder(context, sa);
  }

  /** Begins, as initiator. */
  default void start(long nowNanos) {}

  /** IOS's word for the state. */
  String stateName();

  /** What is the probable cause if nothing more comes, or null. */
  @Nullable String hint();

  /** An error that the peer reported, which nothing authenticates. */
  void reported(int notifyType);

  /** Whether a pre-shared key has been used that may be another than the peer's. */
  boolean isKeyInDoubt();

  /** Whether no first message was accepted yet. */
  default boolean isUntouched() {
    return false;
  }

  /** Whether the peer's next message may come to port 4500, though the last came to 500. */
  default boolean mayFloat() {
    return false;
  }

  /**
   * Whether the peer may have completed phase 1, and we only verify its last message: so that what
   * it sends next may be here before we are done.
   */
  default boolean isCompleteForPeer() {
    return false;
  }

  /** What to say where decryption or HASH fail. */
  String KEY_DIFFERS = "the pre-shared key probably differs from the peer's";
}
