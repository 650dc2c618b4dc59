package dev.zuido.ike;

import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A peer: where it is, how it proves itself, what is negotiated with it.
 *
 * @param name unique within the configuration
 * @param localAddress our address towards the peer
 * @param remote the peer's address as a host prefix; a wider one, or that of a peer that {@linkplain
 *     PeerOptions#callsOnly only calls}, is a template for peers that may only initiate. Behind a
 *     translator the peer's address is the translator's, and its port may change; of a template's
 *     peer the address too, within the prefix
 * @param localIdentity who we say we are
 * @param remoteIdentity who the peer must say it is; null: its address or, of a peer behind a
 *     translator, any address
 * @param preSharedKey the key of main mode; the engine never wipes it, its owner does
 * @param proposals phase 1 proposals in the order of preference, 1 to 16
 * @param dpd dead peer detection
 * @param rekey the margin of both phases' rekeying
 * @param children what quick mode negotiates, at most 64; those of a template are templates too:
 *     each is narrowed to what the peer asks for within it
 * @param natTraversal what is done about address translators
 * @param options what only some peers need
 */
public record PeerConfig(
    String name,
    IpAddress localAddress,
    IpPrefix remote,
    Identity localIdentity,
    @Nullable Identity remoteIdentity,
    Secret preSharedKey,
    List<IkeProposal> proposals,
    DpdConfig dpd,
    RekeyPolicy rekey,
    List<ChildConfig> children,
    NatTraversal natTraversal,
    PeerOptions options) {
  /** The most phase 1 proposals. */
  public static final int MAX_PROPOSALS = 16;

  /** The most children. */
  public static final int MAX_CHILDREN = 64;

  /** Checks the ranges and that no two children have one name. */
  public PeerConfig {
    proposals = List.copyOf(proposals);
    children = List.copyOf(children);
    if (proposals.isEmpty() || proposals.size() > MAX_PROPOSALS) {
      throw new IllegalArgumentException("peer " + name + " needs 1 to 16 proposals");
    }
    if (children.size() > MAX_CHILDREN) {
      throw new IllegalArgumentException("peer " + name + " has more than 64 children");
    }
    if (localAddress.byteLength() != remote.address().byteLength()) {
      throw new IllegalArgumentException("peer " + name + ": the addresses' families differ");
    }
    Set<String> names = new HashSet<>();
    for (ChildConfig child : children) {
      if (!names.add(child.name())) {
        throw new IllegalArgumentException("peer " + name + " has two children " + child.name());
      }
    }
  }

  /** A peer with the options' defaults. */
  public PeerConfig(
      String name,
      IpAddress localAddress,
      IpPrefix remote,
      Identity localIdentity,
      @Nullable Identity remoteIdentity,
      Secret preSharedKey,
      List<IkeProposal> proposals,
      DpdConfig dpd,
      RekeyPolicy rekey,
      List<ChildConfig> children,
      NatTraversal natTraversal) {
    this(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        preSharedKey,
        proposals,
        dpd,
        rekey,
        children,
        natTraversal,
        PeerOptions.DEFAULT);
  }

  /** A peer with NAT traversal and the options' defaults. */
  public PeerConfig(
      String name,
      IpAddress localAddress,
      IpPrefix remote,
      Identity localIdentity,
      @Nullable Identity remoteIdentity,
      Secret preSharedKey,
      List<IkeProposal> proposals,
      DpdConfig dpd,
      RekeyPolicy rekey,
      List<ChildConfig> children) {
    this(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        preSharedKey,
        proposals,
        dpd,
        rekey,
        children,
        NatTraversal.DEFAULT,
        PeerOptions.DEFAULT);
  }

  /** A site-to-site peer at a fixed address that is also its identity. */
  public static PeerConfig siteToSite(
      String name,
      IpAddress local,
      IpAddress remote,
      Secret key,
      List<IkeProposal> proposals,
      DpdConfig dpd,
      List<ChildConfig> children) {
    return new PeerConfig(
        name,
        local,
        TrafficSelector.hostPrefix(remote),
        identityOf(local),
        null,
        key,
        proposals,
        dpd,
        RekeyPolicy.DEFAULT,
        children);
  }

  /** A template for peers at any address of a prefix, whose identity is an address. */
  public static PeerConfig template(
      String name,
      IpAddress local,
      IpPrefix remote,
      Secret key,
      List<IkeProposal> proposals,
      DpdConfig dpd,
      List<ChildConfig> children) {
    return new PeerConfig(
        name,
        local,
        remote,
        identityOf(local),
        null,
        key,
        proposals,
        dpd,
        RekeyPolicy.DEFAULT,
        children);
  }

  /** The same with other NAT traversal. */
  public PeerConfig withNatTraversal(NatTraversal newNatTraversal) {
    return new PeerConfig(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        preSharedKey,
        proposals,
        dpd,
        rekey,
        children,
        newNatTraversal,
        options);
  }

  /** The same with other options. */
  public PeerConfig withOptions(PeerOptions newOptions) {
    return new PeerConfig(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        preSharedKey,
        proposals,
        dpd,
        rekey,
        children,
        natTraversal,
        newOptions);
  }

  /** The identity of an address. */
  static Identity identityOf(IpAddress address) {
    return address instanceof Ipv4Address v4
        ? new Identity.Ipv4(v4)
        : new Identity.Ipv6((Ipv6Address) address);
  }

  /** Whether the peer has one fixed address, so that we can initiate; else it is a template. */
  public boolean isFixed() {
    return remote.length() == remote.address().byteLength() * 8 && !options.callsOnly();
  }
}
