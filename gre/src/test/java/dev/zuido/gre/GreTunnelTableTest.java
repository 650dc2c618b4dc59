package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import org.junit.jupiter.api.Test;

final class GreTunnelTableTest {
  private static final IpAddress A = Packets.A;
  private static final IpAddress B = Packets.B;
  private static final Ipv6Address A6 = Ipv6Address.parse("2001:db8::1");
  private static final Ipv6Address B6 = Ipv6Address.parse("2001:db8::2");

  private final GreTunnelTable<String> table = new GreTunnelTable<>();

  private static byte[] packet(GreTunnelConfig tunnel) {
    PacketBatch batch = Packets.batch(Packets.ipv6(0, 5));
    assertEquals(1, new GreTunnel(tunnel).encapsulate(batch));
    return batch.copy(0);
  }

  private String find(IpAddress from, IpAddress to, Integer key) {
    return table.find(packet(GreTunnelConfig.of(from, to).withKey(key)), 0);
  }

  /** As Linux does it: net/ipv4/ip_tunnel.c, ip_tunnel_lookup. */
  @Test
  void theMostSpecificWins() {
    table.addAny(true, null, "any");
    assertEquals("any", find(A, B, null));
    table.add(null, B, null, "local");
    assertEquals("local", find(A, B, null));
    table.add(A, null, null, "remote");
    assertEquals("remote", find(A, B, null));
    table.add(A, B, null, "both");
    assertEquals("both", find(A, B, null));
    assertEquals("remote", find(A, Ipv4Address.of(1, 2, 3, 4), null));
    assertEquals("local", find(Ipv4Address.of(1, 2, 3, 4), B, null));
    assertEquals("any", find(B, A, null));
    assertEquals(4, table.size());
  }

  @Test
  void keysAreEqualOrAbsentOnBothSides() {
    table.add(A, B, null, "none");
    table.add(A, B, 0, "zero");
    table.add(A, B, -1, "last");
    table.add(A, null, 5, "five");
    assertEquals("none", find(A, B, null));
    assertEquals("zero", find(A, B, 0));
    assertEquals("last", find(A, B, -1));
    assertEquals("five", find(A, B, 5));
    assertNull(find(A, B, 6));
    assertNull(find(B, A, null));
  }

  @Test
  void familiesAndUdpAreApart() {
    table.addAny(true, null, "any4");
    assertNull(find(A6, B6, null));
    table.addAny(false, null, "any6");
    table.add(A6, null, null, "from6");
    table.add(null, B6, 1, "to6");
    assertEquals("from6", find(A6, B6, null));
    assertEquals("to6", find(A6, B6, 1));
    assertEquals("any6", find(B6, A6, null));
    // An IPv4 address is not the IPv6 address with the same number.
    assertEquals("any6", find(new Ipv6Address(0, 7), new Ipv6Address(0, 8), null));
    GreTunnelConfig udp = GreTunnelConfig.of(A, B).withUdp(GreInUdp.DEFAULT);
    assertNull(table.find(packet(udp), 0));
    table.add(udp.reversed(), "udp");
    assertEquals("udp", table.find(packet(udp), 0));
    assertEquals("any4", find(A, B, null));
    byte[] otherPort = packet(udp);
    otherPort[23]++;
    assertNull(table.find(otherPort, 0));
  }

  @Test
  void manyTunnelsAreFoundAndRemoved() {
    for (int i = 0; i < 1000; i++) {
      GreTunnelConfig config = GreTunnelConfig.of(B, new Ipv4Address(0x0a000001 + i)).withKey(i);
      table.add(config, "tunnel " + i);
    }
    for (int i = 0; i < 1000; i++) {
      assertEquals("tunnel " + i, find(new Ipv4Address(0x0a000001 + i), B, i));
      assertNull(find(new Ipv4Address(0x0a000001 + i), B, i + 1));
    }
    assertTrue(table.remove("tunnel 7"));
    assertFalse(table.remove("tunnel 7"));
    assertNull(find(new Ipv4Address(0x0a000008), B, 7));
    assertEquals("tunnel 8", find(new Ipv4Address(0x0a000009), B, 8));
    assertEquals(999, table.size());
  }

  @Test
  void whatHasNoGreHeaderBelongsToNobody() {
    table.addAny(true, null, "any");
    table.addAny(true, 0, "keyed");
    byte[] packet = packet(GreTunnelConfig.of(A, B));
    Ipv4Fields.setTotalLength(packet, 0, 23);
    assertNull(table.find(packet, 0));
    Ipv4Fields.setTotalLength(packet, 0, 27);
    assertEquals("any", table.find(packet, 0));
    packet[20] = 0x20;
    assertNull(table.find(packet, 0));
    packet[20] = 0;
    packet[21] = 1;
    assertNull(table.find(packet, 0));
    byte[] other = packet(GreTunnelConfig.of(A, B));
    Ipv4Fields.setProtocol(other, 0, 50);
    assertNull(table.find(other, 0));
    Ipv4Fields.setProtocol(other, 0, 47);
    other[7] = 9;
    assertNull(table.find(other, 0));
  }

  @Test
  void ambiguousEntriesAreRefused() {
    table.add(A, null, 1, "one");
    assertThrows(IllegalArgumentException.class, () -> table.add(A, null, 1, "two"));
    assertThrows(IllegalArgumentException.class, () -> table.add(null, null, 1, "three"));
    assertThrows(IllegalArgumentException.class, () -> table.add(A, B6, 1, "four"));
  }
}
