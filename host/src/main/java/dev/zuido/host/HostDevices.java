package dev.zuido.host;

import dev.zuido.ospf.OspfStore;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.RouterPorts;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.tun.Errno;
import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.tun.NamespaceLock;
import dev.zuido.tun.NativePort;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.PortPoller;
import dev.zuido.tun.Sysctl;
import dev.zuido.tun.netlink.LinkChange;
import dev.zuido.tun.netlink.LinkMonitor;
import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a router has on its host: rules, sockets, addresses, devices, routes. They are made in an
 * order that never leaves a gap for what has to be protected, and removed in the opposite one.
 */
final class HostDevices implements AutoCloseable {
  private static final String LOOPBACK = "lo";

  private final HostSetup setup;
  private final Consumer<String> warnings;
  private final Deque<Undo> undo = new ArrayDeque<>();
  private final List<String> announcements = new ArrayList<>();
  private final RouteNetlink netlink;
  private final LinkMonitor monitor;
  private final ChangeRecord changes;
  private final HostGuard guard;
  private final Map<IosInterfaceName, LinkPort> links = new LinkedHashMap<>();
  private final Map<IosInterfaceName, LinuxTunDevice> devices = new LinkedHashMap<>();
  private final Map<IosInterfaceName, BatchPort> devicePorts = new LinkedHashMap<>();
  private final List<LinuxTunDevice> polled = new ArrayList<>();
  private final Map<IosInterfaceName, Integer> indices = new LinkedHashMap<>();
  private final Set<IosInterfaceName> cryptoDevices = new LinkedHashSet<>();
  private final Set<IosInterfaceName> steering = new LinkedHashSet<>();
  private final Map<IosInterfaceName, Boolean> deviceUp = new LinkedHashMap<>();
  private final Map<IosInterfaceName, DialerDevice> dialers = new LinkedHashMap<>();
  private AccessPorts access = AccessPorts.open(List.of());
  private KernelRoutes routes;
  private volatile @Nullable PortPoller poller;

  /**
   * What is done at the end.
   *
   * @param guard whether it takes away what keeps traffic from leaving in the clear
   */
  private record Undo(boolean guard, Runnable action) {}

  private HostDevices(HostSetup setup, Consumer<String> warnings) throws IOException {
    this.setup = setup;
    this.warnings = warnings;
    Files.createDirectories(setup.state());
    NamespaceLock lock = NamespaceLock.acquire("zuido-router");
    atEnd(lock::close);
    this.changes = new ChangeRecord(setup.state().resolve("host-changes"), warnings);
    this.guard = new HostGuard(setup, changes);
    this.netlink = RouteNetlink.open();
    atEnd(netlink::close);
    this.monitor = LinkMonitor.open();
    atEnd(monitor::close);
    this.routes = new KernelRoutes(netlink, Map.of(), warnings);
  }

  /**
   * Opens sockets and devices. Nothing of the host is changed yet that another process could see,
   * but for devices that are down.
   *
   * @param warnings is told what could not be done, and does not stop the router
   * @throws OperatingSystemException if the kernel refuses something that the router needs, or
   *     another router runs in this network namespace
   * @throws IOException if the folder for the state cannot be made
   */
  static HostDevices open(HostSetup setup, Consumer<String> warnings) throws IOException {
    HostDevices host = new HostDevices(setup, warnings);
    boolean done = false;
    try {
      host.findLinks();
      host.openSockets();
      host.openDevices();
      done = true;
      return host;
    } finally {
      if (!done) {
        host.close();
      }
    }
  }

  /**
   * Changes the host: first the rules, so that from here on nothing that is to be protected leaves
   * in the clear, then the rest. The routes come as the router has them, and forwarding behind
   * them.
   *
   * @throws OperatingSystemException if the kernel refuses something; what an earlier run has left
   *     to guard the traffic stays then, at the latest until the next one
   */
  void activate() {
    boolean done = false;
    try {
      guarded(guard::remove);
      guard.install();
      giveAddresses();
      routes = new KernelRoutes(netlink, indices, warnings);
      guarded(routes::close);
      done = true;
    } finally {
      if (!done && guard.wasLeft()) {
        keepGuard();
      }
    }
  }

  private void findLinks() {
    setup
        .links()
        .forEach(
            (name, link) -> {
              NetworkLink found =
                  monitor
                      .link(link)
                      .orElseThrow(
                          () ->
                              new OperatingSystemException(
                                  "find the interface " + link + " for " + name,
                                  Errno.ENODEV.number()));
              indices.put(name, found.index());
            });
  }

  /**
   * Lets the kernel forward, once it has the routes; at the end it forwards no more before they go.
   */
  void forwardPackets() {
    String name = "net/ipv4/ip_forward";
    String change = name + " 0";
    if (Sysctl.read(name).equals("0") || changes.wasLeft(change)) {
      changes.note(change);
      Sysctl.write(name, "1");
      announcements.add("IP forwarding of the host was off, and is on while the router runs");
      atEnd(
          () -> {
            Sysctl.write(name, "0");
            changes.undone(change);
          });
    }
  }

  private void openSockets() {
    access = AccessPorts.open(setup.accessLines());
    atEnd(this::closeAccess);
    announcements.addAll(access.describe(setup.config(), monitor, netlink, warnings));
    setup.lans().forEach((name, link) -> openLink(name, link, false));
    Set<IosInterfaceName> closed = setup.closedLinks();
    setup
        .wans()
        .forEach(
            (name, link) -> {
              if (!closed.contains(name)) {
                openLink(name, link, true);
              }
            });
  }

  private void closeAccess() {
    access.losses().forEach(warnings);
    access.close();
  }

  private void openLink(IosInterfaceName name, String link, boolean wan) {
    NetworkLink found = monitor.link(link).orElseThrow();
    LinkPort port =
        LinkPort.open(
            link, found.index(), found.mtu(), wan, runsOspf(setup.config(), name), setup.tuning());
    port.offloads().ifPresent(used -> announcements.add("offloads on " + link + ": " + used));
    port.setUp(found.running());
    links.put(name, port);
    atEnd(port::close);
  }

  static boolean runsOspf(RouterConfig config, IosInterfaceName name) {
    return config.interfaceNamed(name).flatMap(config::ospfAreaOf).isPresent();
  }

  private void openDevices() {
    for (InterfaceConfig each : setup.config().interfaces()) {
      boolean dials = setup.dials(each.name());
      if ((each.tunnel() != null || dials) && !each.shutdown()) {
        openDevice(each.name(), setup.deviceOf(each.name()), each.effectiveIpMtu());
        if (dials) {
          dialers.put(
              each.name(),
              new DialerDevice(device(each.name()), each.addressNegotiated(), netlink));
          if (SteeredTraffic.isExpected(setup.config(), each)) {
            steering.add(each.name());
          }
        }
        for (InterfaceAddress address : each.addresses()) {
          device(each.name()).addAddress(address.address(), address.prefixLength());
        }
        indices.put(each.name(), device(each.name()).interfaceIndex());
      }
    }
    int count = 0;
    for (Map.Entry<IosInterfaceName, LinkPort> link : links.entrySet()) {
      InterfaceConfig each = setup.config().interfaceNamed(link.getKey()).orElseThrow();
      if (SteeredTraffic.isExpected(setup.config(), each)) {
        int mtu = Math.min(each.effectiveIpMtu(), link.getValue().mtu());
        openDevice(each.name(), "ipsec" + count++, mtu);
        cryptoDevices.add(each.name());
        steering.add(each.name());
      }
    }
  }

  private void openDevice(IosInterfaceName name, String deviceName, int mtu) {
    List<LinuxTunDevice> queues = new TunOpening(setup.tuning(), warnings).open(deviceName, mtu);
    queues.forEach(queue -> atEnd(queue::close));
    LinuxTunDevice device = queues.get(0);
    devices.put(name, device);
    if (queues.size() == 1) {
      devicePorts.put(name, device);
      polled.add(device);
    } else {
      QueuedDevice port = new QueuedDevice(queues, this::wakeRouter);
      atEnd(() -> close(port, deviceName));
      devicePorts.put(name, port);
    }
    announcements.add("offloads on " + deviceName + ": " + TunOpening.inWords(queues));
    // What the router says about a packet, for example that it is too large, has our own address as
    // its source and comes to the kernel from the device.
    Sysctl.write("net/ipv4/conf/" + deviceName + "/accept_local", "1");
  }

  private void close(QueuedDevice port, String deviceName) {
    port.close();
    if (port.drops() > 0) {
      warnings.accept(
          deviceName + ": " + port.drops() + " packets were dropped, since a queue was behind");
    }
  }

  private void wakeRouter() {
    PortPoller waiting = poller;
    if (waiting != null) {
      waiting.wakeUp();
    }
  }

  private LinuxTunDevice device(IosInterfaceName name) {
    LinuxTunDevice device = devices.get(name);
    if (device == null) {
      throw new IllegalStateException(name + " has no device");
    }
    return device;
  }

  private void giveAddresses() {
    cryptoDevices.forEach(name -> device(name).setUp(true));
    HostAddresses addresses = new HostAddresses(netlink, changes, warnings);
    atEnd(addresses::close);
    int loopback = monitor.link(LOOPBACK).map(NetworkLink::index).orElse(0);
    for (InterfaceConfig each : setup.config().interfaces()) {
      Integer index = indices.get(each.name());
      boolean ofLoopback = each.name().kind() == InterfaceKind.LOOPBACK;
      int target = ofLoopback ? loopback : index == null ? 0 : index;
      if (target == 0 || each.shutdown()) {
        continue;
      }
      for (InterfaceAddress address : each.addresses()) {
        if (addresses.give(target, address)) {
          announcements.add("the host was given the address " + address + " of " + each.name());
        }
      }
    }
    addresses.takeBackLeft();
  }

  /** Has something done at the end, before what was asked for earlier. */
  void atEnd(Runnable action) {
    undo.push(new Undo(false, action));
  }

  private void guarded(Runnable action) {
    undo.push(new Undo(true, action));
  }

  /** The ports of the router. */
  RouterPorts ports() {
    return RouterPorts.besideHost(links, devicePorts).withEthernets(access.ethernets());
  }

  /** Waits for everything that the router receives from. The caller closes it. */
  PortPoller poller() {
    List<NativePort> ports = new ArrayList<>(polled);
    links.values().forEach(link -> ports.addAll(link.sockets()));
    ports.addAll(access.sockets());
    PortPoller made = new PortPoller(ports.size() + 1);
    ports.forEach(made::add);
    made.add(monitor);
    poller = made;
    return made;
  }

  /** Where a graceful restart of OSPF is noted; null without OSPF. */
  @Nullable RestartFile restartFile(HostSetup from) {
    OspfProcess ospf = from.config().ospf();
    return ospf == null
        ? null
        : new RestartFile(
            from.state().resolve("ospf-" + ospf.processId() + "-restart"),
            System::currentTimeMillis,
            warnings);
  }

  OspfStore sequenceNumbers(HostSetup from) {
    OspfProcess ospf = from.config().ospf();
    if (ospf == null) {
      return OspfStore.inMemory();
    }
    return new SequenceFile(
        from.state().resolve("ospf-" + ospf.processId() + "-sequence"),
        () -> System.currentTimeMillis() / 1000,
        warnings);
  }

  /** Says what was changed on the host. */
  void announce(Consumer<RouterEvent> events) {
    for (String text : announcements) {
      events.accept(new RouterEvent.Log(6, "SYS", "HOST", text));
    }
    announcements.clear();
  }

  /**
   * Takes note of links that have gone up or down. The kernel has removed the routes through one
   * that went down, also if it is up again.
   *
   * @throws OperatingSystemException if a link was deleted: its sockets are of no use any more
   */
  List<LinkChange> pollLinks() {
    List<LinkChange> ours = new ArrayList<>();
    for (LinkChange change : monitor.poll()) {
      NetworkLink link = change.link();
      boolean isLink = links.values().stream().anyMatch(port -> port.link().equals(link.name()));
      if (!isLink && !access.isLink(link.name())) {
        continue;
      }
      if (change.removed()) {
        throw new OperatingSystemException(
            "use the interface " + link.name() + ", which was deleted", Errno.ENODEV.number());
      }
      boolean changed = access.follow(link);
      if (isLink && !link.up()) {
        routes.interfaceWentDown(link.index());
      }
      for (LinkPort port : links.values()) {
        if (port.link().equals(link.name()) && (port.isUp() != link.running() || !link.up())) {
          port.setUp(link.running());
          changed = true;
        }
      }
      if (changed) {
        ours.add(change);
      }
    }
    return ours;
  }

  /**
   * Lets the devices of tunnels and Dialers be up as their line protocols are, and those of Dialers
   * have the session's address and MTU.
   *
   * @return whether one has changed: the kernel has removed the routes through one that went down,
   *     and those that name an address that is gone
   */
  boolean followLines(Router router) {
    boolean changed = false;
    for (Map.Entry<IosInterfaceName, DialerDevice> each : dialers.entrySet()) {
      IosInterfaceName name = each.getKey();
      if (each.getValue().follow(router.addressOf(name), router.mtuOf(name))) {
        routes.interfaceWentDown(device(name).interfaceIndex());
        changed = true;
      }
    }
    for (Map.Entry<IosInterfaceName, LinuxTunDevice> each : devices.entrySet()) {
      if (cryptoDevices.contains(each.getKey())) {
        continue;
      }
      boolean up = router.isLineUp(each.getKey());
      if (!Boolean.valueOf(up).equals(deviceUp.put(each.getKey(), up))) {
        each.getValue().setUp(up);
        routes.interfaceWentDown(each.getValue().interfaceIndex());
        changed = true;
      }
    }
    return changed;
  }

  /** The interfaces whose crypto map may protect the kernel's traffic. */
  Set<IosInterfaceName> steering() {
    return steering;
  }

  /** How the kernel's traffic of such an interface is handed over. */
  Handover handover(IosInterfaceName name) {
    DialerDevice dialer = dialers.get(name);
    int index = device(name).interfaceIndex();
    return dialer == null
        ? Handover.guarded(index)
        : new Handover(index, deviceUp.getOrDefault(name, false), true, dialer.address());
  }

  /** The addresses that the host's own packets have that leave by Dialers, by device. */
  Map<Integer, Ipv4Address> sources() {
    Map<Integer, Ipv4Address> made = new HashMap<>();
    dialers.forEach(
        (name, dialer) -> {
          Ipv4Address address = dialer.address();
          if (address != null) {
            made.put(device(name).interfaceIndex(), address);
          }
        });
    return made;
  }

  KernelRoutes routes() {
    return routes;
  }

  /** Leaves everything on the host as it is, for the next run. */
  void keepAll() {
    undo.clear();
  }

  /**
   * Says that the router does not end by anybody's wish: rules and routes that keep traffic from
   * leaving in the clear stay, as if the process were killed, and the next start takes them over.
   */
  void keepGuard() {
    undo.removeIf(Undo::guard);
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      try {
        undo.pop().action().run();
      } catch (OperatingSystemException e) {
        warnings.accept(String.valueOf(e.getMessage()));
      }
    }
  }
}
