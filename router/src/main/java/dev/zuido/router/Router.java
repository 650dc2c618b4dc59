package dev.zuido.router;

import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.RestartReason;
import dev.zuido.ospf.RestartRecord;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.router.show.ShowResult;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A router: interfaces on ports, forwarding, GRE tunnels, a crypto map with IKE, and OSPF.
 *
 * <p>It has no thread, socket or clock of its own. Whoever runs it gives it ports, calls {@link
 * #process} when a port may have packets or {@link #nextDeadline} has come, and nothing else:
 *
 * <pre>{@code
 * Router router = Router.create(config, Map.of(wanName, wanPort, lanName, lanPort), environment);
 * while (running) {
 *   router.process(now());
 *   waitForPacketsUntil(router.nextDeadline());
 * }
 * router.shutdown(now());
 * }</pre>
 */
public final class Router {
  /** No timer is running. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** Rounds over all ports before {@link #process} returns, so that timers are not starved. */
  private static final int MAX_ROUNDS = 64;

  /**
   * Times that routes and tunnels may change each other before the rest waits for the next call.
   */
  private static final int MAX_SETTLING = 8;

  private static final int RECEIVE_PACKETS = 64;

  private final RouterParts parts;
  private final PacketBatch received;
  private List<Route> lastRoutes = List.of();
  private boolean started;
  private boolean leaving;
  private boolean stopped;
  private boolean routesDirty = true;

  /** When the ports were left before they were empty; negative if they were emptied. */
  private long unfinishedNanos = -1;

  private Router(RouterParts parts) {
    this.parts = parts;
    int largest = 1_500;
    for (RouterInterface each : parts.interfaces()) {
      BatchPort port = each.port();
      largest = port == null ? largest : Math.max(largest, port.maxReceiveBytes());
      BatchPort host = each.hostPort();
      largest = host == null ? largest : Math.max(largest, host.maxReceiveBytes());
    }
    this.received =
        PacketBatch.compact(
            RECEIVE_PACKETS, Math.min(largest, RouterInterface.USUAL_BYTES), largest);
  }

  /**
   * Makes a router that is alone; nothing is sent before the first {@link #process}.
   *
   * @param config a configuration without errors
   * @param ports the ports of those interfaces that have one; the others stay down
   * @param environment randomness and listeners
   * @throws UnsupportedConfigurationException if the configuration asks for what a router cannot do
   */
  public static Router create(
      RouterConfig config,
      Map<IosInterfaceName, ? extends BatchPort> ports,
      RouterEnvironment environment) {
    return create(config, RouterPorts.alone(ports), environment);
  }

  /**
   * Makes a router, alone or beside a host's stack; nothing is sent before the first {@link
   * #process}.
   *
   * @param config a configuration without errors
   * @param ports the ports, to its links and to the host
   * @param environment randomness and listeners
   * @throws UnsupportedConfigurationException if the configuration asks for what a router cannot do
   */
  public static Router create(
      RouterConfig config, RouterPorts ports, RouterEnvironment environment) {
    return create(config, ports, environment, null);
  }

  /**
   * Makes a router whose OSPF goes on with a graceful restart (RFC 3623 section 2): until that
   * ends, it has no routes from OSPF, and those that the router before has given to others stay
   * right.
   *
   * @param config the configuration that the router before had
   * @param ports the ports, to its links and to the host
   * @param environment randomness and listeners
   * @param restart what was prepared, or null for an ordinary start
   * @throws UnsupportedConfigurationException if the configuration asks for what a router cannot do
   */
  public static Router create(
      RouterConfig config,
      RouterPorts ports,
      RouterEnvironment environment,
      @Nullable OspfRestart restart) {
    return new Router(RouterParts.build(config, ports, environment, restart));
  }

  /**
   * Takes what the ports have received, runs what is due and sends what results.
   *
   * @param nowNanos the time, from the caller's own origin, not negative and never running
   *     backwards
   */
  public void process(long nowNanos) {
    if (stopped) {
      return;
    }
    parts.setNow(nowNanos);
    ControlPlane control = parts.controlPlane();
    if (!started) {
      started = true;
      parts.log().configured(parts.config());
      settle(nowNanos);
    }
    parts.dialers().run(nowNanos);
    parts.dataPlane().expire(nowNanos);
    control.handleTimeouts(nowNanos);
    runTunnels(nowNanos);
    settle(nowNanos);
    int rounds = 0;
    int packets;
    do {
      packets = receive(nowNanos);
      parts.egress().flush();
      parts.dataPlane().sendAnswers();
      control.acquireSas(nowNanos);
      control.expireSas(nowNanos);
      settle(nowNanos);
      parts.egress().flush();
    } while (packets > 0 && ++rounds < MAX_ROUNDS);
    if (parts.dataPlane().sendAnswers()) {
      parts.egress().flush();
    }
    unfinishedNanos = packets > 0 ? nowNanos : -1;
  }

  private int receive(long nowNanos) {
    int packets = 0;
    for (RouterInterface each : parts.interfaces()) {
      BatchPort port = each.port();
      if (port != null) {
        received.clear();
        int count = port.receive(received);
        if (count > 0 && each.isLineUp()) {
          parts.dataPlane().receive(each, received, nowNanos);
        }
        packets += count;
      }
      BatchPort host = each.hostPort();
      if (host != null) {
        received.clear();
        int count = host.receive(received);
        if (count > 0) {
          parts.dataPlane().receiveFromHost(each, received, nowNanos);
        }
        packets += count;
      }
    }
    return packets;
  }

  private void runTunnels(long nowNanos) {
    for (TunnelLine line : parts.tunnels().lines()) {
      line.run(parts.egress(), nowNanos);
    }
  }

  /** Lets interfaces and routes follow each other until nothing changes any more. */
  private void settle(long nowNanos) {
    parts.renumbering().follow(nowNanos);
    for (int i = 0; i < MAX_SETTLING; i++) {
      boolean changed = false;
      for (RouterInterface each : parts.interfaces()) {
        boolean up = shouldBeUp(each, nowNanos);
        if (up != each.isLineUp()) {
          each.setLineUp(up);
          parts.routes().interfacesChanged();
          TunnelLine line = parts.tunnels().of(each);
          parts.log().lineProtocol(each, line == null ? "" : line.cause());
          parts.controlPlane().interfaceChanged(each, nowNanos);
          changed = true;
          routesDirty = true;
        }
      }
      if (!changed) {
        break;
      }
    }
    parts.controlPlane().routesChanged(nowNanos);
    if (parts.takeRoutesChanged() || routesDirty) {
      routesDirty = false;
      reportRoutes();
    }
  }

  private boolean shouldBeUp(RouterInterface each, long nowNanos) {
    TunnelLine line = parts.tunnels().of(each);
    if (line != null) {
      return line.evaluate(parts.routes(), parts.log(), nowNanos);
    }
    EthernetLine ethernet = each.ethernet();
    BatchPort port = ethernet == null ? each.port() : ethernet.port();
    boolean linkUp = port == null ? each.isLoopback() : port.isUp();
    return !each.config().shutdown() && linkUp;
  }

  private void reportRoutes() {
    List<Route> now = parts.routes().routes();
    RouterEvent.RoutesChanged changes = RouteChanges.between(lastRoutes, now);
    lastRoutes = now;
    if (!changes.added().isEmpty() || !changes.removed().isEmpty()) {
      parts.log().event(changes);
    }
  }

  /**
   * When {@link #process} has something to do even if no packet arrives, or {@link #NO_DEADLINE}.
   */
  public long nextDeadline() {
    if (stopped) {
      return NO_DEADLINE;
    }
    if (!started) {
      return 0;
    }
    if (unfinishedNanos >= 0) {
      return unfinishedNanos;
    }
    long deadline = Math.min(parts.controlPlane().nextDeadline(), parts.tunnels().nextDeadline());
    deadline = Math.min(deadline, parts.dialers().nextDeadline());
    return Math.min(deadline, parts.dataPlane().nextDeadline());
  }

  /**
   * Begins to take leave of OSPF's neighbors: keeps transit traffic away for as long as {@code
   * max-metric router-lsa on-shutdown} says, then flushes the router's own LSAs. Whoever has the
   * time goes on with {@link #process} until {@link #hasLeft}, and then calls {@link #shutdown}.
   */
  public void beginShutdown(long nowNanos) {
    if (!leaving && !stopped) {
      leaving = true;
      parts.setNow(nowNanos);
      parts.controlPlane().shutdown(nowNanos);
      parts.egress().flush();
    }
  }

  /**
   * Asks OSPF's neighbors to go on as if the router were there while its software restarts (RFC
   * 3623 section 2.1); {@code nsf ietf} says for how long. Once {@link #preparedRestart} has an
   * answer, nothing more is to be called, and the next router is made with it.
   *
   * @throws IllegalStateException if the configuration does not say {@code nsf ietf}
   */
  public void prepareRestart(long nowNanos) {
    OspfControl ospf = parts.controlPlane().ospfControl();
    if (ospf == null || !ospf.engine().config().gracefulRestart().support()) {
      throw new IllegalStateException("OSPF is not configured to restart gracefully: 'nsf ietf'");
    }
    parts.setNow(nowNanos);
    ospf.handle(new OspfCommand.PrepareGracefulRestart(RestartReason.SOFTWARE_RESTART), nowNanos);
    parts.egress().flush();
  }

  /** What the next router has to know, once the neighbors know; null before. */
  public @Nullable RestartRecord preparedRestart() {
    OspfControl ospf = parts.controlPlane().ospfControl();
    return ospf == null ? null : ospf.preparedRestart();
  }

  /** Whether OSPF's graceful restart has begun and not ended: it has no routes yet. */
  public boolean isRestarting() {
    OspfControl ospf = parts.controlPlane().ospfControl();
    return ospf != null && ospf.isRestarting();
  }

  /** Whether OSPF's neighbors know that the router is gone, after {@link #beginShutdown}. */
  public boolean hasLeft() {
    return leaving && parts.controlPlane().hasLeft();
  }

  /**
   * Flushes the router's own LSAs unless that was begun before, tells IKE's peers that its SAs are
   * gone, and forwards nothing more.
   */
  public void shutdown(long nowNanos) {
    if (stopped) {
      return;
    }
    beginShutdown(nowNanos);
    parts.controlPlane().shutdownIke(nowNanos);
    parts.egress().flush();
    parts.dialers().shutdown(nowNanos);
    stopped = true;
  }

  /** The name that the router has in displays. */
  public String name() {
    String hostname = parts.config().hostname();
    return hostname == null ? "Router" : hostname;
  }

  /** The configuration. */
  public RouterConfig config() {
    return parts.config();
  }

  /**
   * What the key exchange is configured with, for {@link dev.zuido.ike.transcript.Transcript}; null
   * if there is none.
   */
  public @Nullable IkeConfig ikeConfig() {
    return parts.ikeConfig();
  }

  /** The routing table. It belongs to the router's thread and must not be changed. */
  public RouteTable routes() {
    return parts.routes();
  }

  /** Whether an interface of this name is there and its line protocol is up. */
  public boolean isLineUp(IosInterfaceName name) {
    for (RouterInterface each : parts.interfaces()) {
      if (each.config().name().equals(name)) {
        return each.isLineUp();
      }
    }
    return false;
  }

  /**
   * The address that an interface has or borrows at the moment, a negotiated one included; null if
   * there is none, or no such interface.
   */
  public @Nullable Ipv4Address addressOf(IosInterfaceName name) {
    for (RouterInterface each : parts.interfaces()) {
      if (each.config().name().equals(name)) {
        return each.address();
      }
    }
    return null;
  }

  /**
   * The largest IPv4 packet that leaves by an interface at the moment, in bytes: of a Dialer what
   * its session carries.
   *
   * @throws IllegalArgumentException if there is no such interface
   */
  public int mtuOf(IosInterfaceName name) {
    for (RouterInterface each : parts.interfaces()) {
      if (each.config().name().equals(name)) {
        return each.mtu();
      }
    }
    throw new IllegalArgumentException("there is no interface " + name);
  }

  /**
   * The interface that a routing table's {@link dev.zuido.router.forwarding.NextHop} names.
   *
   * @param number its number there, not negative
   */
  public IosInterfaceName interfaceNumbered(int number) {
    return parts.interfaces().get(number).config().name();
  }

  /**
   * What an interface's crypto map protects at the moment, dynamic entries' peers included; empty
   * without a crypto map.
   */
  public List<TrafficSelector> protectedTraffic(IosInterfaceName name) {
    for (RouterInterface each : parts.interfaces()) {
      CryptoPolicy crypto = each.crypto();
      if (crypto != null && each.config().name().equals(name)) {
        return crypto.boundary().policies().policies().stream()
            .filter(policy -> policy.action() == PolicyAction.PROTECT)
            .map(SecurityPolicy::selector)
            .toList();
      }
    }
    return List.of();
  }

  /**
   * The Dialer interfaces that dial over an {@link EthernetLine}, as they are now.
   *
   * @param nowNanos the time, as {@link #process} has it
   */
  public List<DialerStatus> dialers(long nowNanos) {
    List<DialerStatus> all = new ArrayList<>();
    for (RouterInterface each : parts.interfaces()) {
      DialerLine line = each.dialer();
      if (line != null) {
        all.add(DialerStatus.of(each, line, nowNanos));
      }
    }
    return all;
  }

  /** The counters of an interface, or null if there is none of the name. */
  public @Nullable InterfaceCounters counters(IosInterfaceName name) {
    for (RouterInterface each : parts.interfaces()) {
      if (each.config().name().equals(name)) {
        return each.counters();
      }
    }
    return null;
  }

  /**
   * Runs a {@code clear} command: {@code clear interface DIALER}, {@code clear pppoe all}, {@code
   * clear ip ospf process} or {@code clear ip ospf neighbor [INTERFACE|ROUTER-ID]}; for the
   * router's thread.
   *
   * @param words its words, {@code clear} the first of them
   * @param nowNanos the time, as {@link #process} has it
   */
  public ShowResult clear(List<String> words, long nowNanos) {
    parts.setNow(nowNanos);
    ShowResult result = new ClearCommands(parts, words, nowNanos).run();
    parts.egress().flush();
    return result;
  }

  /** What {@code show} commands print; for the router's thread. */
  public ShowCommands show() {
    return new ShowCommands(parts);
  }
}
