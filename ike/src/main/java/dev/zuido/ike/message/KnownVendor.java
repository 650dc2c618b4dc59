package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import java.util.Optional;

/** Vendor IDs that are in common use: how a side says what it can do beyond the RFCs. */
public enum KnownVendor {
  /** RFC 3706 section 5.1: dead peer detection, version 1.0. */
  DEAD_PEER_DETECTION("afcad71368a1f1c96b8696fc77570100", "Dead Peer Detection (RFC 3706)", false),
  /** RFC 3947 section 3.1: MD5 of "RFC 3947". */
  NAT_TRAVERSAL("4a131c81070358455c5728f20e95452f", "NAT-T (RFC 3947)", true),
  /** MD5 of the draft's name. */
  NAT_TRAVERSAL_DRAFT_03(
      "7d9419a65310ca6f2c179d9215529d56", "draft-ietf-ipsec-nat-t-ike-03", false),
  /** MD5 of the draft's name. */
  NAT_TRAVERSAL_DRAFT_02(
      "cd60464335df21f87cfdb2fc68b6a448", "draft-ietf-ipsec-nat-t-ike-02", false),
  /** MD5 of the draft's name and a newline, which most implementations send. */
  NAT_TRAVERSAL_DRAFT_02_NEWLINE(
      "90cb80913ebb696e086381b5ec427b1f", "draft-ietf-ipsec-nat-t-ike-02\\n", false),
  /** MD5 of the draft's name. */
  NAT_TRAVERSAL_DRAFT_00(
      "4485152d18b6bbcd0be8a8469579ddcc", "draft-ietf-ipsec-nat-t-ike-00", false),
  /** What IOS sends for draft 07. */
  NAT_TRAVERSAL_DRAFT_07(
      "439b59f8ba676c4c7737ae22eab8f582", "draft-ietf-ipsec-nat-t-ike-07", false),
  /** draft-ietf-ipsra-isakmp-xauth-06. */
  XAUTH("09002689dfd6b712", "XAUTH", false),
  /** The Cisco Unity client; two bytes of version follow. */
  CISCO_UNITY("12f5f28c457168a9702d9fe274cc", "Cisco Unity", true),
  /** The Cisco VPN 3000 concentrator; the version follows. */
  CISCO_VPN_3000("1f07f70eaa6514d3b0fa96542a", "Cisco VPN 3000", true),
  /** MD5 of "FRAGMENTATION": Cisco's IKE fragmentation; four bytes of capabilities may follow. */
  FRAGMENTATION("4048b7d56ebce88525e7de7f00d6c2d3", "FRAGMENTATION", true),
  /** MD5 of "strongSwan". */
  STRONGSWAN("882fe56d6fd20dbc2251613b2ebe5beb", "strongSwan", true),
  /** Windows; four bytes of version may follow. */
  MICROSOFT("1e2b516905991c7d7c96fcbfb587e461", "MS NT5 ISAKMPOAKLEY", true),
  /** Check Point; product and version follow. */
  CHECK_POINT("f4ed19e0c114eb516faaac0ee37daf2807b4381f", "Check Point", true),
  /** MD5 of "KAME/racoon". */
  KAME_RACOON("7003cbc1097dbe9c2600ba6983bc8b35", "KAME/racoon", true),
  /** Juniper Netscreen; the version follows. */
  NETSCREEN("699369228741c6d4ca094c93e242c9de19e7b7c6", "Netscreen", true),
  /** MD5 of "IKE Challenge/Response for Authenticated Cryptographic Keys". */
  IKE_CHALLENGE_RESPONSE("ba290499c24e84e53a1d83a05e5f00c9", "CRACK", true);

  // ByteString is immutable, but carries no annotation that says so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ByteString id;

  private final String description;
  private final boolean prefix;

  KnownVendor(String hex, String description, boolean prefix) {
    this.id = ByteString.ofHex(hex);
    this.description = description;
    this.prefix = prefix;
  }

  /** The vendor that an ID belongs to. */
  public static Optional<KnownVendor> of(ByteString id) {
    for (KnownVendor vendor : values()) {
      if (vendor.matches(id)) {
        return Optional.of(vendor);
      }
    }
    return Optional.empty();
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
