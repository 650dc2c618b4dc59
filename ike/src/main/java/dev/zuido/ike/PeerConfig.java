package dev.zuido.ike;

import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A peer: where it is, how it proves itself, what is negotiated with it.
 *
 * @param name unique within the configuration
 * @param localAddress our address towards the peer
 * @param remote the peer's address as a host prefix; a wider one, or that of a peer that
 *     {@linkplain PeerOptions#callsOnly only calls}, is a template for peers that may only
 *     initiate. Behind a translator the peer's address is the translator's, and its port may
 *     change; of a template's peer the address too, within the prefix
 * @param localIdentity who we say we are; with an RSA key one that its certificate names. {@link
 *     #with} changes identities, credentials and proposals together
 * @param remoteIdentity who the peer must say it is; null: its address or, of a peer behind a
 *     translator, any address; of a template's peer with a certificate, whoever that names
 * @param credentials what both sides prove themselves with: one for each method that a proposal
 *     has, and no two of one method
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
    List<Credential> credentials,
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

  /**
   * Checks the ranges, that no two children have one name, and that there is a credential for each
   * proposal which proves our own identity.
   */
  public PeerConfig {
    credentials = List.copyOf(credentials);
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
    checkCredentials(name, credentials, proposals, localIdentity);
  }

  private static void checkCredentials(
      String name,
      List<Credential> credentials,
      List<IkeProposal> proposals,
      Identity localIdentity) {
    Set<AuthenticationMethod> methods = EnumSet.noneOf(AuthenticationMethod.class);
    for (Credential credential : credentials) {
      if (!methods.add(credential.method())) {
        throw new IllegalArgumentException(
            "peer " + name + " has two credentials for " + credential.method());
      }
      if (credential instanceof Credential.RsaKey key
          && !CertificateIdentity.names(key.certificate(), localIdentity)) {
        throw new IllegalArgumentException(
            "peer "
                + name
                + ": our certificate does not name our identity "
                + SelectorPayloads.describe(localIdentity));
      }
    }
    for (IkeProposal proposal : proposals) {
      if (!methods.contains(proposal.authentication())) {
        throw new IllegalArgumentException(
            "peer " + name + " has no credential for the proposal " + proposal);
      }
    }
  }

  /** A peer with a pre-shared key. */
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
      NatTraversal natTraversal,
      PeerOptions options) {
    this(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        List.of(new Credential.PreSharedKey(preSharedKey)),
        proposals,
        dpd,
        rekey,
        children,
        natTraversal,
        options);
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

  /** The same with other credentials. */
  public PeerConfig withCredentials(Credential... newCredentials) {
    return with(localIdentity, remoteIdentity, List.of(newCredentials), proposals);
  }

  /** The same with other identities. */
  public PeerConfig withIdentities(Identity newLocal, @Nullable Identity newRemote) {
    return with(newLocal, newRemote, credentials, proposals);
  }

  /**
   * The same that proves itself in another way: credentials, identity and proposals have to fit
   * each other, so they change together.
   */
  public PeerConfig with(
      Identity newLocal,
      @Nullable Identity newRemote,
      List<Credential> newCredentials,
      List<IkeProposal> newProposals) {
    return new PeerConfig(
        name,
        localAddress,
        remote,
        newLocal,
        newRemote,
        newCredentials,
        newProposals,
        dpd,
        rekey,
        children,
        natTraversal,
        options);
  }

  /**
   * The pre-shared key.
   *
   * @throws IllegalStateException if there is none
   */
  public Secret preSharedKey() {
    for (Credential credential : credentials) {
      if (credential instanceof Credential.PreSharedKey preShared) {
        return preShared.key();
      }
    }
    throw new IllegalStateException("peer " + name + " has no pre-shared key");
  }

  /** The RSA key, which is there if a proposal is for it. */
  Credential.RsaKey rsaKey() {
    for (Credential credential : credentials) {
      if (credential instanceof Credential.RsaKey rsa) {
        return rsa;
      }
    }
    throw new IllegalStateException("peer " + name + " has no RSA key");
  }

  /** Whether there is a credential for a method. */
  boolean has(AuthenticationMethod method) {
    return credentials.stream().anyMatch(each -> each.method() == method);
  }

  /** The same with other NAT traversal. */
  public PeerConfig withNatTraversal(NatTraversal newNatTraversal) {
    return new PeerConfig(
        name,
        localAddress,
        remote,
        localIdentity,
        remoteIdentity,
        credentials,
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
        credentials,
        proposals,
        dpd,
        rekey,
        children,
        natTraversal,
        newOptions);
  }

  /** The identity of an address. */
  public static Identity identityOf(IpAddress address) {
    return address instanceof Ipv4Address v4
        ? new Identity.Ipv4(v4)
        : new Identity.Ipv6((Ipv6Address) address);
  }

  /** Whether the peer has one fixed address, so that we can initiate; else it is a template. */
  public boolean isFixed() {
    return remote.length() == remote.address().byteLength() * 8 && !options.callsOnly();
  }
}
