package dev.zuido.testkit.pppoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.testkit.IcmpError;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.PcapReader;
import dev.zuido.testkit.PcapngWriter;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two callers behind an access router, and a host in the Internet. */
final class ConcentratorNodeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Ipv4Address GATEWAY = Ipv4Address.of(192, 0, 2, 1);
  private static final Ipv4Address SERVER = Ipv4Address.of(198, 51, 100, 7);
  private static final Ipv4Address FIRST = Ipv4Address.of(192, 0, 2, 101);
  private static final Ipv4Address SECOND_CALLER = Ipv4Address.of(192, 0, 2, 102);
  private static final Map<String, ByteString> SECRETS =
      Map.of("one", ByteString.ofHex("0102"), "two", ByteString.ofHex("0304"));

  private final VirtualNetwork network = new VirtualNetwork(5);
  private final Segment line = network.ethernet("line", 1514);
  private final Link internet = network.link("internet", 1500);
  private final List<ConcentratorOutput> observed = new ArrayList<>();
  private final ConcentratorNode isp =
      new ConcentratorNode(network, "isp", config(), line.attach("isp"), internet.a());
  private final VirtualHost server = network.host("server", internet.b(), SERVER, 0, null);
  private final VirtualHost first = caller("one", 1, FIRST);
  private final VirtualHost second = caller("two", 2, SECOND_CALLER);

  ConcentratorNodeTest() {
    isp.onEvent(observed::add);
  }

  private static AccessConcentratorConfig config() {
    Map<String, Ipv4Address> addresses = Map.of("one", FIRST, "two", SECOND_CALLER);
    return new AccessConcentratorConfig(
        MacAddress.parse("02:00:00:00:00:fe"),
        "isp",
        List.of("internet"),
        1500,
        10,
        1,
        PppConfig.server(
            "isp", SECRETS::get, new PppConfig.IpcpConfig(GATEWAY, false, null, false, List.of())),
        addresses::get);
  }

  /** A host behind a modem, at the end of a link with an MTU of 1500. */
  private VirtualHost caller(String name, int number, Ipv4Address address) {
    Link inside = network.link("inside-" + name, 1500);
    PppoeClientConfig config =
        PppoeClientConfig.of(
            new MacAddress(0x020000000000L + number),
            PppConfig.caller(
                new Credential(name, SECRETS.get(name)),
                new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of())));
    ClientNode modem = new ClientNode(network, name, config, line.attach(name), inside.a());
    modem.client.dial(0);
    return network.host("host-" + name, inside.b(), address, 0, null);
  }

  private void dialIn() {
    network.runFor(SECOND);
    assertEquals(2, isp.concentrator().sessions());
  }

  private Ping ping(VirtualHost from, PingRequest request) {
    Ping ping = from.ping(request);
    network.runFor(5 * SECOND);
    return ping;
  }

  @Test
  void callersReachTheInternetEachOtherAndTheirGateway() {
    dialIn();
    assertTrue(ping(first, PingRequest.to(SERVER)).isAnswered());
    assertTrue(ping(server, PingRequest.to(SECOND_CALLER)).isAnswered());
    assertTrue(ping(first, PingRequest.to(SECOND_CALLER)).isAnswered());
    assertTrue(ping(second, PingRequest.to(GATEWAY)).isAnswered());
    assertTrue(ping(server, PingRequest.to(GATEWAY)).isAnswered());
    assertTrue(isp.forwarded() >= 6);
    assertEquals(0, isp.dropped());
    assertEquals(isp.events(), observed);
  }

  @Test
  void whatIsLongerThanTheSessionIsFragmentedOrRefused() {
    dialIn();
    assertTrue(ping(server, PingRequest.to(FIRST).withTotalBytes(1492)).isAnswered());
    Ping whole = ping(server, PingRequest.to(FIRST).withTotalBytes(1493).withDontFragment());
    assertFalse(whole.isAnswered());
    IcmpError error = whole.errors().get(0);
    assertEquals(1492, error.nextHopMtu());
  }

  @Test
  void anAddressThatNoCallerHasIsUnreachable() {
    dialIn();
    Ping ping = ping(server, PingRequest.to(Ipv4Address.of(192, 0, 2, 103)));
    assertFalse(ping.isAnswered());
    assertEquals(3, ping.errors().get(0).type());
  }

  @Test
  void anEndedSessionIsNoWay() {
    dialIn();
    int id =
        isp.events().stream()
            .filter(ConcentratorOutput.SessionStarted.class::isInstance)
            .map(e -> ((ConcentratorOutput.SessionStarted) e).sessionId())
            .findFirst()
            .orElseThrow();
    isp.concentrator().terminate(id, network.nowNanos());
    network.wake(isp);
    network.runFor(SECOND / 10);
    assertEquals(1, isp.concentrator().sessions());
    network.runFor(10 * SECOND);
    assertEquals(2, isp.concentrator().sessions(), "it is dialled again");
  }

  @Test
  void theLineCanBeCaptured() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(file)) {
      line.addTap(writer.ethernet("line").asTap("line"));
      dialIn();
    }
    assertTrue(PcapReader.read(file.toByteArray()).stream().allMatch(p -> p.linkType() == 1));
    assertTrue(observed.stream().anyMatch(ConcentratorOutput.SessionStarted.class::isInstance));
  }
}
