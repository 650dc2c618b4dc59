package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration is gathered. A section is asked for by its name or number, which makes it
 * if it is new, and is then changed in place.
 */
public final class RouterConfigBuilder {
  private @Nullable String hostname;
  private @Nullable String domainName;
  private final TreeMap<String, Ipv4Address> hosts = new TreeMap<>();
  private final TreeMap<IosInterfaceName, InterfaceConfig.Builder> interfaces = new TreeMap<>();
  private final TreeMap<Integer, IsakmpPolicy.Builder> policies = new TreeMap<>();
  private final TreeMap<Ipv4Prefix, IsakmpKey> keys = new TreeMap<>();
  private final TreeMap<String, IsakmpNameKey> nameKeys = new TreeMap<>();
  private IsakmpOptions isakmpOptions = IsakmpOptions.DEFAULT;
  private final TreeMap<Ipv4Address, IsakmpPeer.Builder> isakmpPeers = new TreeMap<>();
  private final TreeMap<String, IsakmpProfile.Builder> isakmpProfiles = new TreeMap<>();
  private final TreeMap<String, Trustpoint.Builder> trustpoints = new TreeMap<>();
  private @Nullable IsakmpKeepalive keepalive;
  private NatTransparency natTransparency = NatTransparency.DEFAULT;
  private IpsecHandling ipsecHandling = IpsecHandling.IOS;
  private final TreeMap<String, TransformSet.Builder> transformSets = new TreeMap<>();
  private IpsecDefaults ipsecDefaults = IpsecDefaults.IOS;
  private final TreeMap<String, TreeMap<Integer, CryptoMapEntry.Builder>> dynamicMaps =
      new TreeMap<>();
  private final TreeMap<String, TreeMap<Integer, CryptoMapEntry.Builder>> cryptoMaps =
      new TreeMap<>();
  private final TreeMap<String, AccessList.Builder> accessLists = new TreeMap<>();
  private final List<StaticRoute> routes = new ArrayList<>();
  private OspfProcess.@Nullable Builder ospf;
  private final TreeMap<String, KeyChain.Builder> keyChains = new TreeMap<>();
  private final TreeMap<Integer, DialerList> dialerLists = new TreeMap<>();
  private final TreeMap<String, PppPassword> users = new TreeMap<>();

  private boolean staticCounterModeKeys;

  RouterConfigBuilder() {}

  /** Sets {@link RouterConfig#hostname()}. */
  public RouterConfigBuilder hostname(@Nullable String value) {
    hostname = value;
    return this;
  }

  /** Sets {@link RouterConfig#domainName()}. */
  public RouterConfigBuilder domainName(@Nullable String value) {
    domainName = value;
    return this;
  }

  /** Gives a host's address, in place of one that it had. */
  public RouterConfigBuilder host(String name, Ipv4Address address) {
    hosts.put(name, address);
    return this;
  }

  /** Removes a host; false if there is none such. */
  public boolean removeHost(String name) {
    return hosts.remove(name) != null;
  }

  /** The interface of this name, new if there was none. */
  public InterfaceConfig.Builder interfaceNamed(IosInterfaceName name) {
    return interfaces.computeIfAbsent(name, InterfaceConfig.Builder::new);
  }

  /** Removes an interface; false if there is none such. */
  public boolean removeInterface(IosInterfaceName name) {
    return interfaces.remove(name) != null;
  }

  /** The policy of this number, new if there was none. */
  public IsakmpPolicy.Builder isakmpPolicy(int number) {
    return policies.computeIfAbsent(number, IsakmpPolicy.Builder::new);
  }

  /** Removes a policy; false if there is none such. */
  public boolean removeIsakmpPolicy(int number) {
    return policies.remove(number) != null;
  }

  /** Adds a pre-shared key, in place of one for the same peers. */
  public RouterConfigBuilder isakmpKey(IsakmpKey key) {
    keys.put(key.peers(), key);
    return this;
  }

  /** Removes the key for these peers; false if there is none. */
  public boolean removeIsakmpKey(Ipv4Prefix peers) {
    return keys.remove(peers) != null;
  }

  /** Adds a pre-shared key by name, in place of one for the same name. */
  public RouterConfigBuilder isakmpNameKey(IsakmpNameKey key) {
    nameKeys.put(key.hostname(), key);
    return this;
  }

  /** Removes the key for a name; false if there is none. */
  public boolean removeIsakmpNameKey(String hostname) {
    return nameKeys.remove(hostname) != null;
  }

  /** What {@link RouterConfig#isakmpOptions()} is so far. */
  public IsakmpOptions isakmpOptions() {
    return isakmpOptions;
  }

  /** Sets {@link RouterConfig#isakmpOptions()}. */
  public RouterConfigBuilder isakmpOptions(IsakmpOptions value) {
    isakmpOptions = value;
    return this;
  }

  /** The peer of this address, new if there was none. */
  public IsakmpPeer.Builder isakmpPeer(Ipv4Address address) {
    return isakmpPeers.computeIfAbsent(address, IsakmpPeer.Builder::new);
  }

  /** Removes a peer; false if there is none such. */
  public boolean removeIsakmpPeer(Ipv4Address address) {
    return isakmpPeers.remove(address) != null;
  }

  /** The profile of this name, new if there was none. */
  public IsakmpProfile.Builder isakmpProfile(String name) {
    return isakmpProfiles.computeIfAbsent(name, IsakmpProfile.Builder::new);
  }

  /** Removes a profile; false if there is none such. */
  public boolean removeIsakmpProfile(String name) {
    return isakmpProfiles.remove(name) != null;
  }

  /** The trustpoint of this name, new if there was none. */
  public Trustpoint.Builder trustpoint(String name) {
    return trustpoints.computeIfAbsent(name, Trustpoint.Builder::new);
  }

  /** Removes a trustpoint; false if there is none such. */
  public boolean removeTrustpoint(String name) {
    return trustpoints.remove(name) != null;
  }

  /** Sets {@link RouterConfig#isakmpKeepalive()}. */
  public RouterConfigBuilder isakmpKeepalive(@Nullable IsakmpKeepalive value) {
    keepalive = value;
    return this;
  }

  /** What is done about address translators, as it stands. */
  public NatTransparency natTransparency() {
    return natTransparency;
  }

  /** What {@link RouterConfig#ipsecHandling()} is so far. */
  public IpsecHandling ipsecHandling() {
    return ipsecHandling;
  }

  /** Sets {@link RouterConfig#ipsecHandling()}. */
  public RouterConfigBuilder ipsecHandling(IpsecHandling value) {
    ipsecHandling = value;
    return this;
  }

  /** Sets {@link RouterConfig#natTransparency()}. */
  public RouterConfigBuilder natTransparency(NatTransparency value) {
    natTransparency = value;
    return this;
  }

  /** Adds a transform set, in place of one of the same name. */
  public TransformSet.Builder transformSet(String name, EspCipher cipher, EspIntegrity integrity) {
    TransformSet.Builder set = new TransformSet.Builder(name, cipher, integrity);
    transformSets.put(name, set);
    return set;
  }

  /** Removes a transform set; false if there is none such. */
  public boolean removeTransformSet(String name) {
    return transformSets.remove(name) != null;
  }

  /** The lifetimes and the window as they stand. */
  public IpsecDefaults ipsecDefaults() {
    return ipsecDefaults;
  }

  /** Sets {@link RouterConfig#ipsecDefaults()}. */
  public RouterConfigBuilder ipsecDefaults(IpsecDefaults value) {
    ipsecDefaults = value;
    return this;
  }

  /** Whether a crypto map has an entry of this number. */
  public boolean hasCryptoMapEntry(String map, int sequence) {
    return Optional.ofNullable(cryptoMaps.get(map))
        .filter(entries -> entries.containsKey(sequence))
        .isPresent();
  }

  /** The entry of this number of a crypto map, new and for IKE if there was none. */
  public CryptoMapEntry.Builder cryptoMapEntry(String map, int sequence) {
    return cryptoMapEntry(map, sequence, new Keying.Isakmp());
  }

  /** The entry of this number of a crypto map; of this keying, if there was none. */
  public CryptoMapEntry.Builder cryptoMapEntry(String map, int sequence, Keying keying) {
    return cryptoMaps
        .computeIfAbsent(map, name -> new TreeMap<>())
        .computeIfAbsent(sequence, number -> new CryptoMapEntry.Builder(map, number, keying));
  }

  /** Removes a crypto map; false if there is none such. */
  public boolean removeCryptoMap(String map) {
    return cryptoMaps.remove(map) != null;
  }

  /** Removes an entry, and with the last one its map; false if there is none such. */
  public boolean removeCryptoMapEntry(String map, int sequence) {
    return removeEntry(cryptoMaps, map, sequence);
  }

  /** The entry of this number of a dynamic map, new if there was none. */
  public CryptoMapEntry.Builder dynamicMapEntry(String map, int sequence) {
    return dynamicMaps
        .computeIfAbsent(map, name -> new TreeMap<>())
        .computeIfAbsent(
            sequence, number -> new CryptoMapEntry.Builder(map, number, new Keying.Template()));
  }

  /** Removes a dynamic map; false if there is none such. */
  public boolean removeDynamicMap(String map) {
    return dynamicMaps.remove(map) != null;
  }

  /** Removes an entry, and with the last one its dynamic map; false if there is none such. */
  public boolean removeDynamicMapEntry(String map, int sequence) {
    return removeEntry(dynamicMaps, map, sequence);
  }

  private static boolean removeEntry(
      Map<String, ? extends Map<Integer, CryptoMapEntry.Builder>> maps, String map, int sequence) {
    Map<Integer, CryptoMapEntry.Builder> entries = maps.get(map);
    if (entries == null || entries.remove(sequence) == null) {
      return false;
    }
    if (entries.isEmpty()) {
      maps.remove(map);
    }
    return true;
  }

  /**
   * The access list of this name, new if there was none.
   *
   * @throws IllegalArgumentException if there is one of the other kind
   */
  public AccessList.Builder accessList(String name, AccessList.Kind kind) {
    AccessList.Builder list =
        accessLists.computeIfAbsent(name, key -> new AccessList.Builder(key, kind));
    if (list.kind() != kind) {
      throw new IllegalArgumentException(
          "access list " + name + " is already of kind " + list.kind().iosName());
    }
    return list;
  }

  /** Removes an access list; false if there is none such. */
  public boolean removeAccessList(String name) {
    return accessLists.remove(name) != null;
  }

  /** Adds a static route, in place of one that differs in the distance only. */
  public RouterConfigBuilder staticRoute(StaticRoute route) {
    routes.removeIf(route::samePathAs);
    routes.add(route);
    return this;
  }

  /** Removes a static route, whatever its distance; false if there is none such. */
  public boolean removeStaticRoute(StaticRoute route) {
    return routes.removeIf(route::samePathAs);
  }

  /**
   * The OSPF process of this number, new if there was none.
   *
   * @throws IllegalArgumentException if there is one of another number
   */
  public OspfProcess.Builder ospf(int processId) {
    OspfProcess.Builder held = ospf == null ? new OspfProcess.Builder(processId) : ospf;
    if (held.processId() != processId) {
      throw new IllegalArgumentException(
          "there is one OSPF process, and it is " + held.processId());
    }
    ospf = held;
    return held;
  }

  /** Removes the OSPF process; false if it is not of this number. */
  public boolean removeOspf(int processId) {
    boolean found = ospf != null && ospf.processId() == processId;
    if (found) {
      ospf = null;
    }
    return found;
  }

  /** The key chain of this name, new if there was none. */
  public KeyChain.Builder keyChain(String name) {
    return keyChains.computeIfAbsent(name, KeyChain.Builder::new);
  }

  /** Removes a key chain; false if there is none such. */
  public boolean removeKeyChain(String name) {
    return keyChains.remove(name) != null;
  }

  /** Adds a dialer list, in place of one of the same number. */
  public RouterConfigBuilder dialerList(DialerList list) {
    dialerLists.put(list.number(), list);
    return this;
  }

  /** Removes a dialer list; false if there is none such. */
  public boolean removeDialerList(int number) {
    return dialerLists.remove(number) != null;
  }

  /** Adds one who proves itself to us, in place of one of the same name. */
  public RouterConfigBuilder user(PppPassword user) {
    users.put(user.name(), user);
    return this;
  }

  /** Removes one who proves itself to us; false if there is none such. */
  public boolean removeUser(String name) {
    return users.remove(name) != null;
  }

  /** Sets {@link RouterConfig#staticCounterModeKeys()}. */
  public RouterConfigBuilder staticCounterModeKeys(boolean value) {
    staticCounterModeKeys = value;
    return this;
  }

  /** The immutable configuration. */
  public RouterConfig build() {
    return new RouterConfig(
        hostname,
        domainName,
        hosts,
        interfaces.values().stream().map(InterfaceConfig.Builder::build).toList(),
        policies.values().stream().map(IsakmpPolicy.Builder::build).toList(),
        List.copyOf(keys.values()),
        List.copyOf(nameKeys.values()),
        isakmpOptions,
        isakmpPeers.values().stream().map(IsakmpPeer.Builder::build).toList(),
        isakmpProfiles.values().stream().map(IsakmpProfile.Builder::build).toList(),
        trustpoints.values().stream().map(Trustpoint.Builder::build).toList(),
        keepalive,
        natTransparency,
        transformSets.values().stream().map(TransformSet.Builder::build).toList(),
        ipsecDefaults,
        ipsecHandling,
        buildMaps(dynamicMaps),
        buildMaps(cryptoMaps),
        accessLists.values().stream().map(AccessList.Builder::build).toList(),
        routes,
        ospf == null ? null : ospf.build(),
        keyChains.values().stream().map(KeyChain.Builder::build).toList(),
        List.copyOf(dialerLists.values()),
        List.copyOf(users.values()),
        staticCounterModeKeys);
  }

  private static List<CryptoMap> buildMaps(
      Map<String, ? extends Map<Integer, CryptoMapEntry.Builder>> maps) {
    List<CryptoMap> built = new ArrayList<>();
    maps.forEach(
        (name, entries) ->
            built.add(
                new CryptoMap(
                    name, entries.values().stream().map(CryptoMapEntry.Builder::build).toList())));
    return built;
  }
}
