package dev.zuido.router;

import dev.zuido.ospf.OspfStore;
import java.security.SecureRandom;
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
 * @param certificates has the files of trustpoints
 * @param computations does the slow work of the key exchange
 * @param ikeDiagnostics what is told of the key exchange
 * @param pppDiagnostics what is told of the access lines
 */
public record RouterEnvironment(
    SecureRandom secrets,
    RandomGenerator jitter,
    Consumer<RouterEvent> events,
    @Nullable KeyListener keys,
    OspfStore ospfStore,
    CertificateFiles certificates,
    Computations computations,
    IkeDiagnostics ikeDiagnostics,
    PppDiagnostics pppDiagnostics) {
  /** An environment told no more of the access lines than their events. */
  public RouterEnvironment(
      SecureRandom secrets,
      RandomGenerator jitter,
      Consumer<RouterEvent> events,
      @Nullable KeyListener keys,
      OspfStore ospfStore,
      CertificateFiles certificates,
      Computations computations,
      IkeDiagnostics ikeDiagnostics) {
    this(
        secrets,
        jitter,
        events,
        keys,
        ospfStore,
        certificates,
        computations,
        ikeDiagnostics,
        PppDiagnostics.NONE);
  }

  /** An environment without certificates, told no more of the key exchange than its events. */
  public RouterEnvironment(
      SecureRandom secrets,
      RandomGenerator jitter,
      Consumer<RouterEvent> events,
      @Nullable KeyListener keys,
      OspfStore ospfStore,
      Computations computations) {
    this(
        secrets,
        jitter,
        events,
        keys,
        ospfStore,
        CertificateFiles.NONE,
        computations,
        IkeDiagnostics.NONE);
  }

  /** An environment that remembers nothing, has no certificates and computes on the spot. */
  public RouterEnvironment(
      SecureRandom secrets,
      RandomGenerator jitter,
      Consumer<RouterEvent> events,
      @Nullable KeyListener keys) {
    this(secrets, jitter, events, keys, OspfStore.inMemory(), Computations.onTheSpot());
  }

  /** The same, told otherwise of the access lines. */
  public RouterEnvironment withPppDiagnostics(PppDiagnostics value) {
    return new RouterEnvironment(
        secrets,
        jitter,
        events,
        keys,
        ospfStore,
        certificates,
        computations,
        ikeDiagnostics,
        value);
  }
}
