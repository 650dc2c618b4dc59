package dev.zuido.ike.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Vendor IDs as they were seen on the wire, and their names. */
class KnownVendorTest {
  /** The bytes are those of captures and of other implementations' tables. */
  @ParameterizedTest
  @CsvSource({
    "afcad71368a1f1c96b8696fc77570100, Dead Peer Detection",
    "4a131c81070358455c5728f20e95452f, NAT-T (RFC 3947)",
    "7d9419a65310ca6f2c179d9215529d56, draft-ietf-ipsec-nat-t-ike-03",
    "90cb80913ebb696e086381b5ec427b1f, draft-ietf-ipsec-nat-t-ike-02\\n",
    "cd60464335df21f87cfdb2fc68b6a448, draft-ietf-ipsec-nat-t-ike-02",
    "16f6ca16e4a4066d83821a0f0aeaa862, draft-ietf-ipsec-nat-t-ike-01",
    "4485152d18b6bbcd0be8a8469579ddcc, draft-ietf-ipsec-nat-t-ike-00",
    "439b59f8ba676c4c7737ae22eab8f582, draft-ietf-ipsec-nat-t-ike-07",
    "4df37928e9fc4fd1b3262170d515c662, draft-ietf-ipsec-nat-t-ike",
    "09002689dfd6b712, XAUTH",
    "12f5f28c457168a9702d9fe274cc0100, Cisco Unity 0100",
    "1f07f70eaa6514d3b0fa96542a500400, Cisco VPN 3000 concentrator 500400",
    "4048b7d56ebce88525e7de7f00d6c2d3, FRAGMENTATION",
    "4048b7d56ebce88525e7de7f00d6c2d380000000, FRAGMENTATION 80000000",
    "4048b7d56ebce88525e7de7f00d6c2d3c0000000, FRAGMENTATION c0000000",
    "882fe56d6fd20dbc2251613b2ebe5beb, strongSwan",
    "1e2b516905991c7d7c96fcbfb587e46100000009, MS NT5 ISAKMPOAKLEY 00000009",
    "fb1de3cdf341b7ea16b7e5be0855f120, MS-Negotiation Discovery Capable",
    "e3a5966a76379fe707228231e5ce8652, IKE CGA version 1",
    "214ca4faffa7f32d6748e5303395ae83, MS-MamieExists",
    "26244d38eddb61b3172a36e3d0cfb819, Vid-Initial-Contact",
    "621b04bb09882ac1e15935fefa24aeee, GSSAPI",
    "ad2c0dd0b9c32083ccba25b8861ec455, GSS-API for IKE",
    "b46d8914f3aaa3f2fedeb7c7db2943ca, GSS-API for IKE\\n",
    "7003cbc1097dbe9c2600ba6983bc8b35, KAME/racoon",
    "054182a07c7ae206f9d2cf9d2432c482, SSH Sentinel",
    "eb4b0d96276b4e220ad16221a7b2a5e6, SSH Sentinel 1.4.1",
    "6880c7d026099114e486c55430e7abee, SSH IPSEC Express 4.2.0",
    "27bab5dc01ea0760ea4e3190ac27c0d0, draft-stenberg-nat-traversal-01",
    "50760f624c63e5c53eea386c685ca083, ESPThruNAT",
    "f4ed19e0c114eb516faaac0ee37daf2807b4381f0000000100001388, Check Point 0000000100001388",
    "699369228741c6d4ca094c93e242c9de19e7b7c60000000500000500, Netscreen 0000000500000500",
    "4865617274426561745f4e6f74696679386b0100, HeartBeat_Notify 386b0100",
    "404bf439522ca3f6, SonicWall",
    "da8e937880010000, SafeNet 80010000",
    "8299031757a36082c6a621de0005024d, FortiGate 0005024d",
    "625027749d5ab97f5616c1602765cf480a3b7d0b, ZyXEL ZyWALL",
    "424e455300000009, Nortel Contivity 00000009",
    "4f70656e5047503130313731, OpenPGP",
    "ba290499c24e84e53a1d83a05e5f00c9, CRACK"
  })
  void whatIsSeenOnTheWireHasAName(String hex, String name) {
    assertEquals(name, KnownVendor.describe(ByteString.ofHex(hex)));
    assertEquals(name, new VendorId(ByteString.ofHex(hex)).description());
  }

  @Test
  void versionsThatAreTextAreText() {
    assertEquals("Libreswan 4.12", KnownVendor.describe(ascii("OE-Libreswan-4.12")));
    assertEquals("Openswan hHmvPAFCbA", KnownVendor.describe(ascii("OEhHmvPAFCbA")));
    assertEquals("CISCOVPN-REV- 02", KnownVendor.describe(ascii("CISCOVPN-REV-02")));
    assertEquals("TimeStep  1 SGW 1520", KnownVendor.describe(ascii("TIMESTEP 1 SGW 1520")));
  }

  private static ByteString ascii(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatNobodyIsKnownToSendIsShown() {
    assertEquals("unknown afcad713", KnownVendor.describe(ByteString.ofHex("afcad713")));
    assertEquals("unknown", KnownVendor.describe(ByteString.EMPTY));
    String long24 = KnownVendor.describe(ByteString.of(new byte[24]));
    assertEquals("unknown " + "00".repeat(20) + "...", long24);
  }

  /** Whatever the bytes are, a terminal shows them as they are meant. */
  @Property(tries = 200)
  void aDescriptionIsVisibleAscii(@ForAll @Size(max = 60) byte[] id) {
    String text = KnownVendor.describe(ByteString.of(id));
    assertTrue(text.chars().allMatch(each -> each >= ' ' && each <= '~'), text);
    assertTrue(text.length() < 120);
  }

  @ParameterizedTest
  @EnumSource(KnownVendor.class)
  void eachIdIsItsVendorsAndNobodyElses(KnownVendor vendor) {
    assertEquals(Optional.of(vendor), KnownVendor.of(vendor.id()));
    assertTrue(vendor.matches(vendor.id()));
    assertFalse(vendor.id().isEmpty());
  }

  @Test
  void thereAreNoTwoOfAKind() {
    Set<ByteString> ids = new HashSet<>();
    for (KnownVendor each : KnownVendor.values()) {
      assertTrue(ids.add(each.id()), each.name());
    }
    assertTrue(ids.size() >= 60);
  }
}
