package dev.zuido.router;

import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.gre.GreMtu;
import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.Ipv4Identifications;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IsakmpKeyLog;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.transcript.TranscriptRecorder;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.config.TunnelPathMtu;
import dev.zuido.router.config.TunnelSource;
import dev.zuido.wire.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes what of a router has its addresses in it: crypto maps at work, tunnels, and the key
 * exchange's peers.
 *
 * <p>An address that is negotiated may change, and then {@link Renumbering} has it all made again.
 * Until it is known {@link #unknown} stands for it, so that what a crypto map protects is never let
 * by for want of an address, and a configuration that cannot be used is refused at the start.
 */
final class AddressedParts {
  /** What is reserved for future use (RFC 1112 section 4) stands for what is not known. */
  private static final int RESERVED = 0xf000_0000;

  private final RouterConfig config;
  private final RouterEnvironment environment;
  private final InstalledSas installed;
  private final PeerMapping peerMapping;
  private final CryptoMapping mapping;
  private final Map<IosInterfaceName, Ipv4Address> negotiated = new HashMap<>();
  private final Map<IosInterfaceName, Peers> peers = new LinkedHashMap<>();
  private final Map<List<Ipv4Address>, Ipv4Identifications> identifications = new HashMap<>();
  private boolean transcribed;

  /**
   * Those with whom an interface's crypto map has to do.
   *
   * @param called those that we may call
   * @param callers those that may call us, from addresses that are not known beforehand
   */
  private record Peers(Map<Ipv4Address, PeerConfig> called, List<PeerConfig> callers) {}

  AddressedParts(
      RouterConfig config,
      RouterEnvironment environment,
      SecurityAssociationDatabase associations,
      InstalledSas installed,
      IntPredicate isLocalAddress) {
    this.config = config;
    this.environment = environment;
    this.installed = installed;
    this.peerMapping = new PeerMapping(config, environment.certificates());
    this.mapping = new CryptoMapping(config, associations, isLocalAddress, peerMapping);
  }

  // ---- Addresses

  /** The Dialer interface whose negotiated address an interface has or borrows, or null. */
  @Nullable IosInterfaceName negotiator(IosInterfaceName name) {
    InterfaceConfig port = config.interfaceNamed(name).orElse(null);
    if (port == null) {
      return null;
    }
    IosInterfaceName lender = port.unnumbered();
    InterfaceConfig owner = lender == null ? port : config.interfaceNamed(lender).orElse(null);
    return owner != null && owner.addressNegotiated() ? owner.name() : null;
  }

  /** The Dialer interface whose negotiated address a tunnel has for its source, or null. */
  @Nullable IosInterfaceName negotiator(TunnelConfig tunnel) {
    return tunnel.source() instanceof TunnelSource.OfInterface named
        ? negotiator(named.name())
        : null;
  }

  /** Notes the address that a Dialer interface was given; false if that is the one noted before. */
  boolean note(IosInterfaceName dialer, Ipv4Address address) {
    Ipv4Address before = negotiated.put(dialer, address);
    if (address.equals(before)) {
      return false;
    }
    identifications.keySet().removeIf(ends -> ends.get(0).equals(before));
    return true;
  }

  /** The address that a part of an interface is made of; null if it has none and gets none. */
  private @Nullable Ipv4Address addressOf(IosInterfaceName name) {
    IosInterfaceName dialer = negotiator(name);
    return dialer == null
        ? config.addressOf(name).orElse(null)
        : negotiated.getOrDefault(dialer, unknown(dialer));
  }

  /** Stands for the address of a Dialer interface while none is known; nothing leaves with it. */
  private Ipv4Address unknown(IosInterfaceName dialer) {
    List<IosInterfaceName> names = config.interfaces().stream().map(InterfaceConfig::name).toList();
    return new Ipv4Address(RESERVED | (names.indexOf(dialer) + 1));
  }

  // ---- Crypto maps

  /** An interface's crypto map at work; its peers are part of {@link #ikeConfig} from now on. */
  @Nullable CryptoPolicy crypto(InterfaceConfig each) {
    String mapName = each.cryptoMap();
    if (mapName == null) {
      return null;
    }
    if (each.tunnel() != null) {
      throw new UnsupportedConfigurationException(
          each.section(), "a crypto map belongs to the interface that the tunnel leaves by");
    }
    CryptoMap map =
        config
            .cryptoMap(mapName)
            .orElseThrow(
                () ->
                    new UnsupportedConfigurationException(
                        each.section(), "there is no crypto map " + mapName));
    Ipv4Address address = addressOf(each.name());
    if (address == null) {
      throw new UnsupportedConfigurationException(
          each.section(), "it has a crypto map, but no address");
    }
    refuseStaticKeys(each, map);
    Map<Ipv4Address, List<ChildConfig>> children = new LinkedHashMap<>();
    CryptoPolicy policy = mapping.policy(map, address, config.ipsecHandling(each), children);
    policy
        .boundary()
        .withSecret(environment.secrets().nextLong(), environment.secrets().nextLong());
    peers.remove(each.name());
    Map<Ipv4Address, PeerConfig> called = new LinkedHashMap<>();
    for (Map.Entry<Ipv4Address, List<ChildConfig>> needed : children.entrySet()) {
      if (peers.values().stream().anyMatch(other -> other.called.containsKey(needed.getKey()))) {
        throw new UnsupportedConfigurationException(
            each.section(), "two interfaces have crypto maps for the peer " + needed.getKey());
      }
      called.put(needed.getKey(), peerMapping.peer(address, needed.getKey(), needed.getValue()));
    }
    peers.put(each.name(), new Peers(called, mapping.callers(map, address, children.keySet())));
    return policy;
  }

  /** SAs with static keys are there from the start, and so have to be their addresses. */
  private void refuseStaticKeys(InterfaceConfig each, CryptoMap map) {
    boolean manual =
        map.entries().stream().anyMatch(entry -> entry.keying() instanceof Keying.Manual);
    if (manual && negotiator(each.name()) != null) {
      throw new UnsupportedConfigurationException(
          each.section(), "session keys need an address that is not negotiated");
    }
  }

  // ---- Key exchange

  /** What the key exchange is configured with, or null if there is none. */
  @Nullable IkeConfig ikeConfig() {
    List<PeerConfig> all = new ArrayList<>();
    peers.values().forEach(each -> all.addAll(each.called.values()));
    peers.values().forEach(each -> all.addAll(each.callers));
    return all.isEmpty() ? null : IkeConfig.of(all);
  }

  /** An engine with the peers that there are now, or null; a transcript is that of the first. */
  @Nullable IkeEngine ikeEngine() {
    IkeConfig silent = ikeConfig();
    if (silent == null) {
      return null;
    }
    IkeConfig ikeConfig = silent.withTrace(environment.ikeDiagnostics().trace());
    KeyListener keys = environment.keys();
    IsakmpKeyLog keyLog = keys == null ? IsakmpKeyLog.NONE : keys::isakmpKey;
    TranscriptRecorder transcript = environment.ikeDiagnostics().transcript();
    if (transcript == null || transcribed) {
      return new IkeEngine(
          ikeConfig, environment.secrets(), environment.jitter(), installed, installed, keyLog);
    }
    transcribed = true;
    return transcript.engine(
        ikeConfig, environment.secrets(), environment.jitter(), installed, installed, keyLog);
  }

  // ---- Tunnels

  /** The tunnel of a tunnel interface; null if it is shut down. */
  @Nullable GreTunnel tunnel(InterfaceConfig each, TunnelConfig tunnel) {
    if (each.shutdown()) {
      return null;
    }
    Ipv4Address source =
        tunnel.source() instanceof TunnelSource.OfInterface named
            ? addressOf(named.name())
            : config.addressOf(tunnel.source()).orElse(null);
    if (source == null) {
      throw new UnsupportedConfigurationException(
          each.section(), "the tunnel has no source address");
    }
    Ipv4Address destination = tunnel.destination();
    if (destination == null) {
      throw new UnsupportedConfigurationException(each.section(), "the tunnel has no destination");
    }
    GreTunnelConfig made =
        GreTunnelConfig.of(source, destination)
            .withKey(tunnel.key().isPresent() ? (int) tunnel.key().getAsLong() : null)
            .withChecksum(tunnel.checksum())
            .withSequence(tunnel.sequenceDatagrams())
            .withTtl(tunnel.ttl())
            .withDfPolicy(
                tunnel.pathMtu() == null
                    ? GreTunnelConfig.DfPolicy.CLEAR
                    : GreTunnelConfig.DfPolicy.COPY)
            .withMtu(mtu(tunnel.pathMtu()));
    if (tunnel.tos().isPresent()) {
      made = made.withTosPolicy(new GreTunnelConfig.TosPolicy.Fixed(tunnel.tos().getAsInt()));
    }
    return new GreTunnel(
        made,
        identifications.computeIfAbsent(
            List.of(source, destination), endpoints -> new Ipv4Identifications(0)));
  }

  /** What the tunnel leaves by limits its packets elsewhere; here is what the way beyond says. */
  private static GreMtu mtu(@Nullable TunnelPathMtu wanted) {
    if (wanted == null) {
      return GreMtu.NONE;
    }
    long age =
        wanted.ageMinutes().isPresent()
            ? Duration.ofMinutes(wanted.ageMinutes().getAsInt()).toNanos()
            : GreMtu.NEVER;
    return GreMtu.NONE.withDiscovery().withAge(age).withLeast(wanted.leastMtu());
  }
}
