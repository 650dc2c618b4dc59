package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a router is configured to do. Lists are in ascending order of number or name, static
 * routes in the order in which they were given.
 *
 * @param hostname its name
 * @param interfaces the interfaces
 * @param isakmpPolicies the phase 1 proposals, the preferred one first
 * @param isakmpKeys the pre-shared keys
 * @param isakmpKeepalive dead peer detection, if it is on
 * @param natTransparency what is done about address translators
 * @param transformSets the phase 2 proposals
 * @param ipsecDefaults lifetimes and window where a crypto map says nothing else
 * @param ipsecHandling the DF bit and fragmentation where an interface says nothing else
 * @param dynamicMaps what peers may ask for that are not known beforehand
 * @param cryptoMaps the security policies
 * @param accessLists the access lists
 * @param staticRoutes the static routes
 * @param ospf the OSPF process, if there is one
 * @param dialerLists which traffic may raise a dialled line
 * @param staticCounterModeKeys whether session keys may go with counter modes, though each start
 *     repeats the nonces of the one before (RFC 4106 section 2): for tests alone
 */
public record RouterConfig(
    @Nullable String hostname,
    List<InterfaceConfig> interfaces,
    List<IsakmpPolicy> isakmpPolicies,
    List<IsakmpKey> isakmpKeys,
    @Nullable IsakmpKeepalive isakmpKeepalive,
    NatTransparency natTransparency,
    List<TransformSet> transformSets,
    IpsecDefaults ipsecDefaults,
    IpsecHandling ipsecHandling,
    List<CryptoMap> dynamicMaps,
    List<CryptoMap> cryptoMaps,
    List<AccessList> accessLists,
    List<StaticRoute> staticRoutes,
    @Nullable OspfProcess ospf,
    List<DialerList> dialerLists,
    boolean staticCounterModeKeys) {
  /** Copies the lists. */
  public RouterConfig {
    interfaces = List.copyOf(interfaces);
    isakmpPolicies = List.copyOf(isakmpPolicies);
    isakmpKeys = List.copyOf(isakmpKeys);
    transformSets = List.copyOf(transformSets);
    dynamicMaps = List.copyOf(dynamicMaps);
    cryptoMaps = List.copyOf(cryptoMaps);
    accessLists = List.copyOf(accessLists);
    staticRoutes = List.copyOf(staticRoutes);
    dialerLists = List.copyOf(dialerLists);
  }

  /** The errors and warnings that this configuration deserves, in a fixed order. */
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    InterfaceChecks.check(this, problems);
    CryptoChecks.check(this, problems);
    RoutingChecks.check(this, problems);
    return List.copyOf(problems);
  }

  /** The DF bit and fragmentation that hold for an interface: its own, or those of all. */
  public IpsecHandling ipsecHandling(InterfaceConfig at) {
    IpsecHandling.DfBit dfBit = at.dfBit();
    IpsecHandling.Fragmentation fragmentation = at.fragmentation();
    return new IpsecHandling(
        dfBit == null ? ipsecHandling.dfBit() : dfBit,
        fragmentation == null ? ipsecHandling.fragmentation() : fragmentation);
  }

  /** An interface by name. */
  public Optional<InterfaceConfig> interfaceNamed(IosInterfaceName name) {
    return interfaces.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  /** A transform set by name. */
  public Optional<TransformSet> transformSet(String name) {
    return transformSets.stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /** A crypto map by name. */
  public Optional<CryptoMap> cryptoMap(String name) {
    return cryptoMaps.stream().filter(map -> map.name().equals(name)).findFirst();
  }

  /** A dynamic map by name. */
  public Optional<CryptoMap> dynamicMap(String name) {
    return dynamicMaps.stream().filter(map -> map.name().equals(name)).findFirst();
  }

  /** The entries that an entry of a crypto map stands for: itself, or those of its dynamic map. */
  public List<CryptoMapEntry> resolve(CryptoMapEntry entry) {
    return entry.keying() instanceof Keying.Dynamic dynamic
        ? dynamicMap(dynamic.map()).map(CryptoMap::entries).orElse(List.of())
        : List.of(entry);
  }

  /** An access list by name or number. */
  public Optional<AccessList> accessList(String name) {
    return accessLists.stream().filter(list -> list.name().equals(name)).findFirst();
  }

  /** The pre-shared key for a peer: that of the longest prefix that contains it. */
  public Optional<IsakmpKey> isakmpKeyFor(Ipv4Address peer) {
    return isakmpKeyFor(Ipv4Prefix.host(peer));
  }

  /** The pre-shared key for all peers of a prefix: that of the longest one that contains it. */
  public Optional<IsakmpKey> isakmpKeyFor(Ipv4Prefix peers) {
    return isakmpKeys.stream()
        .filter(key -> key.peers().contains(peers))
        .max(Comparator.comparingInt(key -> key.peers().length()));
  }

  /** The primary address of an interface, or of the one whose address it borrows. */
  public Optional<Ipv4Address> addressOf(IosInterfaceName name) {
    return interfaceNamed(name)
        .flatMap(
            port -> {
              IosInterfaceName lender = port.unnumbered();
              return lender == null ? Optional.of(port) : interfaceNamed(lender);
            })
        .flatMap(InterfaceConfig::primaryAddress)
        .map(InterfaceAddress::address);
  }

  /** The address of a tunnel's source; empty if it has none or its interface has no address. */
  public Optional<Ipv4Address> addressOf(@Nullable TunnelSource source) {
    if (source instanceof TunnelSource.OfInterface named) {
      return addressOf(named.name());
    }
    return source instanceof TunnelSource.OfAddress given
        ? Optional.of(given.address())
        : Optional.empty();
  }

  /**
   * The OSPF router ID: the configured one, else the highest address of a loopback interface, else
   * the highest of any; interfaces that are shut down do not count.
   */
  public Optional<Ipv4Address> ospfRouterId() {
    if (ospf != null && ospf.routerId() != null) {
      return Optional.of(ospf.routerId());
    }
    return highestAddress(true).or(() -> highestAddress(false));
  }

  private Optional<Ipv4Address> highestAddress(boolean loopbacksOnly) {
    return interfaces.stream()
        .filter(port -> !port.shutdown())
        .filter(port -> !loopbacksOnly || port.name().kind() == InterfaceKind.LOOPBACK)
        .flatMap(port -> port.addresses().stream())
        .map(InterfaceAddress::address)
        .max(Comparator.naturalOrder());
  }

  /** A builder of an empty configuration. */
  public static RouterConfigBuilder builder() {
    return new RouterConfigBuilder();
  }
}
