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
 *     translator with a pre-shared key, any address; of a template's peer with a certificate,
 *     whoever that names. A fixed peer with a certificate behind a translator needs one: without,
 *     it is refused, since its own address is not known here, and others have certificates too
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
    if (remoteIdentity != null
        && !CertificateIdentity.canBeNamed(remoteIdentity)
        && proposals.stream()
            .allMatch(each -> each.authentication() == AuthenticationMethod.RSA_SIGNATURES)) {
      throw new IllegalArgumentException(
          "peer "
              + name
              + ": no certificate names an identity such as that of the peer, "
              + SelectorPayloads.describe(remoteIdentity)
              + ": it has to be an address, a host name, a user name or a distinguished name");
    }
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

  /**
   * Begins a peer whose identity is its address and ours our own, without dead peer detection, that
   * still needs a credential and a proposal; the rest has its defaults.
   */
  public static Builder builder(String name, IpAddress localAddress, IpPrefix remote) {
    return new Builder(name, localAddress, remote);
  }

  /** Begins a peer that differs from this one. */
  public Builder toBuilder() {
    return builder(name, localAddress, remote)
        .identities(localIdentity, remoteIdentity)
        .credentials(credentials)
        .proposals(proposals)
        .dpd(dpd)
        .rekey(rekey)
        .children(children)
        .natTraversal(natTraversal)
        .options(options);
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
    return template(name, local, TrafficSelector.hostPrefix(remote), key, proposals, dpd, children);
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
    return builder(name, local, remote)
        .preSharedKey(key)
        .proposals(proposals)
        .dpd(dpd)
        .children(children)
        .build();
  }

  /** The same with other credentials. */
  public PeerConfig withCredentials(Credential... newCredentials) {
    return toBuilder().credentials(List.of(newCredentials)).build();
  }

  /** The same with other identities. */
  public PeerConfig withIdentities(Identity newLocal, @Nullable Identity newRemote) {
    return toBuilder().identities(newLocal, newRemote).build();
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
    return toBuilder()
        .identities(newLocal, newRemote)
        .credentials(newCredentials)
        .proposals(newProposals)
        .build();
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
    return toBuilder().natTraversal(newNatTraversal).build();
  }

  /** The same with other options. */
  public PeerConfig withOptions(PeerOptions newOptions) {
    return toBuilder().options(newOptions).build();
  }

  /** The same with other children. */
  public PeerConfig withChildren(ChildConfig... newChildren) {
    return toBuilder().children(List.of(newChildren)).build();
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

  /** Puts a peer together; what is not said stays as it was. */
  public static final class Builder {
    private final String name;
    private final IpAddress localAddress;
    private final IpPrefix remote;
    private Identity localIdentity;
    private @Nullable Identity remoteIdentity;
    private List<Credential> credentials = List.of();
    private List<IkeProposal> proposals = List.of();
    private DpdConfig dpd = DpdConfig.OFF;
    private RekeyPolicy rekey = RekeyPolicy.DEFAULT;
    private List<ChildConfig> children = List.of();
    private NatTraversal natTraversal = NatTraversal.DEFAULT;
    private PeerOptions options = PeerOptions.DEFAULT;

    private Builder(String name, IpAddress localAddress, IpPrefix remote) {
      this.name = name;
      this.localAddress = localAddress;
      this.remote = remote;
      this.localIdentity = identityOf(localAddress);
    }

    /** Who we say we are, and who the peer must say it is; null: its address. */
    public Builder identities(Identity newLocal, @Nullable Identity newRemote) {
      localIdentity = newLocal;
      remoteIdentity = newRemote;
      return this;
    }

    /** What both sides prove themselves with. */
    public Builder credentials(List<Credential> newCredentials) {
      credentials = newCredentials;
      return this;
    }

    /** A pre-shared key that both sides prove themselves with, and nothing else. */
    public Builder preSharedKey(Secret key) {
      return credentials(List.of(new Credential.PreSharedKey(key)));
    }

    /** Phase 1 proposals in the order of preference. */
    public Builder proposals(List<IkeProposal> newProposals) {
      proposals = newProposals;
      return this;
    }

    /** Dead peer detection. */
    public Builder dpd(DpdConfig newDpd) {
      dpd = newDpd;
      return this;
    }

    /** The margin of both phases' rekeying. */
    public Builder rekey(RekeyPolicy newRekey) {
      rekey = newRekey;
      return this;
    }

    /** What quick mode negotiates. */
    public Builder children(List<ChildConfig> newChildren) {
      children = newChildren;
      return this;
    }

    /** What is done about address translators. */
    public Builder natTraversal(NatTraversal newNatTraversal) {
      natTraversal = newNatTraversal;
      return this;
    }

    /** What only some peers need. */
    public Builder options(PeerOptions newOptions) {
      options = newOptions;
      return this;
    }

    /**
     * The peer.
     *
     * @throws IllegalArgumentException if something is missing or does not fit together
     */
    public PeerConfig build() {
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
          options);
    }
  }
}
