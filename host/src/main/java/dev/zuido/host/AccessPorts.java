package dev.zuido.host;

import dev.zuido.router.EthernetLine;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.tun.NativePort;
import dev.zuido.tun.netlink.LinkMonitor;
import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.tun.socket.EthernetConfiguration;
import dev.zuido.tun.socket.EthernetPort;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The Ethernets over which Dialer interfaces have their PPPoE sessions. */
final class AccessPorts implements AutoCloseable {
  /** The types of PPPoE's discovery and session frames (RFC 2516 section 4). */
  private static final Set<Integer> PPPOE = Set.of(0x8863, 0x8864);

  /** What a TCP flow has on its way at full speed, and more. */
  private static final int BUFFER_BYTES = 8 << 20;

  private final List<AccessLine> lines;
  private final Map<IosInterfaceName, EthernetPort> ports = new LinkedHashMap<>();

  private AccessPorts(List<AccessLine> lines) {
    this.lines = lines;
  }

  /**
   * Opens a port for each line. What is received waits in the kernel until somebody asks.
   *
   * @throws dev.zuido.tun.OperatingSystemException if the kernel refuses one
   */
  static AccessPorts open(List<AccessLine> lines) {
    AccessPorts opened = new AccessPorts(List.copyOf(lines));
    boolean done = false;
    try {
      for (AccessLine line : lines) {
        opened.ports.put(
            line.physical(),
            EthernetPort.open(
                EthernetConfiguration.on(line.link(), PPPOE).withBufferBytes(BUFFER_BYTES)));
      }
      done = true;
      return opened;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  /** What the router has for each of the physical interfaces. */
  Map<IosInterfaceName, EthernetLine> ethernets() {
    Map<IosInterfaceName, EthernetLine> made = new LinkedHashMap<>();
    ports.forEach((name, port) -> made.put(name, new EthernetLine(port, port.address())));
    return made;
  }

  /** The ports, for whoever waits for frames. */
  List<NativePort> sockets() {
    return List.copyOf(ports.values());
  }

  /** Whether an interface of the kernel is the Ethernet of a line. */
  boolean isLink(String name) {
    return lines.stream().anyMatch(line -> line.link().equals(name));
  }

  /**
   * Takes note of how a link is now.
   *
   * @return whether it is one of ours, and has gone up or down
   */
  boolean follow(NetworkLink link) {
    boolean changed = false;
    for (AccessLine line : lines) {
      EthernetPort port = ports.get(line.physical());
      if (port != null && line.link().equals(link.name())) {
        changed |= port.isUp() != link.running();
        port.follow(link);
      }
    }
    return changed;
  }

  /** Says what is worth knowing of the lines, and tells {@code warnings} what will not work. */
  List<String> describe(
      RouterConfig config, LinkMonitor monitor, RouteNetlink netlink, Consumer<String> warnings) {
    List<String> texts = new ArrayList<>();
    for (AccessLine line : lines) {
      EthernetPort port = ports.get(line.physical());
      if (port == null) {
        continue;
      }
      texts.add(
          line.dialer() + " dials by PPPoE over " + line.link() + " (" + port.address() + ")");
      InterfaceConfig physical = config.interfaceNamed(line.physical()).orElseThrow();
      int payload = port.mtu() - EthernetPort.HEADER_BYTES;
      if (payload < physical.pppoeLinkMtu()) {
        warnings.accept(
            "%s has an MTU of %d, and %s asks for %d: the session carries packets of %d bytes"
                .formatted(
                    line.link(), payload, line.physical(), physical.pppoeLinkMtu(), payload - 8));
      }
      int index = monitor.link(line.link()).map(NetworkLink::index).orElse(0);
      if (netlink.addresses().stream()
          .anyMatch(has -> has.interfaceIndex() == index && has.address() instanceof Ipv4Address)) {
        warnings.accept(
            line.link()
                + " has an IPv4 address of the host's, but is closed to IPv4 while the router runs:"
                + " "
                + line.physical()
                + " is for PPPoE");
      }
    }
    return texts;
  }

  /** The frames that were lost before the router saw them; empty where there were none. */
  List<String> losses() {
    List<String> texts = new ArrayList<>();
    ports.forEach(
        (name, port) -> {
          long full = port.kernelDrops();
          long tagged = port.taggedFrames();
          if (full > 0) {
            texts.add(name + ": " + full + " frames found the kernel's queue full");
          }
          if (tagged > 0) {
            texts.add(name + ": " + tagged + " frames of VLANs were dropped");
          }
        });
    return texts;
  }

  @Override
  public void close() {
    ports.values().forEach(EthernetPort::close);
  }
}
