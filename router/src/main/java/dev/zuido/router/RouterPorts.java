package dev.zuido.router;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.wire.BatchPort;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a router's packets come from and go to.
 *
 * <p>A router that is {@linkplain #alone alone} is all there is between its links: it forwards,
 * answers pings, sends ICMP errors. A router {@linkplain #besideHost beside a host's stack} leaves
 * that to the host, as a routing daemon does. Of its links it then gets only what the host does not
 * handle (GRE, ESP, ISAKMP, OSPF); what its tunnels and security associations set free it gives to
 * the host, and what the host routes into them it takes from there, both through the host port of
 * the interface.
 *
 * <p>A Dialer interface has one of two lines: a port of its own among the links, IP packets with
 * nothing around them, or a PPPoE session over the {@link EthernetLine} of the physical interface
 * whose {@code pppoe-client dial-pool-number} is the Dialer's {@code dialer pool}.
 *
 * @param links the interfaces' ports to their links; an interface without one stays down
 * @param host the ports to the host's stack: of a tunnel interface, its TUN device; of an interface
 *     with a crypto map, the device into which the host routes what the map may protect. Empty for
 *     a router that is alone
 * @param isBesideHost whether a host's stack does the forwarding
 * @param ethernets the Ethernets of physical interfaces with {@code pppoe enable}
 */
public record RouterPorts(
    Map<IosInterfaceName, BatchPort> links,
    Map<IosInterfaceName, BatchPort> host,
    boolean isBesideHost,
    Map<IosInterfaceName, EthernetLine> ethernets) {
  /** Copies the maps, in their order. */
  public RouterPorts {
    links = new LinkedHashMap<>(links);
    host = new LinkedHashMap<>(host);
    ethernets = new LinkedHashMap<>(ethernets);
    if (!isBesideHost && !host.isEmpty()) {
      throw new IllegalArgumentException("a router that is alone has no ports to a host");
    }
  }

  /** Ports without PPPoE. */
  public RouterPorts(
      Map<IosInterfaceName, BatchPort> links,
      Map<IosInterfaceName, BatchPort> host,
      boolean isBesideHost) {
    this(links, host, isBesideHost, Map.of());
  }

  /** The ports of a router that forwards by itself. */
  public static RouterPorts alone(Map<IosInterfaceName, ? extends BatchPort> links) {
    return new RouterPorts(new LinkedHashMap<>(links), Map.of(), false);
  }

  /** The ports of a router beside a host's stack. */
  public static RouterPorts besideHost(
      Map<IosInterfaceName, ? extends BatchPort> links,
      Map<IosInterfaceName, ? extends BatchPort> host) {
    return new RouterPorts(new LinkedHashMap<>(links), new LinkedHashMap<>(host), true);
  }

  /** The same with Ethernets for PPPoE. */
  public RouterPorts withEthernets(Map<IosInterfaceName, EthernetLine> value) {
    return new RouterPorts(links, host, isBesideHost, value);
  }
}
