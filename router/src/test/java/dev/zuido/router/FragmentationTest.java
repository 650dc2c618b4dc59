package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two routers that are alone: datagrams that are fragmented before GRE and again behind ESP. */
class FragmentationTest {
  private static final Ipv4Address LAN_HOST = Ipv4Address.parse("10.1.1.1");
  private static final Ipv4Address FAR_HOST = Ipv4Address.parse("10.1.2.1");
  private static final String KEYS =
      "cipher " + "0a".repeat(16) + " authenticator " + "0b".repeat(20);

  private final QueuePort nearWan = new QueuePort(1500);
  private final QueuePort nearLan = new QueuePort(9000);
  private final QueuePort farWan = new QueuePort(1500);
  private final QueuePort farLan = new QueuePort(9000);

  private static Router router(boolean near, String tunnelLines, QueuePort wan, QueuePort lan) {
    String own = near ? "100.1.1.1" : "100.1.1.2";
    String peer = near ? "100.1.1.2" : "100.1.1.1";
    String text =
        """
        crypto ipsec transform-set T esp-aes esp-sha-hmac
         mode transport
        crypto map M 1 ipsec-manual
         set peer %2$s
         set session-key inbound esp %3$d %5$s
         set session-key outbound esp %4$d %5$s
         set transform-set T
         match address C
        interface GigabitEthernet0/0
         ip address %1$s 255.255.255.0
         crypto map M
        interface GigabitEthernet0/1
         ip address 10.1.%6$d.254 255.255.255.0
        interface Tunnel1
         ip address 192.168.1.%6$d 255.255.255.0
        %8$s
         tunnel source GigabitEthernet0/0
         tunnel destination %2$s
        ip route 10.1.%7$d.0 255.255.255.0 Tunnel1
        ip access-list extended C
         permit gre host %1$s host %2$s
        """
            .formatted(
                own,
                peer,
                near ? 4097 : 4098,
                near ? 4098 : 4097,
                KEYS,
                near ? 1 : 2,
                near ? 2 : 1,
                tunnelLines);
    ConfigReport report = IosReader.read(text);
    return Router.create(
        Objects.requireNonNull(report.config(), report::render),
        Map.of(
            IosInterfaceName.parse("GigabitEthernet0/0"),
            wan,
            IosInterfaceName.parse("GigabitEthernet0/1"),
            lan),
        new RouterEnvironment(
            new VirtualNetwork(1).secureRandom("router"),
            new SplittableRandom(1),
            event -> {},
            null));
  }

  /** How many of so many datagrams arrive with all their bytes. */
  private long whole(int datagrams, int bytes, String tunnelLines) {
    Router near = router(true, tunnelLines, nearWan, nearLan);
    Router far = router(false, tunnelLines, farWan, farLan);
    near.process(1);
    far.process(1);
    for (int i = 0; i < datagrams; i++) {
      byte[] packet = Ipv4Packets.udp(LAN_HOST, 5_000, FAR_HOST, 5_001, new byte[bytes - 28]);
      BigEndian.putShort(packet, 4, 1_000 + i);
      Ipv4Fields.updateChecksum(packet, 0);
      nearLan.arrive(packet);
    }
    near.process(2);
    nearWan.takeSent().forEach(farWan::arrive);
    far.process(3);
    Map<Integer, Integer> arrived = new TreeMap<>();
    for (byte[] packet : farLan.takeSent()) {
      arrived.merge(
          Ipv4Fields.identification(packet, 0),
          Ipv4Fields.totalLength(packet, 0) - Ipv4Fields.MIN_HEADER_LENGTH,
          Integer::sum);
    }
    return arrived.values().stream().filter(sum -> sum == bytes - 20).count();
  }

  @Test
  void allDatagramsArriveWholeHoweverManyTimesTheyAreCut() {
    assertEquals(90, whole(90, 1_500, ""));
    assertEquals(50, whole(50, 4_000, ""));
  }

  @Test
  void aTunnelMayTakeMoreThanItsLink() {
    assertEquals(20, whole(20, 2_800, " ip mtu 3000"));
    assertEquals(20, whole(20, 5_000, " ip mtu 3000"));
  }
}
