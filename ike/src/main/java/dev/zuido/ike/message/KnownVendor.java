package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Vendor IDs that are in common use: how a side says what it can do beyond the RFCs, or who made
 * it. By custom the bytes are the MD5 of some text; those of which no text is known are given as
 * they are seen on the wire. The facts are those that strongSwan, libreswan and ike-scan hold.
 */
public enum KnownVendor {
  /** RFC 3706 section 5.1: dead peer detection, version 1.0. */
  DEAD_PEER_DETECTION(hex("afcad71368a1f1c96b8696fc77570100"), "Dead Peer Detection", false),
  /** RFC 3947 section 3.1. */
  NAT_TRAVERSAL(md5("RFC 3947"), "NAT-T (RFC 3947)", true),
  /** The last numbered draft that is spoken. */
  NAT_TRAVERSAL_DRAFT_03(
      md5("draft-ietf-ipsec-nat-t-ike-03"), "draft-ietf-ipsec-nat-t-ike-03", false),
  /** The draft's name without the newline that most implementations have in it. */
  NAT_TRAVERSAL_DRAFT_02(
      md5("draft-ietf-ipsec-nat-t-ike-02"), "draft-ietf-ipsec-nat-t-ike-02", false),
  /** The draft's name and a newline, which most implementations send. */
  NAT_TRAVERSAL_DRAFT_02_NEWLINE(
      md5("draft-ietf-ipsec-nat-t-ike-02\n"), "draft-ietf-ipsec-nat-t-ike-02\\n", false),
  /** A draft whose encapsulation is another one, which is not spoken. */
  NAT_TRAVERSAL_DRAFT_01(
      md5("draft-ietf-ipsec-nat-t-ike-01"), "draft-ietf-ipsec-nat-t-ike-01", false),
  /** A draft whose encapsulation is another one, which is not spoken. */
  NAT_TRAVERSAL_DRAFT_00(
      md5("draft-ietf-ipsec-nat-t-ike-00"), "draft-ietf-ipsec-nat-t-ike-00", false),
  /** A draft between 03 and the RFC. */
  NAT_TRAVERSAL_DRAFT_04(
      md5("draft-ietf-ipsec-nat-t-ike-04"), "draft-ietf-ipsec-nat-t-ike-04", false),
  /** A draft between 03 and the RFC. */
  NAT_TRAVERSAL_DRAFT_05(
      md5("draft-ietf-ipsec-nat-t-ike-05"), "draft-ietf-ipsec-nat-t-ike-05", false),
  /** A draft between 03 and the RFC. */
  NAT_TRAVERSAL_DRAFT_06(
      md5("draft-ietf-ipsec-nat-t-ike-06"), "draft-ietf-ipsec-nat-t-ike-06", false),
  /** What IOS sends too. */
  NAT_TRAVERSAL_DRAFT_07(
      md5("draft-ietf-ipsec-nat-t-ike-07"), "draft-ietf-ipsec-nat-t-ike-07", false),
  /** A draft between 03 and the RFC. */
  NAT_TRAVERSAL_DRAFT_08(
      md5("draft-ietf-ipsec-nat-t-ike-08"), "draft-ietf-ipsec-nat-t-ike-08", false),
  /** Apple's racoon; no draft has this text. */
  NAT_TRAVERSAL_APPLE(md5("draft-ietf-ipsec-nat-t-ike"), "draft-ietf-ipsec-nat-t-ike", false),
  /** SSH's first draft of NAT traversal. */
  NAT_TRAVERSAL_STENBERG_01(
      md5("draft-stenberg-ipsec-nat-traversal-01"), "draft-stenberg-nat-traversal-01", false),
  /** SSH's second draft of NAT traversal. */
  NAT_TRAVERSAL_STENBERG_02(
      md5("draft-stenberg-ipsec-nat-traversal-02"), "draft-stenberg-nat-traversal-02", false),
  /** F-Secure's draft of NAT traversal. */
  NAT_TRAVERSAL_HUTTUNEN(
      md5("draft-huttunen-ipsec-esp-in-udp-00.txt"), "draft-huttunen-esp-in-udp-00", false),
  /** F-Secure's NAT traversal. */
  ESP_THROUGH_NAT(md5("ESPThruNAT"), "ESPThruNAT", false),
  /** The first 8 bytes of the MD5 of draft-ietf-ipsra-isakmp-xauth-06.txt. */
  XAUTH(md5("draft-ietf-ipsra-isakmp-xauth-06.txt").slice(0, 8), "XAUTH", false),
  /** The Cisco Unity client; two bytes of version stand in the place of the last of the MD5. */
  CISCO_UNITY(md5("CISCO-UNITY").slice(0, 14), "Cisco Unity", true),
  /** The Cisco VPN 3000 concentrator, once Altiga's; the version follows. */
  CISCO_VPN_3000(md5("ALTIGA GATEWAY").slice(0, 13), "Cisco VPN 3000 concentrator", true),
  /** What IOS says of itself; a part that changes with every main mode follows. */
  CISCO_IOS(hex("3e984048"), "Cisco IOS", true),
  /** Sent by IOS; its text is not known. */
  CISCO_IOS_OLD(hex("bdb41038a7ec5e5534dd004d0f91f927"), "Cisco IOS", true),
  /** Deletes may carry a reason. */
  CISCO_DELETE_REASON(ascii("CISCO-DELETE-REASON"), "CISCO-DELETE-REASON", false),
  /** Routes may be sent by mode-config. */
  CISCO_DYNAMIC_ROUTE(ascii("CISCO-DYNAMIC-ROUTE"), "CISCO-DYNAMIC-ROUTE", false),
  /** Cisco's revision of its VPN. */
  CISCO_VPN_REVISION(ascii("CISCOVPN-REV-"), "CISCOVPN-REV-", true),
  /** Cisco's FlexVPN. */
  CISCO_FLEXVPN(ascii("FLEXVPN-SUPPORTED"), "FLEXVPN-SUPPORTED", false),
  /** Cisco's fragmentation of IKEv1 messages; four bytes of capabilities may follow. */
  FRAGMENTATION(md5("FRAGMENTATION"), "FRAGMENTATION", true),
  /** strongSwan. */
  STRONGSWAN(md5("strongSwan"), "strongSwan", true),
  /** libreswan; the version follows. */
  LIBRESWAN(ascii("OE-Libreswan-"), "Libreswan", true),
  /** Openswan and old libreswan: letters that stand for a hash of version and options follow. */
  OPENSWAN(ascii("OE"), "Openswan", true),
  /** Openswan, FreeS/WAN and strongSwan's pluto: IKEv2 would be possible. */
  CAN_IKE_V2(ascii("IKEv2"), "can IKEv2", false),
  /** Windows; four bytes of version may follow. */
  MICROSOFT(md5("MS NT5 ISAKMPOAKLEY"), "MS NT5 ISAKMPOAKLEY", true),
  /** Windows: negotiation discovery. */
  MICROSOFT_NEGOTIATION_DISCOVERY(
      md5("MS-Negotiation Discovery Capable"), "MS-Negotiation Discovery Capable", false),
  /** Windows: AuthIP. */
  MICROSOFT_AUTHIP(md5("MS-MamieExists"), "MS-MamieExists", false),
  /** Windows: cryptographically generated addresses. */
  MICROSOFT_CGA(md5("IKE CGA version 1"), "IKE CGA version 1", false),
  /** Windows: a cluster takes over quickly. */
  MICROSOFT_CLUSTER(md5("NLBS_PRESENT"), "NLBS_PRESENT", false),
  /** Windows: INITIAL-CONTACT as a vendor ID; it is not obeyed, since nothing authenticates it. */
  INITIAL_CONTACT(md5("Vid-Initial-Contact"), "Vid-Initial-Contact", false),
  /** Kerberos in place of a key. */
  GSSAPI(md5("GSSAPI"), "GSSAPI", true),
  /** Kerberos in place of a key, by the draft's title. */
  GSSAPI_DRAFT(md5("A GSS-API Authentication Method for IKE"), "GSS-API for IKE", true),
  /** Kerberos in place of a key, by the draft's title and a newline. */
  GSSAPI_DRAFT_NEWLINE(
      md5("A GSS-API Authentication Method for IKE\n"), "GSS-API for IKE\\n", true),
  /** A challenge and a response in place of a key. */
  IKE_CHALLENGE_RESPONSE(
      md5("IKE Challenge/Response for Authenticated Cryptographic Keys"), "CRACK", true),
  /** racoon. */
  KAME_RACOON(md5("KAME/racoon"), "KAME/racoon", true),
  /** OpenBSD's isakmpd. */
  OPENBSD_ISAKMPD(md5("OpenBSD-6.3"), "OpenBSD isakmpd", false),
  /** OpenPGP keys in place of certificates. */
  OPENPGP(ascii("OpenPGP10171"), "OpenPGP", false),
  /** SSH's client. */
  SSH_SENTINEL(md5("SSH Sentinel"), "SSH Sentinel", false),
  /** SSH's client. */
  SSH_SENTINEL_1_1(md5("SSH Sentinel 1.1"), "SSH Sentinel 1.1", false),
  /** SSH's client. */
  SSH_SENTINEL_1_2(md5("SSH Sentinel 1.2"), "SSH Sentinel 1.2", false),
  /** SSH's client. */
  SSH_SENTINEL_1_3(md5("SSH Sentinel 1.3"), "SSH Sentinel 1.3", false),
  /** SSH's client. */
  SSH_SENTINEL_1_4(md5("SSH Sentinel 1.4"), "SSH Sentinel 1.4", false),
  /** SSH's client. */
  SSH_SENTINEL_1_4_1(md5("SSH Sentinel 1.4.1"), "SSH Sentinel 1.4.1", false),
  /** SSH's toolkit, which others have built on. */
  SSH_EXPRESS_4_1_0(
      md5("SSH Communications Security IPSEC Express version 4.1.0"),
      "SSH IPSEC Express 4.1.0",
      false),
  /** SSH's toolkit, which others have built on. */
  SSH_EXPRESS_4_2_0(
      md5("SSH Communications Security IPSEC Express version 4.2.0"),
      "SSH IPSEC Express 4.2.0",
      false),
  /** SSH's toolkit, which others have built on. */
  SSH_QUICKSEC(md5("SSH Communications Security QuickSec 0.9.0"), "SSH QuickSec 0.9.0", false),
  /** Check Point; product and version follow. */
  CHECK_POINT(hex("f4ed19e0c114eb516faaac0ee37daf2807b4381f"), "Check Point", true),
  /** Juniper Netscreen; the version follows. */
  NETSCREEN(hex("699369228741c6d4ca094c93e242c9de19e7b7c6"), "Netscreen", true),
  /** Another Juniper Netscreen; the version follows. */
  NETSCREEN_09(hex("9b096d9ac3275a7d6fe8b91c583111b09efed1a0"), "Netscreen", true),
  /** Another Juniper Netscreen; the version follows. */
  NETSCREEN_15(hex("166f932d55eb64d8e4df4fd37e2313f0d0fd8451"), "Netscreen", true),
  /** Juniper's heartbeat; a version follows. */
  HEARTBEAT_NOTIFY(ascii("HeartBeat_Notify"), "HeartBeat_Notify", true),
  /** SonicWall. */
  SONICWALL(hex("404bf439522ca3f6"), "SonicWall", false),
  /** SafeNet's client, and what was built on it at SonicWall and WatchGuard; a version follows. */
  SAFENET(hex("da8e9378"), "SafeNet", true),
  /** SafeNet SoftRemote; the version follows. */
  SAFENET_SOFTREMOTE(hex("47bbe7c993f1fc13b4e6d0db565c68e5"), "SafeNet SoftRemote", true),
  /** Fortinet's FortiGate; the version follows. */
  FORTIGATE(hex("8299031757a36082c6a621de"), "FortiGate", true),
  /** A ZyWALL of ZyXEL. */
  ZYXEL(hex("625027749d5ab97f5616c1602765cf480a3b7d0b"), "ZyXEL ZyWALL", false),
  /** A ZyWALL router of ZyXEL. */
  ZYXEL_ROUTER(hex("b858d1addd08c1e8adafea150608aa4497aa6cc8"), "ZyXEL ZyWALL router", false),
  /** A ZyWALL USG of ZyXEL. */
  ZYXEL_USG(hex("f758f22668750f03b08df6ebe1d0"), "ZyXEL ZyWALL USG", false),
  /** Nortel Contivity, "BNES"; a version follows. */
  NORTEL_CONTIVITY(hex("424e4553"), "Nortel Contivity", true),
  /** TimeStep; product and version follow. */
  TIMESTEP(ascii("TIMESTEP"), "TimeStep", true),
  /** NCP's client. */
  NCP(hex("101fb0b35c5a4f4c08b919f1cb9777b0"), "NCP client", false),
  /** Shrew Soft's client. */
  SHREW_SOFT(hex("f14b94b7bff1fef02773b8c49feded26"), "Shrew Soft client", false);

  private static final int MAX_BYTES_SHOWN = 20;

  /** By the first byte of their IDs. */
  private static final Map<Byte, List<KnownVendor>> BY_FIRST_BYTE =
      Arrays.stream(values()).collect(Collectors.groupingBy(vendor -> vendor.id.byteAt(0)));

  // ByteString is immutable, but carries no annotation that says so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ByteString id;

  private final String description;
  private final boolean prefix;

  KnownVendor(ByteString id, String description, boolean prefix) {
    this.id = id;
    this.description = description;
    this.prefix = prefix;
  }

  private static ByteString hex(String digits) {
    return ByteString.ofHex(digits);
  }

  private static ByteString ascii(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteString md5(String text) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return ByteString.of(md5.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }

  /** The vendor that an ID belongs to; of several prefixes that fit, the longest. */
  public static Optional<KnownVendor> of(ByteString id) {
    KnownVendor best = null;
    List<KnownVendor> alike =
        id.isEmpty() ? List.of() : BY_FIRST_BYTE.getOrDefault(id.byteAt(0), List.of());
    for (KnownVendor vendor : alike) {
      if (vendor.matches(id) && (best == null || vendor.id.length() > best.id.length())) {
        best = vendor;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * An ID in words: the vendor's name and what follows it, or the bytes if nobody is known to have
   * sent them. It may be printed whatever the bytes are.
   */
  public static String describe(ByteString id) {
    Optional<KnownVendor> vendor = of(id);
    int known = vendor.map(each -> each.id.length()).orElse(0);
    String name = vendor.map(KnownVendor::description).orElse("unknown");
    ByteString rest = id.slice(known, id.length() - known);
    return rest.isEmpty() ? name : name + " " + readable(rest);
  }

  private static String readable(ByteString bytes) {
    boolean cut = bytes.length() > MAX_BYTES_SHOWN;
    byte[] shown = bytes.slice(0, Math.min(MAX_BYTES_SHOWN, bytes.length())).toArray();
    boolean isText = true;
    for (byte each : shown) {
      isText &= each >= ' ' && each <= '~';
    }
    String text =
        isText ? new String(shown, StandardCharsets.US_ASCII) : ByteString.of(shown).toString();
    return cut ? text + "..." : text;
  }

  /** The ID's bytes; for some vendors a version or capabilities may follow them. */
  public ByteString id() {
    return id;
  }

  /** The name for people. */
  public String description() {
    return description;
  }

  /** Whether an ID is this vendor's. */
  public boolean matches(ByteString other) {
    return prefix ? other.startsWith(id) : other.equals(id);
  }
}
