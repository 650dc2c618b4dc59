package dev.zuido.router.config;

import dev.zuido.router.config.IpsecHandling.DfBit;
import dev.zuido.router.config.IpsecHandling.Fragmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One interface.
 *
 * @param name its canonical name
 * @param description free text
 * @param shutdown whether it is administratively down
 * @param addresses its addresses, the primary one first; empty if it has none or borrows one
 * @param unnumbered the interface whose address it borrows
 * @param bandwidthKbps the bandwidth for metrics, in kbit/s
 * @param mtu the largest packet of the link, in bytes
 * @param ipMtu the largest IPv4 packet, in bytes
 * @param adjustMss the MSS to which TCP SYNs through this interface are clamped, both ways
 * @param accessGroupIn the access list for what comes in
 * @param accessGroupOut the access list for what goes out
 * @param cryptoMap the crypto map applied to what goes out and comes in
 * @param dfBit the DF bit of what its crypto map protects in tunnel mode, null where that of all
 *     interfaces holds
 * @param fragmentation when that is fragmented, null likewise
 * @param tunnel the tunnel of a tunnel interface, null for all others
 * @param pppoe the PPPoE client, null if no line is about it
 * @param dialer the dialling of a Dialer interface, null for all others
 * @param ospf the OSPF parameters
 */
public record InterfaceConfig(
    IosInterfaceName name,
    @Nullable String description,
    boolean shutdown,
    List<InterfaceAddress> addresses,
    @Nullable IosInterfaceName unnumbered,
    OptionalInt bandwidthKbps,
    OptionalInt mtu,
    OptionalInt ipMtu,
    OptionalInt adjustMss,
    @Nullable String accessGroupIn,
    @Nullable String accessGroupOut,
    @Nullable String cryptoMap,
    @Nullable DfBit dfBit,
    @Nullable Fragmentation fragmentation,
    @Nullable TunnelConfig tunnel,
    @Nullable PppoeLineConfig pppoe,
    @Nullable DialerConfig dialer,
    OspfInterfaceConfig ospf) {
  /** The MTU of a link where none is configured. */
  public static final int DEFAULT_MTU = 1500;

  /** Copies the list. */
  public InterfaceConfig {
    addresses = List.copyOf(addresses);
    if ((name.kind() == InterfaceKind.TUNNEL) != (tunnel != null)) {
      throw new IllegalArgumentException("a tunnel interface, and no other, has a tunnel");
    }
    if ((name.kind() == InterfaceKind.DIALER) != (dialer != null)) {
      throw new IllegalArgumentException("a Dialer interface, and no other, has a dialer");
    }
    boolean negotiated = dialer != null && dialer.addressNegotiated();
    if (negotiated && (unnumbered != null || !addresses.isEmpty())) {
      throw new IllegalArgumentException("an address is negotiated, borrowed or its own");
    }
  }

  /** The primary address, if the interface has one of its own. */
  public Optional<InterfaceAddress> primaryAddress() {
    return addresses.stream().findFirst();
  }

  /** Whether its address is what PPP's peer gives, so that it has none while the line is down. */
  public boolean addressNegotiated() {
    return dialer != null && dialer.addressNegotiated();
  }

  /** Whether it has an address of its own, borrows one, or is given one by PPP's peer. */
  public boolean hasAddress() {
    return !addresses.isEmpty() || unnumbered != null || addressNegotiated();
  }

  /**
   * The largest Ethernet payload that a PPPoE client on it may count on, in bytes, as far as the
   * configuration says: what {@code ppp-max-payload} needs, within a {@code mtu} that is given.
   *
   * @throws IllegalStateException if no line is about PPPoE
   */
  public int pppoeLinkMtu() {
    if (pppoe == null) {
      throw new IllegalStateException(name + " has no PPPoE");
    }
    int wanted = pppoe.effectiveMaxPayload() + PppoeLineConfig.OVERHEAD;
    return Math.min(wanted, mtu.orElse(wanted));
  }

  /**
   * The largest IPv4 packet: {@code ip mtu}, else {@code mtu}, else {@link #DEFAULT_MTU}; of a
   * tunnel without either, what GRE leaves of {@link #DEFAULT_MTU}.
   */
  public int effectiveIpMtu() {
    int link = mtu.orElse(DEFAULT_MTU);
    int fallback = tunnel == null || mtu.isPresent() ? link : link - 20 - tunnel.greHeaderLength();
    return ipMtu.orElse(fallback);
  }

  /** The bandwidth for metrics, in kbit/s: the configured one, or that of the kind. */
  public int effectiveBandwidthKbps() {
    return bandwidthKbps.orElse(name.kind().defaultBandwidthKbps());
  }

  /** The network type for OSPF: the configured one, or that of the kind. */
  public OspfNetworkType effectiveOspfNetworkType() {
    OspfNetworkType configured = ospf.networkType();
    if (configured != null) {
      return configured;
    }
    return name.kind().isEthernet() ? OspfNetworkType.BROADCAST : OspfNetworkType.POINT_TO_POINT;
  }

  /** The section of a configuration text, {@code interface Tunnel1}. */
  public String section() {
    return "interface " + name;
  }

  /** Where an interface is gathered. */
  public static final class Builder {
    private final IosInterfaceName name;
    private @Nullable String description;
    private boolean shutdown;
    private final List<InterfaceAddress> addresses = new ArrayList<>();
    private @Nullable IosInterfaceName unnumbered;
    private OptionalInt bandwidthKbps = OptionalInt.empty();
    private OptionalInt mtu = OptionalInt.empty();
    private OptionalInt ipMtu = OptionalInt.empty();
    private OptionalInt adjustMss = OptionalInt.empty();
    private @Nullable String accessGroupIn;
    private @Nullable String accessGroupOut;
    private @Nullable String cryptoMap;
    private @Nullable DfBit dfBit;
    private @Nullable Fragmentation fragmentation;
    private TunnelConfig tunnel = TunnelConfig.NONE;
    private PppoeLineConfig pppoe = PppoeLineConfig.NONE;
    private DialerConfig dialer = DialerConfig.NONE;
    private final OspfInterfaceConfig.Builder ospf = new OspfInterfaceConfig.Builder();

    /** An interface without settings. */
    public Builder(IosInterfaceName name) {
      this.name = name;
    }

    /** Its name. */
    public IosInterfaceName name() {
      return name;
    }

    /** Sets {@link InterfaceConfig#description()}. */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#shutdown()}. */
    public Builder shutdown(boolean value) {
      shutdown = value;
      return this;
    }

    /**
     * Sets the primary address in place of the one before, or adds a secondary one. An address of
     * its own ends the borrowing of another's.
     */
    public Builder address(InterfaceAddress value) {
      addresses.removeIf(
          held ->
              held.address().equals(value.address()) || (!held.secondary() && !value.secondary()));
      addresses.add(value.secondary() ? addresses.size() : 0, value);
      unnumbered = null;
      dialer = dialer.withAddressNegotiated(false);
      return this;
    }

    /** Removes one address; false if the interface does not have it so. */
    public boolean removeAddress(InterfaceAddress value) {
      return addresses.remove(value);
    }

    /** Removes all addresses. */
    public Builder clearAddresses() {
      addresses.clear();
      return this;
    }

    /** Whether it has a primary address. */
    public boolean hasPrimaryAddress() {
      return addresses.stream().anyMatch(held -> !held.secondary());
    }

    /** Sets {@link InterfaceConfig#unnumbered()}; a borrowed address removes its own. */
    public Builder unnumbered(@Nullable IosInterfaceName value) {
      unnumbered = value;
      if (value != null) {
        addresses.clear();
        dialer = dialer.withAddressNegotiated(false);
      }
      return this;
    }

    /** Sets {@link InterfaceConfig#bandwidthKbps()}. */
    public Builder bandwidthKbps(OptionalInt value) {
      bandwidthKbps = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#mtu()}. */
    public Builder mtu(OptionalInt value) {
      mtu = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#ipMtu()}. */
    public Builder ipMtu(OptionalInt value) {
      ipMtu = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#adjustMss()}. */
    public Builder adjustMss(OptionalInt value) {
      adjustMss = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#accessGroupIn()}. */
    public Builder accessGroupIn(@Nullable String value) {
      accessGroupIn = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#accessGroupOut()}. */
    public Builder accessGroupOut(@Nullable String value) {
      accessGroupOut = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#cryptoMap()}. */
    public Builder cryptoMap(@Nullable String value) {
      cryptoMap = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#dfBit()}. */
    public Builder dfBit(@Nullable DfBit value) {
      dfBit = value;
      return this;
    }

    /** Sets {@link InterfaceConfig#fragmentation()}. */
    public Builder fragmentation(@Nullable Fragmentation value) {
      fragmentation = value;
      return this;
    }

    /** Changes {@link InterfaceConfig#tunnel()}; of no consequence unless it is a tunnel. */
    public Builder tunnel(UnaryOperator<TunnelConfig> change) {
      tunnel = change.apply(tunnel);
      return this;
    }

    /** What {@link InterfaceConfig#pppoe()} is so far. */
    public PppoeLineConfig pppoe() {
      return pppoe;
    }

    /** What {@link InterfaceConfig#dialer()} is so far, if it is a Dialer. */
    public DialerConfig dialer() {
      return dialer;
    }

    /** Changes {@link InterfaceConfig#pppoe()}. */
    public Builder pppoe(UnaryOperator<PppoeLineConfig> change) {
      pppoe = change.apply(pppoe);
      return this;
    }

    /**
     * Changes {@link InterfaceConfig#dialer()}; of no consequence unless it is a Dialer. An address
     * that is negotiated removes its own, and ends the borrowing of another's.
     */
    public Builder dialer(UnaryOperator<DialerConfig> change) {
      dialer = change.apply(dialer);
      if (dialer.addressNegotiated()) {
        addresses.clear();
        unnumbered = null;
      }
      return this;
    }

    /** The OSPF parameters, to be set there. */
    public OspfInterfaceConfig.Builder ospf() {
      return ospf;
    }

    /** The immutable interface. */
    public InterfaceConfig build() {
      return new InterfaceConfig(
          name,
          description,
          shutdown,
          addresses,
          unnumbered,
          bandwidthKbps,
          mtu,
          ipMtu,
          adjustMss,
          accessGroupIn,
          accessGroupOut,
          cryptoMap,
          dfBit,
          fragmentation,
          name.kind() == InterfaceKind.TUNNEL ? tunnel : null,
          pppoe.equals(PppoeLineConfig.NONE) ? null : pppoe,
          name.kind() == InterfaceKind.DIALER ? dialer : null,
          ospf.build());
    }
  }
}
