package dev.zuido.testkit.ike;

import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.CertificateRequest;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.NatOriginalAddress;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Signature;
import dev.zuido.ike.message.UnknownPayload;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Payloads and messages of ISAKMP that encode, and decode to what they were. */
public final class IsakmpArbitraries {
  /** Payloads of an ordinary message. */
  private static final int USUAL_PAYLOADS = 8;

  private IsakmpArbitraries() {}

  /** Bytes of a length. */
  public static Arbitrary<ByteString> bytes(int minimum, int maximum) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(minimum)
        .ofMaxSize(maximum)
        .map(ByteString::of);
  }

  /** Cookies, zero included. */
  public static Arbitrary<Cookie> cookies() {
    return Arbitraries.longs().map(Cookie::new);
  }

  /** IPv4 addresses. */
  public static Arbitrary<Ipv4Address> ipv4Addresses() {
    return Arbitraries.integers().map(Ipv4Address::new);
  }

  /** IPv6 addresses. */
  public static Arbitrary<Ipv6Address> ipv6Addresses() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Ipv6Address::new);
  }

  /** Addresses of both families. */
  public static Arbitrary<IpAddress> ipAddresses() {
    return Arbitraries.oneOf(ipv4Addresses(), ipv6Addresses());
  }

  /** SA payloads; see {@link SaArbitraries} for their parts. */
  public static Arbitrary<SecurityAssociation> securityAssociations() {
    return SaArbitraries.securityAssociations();
  }

  /** Key Exchange payloads. */
  public static Arbitrary<KeyExchange> keyExchanges() {
    return bytes(0, 256).map(KeyExchange::new);
  }

  /** Hash payloads. */
  public static Arbitrary<Hash> hashes() {
    return bytes(0, 64).map(Hash::new);
  }

  /** Signature payloads. */
  public static Arbitrary<Signature> signatures() {
    return bytes(0, 256).map(Signature::new);
  }

  /** Nonce payloads, of lengths that RFC 2409 forbids too. */
  public static Arbitrary<Nonce> nonces() {
    return bytes(0, 257).map(Nonce::new);
  }

  /** Certificate payloads. */
  public static Arbitrary<Certificate> certificates() {
    return Combinators.combine(octets(), bytes(0, 300)).as(Certificate::new);
  }

  /** Certificate Request payloads. */
  public static Arbitrary<CertificateRequest> certificateRequests() {
    return Combinators.combine(octets(), bytes(0, 80)).as(CertificateRequest::new);
  }

  /** Vendor ID payloads: known, with something behind, and unknown. */
  public static Arbitrary<VendorId> vendorIds() {
    Arbitrary<VendorId> known = Arbitraries.of(KnownVendor.class).map(VendorId::of);
    return Arbitraries.oneOf(known, bytes(0, 40).map(VendorId::new));
  }

  /** Identities of every kind. */
  public static Arbitrary<Identity> identities() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(60);
    return Arbitraries.oneOf(
        List.of(
            ipv4Addresses().map(Identity.Ipv4::new),
            Combinators.combine(ipv4Addresses(), ipv4Addresses()).as(Identity.Ipv4Subnet::new),
            Combinators.combine(ipv4Addresses(), ipv4Addresses()).as(Identity.Ipv4Range::new),
            ipv6Addresses().map(Identity.Ipv6::new),
            Combinators.combine(ipv6Addresses(), ipv6Addresses()).as(Identity.Ipv6Subnet::new),
            Combinators.combine(ipv6Addresses(), ipv6Addresses()).as(Identity.Ipv6Range::new),
            names.map(Identity.Fqdn::new),
            names.map(Identity.UserFqdn::new),
            bytes(0, 100).map(Identity.DistinguishedName::new),
            bytes(0, 100).map(Identity.GeneralName::new),
            bytes(0, 100).map(Identity.KeyId::new)));
  }

  /** Identification payloads whose data fit their type. */
  public static Arbitrary<Identification> identifications() {
    return Combinators.combine(identities(), octets(), shorts()).as(Identification::of);
  }

  /** Notification payloads, of types with a name and of any. */
  public static Arbitrary<Notification> notifications() {
    Arbitrary<Integer> types =
        Arbitraries.oneOf(
            Arbitraries.of(
                NotifyType.INITIAL_CONTACT,
                NotifyType.R_U_THERE,
                NotifyType.R_U_THERE_ACK,
                NotifyType.NO_PROPOSAL_CHOSEN),
            shorts());
    return Combinators.combine(dois(), octets(), types, bytes(0, 16), bytes(0, 64))
        .as(Notification::new);
  }

  /** Delete payloads. */
  public static Arbitrary<Delete> deletes() {
    Arbitrary<Integer> sizes = Arbitraries.of(4, 16, 1, 255);
    return sizes.flatMap(
        size ->
            Combinators.combine(dois(), octets(), bytes(size, size).list().ofMaxSize(5))
                .as((doi, protocol, spis) -> new Delete(doi, protocol, size, spis)));
  }

  /** NAT-D payloads of the RFC and of the drafts. */
  public static Arbitrary<NatDetection> natDetections() {
    return Combinators.combine(
            Arbitraries.of(PayloadType.NAT_DETECTION, PayloadType.NAT_DETECTION_DRAFT),
            bytes(0, 64))
        .as(NatDetection::new);
  }

  /** NAT-OA payloads of the RFC and of the drafts. */
  public static Arbitrary<NatOriginalAddress> natOriginalAddresses() {
    return Combinators.combine(
            Arbitraries.of(
                PayloadType.NAT_ORIGINAL_ADDRESS, PayloadType.NAT_ORIGINAL_ADDRESS_DRAFT),
            ipAddresses())
        .as(NatOriginalAddress::new);
  }

  /** Fragment payloads, with numbers and flags that make no sense too. */
  public static Arbitrary<Fragment> fragments() {
    return Combinators.combine(shorts(), octets(), octets(), bytes(0, 200)).as(Fragment::new);
  }

  /** Payloads of types without a record of their own. */
  public static Arbitrary<UnknownPayload> unknownPayloads() {
    Arbitrary<Integer> types =
        Arbitraries.oneOf(
            Arbitraries.integers().between(14, 19),
            Arbitraries.integers().between(22, 129),
            Arbitraries.integers().between(133, 255));
    return Combinators.combine(types, bytes(0, 100)).as(UnknownPayload::new);
  }

  /** Payloads of every kind. */
  public static Arbitrary<Payload> payloads() {
    return Arbitraries.oneOf(
        List.of(
            securityAssociations(),
            keyExchanges(),
            identifications(),
            certificates(),
            certificateRequests(),
            hashes(),
            signatures(),
            nonces(),
            notifications(),
            deletes(),
            vendorIds(),
            natDetections(),
            natOriginalAddresses(),
            fragments(),
            unknownPayloads()));
  }

  /** Chains of one payload or more, without padding. */
  public static Arbitrary<PayloadChain> chains() {
    return payloads().list().ofMinSize(1).ofMaxSize(USUAL_PAYLOADS).map(PayloadChain::of);
  }

  /** Messages in the clear. */
  public static Arbitrary<IsakmpMessage> messages() {
    return messages(chains());
  }

  /** Messages in the clear that carry given chains. */
  public static Arbitrary<IsakmpMessage> messages(Arbitrary<PayloadChain> chains) {
    Arbitrary<Integer> exchangeTypes =
        Arbitraries.of(
            ExchangeType.IDENTITY_PROTECTION,
            ExchangeType.AGGRESSIVE,
            ExchangeType.INFORMATIONAL,
            ExchangeType.QUICK_MODE);
    return Combinators.combine(
            cookies(), cookies(), exchangeTypes, clearFlags(), Arbitraries.integers(), chains)
        .as(IsakmpMessage::of);
  }

  /**
   * Messages that are odd, but legal: no payload at all, as many as are allowed, empty ones,
   * padding of any content, an SA without proposals, a proposal without transforms, exchange types
   * that nobody knows.
   */
  public static Arbitrary<IsakmpMessage> oddMessages() {
    SecurityAssociation empty = SecurityAssociation.of(List.of());
    Payload hollow = SaArbitraries.of(ProtocolId.ESP, List.of());
    Arbitrary<PayloadChain> odd =
        Arbitraries.oneOf(
            Arbitraries.just(PayloadChain.of()),
            hashes().list().ofSize(PayloadChain.MAX_PAYLOADS).map(PayloadChain::of),
            Arbitraries.of(empty, hollow).map(PayloadChain::of),
            Combinators.combine(payloads().list().ofMaxSize(3), bytes(1, 40)).as(PayloadChain::new),
            unknownPayloads().list().ofMinSize(1).ofMaxSize(4).map(PayloadChain::of),
            Arbitraries.of(new Hash(ByteString.EMPTY), new VendorId(ByteString.EMPTY))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(PayloadChain::of));
    return Combinators.combine(
            cookies(), cookies(), octets(), clearFlags(), Arbitraries.integers(), odd)
        .as(IsakmpMessage::of);
  }

  private static Arbitrary<Integer> clearFlags() {
    return Arbitraries.of(0, IsakmpHeader.FLAG_COMMIT, IsakmpHeader.FLAG_AUTHENTICATION_ONLY);
  }

  private static Arbitrary<Long> dois() {
    return Arbitraries.longs().between(0, 0xffff_ffffL);
  }

  static Arbitrary<Integer> octets() {
    return Arbitraries.integers().between(0, 0xff);
  }

  static Arbitrary<Integer> shorts() {
    return Arbitraries.integers().between(0, 0xffff);
  }
}
