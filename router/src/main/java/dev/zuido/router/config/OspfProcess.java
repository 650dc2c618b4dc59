package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * @param areaAuthentication how packets of an area are authenticated, where it is given; in the
 *     order of the areas
 * @param referenceBandwidthMbps the bandwidth of cost 1, in Mbit/s, 1 to 4294967
 */
public record OspfProcess(
    int processId,
    @Nullable Ipv4Address routerId,
    List<OspfNetwork> networks,
    boolean passiveByDefault,
    Set<IosInterfaceName> passiveExceptions,
    AdjacencyLog adjacencyLog,
    Map<Ipv4Address, OspfAuthenticationType> areaAuthentication,
    int referenceBandwidthMbps) {
  /** The reference bandwidth where none is given. */
  public static final int DEFAULT_REFERENCE_BANDWIDTH_MBPS = 100;

  /** Copies the collections and checks the numbers. */
  public OspfProcess {
    Checks.range("an OSPF process", processId, 1, 65535);
    Checks.range("a reference bandwidth", referenceBandwidthMbps, 1, 4_294_967);
    networks = List.copyOf(networks);
    areaAuthentication = java.util.Collections.unmodifiableMap(new TreeMap<>(areaAuthentication));
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
    return own != null ? own : areaAuthentication.getOrDefault(area, OspfAuthenticationType.NULL);
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
    private final TreeMap<Ipv4Address, OspfAuthenticationType> areaAuthentication = new TreeMap<>();
    private int referenceBandwidthMbps = DEFAULT_REFERENCE_BANDWIDTH_MBPS;

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

    /** Sets how packets of an area are authenticated, or takes it back with null. */
    public Builder areaAuthentication(Ipv4Address area, @Nullable OspfAuthenticationType type) {
      if (type == null) {
        areaAuthentication.remove(area);
      } else {
        areaAuthentication.put(area, type);
      }
      return this;
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
          areaAuthentication,
          referenceBandwidthMbps);
    }
  }
}
