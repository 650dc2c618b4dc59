package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a router is configured to do. Lists are in ascending order of number or name, static
 * routes in the order in which they were given.
 *
 * @param hostname its name
 * @param domainName the domain that its name is of
 * @param hosts the addresses of hosts by their names
 * @param interfaces the interfaces
 * @param isakmpPolicies the phase 1 proposals, the preferred one first
 * @param isakmpKeys the pre-shared keys by address
 * @param isakmpNameKeys the pre-shared keys by name
 * @param isakmpOptions what holds for all peers
 * @param isakmpPeers the peers with which we begin in aggressive mode
 * @param isakmpProfiles what holds for some peers
 * @param trustpoints our certificates
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
 * @param keyChains the key chains, by name
 * @param dialerLists which traffic is interesting to dialled lines
 * @param users the names and passwords of those who prove themselves to us, by name
 * @param staticCounterModeKeys whether session keys may go with counter modes, though each start
 *     repeats the nonces of the one before (RFC 4106 section 2): for tests alone
 */
public record RouterConfig(
    @Nullable String hostname,
    @Nullable String domainName,
    SortedMap<String, Ipv4Address> hosts,
    List<InterfaceConfig> interfaces,
    List<IsakmpPolicy> isakmpPolicies,
    List<IsakmpKey> isakmpKeys,
    List<IsakmpNameKey> isakmpNameKeys,
    IsakmpOptions isakmpOptions,
    List<IsakmpPeer> isakmpPeers,
    List<IsakmpProfile> isakmpProfiles,
    List<Trustpoint> trustpoints,
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
    List<KeyChain> keyChains,
    List<DialerList> dialerLists,
    List<PppPassword> users,
    boolean staticCounterModeKeys) {
  /** Copies the lists. */
  public RouterConfig {
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    interfaces = List.copyOf(interfaces);
    isakmpPolicies = List.copyOf(isakmpPolicies);
    isakmpKeys = List.copyOf(isakmpKeys);
    isakmpNameKeys = List.copyOf(isakmpNameKeys);
    isakmpPeers = List.copyOf(isakmpPeers);
    isakmpProfiles = List.copyOf(isakmpProfiles);
    trustpoints = List.copyOf(trustpoints);
    transformSets = List.copyOf(transformSets);
    dynamicMaps = List.copyOf(dynamicMaps);
    cryptoMaps = List.copyOf(cryptoMaps);
    accessLists = List.copyOf(accessLists);
    staticRoutes = List.copyOf(staticRoutes);
    keyChains = List.copyOf(keyChains);
    dialerLists = List.copyOf(dialerLists);
    users = List.copyOf(users);
  }

  /** The errors and warnings that this configuration deserves, in a fixed order. */
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    InterfaceChecks.check(this, problems);
    DialerChecks.check(this, problems);
    CryptoChecks.check(this, problems);
    IsakmpChecks.check(this, problems);
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

  /** The pre-shared key by name for a peer whose address {@code ip host} gives. */
  public Optional<IsakmpNameKey> isakmpNameKeyFor(Ipv4Address peer) {
    return isakmpNameKeys.stream()
        .filter(key -> peer.equals(hosts.get(key.hostname())))
        .findFirst();
  }

  /** Whether a peer can prove itself: by a key that it shares with us, or by signatures. */
  public boolean knowsKeyFor(Ipv4Address peer) {
    return isakmpKeyFor(peer).isPresent()
        || isakmpNameKeyFor(peer).isPresent()
        || isakmpPeer(peer).map(IsakmpPeer::password).isPresent()
        || takesSignatures();
  }

  /** Whether a peer whose address is not known can prove itself. */
  public boolean admitsStrangers() {
    boolean byName =
        !isakmpNameKeys.isEmpty()
            && isakmpOptions.aggressiveMode() == IsakmpOptions.AggressiveMode.ACCEPTED;
    return !isakmpKeys.isEmpty() || byName || takesSignatures();
  }

  /** Whether a policy is for RSA signatures, and there is a certificate. */
  public boolean takesSignatures() {
    return trustpointFor(null).isPresent()
        && isakmpPolicies.stream()
            .anyMatch(policy -> policy.authentication() == IkeAuthentication.RSA_SIGNATURES);
  }

  /** The lines that are there for a peer alone. */
  public Optional<IsakmpPeer> isakmpPeer(Ipv4Address address) {
    return isakmpPeers.stream().filter(peer -> peer.address().equals(address)).findFirst();
  }

  /** A profile by name. */
  public Optional<IsakmpProfile> isakmpProfile(String name) {
    return isakmpProfiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /**
   * The profile for a peer, or for all peers of a prefix: that of the entries which are for the
   * address; else that of dynamic entries which are for anybody.
   */
  public Optional<IsakmpProfile> isakmpProfileFor(Ipv4Prefix peers) {
    List<CryptoMapEntry> entries =
        Stream.concat(cryptoMaps.stream(), dynamicMaps.stream())
            .flatMap(map -> map.entries().stream())
            .toList();
    Optional<CryptoMapEntry> own =
        entries.stream()
            .filter(entry -> peers.length() == 32 && entry.peers().contains(peers.address()))
            .findFirst();
    return own.or(
            () ->
                entries.stream()
                    .filter(entry -> entry.keying() instanceof Keying.Template)
                    .filter(entry -> entry.peers().isEmpty())
                    .findFirst())
        .map(CryptoMapEntry::isakmpProfile)
        .flatMap(this::isakmpProfile);
  }

  /** A trustpoint by name. */
  public Optional<Trustpoint> trustpoint(String name) {
    return trustpoints.stream().filter(point -> point.name().equals(name)).findFirst();
  }

  /**
   * The trustpoint of a peer: the one that its profile names, else the first that has all files.
   */
  public Optional<Trustpoint> trustpointFor(@Nullable IsakmpProfile profile) {
    String name = profile == null ? null : profile.trustpoint();
    return name == null
        ? trustpoints.stream().filter(Trustpoint::isComplete).findFirst()
        : trustpoint(name).filter(Trustpoint::isComplete);
  }

  /** Our name with its domain; empty if we have no name. */
  public Optional<String> fullName() {
    return Optional.ofNullable(hostname)
        .map(name -> domainName == null ? name : name + "." + domainName);
  }

  /** A key chain by name. */
  public Optional<KeyChain> keyChain(String name) {
    return keyChains.stream().filter(chain -> chain.name().equals(name)).findFirst();
  }

  /** A dialer list by number. */
  public Optional<DialerList> dialerList(int number) {
    return dialerLists.stream().filter(list -> list.number() == number).findFirst();
  }

  /** The password of one who proves itself to us. */
  public Optional<Secret> passwordOf(String user) {
    return users.stream()
        .filter(each -> each.name().equals(user))
        .findFirst()
        .map(PppPassword::password);
  }

  /**
   * The Ethernet interface whose PPPoE client a Dialer uses: the one that serves its pool. A
   * configuration without errors has at most one. Empty if the Dialer has no pool, or nobody serves
   * it.
   */
  public Optional<InterfaceConfig> pppoeLineOf(InterfaceConfig port) {
    DialerConfig dialer = port.dialer();
    return dialer == null || dialer.pool().isEmpty()
        ? Optional.empty()
        : interfaces.stream()
            .filter(
                each -> {
                  PppoeLineConfig line = each.pppoe();
                  return line != null && line.isClient() && line.dialPool().equals(dialer.pool());
                })
            .findFirst();
  }

  /**
   * Whether a Dialer's line is dialled at once and kept, whatever the traffic: unless its line is
   * on demand and it is not persistent.
   *
   * @throws IllegalArgumentException if it is no Dialer
   */
  public boolean keepsLine(InterfaceConfig port) {
    DialerConfig dialer = port.dialer();
    if (dialer == null) {
      throw new IllegalArgumentException(port.name() + " is no Dialer");
    }
    return dialer.persistent() != null
        || pppoeLineOf(port)
            .map(InterfaceConfig::pppoe)
            .filter(PppoeLineConfig::dialOnDemand)
            .isEmpty();
  }

  /**
   * The largest IPv4 packet of an interface, in bytes: {@link InterfaceConfig#effectiveIpMtu}, and
   * of a Dialer at most what the PPPoE line carries.
   */
  public int ipMtuOf(InterfaceConfig port) {
    int own = port.effectiveIpMtu();
    return pppoeLineOf(port)
        .map(line -> Math.min(own, line.pppoeLinkMtu() - PppoeLineConfig.OVERHEAD))
        .orElse(own);
  }

  /** The name by which a Dialer proves itself with CHAP: its own, else the router's, else none. */
  public Optional<String> chapName(DialerConfig dialer) {
    return Optional.ofNullable(dialer.authentication().chapHostname())
        .or(() -> Optional.ofNullable(hostname));
  }

  /**
   * The primary address of an interface, or of the one whose address it borrows; empty where it is
   * negotiated.
   */
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

  /** The OSPF area of an interface; empty if OSPF does not run on it. */
  public Optional<Ipv4Address> ospfAreaOf(InterfaceConfig port) {
    OspfProcess process = ospf;
    return process == null
        ? Optional.empty()
        : addressOf(port.name()).flatMap(address -> process.areaOf(port, address));
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
