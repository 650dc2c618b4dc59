package dev.zuido.ike;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all machines of one engine share. */
final class EngineContext {
  /** Nanoseconds of a second. */
  static final long SECOND = 1_000_000_000L;

  /** At least half of the longest PRF's key, as RFC 7296 section 2.10 has it. */
  private static final int NONCE_BYTES = 32;

  final IkeConfig config;
  final SecureRandom secrets;
  final RandomGenerator jitter;
  final SpiAllocator spis;
  final TrafficClock traffic;
  final IsakmpKeyLog keyLog;
  final IkeCounters.Counting counters = new IkeCounters.Counting();
  final Outbox outbox = new Outbox(counters);
  final DeadlineHeap heap = new DeadlineHeap();
  private final Map<Long, ComputeWaiter> computing = new HashMap<>();

  /** Established pairs by the ids of both SAs. */
  final Map<Long, SaPair> pairs = new HashMap<>();

  /** The messages of which fragments wait. */
  final FragmentTable fragments;

  /**
   * Who waits for the first packet on an inbound SA whose quick mode is not confirmed, by its id.
   */
  final Map<Long, LongConsumer> unconfirmed = new HashMap<>();

  /** Messages that came before their ISAKMP SA was established, which now is. */
  final Deque<EarlyMessage> kept = new ArrayDeque<>();

  final DynamicPeers dynamicPeers = new DynamicPeers(this);
  final Templates templates;

  /** Answers to first messages of aggressive mode that are being computed. */
  int aggressiveAnswers;

  private final Map<Long, Install> installing = new HashMap<>();
  private long nowNanos;
  private long moments;
  private long lastTaskId;
  private long lastSaId;

  EngineContext(
      IkeConfig config,
      SecureRandom secrets,
      RandomGenerator jitter,
      SpiAllocator spis,
      TrafficClock traffic,
      IsakmpKeyLog keyLog) {
    this.config = config;
    this.fragments = new FragmentTable(config.limits().fragments());
    this.secrets = secrets;
    this.jitter = jitter;
    this.spis = spis;
    this.traffic = traffic;
    this.keyLog = keyLog;
    this.templates = new Templates(config);
  }

  /** The driver has told the time. */
  void advance(long now) {
    nowNanos = Math.max(nowNanos, now);
  }

  /** The last time that the driver told: for what ends without a time of its own. */
  long nowNanos() {
    return nowNanos;
  }

  /** Numbers what happens, so that what comes first is told apart where the time is the same. */
  long nextMoment() {
    return ++moments;
  }

  /** A cookie that is not zero. */
  Cookie newCookie() {
    byte[] bytes = new byte[Cookie.LENGTH];
    while (true) {
      secrets.nextBytes(bytes);
      Cookie cookie = new Cookie(BigEndian.getLong(bytes, 0));
      if (!cookie.isZero()) {
        return cookie;
      }
    }
  }

  /** A nonce (RFC 2409 section 5: 8 to 256 bytes). */
  ByteString newNonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    secrets.nextBytes(nonce);
    return ByteString.of(nonce);
  }

  long newSaId() {
    return ++lastSaId;
  }

  /**
   * Hands slow work out.
   *
   * @param type what the work makes
   * @param waiter takes the product; it becomes its owner
   * @return the task's number, for {@link #cancel}
   */
  <P extends ComputeTask.Product> long compute(
      String description, Class<P> type, ComputeTask.Work work, ObjLongConsumer<P> waiter) {
    long id = ++lastTaskId;
    computing.put(id, (product, now) -> waiter.accept(type.cast(product), now));
    outbox.add(new IkeOutput.Compute(new ComputeTask(id, description, work)));
    return id;
  }

  /** Nobody waits for a task any more. */
  void cancel(long taskId) {
    computing.remove(taskId);
  }

  void computed(ComputeResult result, long nowNanos) {
    @Nullable ComputeWaiter waiter = computing.remove(result.taskId());
    if (waiter == null) {
      result.product().wipe();
      outbox.drop(DropReason.UNKNOWN_TARGET, null, "nobody waits for the computation any more");
      return;
    }
    waiter.accept(result.product(), nowNanos);
  }

  /** Has an SA installed; the waiter is told the answer. */
  void install(SaParameters sa, InstallWaiter waiter) {
    installing.put(sa.id(), new Install(sa, waiter));
    outbox.add(new IkeOutput.InstallSa(sa));
  }

  /** Nobody waits for the answer any more. */
  void cancelInstall(SaParameters sa) {
    installing.remove(sa.id());
    sa.keys().wipe();
  }

  /** Takes the answer to an install; the keys are wiped. */
  void installed(long saId, @Nullable String refusal, long nowNanos) {
    Install install = installing.remove(saId);
    if (install == null) {
      outbox.drop(DropReason.UNKNOWN_TARGET, null, "no install of SA " + saId + " is awaited");
      return;
    }
    install.sa.keys().wipe();
    install.waiter.answered(refusal, nowNanos);
  }

  /** The driver has seen the first packet on an inbound SA; false if there is no such SA. */
  boolean used(long saId, long nowNanos) {
    LongConsumer confirmed = unconfirmed.remove(saId);
    SaPair pair = pairs.get(saId);
    if (confirmed != null) {
      confirmed.accept(nowNanos);
    } else if (pair != null) {
      pair.used(nowNanos);
    }
    return confirmed != null || pair != null;
  }

  /** How many tasks' results are awaited. */
  int computing() {
    return computing.size();
  }

  /** How many SAs' installation is awaited. */
  int installing() {
    return installing.size();
  }

  /** Forgets what was asked of the driver. */
  void cancelAll() {
    computing.clear();
    installing.clear();
  }

  /** Is told that an SA was installed, or (with a reason) refused. */
  interface InstallWaiter {
    void answered(@Nullable String refusal, long nowNanos);
  }

  private record Install(SaParameters sa, InstallWaiter waiter) {}

  private interface ComputeWaiter {
    void accept(ComputeTask.Product product, long nowNanos);
  }
}
