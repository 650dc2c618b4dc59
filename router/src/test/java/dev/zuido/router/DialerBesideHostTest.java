package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A Dialer interface beside a host's stack: the session is ours alone, what it carries the host's.
 */
class DialerBesideHostTest {
  private static final Ipv4Address BEHIND = Ipv4Address.parse("10.1.2.1");
  private static final String CRYPTO =
      """
      crypto isakmp policy 1
       authentication pre-share
       group 14
      crypto isakmp key aVeryLongSecret address 200.1.1.1
      crypto ipsec transform-set T esp-aes esp-sha-hmac
      crypto map M 1 ipsec-isakmp
       set peer 200.1.1.1
       set transform-set T
       match address C
      ip access-list extended C
       permit ip host 100.1.1.1 10.1.2.0 0.0.0.255
      """;

  private final QueuePort device = new QueuePort(1500);

  private Provider up(String config) {
    Provider provider = Provider.besideHost(config, device);
    assertTrue(provider.comesUp(10), () -> String.join("\n", provider.log()));
    return provider;
  }

  private static byte[] udp(Ipv4Address source, Ipv4Address destination, int length) {
    return Ipv4Packets.udp(source, 5_000, destination, 5_001, new byte[length]);
  }

  private List<byte[]> sendFromHost(Provider provider, byte[] packet) {
    int before = provider.sentPackets().size();
    device.arrive(packet);
    provider.wakeRouter();
    List<byte[]> all = provider.sentPackets();
    return all.subList(before, all.size());
  }

  private List<byte[]> sendFromInternet(Provider provider, byte[] packet) {
    device.takeSent();
    provider.farHost().send(packet);
    provider.network().runFor(100_000_000L);
    return device.takeSent();
  }

  @Test
  void theHostReachesTheInternetAndIsReached() {
    Provider provider = up(Provider.FIXED);
    byte[] out = udp(Provider.OURS, Provider.FAR, 100);
    List<byte[]> sent = sendFromHost(provider, out);
    assertEquals(1, sent.size());
    assertArrayEquals(out, sent.get(0));
    byte[] ping =
        Ipv4Packets.echo(
            Ipv4Packets.ECHO_REQUEST, Provider.FAR, Provider.OURS, 1, 0, 1, 1, new byte[8]);
    assertEquals(1, sendFromInternet(provider, ping).size(), "the host answers pings");
    assertEquals(1, sendFromInternet(provider, udp(Provider.FAR, Provider.OURS, 100)).size());
    assertEquals(1, provider.sentPackets().size(), "the router answers nothing itself");
  }

  @Test
  void theMtuIsTheSessionsAndTheMssIsClamped() {
    Provider provider = up(Provider.FIXED.replace(" ip mtu 1454\n", " ip tcp adjust-mss 1452\n"));
    byte[] whole = udp(Provider.OURS, Provider.FAR, 1_472);
    BigEndian.putShort(whole, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(whole, 0);
    assertEquals(List.of(), sendFromHost(provider, whole));
    byte[] error = device.takeSent().get(0);
    assertEquals(IpProtocol.ICMP, Ipv4Fields.protocol(error, 0));
    assertEquals(1492, BigEndian.getUnsignedShort(error, 26));
    byte[] tcp = new byte[24];
    tcp[12] = 6 << 4;
    tcp[13] = 2;
    tcp[20] = 2;
    tcp[21] = 4;
    BigEndian.putShort(tcp, 22, 1_460);
    byte[] syn = Ipv4Packets.of(IpProtocol.TCP, Provider.OURS, Provider.FAR, 64, 1, 0, tcp);
    byte[] sent = sendFromHost(provider, syn).get(0);
    assertEquals(1452, BigEndian.getUnsignedShort(sent, sent.length - 2));
  }

  @Test
  void bothAccessListsHold() {
    Provider provider =
        up(
            Provider.FIXED.replace(
                    " ip mtu 1454\n", " ip access-group IN in\n ip access-group OUT out\n")
                + """
                ip access-list extended IN
                 deny udp any any eq 5001
                 permit ip any any
                ip access-list extended OUT
                 deny udp any any eq 5001
                 permit ip any any
                """);
    assertEquals(List.of(), sendFromHost(provider, udp(Provider.OURS, Provider.FAR, 100)));
    assertEquals(List.of(), sendFromInternet(provider, udp(Provider.FAR, Provider.OURS, 100)));
    byte[] other = Ipv4Packets.udp(Provider.FAR, 1, Provider.OURS, 2, new byte[8]);
    assertEquals(1, sendFromInternet(provider, other).size());
  }

  @Test
  void whatTheMapProtectsNeitherLeavesNorEntersInTheClear() {
    Provider provider = up(Provider.FIXED.replace(" ip mtu 1454\n", " crypto map M\n") + CRYPTO);
    List<byte[]> sent = sendFromHost(provider, udp(Provider.OURS, BEHIND, 100));
    assertTrue(
        sent.stream().allMatch(packet -> Ipv4Fields.destination(packet, 0) == Provider.FAR.value()),
        "ISAKMP alone");
    assertEquals(1, sent.size());
    assertEquals(List.of(), sendFromInternet(provider, udp(BEHIND, Provider.OURS, 100)));
    assertEquals(1, sendFromHost(provider, udp(Provider.OURS, Provider.FAR, 100)).size());
  }

  @Test
  void withoutASessionNothingPasses() {
    Provider provider = Provider.besideHost(Provider.FIXED, device);
    provider.line().cut();
    provider.runFor(5);
    assertEquals(List.of(), sendFromHost(provider, udp(Provider.OURS, Provider.FAR, 100)));
    assertTrue(
        provider.show("interfaces Dialer1", false).contains("dropped, interface down: 1"),
        () -> provider.show("interfaces Dialer1", false));
  }
}
