package dev.zuido.router;

import dev.zuido.ospf.OspfStore;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a router needs from outside.
 *
 * @param secrets gives keys, cookies, nonces and SPIs
 * @param jitter gives what only has to be spread: timers
 * @param events is told what happens, on the thread that runs the router
 * @param keys is told the keys, or null
 * @param ospfStore remembers OSPF's cryptographic sequence numbers over restarts
 * @param computations runs the slow work of the key exchange (Diffie-Hellman), on threads of its
 *     own so that packets do not wait for it, and sees to it that {@link Router#process} is called
 *     after each; {@code Runnable::run} where nothing else is to be done meanwhile
 */
public record RouterEnvironment(
    SecureRandom secrets,
    RandomGenerator jitter,
    Consumer<RouterEvent> events,
    @Nullable KeyListener keys,
    OspfStore ospfStore,
    Executor computations) {
  /** An environment that remembers nothing when the process ends, and computes on the spot. */
  public RouterEnvironment(
      SecureRandom secrets,
      RandomGenerator jitter,
      Consumer<RouterEvent> events,
      @Nullable KeyListener keys) {
    this(secrets, jitter, events, keys, OspfStore.inMemory(), Runnable::run);
  }
}
