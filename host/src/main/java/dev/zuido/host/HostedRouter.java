package dev.zuido.host;

import dev.zuido.ospf.RestartRecord;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.OspfMaxMetric;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.show.ShowResult;
import dev.zuido.tun.PortPoller;
import dev.zuido.tun.netlink.LinkChange;
import dev.zuido.wire.Ipv4Prefix;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A router at work on a Linux host: its devices, sockets, routes and rules, and the loop that runs
 * it.
 *
 * <p>{@link #run} keeps the calling thread until {@link #stop}, then takes leave of the peers.
 * {@link #close} removes from the host what {@link #open} and the run have put there.
 */
public final class HostedRouter implements AutoCloseable {
  /** Queries that wait for the router's thread; more are refused. */
  private static final int MAX_QUERIES = 16;

  /** So long the thread that stops the router waits for it to end. */
  private static final long STOP_SECONDS = 3;

  /** So long neighbors have time to acknowledge that the router's LSAs are gone. */
  private static final long LEAVE_NANOS = 800_000_000L;

  private static final long MAX_WAIT_NANOS = 60_000_000_000L;

  private final long origin = System.nanoTime();
  private final HostDevices devices;
  private final Router router;
  private final Consumer<RouterEvent> events;
  private final PortPoller poller;
  private final Deque<Query> queries = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<IosInterfaceName, Set<Ipv4Prefix>> steered = new LinkedHashMap<>();
  private final @Nullable RestartFile restartFile;
  private final ControlSocket control;
  private long routesVersion = -1;
  private volatile boolean stopping;
  private volatile boolean orderly;

  private record Query(
      ControlSocket.Request request, CompletableFuture<ControlSocket.Answer> answer) {}

  private HostedRouter(
      HostDevices devices,
      Router router,
      PortPoller poller,
      HostSetup setup,
      Consumer<RouterEvent> events)
      throws IOException {
    this.devices = devices;
    this.router = router;
    this.poller = poller;
    this.events = events;
    this.restartFile = devices.restartFile(setup);
    this.control = ControlSocket.open(setup.control(), this::ask);
  }

  /**
   * Puts a router on the host; nothing is sent before {@link #run}.
   *
   * @param events is told what happens, on the thread that runs the router
   * @throws dev.zuido.tun.OperatingSystemException if the kernel refuses something, with what to do
   * @throws dev.zuido.router.UnsupportedConfigurationException if the configuration asks for what a
   *     router cannot do
   * @throws IOException if the control socket or the folder for the state cannot be made
   */
  public static HostedRouter open(HostSetup setup, Consumer<RouterEvent> events)
      throws IOException {
    HostDevices devices = HostDevices.open(setup, text -> warn(events, text));
    PortPoller poller = null;
    HostedRouter hosted = null;
    boolean done = false;
    try {
      poller = devices.poller();
      ComputeThread computations = new ComputeThread(poller::wakeUp);
      devices.atEnd(computations::close);
      SecureRandom secrets = new SecureRandom();
      RouterEnvironment environment =
          new RouterEnvironment(
              secrets,
              new SplittableRandom(secrets.nextLong()),
              events,
              null,
              devices.sequenceNumbers(setup),
              new HostFiles(setup.folder()),
              computations,
              setup.ikeDiagnostics(),
              setup.pppDiagnostics());
      RestartFile restart = devices.restartFile(setup);
      Router router =
          Router.create(
              setup.config(),
              devices.ports(),
              environment,
              restart == null ? null : restart.take());
      hosted = new HostedRouter(devices, router, poller, setup, events);
      devices.activate();
      done = true;
      return hosted;
    } finally {
      if (!done && hosted != null) {
        hosted.close();
      } else if (!done) {
        devices.close();
        if (poller != null) {
          poller.close();
        }
      }
    }
  }

  private static void warn(Consumer<RouterEvent> events, String text) {
    events.accept(new RouterEvent.Log(4, "SYS", "HOST", text));
  }

  /**
   * Runs the router until {@link #stop}; then flushes its LSAs and waits a moment for the neighbors
   * to acknowledge that, deletes its security associations and returns. Also returns once OSPF's
   * neighbors wait for its graceful restart, which a {@code restart} at the control socket asks
   * for, and leaves the host's routes and addresses then. Should it end by an exception, {@link
   * #close} leaves the rules and routes that keep traffic from leaving in the clear, as if the
   * process were killed.
   */
  public void run() {
    try {
      router.process(now());
      follow();
      devices.forwardPackets();
      devices.announce(events);
      events.accept(
          new RouterEvent.Log(5, "SYS", "RESTART", "router " + router.name() + " is running"));
      while (!stopping && router.preparedRestart() == null) {
        turn(MAX_WAIT_NANOS);
      }
      if (!leaveForRestart()) {
        takeLeave();
        router.shutdown(now());
      }
      orderly = true;
    } finally {
      if (!orderly) {
        devices.keepGuard();
      }
      ended.countDown();
    }
  }

  /** Waits until there is something to do, and does it. */
  private void turn(long longestNanos) {
    poller.await(Math.min(longestNanos, router.nextDeadline() - now()));
    for (LinkChange change : devices.pollLinks()) {
      routesVersion = -1;
      events.accept(
          new RouterEvent.Log(
              3,
              "LINK",
              "UPDOWN",
              "Interface "
                  + change.link().name()
                  + ", changed state to "
                  + (change.link().running() ? "up" : "down")));
    }
    router.process(now());
    follow();
    answerQueries();
  }

  /**
   * Leaves everything as it is, if OSPF's neighbors wait for the next run.
   *
   * @return whether they do
   */
  private boolean leaveForRestart() {
    RestartRecord prepared = router.preparedRestart();
    if (prepared == null || restartFile == null) {
      return false;
    }
    try {
      restartFile.write(prepared);
    } catch (IOException e) {
      warn(events, "OSPF cannot restart gracefully: " + e);
      return false;
    }
    devices.keepAll();
    return true;
  }

  /** Lets OSPF's neighbors know that the router goes, and waits a moment until they do. */
  private void takeLeave() {
    router.beginShutdown(now());
    long end = now() + TimeUnit.SECONDS.toNanos(leaveSeconds(router)) + LEAVE_NANOS;
    while (!router.hasLeft() && now() < end) {
      turn(Math.max(0, end - now()));
    }
  }

  /** How long transit traffic is kept away before the end. */
  private static int leaveSeconds(Router router) {
    OspfProcess ospf = router.config().ospf();
    OspfMaxMetric maxMetric = ospf == null ? null : ospf.options().maxMetric();
    return maxMetric == null ? 0 : maxMetric.onShutdownSeconds().orElse(0);
  }

  /** Lets the host's routes and devices follow the router's. */
  private void follow() {
    boolean changed = devices.followLines(router);
    for (IosInterfaceName name : devices.steering()) {
      Set<Ipv4Prefix> wanted = SteeredTraffic.destinations(router.protectedTraffic(name));
      if (!wanted.equals(steered.put(name, wanted))) {
        changed = true;
      }
    }
    long version = router.routes().version();
    if (changed || version != routesVersion) {
      routesVersion = version;
      Map<Ipv4Prefix, Handover> prefixes = new LinkedHashMap<>();
      steered.forEach(
          (name, set) -> {
            Handover handover = devices.handover(name);
            set.forEach(prefix -> prefixes.put(prefix, handover));
          });
      devices.routes().follow(router, prefixes, devices.sources());
    }
  }

  private CompletableFuture<ControlSocket.Answer> ask(ControlSocket.Request request) {
    CompletableFuture<ControlSocket.Answer> answer = new CompletableFuture<>();
    synchronized (queries) {
      if (stopping || queries.size() >= MAX_QUERIES) {
        answer.complete(new ControlSocket.Answer(1, "The router is busy or ends.\n"));
        return answer;
      }
      queries.add(new Query(request, answer));
    }
    poller.wakeUp();
    return answer;
  }

  private void answerQueries() {
    List<Query> waiting;
    synchronized (queries) {
      if (queries.isEmpty()) {
        return;
      }
      waiting = new ArrayList<>(queries);
      queries.clear();
    }
    for (Query query : waiting) {
      query.answer().complete(show(query.request()));
    }
  }

  private ControlSocket.Answer restart() {
    try {
      router.prepareRestart(now());
      return new ControlSocket.Answer(
          0, "The router ends as soon as its neighbors wait for it; start it again then.\n");
    } catch (IllegalStateException e) {
      return new ControlSocket.Answer(2, e.getMessage() + "\n");
    }
  }

  private ControlSocket.Answer show(ControlSocket.Request request) {
    if (request.words().equals(List.of("restart"))) {
      return restart();
    }
    boolean clears = !request.words().isEmpty() && request.words().get(0).equals("clear");
    ShowResult result =
        clears
            ? router.clear(request.words(), now())
            : router.show().run(request.words(), request.json(), now());
    if (result instanceof ShowResult.Answer answer) {
      return new ControlSocket.Answer(0, answer.text());
    }
    return new ControlSocket.Answer(2, ((ShowResult.Refused) result).message() + "\n");
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /**
   * Ends {@link #run}, from any thread, and waits until it has returned, at most three seconds and
   * as long as transit traffic is to be kept away before.
   *
   * @return whether it has
   */
  public boolean stop() {
    stopping = true;
    poller.wakeUp();
    try {
      return ended.await(STOP_SECONDS + leaveSeconds(router), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the router has ended by {@link #stop}, and not by an exception. */
  public boolean endedOrderly() {
    return orderly;
  }

  /** Removes devices, routes, addresses and rules from the host, and closes all sockets. */
  @Override
  public void close() {
    control.close();
    devices.close();
    poller.close();
  }
}
