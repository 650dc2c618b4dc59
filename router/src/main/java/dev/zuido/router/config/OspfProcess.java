package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An OSPF process.
 *
 * @param processId its number on this router, 1 to 65535
 * @param routerId the router ID, if it is given
 * @param networks which interfaces take part, and in which area
 * @param passiveByDefault whether interfaces are passive unless an exception is made
 * @param passiveExceptions the interfaces that are the other way than the default
 * @param adjacencyLog which changes are logged
 * @param areas the areas of which something is said, in their order
 * @param referenceBandwidthMbps the bandwidth of cost 1, in Mbit/s, 1 to 4294967
 * @param redistributions which other routes are told, by source
 * @param defaultRoute the default route that is told, or null for none
 * @param summaryAddresses redistributed networks that are told as one, by prefix
 * @param neighbors the routers that are not found by multicast, by address
 * @param options what it does where it has a choice
 */
public record OspfProcess(
    int processId,
    @Nullable Ipv4Address routerId,
    List<OspfNetwork> networks,
    boolean passiveByDefault,
    Set<IosInterfaceName> passiveExceptions,
    AdjacencyLog adjacencyLog,
    List<OspfArea> areas,
    int referenceBandwidthMbps,
    List<OspfRedistribution> redistributions,
    @Nullable OspfDefaultRoute defaultRoute,
    List<OspfSummaryAddress> summaryAddresses,
    List<OspfNeighbor> neighbors,
    OspfOptions options) {
  /** The reference bandwidth where none is given. */
  public static final int DEFAULT_REFERENCE_BANDWIDTH_MBPS = 100;

  /** Copies the collections and checks the numbers. */
  public OspfProcess {
    Checks.range("an OSPF process", processId, 1, 65535);
    Checks.range("a reference bandwidth", referenceBandwidthMbps, 1, 4_294_967);
    networks = List.copyOf(networks);
    areas = List.copyOf(areas);
    redistributions = List.copyOf(redistributions);
    summaryAddresses = List.copyOf(summaryAddresses);
    neighbors = List.copyOf(neighbors);
    passiveExceptions = java.util.Collections.unmodifiableSet(new TreeSet<>(passiveExceptions));
  }

  /** Whether an interface is advertised but speaks to nobody. */
  public boolean isPassive(IosInterfaceName name) {
    return passiveByDefault != passiveExceptions.contains(name);
  }

  /** The area of an interface with this primary address: that of the most specific match. */
  public Optional<Ipv4Address> areaOf(Ipv4Address address) {
    return networks.stream()
        .filter(network -> network.match().matches(address))
        .min(Comparator.comparingInt(n -> Integer.bitCount(n.match().wildcard().value())))
        .map(OspfNetwork::area);
  }

  /** How an interface of an area authenticates: in its own way, else the area's, else not. */
  public OspfAuthenticationType authenticationOf(InterfaceConfig port, Ipv4Address area) {
    OspfAuthenticationType own = port.ospf().authentication();
    OspfAuthenticationType areas = area(area).authentication();
    return own != null ? own : areas == null ? OspfAuthenticationType.NULL : areas;
  }

  /** An area: what is said of it, or that nothing is. */
  public OspfArea area(Ipv4Address id) {
    return areas.stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseGet(() -> OspfArea.plain(id));
  }

  /**
   * The area of an interface: that of its own {@code ip ospf} line, else of the network lines;
   * empty if OSPF does not run on it.
   *
   * @param address its primary address, borrowed or not
   */
  public Optional<Ipv4Address> areaOf(InterfaceConfig port, Ipv4Address address) {
    OspfAttachment own = port.ospf().attachment();
    return own != null && own.processId() == processId ? Optional.of(own.area()) : areaOf(address);
  }

  /** Whether the networks of an interface between routers are left out (RFC 6860). */
  public boolean suppressesPrefix(InterfaceConfig port) {
    return port.ospf().prefixSuppression().orElse(options.prefixSuppression());
  }

  /** How many hops a packet may have come by an interface; 0 for no check. */
  public int ttlSecurityHops(InterfaceConfig port) {
    return port.ospf().ttlSecurityHops().orElse(options.ttlSecurityHops().orElse(0));
  }

  /** The output cost of an interface: the configured one, or the reference over its bandwidth. */
  public int costOf(InterfaceConfig port) {
    long derived = referenceBandwidthMbps * 1000L / port.effectiveBandwidthKbps();
    return port.ospf().cost().orElse((int) Math.max(1, Math.min(65535, derived)));
  }

  /** The section of a configuration text, {@code router ospf 1}. */
  public String section() {
    return "router ospf " + processId;
  }

  /** Where a process is gathered. */
  public static final class Builder {
    private final int processId;
    private @Nullable Ipv4Address routerId;
    private final List<OspfNetwork> networks = new ArrayList<>();
    private boolean passiveByDefault;
    private final TreeSet<IosInterfaceName> passiveExceptions = new TreeSet<>();
    private AdjacencyLog adjacencyLog = AdjacencyLog.FULL_AND_DOWN;
    private final TreeMap<Ipv4Address, OspfArea.Builder> areas = new TreeMap<>();
    private int referenceBandwidthMbps = DEFAULT_REFERENCE_BANDWIDTH_MBPS;
    private final TreeMap<OspfRedistribution.Source, OspfRedistribution> redistributions =
        new TreeMap<>();
    private @Nullable OspfDefaultRoute defaultRoute;
    private final TreeMap<Ipv4Prefix, OspfSummaryAddress> summaryAddresses = new TreeMap<>();
    private final TreeMap<Ipv4Address, OspfNeighbor> neighbors = new TreeMap<>();
    private final OspfOptions.Builder options = new OspfOptions.Builder();

    /** A process without networks. */
    public Builder(int processId) {
      this.processId = processId;
    }

    /** Its number. */
    public int processId() {
      return processId;
    }

    /** Sets {@link OspfProcess#routerId()}. */
    public Builder routerId(@Nullable Ipv4Address value) {
      routerId = value;
      return this;
    }

    /** Adds a network line, in place of one that matches the same addresses. */
    public Builder addNetwork(OspfNetwork network) {
      networks.removeIf(held -> held.match().equals(network.match()));
      networks.add(network);
      return this;
    }

    /** Removes a network line; false if there is none such. */
    public boolean removeNetwork(OspfNetwork network) {
      return networks.remove(network);
    }

    /** Makes all interfaces passive or active, and forgets the exceptions. */
    public Builder passiveByDefault(boolean value) {
      passiveByDefault = value;
      passiveExceptions.clear();
      return this;
    }

    /** Makes one interface passive or active. */
    public Builder passive(IosInterfaceName name, boolean passive) {
      if (passive == passiveByDefault) {
        passiveExceptions.remove(name);
      } else {
        passiveExceptions.add(name);
      }
      return this;
    }

    /** Lets one interface be as all others. */
    public Builder passiveAsDefault(IosInterfaceName name) {
      return passive(name, passiveByDefault);
    }

    /** Sets {@link OspfProcess#adjacencyLog()}. */
    public Builder adjacencyLog(AdjacencyLog value) {
      adjacencyLog = value;
      return this;
    }

    /** The area of an ID, new if there was none. */
    public OspfArea.Builder area(Ipv4Address id) {
      return areas.computeIfAbsent(id, OspfArea.Builder::new);
    }

    /** Forgets what is said of an area; false if nothing is. */
    public boolean removeArea(Ipv4Address id) {
      return areas.remove(id) != null;
    }

    /** Adds a redistribution, in place of one of the same source. */
    public Builder redistribute(OspfRedistribution value) {
      redistributions.put(value.source(), value);
      return this;
    }

    /** The redistribution of a source, or null. */
    public @Nullable OspfRedistribution redistribution(OspfRedistribution.Source source) {
      return redistributions.get(source);
    }

    /** Removes a redistribution; false if there is none such. */
    public boolean removeRedistribution(OspfRedistribution.Source source) {
      return redistributions.remove(source) != null;
    }

    /** Sets {@link OspfProcess#defaultRoute()}. */
    public Builder defaultRoute(@Nullable OspfDefaultRoute value) {
      defaultRoute = value;
      return this;
    }

    /** Adds a summary address, in place of one of the same prefix. */
    public Builder summaryAddress(OspfSummaryAddress value) {
      summaryAddresses.put(value.prefix(), value);
      return this;
    }

    /** Removes a summary address; false if there is none such. */
    public boolean removeSummaryAddress(Ipv4Prefix prefix) {
      return summaryAddresses.remove(prefix) != null;
    }

    /** Adds a neighbour, in place of one of the same address. */
    public Builder neighbor(OspfNeighbor value) {
      neighbors.put(value.address(), value);
      return this;
    }

    /** Removes a neighbour; false if there is none such. */
    public boolean removeNeighbor(Ipv4Address address) {
      return neighbors.remove(address) != null;
    }

    /** The options, to be set there. */
    public OspfOptions.Builder options() {
      return options;
    }

    /** Sets {@link OspfProcess#referenceBandwidthMbps()}. */
    public Builder referenceBandwidthMbps(int value) {
      referenceBandwidthMbps = value;
      return this;
    }

    /** The immutable process. */
    public OspfProcess build() {
      return new OspfProcess(
          processId,
          routerId,
          networks,
          passiveByDefault,
          passiveExceptions,
          adjacencyLog,
          areas.values().stream()
              .map(OspfArea.Builder::build)
              .filter(area -> !area.equals(OspfArea.plain(area.id())))
              .toList(),
          referenceBandwidthMbps,
          List.copyOf(redistributions.values()),
          defaultRoute,
          List.copyOf(summaryAddresses.values()),
          List.copyOf(neighbors.values()),
          options.build());
    }
  }
}
