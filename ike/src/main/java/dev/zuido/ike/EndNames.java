package dev.zuido.ike;

import dev.zuido.ike.SaParameters.OriginalAddresses;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.NatOriginalAddress;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.IpAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a path are called. Through a translator each side knows an end by another
 * address, and names it so in quick mode; in transport mode they all mean the same packets.
 *
 * @param local our address as packets have it here
 * @param remote the peer's address as packets have it here
 * @param localNames every address that we are called by; empty without a translator
 * @param remoteNames every address that the peer is called by; empty without a translator
 * @param original the addresses of the peer's packets when it sends them, or null
 */
record EndNames(
    IpAddress local,
    IpAddress remote,
    Set<IpAddress> localNames,
    Set<IpAddress> remoteNames,
    @Nullable OriginalAddresses original) {

  /** The names in tunnel mode, or without a translator: what is said is meant. */
  private static EndNames plain(IsakmpSa sa) {
    return new EndNames(sa.local().address(), sa.remote().address(), Set.of(), Set.of(), null);
  }

  /**
   * The names after a quick mode message of the peer.
   *
   * @param peerIsInitiator whether the peer began the quick mode: the initiator's NAT-OA is first
   */
  static EndNames of(
      IsakmpSa sa, EncapsulationMode mode, PayloadChain chain, boolean peerIsInitiator) {
    if (mode != EncapsulationMode.TRANSPORT || !sa.nat().encapsulates()) {
      return plain(sa);
    }
    Set<IpAddress> localNames = new LinkedHashSet<>();
    Set<IpAddress> remoteNames = new LinkedHashSet<>();
    localNames.add(sa.local().address());
    remoteNames.add(sa.remote().address());
    IpAddress identity = addressOf(sa.remoteIdentity());
    if (identity != null) {
      remoteNames.add(identity);
    }
    OriginalAddresses original = originalOf(sa, chain, peerIsInitiator);
    if (original != null) {
      remoteNames.add(original.source());
      localNames.add(original.destination());
    }
    return new EndNames(
        sa.local().address(), sa.remote().address(), localNames, remoteNames, original);
  }

  /**
   * A single NAT-OA, as the first drafts had it, is the sender's own address. Addresses of the
   * other family, which a peer may send as it likes, say nothing about packets of this one.
   */
  private static @Nullable OriginalAddresses originalOf(
      IsakmpSa sa, PayloadChain chain, boolean peerIsInitiator) {
    List<NatOriginalAddress> payloads = chain.payloads(NatOriginalAddress.class);
    int length = sa.local().address().byteLength();
    if (payloads.isEmpty()
        || payloads.stream().anyMatch(each -> each.address().byteLength() != length)) {
      return null;
    }
    if (payloads.size() == 1) {
      return new OriginalAddresses(payloads.get(0).address(), sa.local().address());
    }
    IpAddress initiator = payloads.get(0).address();
    IpAddress responder = payloads.get(1).address();
    return peerIsInitiator
        ? new OriginalAddresses(initiator, responder)
        : new OriginalAddresses(responder, initiator);
  }

  private static @Nullable IpAddress addressOf(@Nullable Identity identity) {
    if (identity instanceof Identity.Ipv4 v4) {
      return v4.address();
    }
    return identity instanceof Identity.Ipv6 v6 ? v6.address() : null;
  }

  /**
   * The NAT-OA payloads that we send: the initiator's address, then the responder's, each as we see
   * it (RFC 3947 section 5.2). None where they say nothing.
   */
  static List<? extends Payload> payloads(
      IsakmpSa sa, EncapsulationMode mode, boolean weAreInitiator) {
    NatDialect dialect = sa.nat().dialect();
    if (dialect == null || mode != EncapsulationMode.TRANSPORT || !sa.nat().encapsulates()) {
      return List.of();
    }
    int type = dialect.natOriginalAddressType();
    NatOriginalAddress own = new NatOriginalAddress(type, sa.local().address());
    NatOriginalAddress other = new NatOriginalAddress(type, sa.remote().address());
    return weAreInitiator ? List.of(own, other) : List.of(other, own);
  }

  /** Our side's selector as packets here match it. */
  TrafficSelector ofLocal(TrafficSelector named) {
    return meant(named, localNames, local);
  }

  /** The peer's side's selector as packets here match it. */
  TrafficSelector ofRemote(TrafficSelector named) {
    return meant(named, remoteNames, remote);
  }

  private static TrafficSelector meant(
      TrafficSelector named, Set<IpAddress> names, IpAddress address) {
    return named.isHost() && names.contains(named.first())
        ? new TrafficSelector(address, address, named.protocol(), named.port())
        : named;
  }
}
