package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a crypto map or of a dynamic map: what is protected, with whom and how. A
 * configuration without errors has a transform set in each that does not stand for a dynamic map,
 * and in a crypto map also a peer and an access list.
 *
 * @param mapName the name of the map
 * @param sequence the place in the map, 1 to 65535
 * @param keying how it comes to its SAs
 * @param description free text
 * @param peers the peers, in the order in which they are tried; in a dynamic map the peers that may
 *     come, or none for any
 * @param transformSets the names of the transform sets, in the order in which they are offered
 * @param isakmpProfile the profile that its peers have to fit, if one is named
 * @param pfsGroup the group of perfect forward secrecy, if it is asked for
 * @param lifetimeSeconds the lifetime, if not {@link IpsecDefaults#lifetimeSeconds()}
 * @param lifetimeKilobytes the volume, if not {@link IpsecDefaults#lifetimeKilobytes()}
 * @param accessList the extended access list whose permitted packets are protected
 */
public record CryptoMapEntry(
    String mapName,
    int sequence,
    Keying keying,
    @Nullable String description,
    List<Ipv4Address> peers,
    List<String> transformSets,
    @Nullable String isakmpProfile,
    OptionalInt pfsGroup,
    OptionalInt lifetimeSeconds,
    OptionalLong lifetimeKilobytes,
    @Nullable String accessList) {
  /** Copies the lists and checks the numbers. */
  public CryptoMapEntry {
    Checks.name("a crypto map's name", mapName);
    Checks.range("a crypto map's sequence number", sequence, 1, 65535);
    peers = List.copyOf(peers);
    transformSets = List.copyOf(transformSets);
    lifetimeSeconds.ifPresent(IpsecDefaults::checkSeconds);
    lifetimeKilobytes.ifPresent(IpsecDefaults::checkKilobytes);
    if (pfsGroup.isPresent() && !DhGroups.NUMBERS.contains(pfsGroup.getAsInt())) {
      throw new IllegalArgumentException("group " + pfsGroup.getAsInt() + " is not known");
    }
  }

  /** The section of a configuration text, {@code crypto map M-ipsec 1}. */
  public String section() {
    boolean template = keying instanceof Keying.Template;
    return (template ? "crypto dynamic-map " : "crypto map ") + mapName + " " + sequence;
  }

  /** Whether an entry of a dynamic map is for a peer. */
  public boolean admits(Ipv4Address peer) {
    return keying instanceof Keying.Template && (peers.isEmpty() || peers.contains(peer));
  }

  /** Where an entry is gathered. */
  public static final class Builder {
    private final String mapName;
    private final int sequence;
    private Keying keying;
    private @Nullable String description;
    private final List<Ipv4Address> peers = new ArrayList<>();
    private List<String> transformSets = List.of();
    private @Nullable String isakmpProfile;
    private OptionalInt pfsGroup = OptionalInt.empty();
    private OptionalInt lifetimeSeconds = OptionalInt.empty();
    private OptionalLong lifetimeKilobytes = OptionalLong.empty();
    private @Nullable String accessList;

    /** An entry without settings, for IKE. */
    public Builder(String mapName, int sequence) {
      this(mapName, sequence, new Keying.Isakmp());
    }

    /** An entry without settings. */
    public Builder(String mapName, int sequence, Keying keying) {
      this.mapName = mapName;
      this.sequence = sequence;
      this.keying = keying;
    }

    /** How the entry comes to its SAs. */
    public Keying keying() {
      return keying;
    }

    /** Sets {@link CryptoMapEntry#keying()}. */
    public Builder keying(Keying value) {
      keying = value;
      return this;
    }

    /** Sets {@link CryptoMapEntry#description()}. */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /** Adds a peer behind those that are there, unless it is one of them. */
    public Builder addPeer(Ipv4Address peer) {
      if (!peers.contains(peer)) {
        peers.add(peer);
      }
      return this;
    }

    /** Removes a peer; false if it is none. */
    public boolean removePeer(Ipv4Address peer) {
      return peers.remove(peer);
    }

    /** Sets {@link CryptoMapEntry#transformSets()}. */
    public Builder transformSets(List<String> value) {
      transformSets = List.copyOf(value);
      return this;
    }

    /** Sets {@link CryptoMapEntry#isakmpProfile()}. */
    public Builder isakmpProfile(@Nullable String value) {
      isakmpProfile = value;
      return this;
    }

    /** Sets {@link CryptoMapEntry#pfsGroup()}. */
    public Builder pfsGroup(OptionalInt value) {
      pfsGroup = value;
      return this;
    }

    /** Sets {@link CryptoMapEntry#lifetimeSeconds()}. */
    public Builder lifetimeSeconds(OptionalInt value) {
      lifetimeSeconds = value;
      return this;
    }

    /** Sets {@link CryptoMapEntry#lifetimeKilobytes()}. */
    public Builder lifetimeKilobytes(OptionalLong value) {
      lifetimeKilobytes = value;
      return this;
    }

    /** Sets {@link CryptoMapEntry#accessList()}. */
    public Builder accessList(@Nullable String value) {
      accessList = value;
      return this;
    }

    /** The immutable entry. */
    public CryptoMapEntry build() {
      return new CryptoMapEntry(
          mapName,
          sequence,
          keying,
          description,
          peers,
          transformSets,
          isakmpProfile,
          pfsGroup,
          lifetimeSeconds,
          lifetimeKilobytes,
          accessList);
    }
  }
}
