package dev.zuido.testkit.ike.impairment.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.testkit.ike.impairment.DatagramPath;
import dev.zuido.testkit.ike.impairment.EngineGateway;
import dev.zuido.testkit.ike.impairment.ImpairmentCatalogue;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program against an engine behind a socket of the loopback interface. */
class GatewayProbeTest {
  private static final Ipv4Address GATEWAY = Ipv4Address.of(127, 0, 0, 2);
  private static final Ipv4Address PEER = Ipv4Address.of(127, 0, 0, 1);

  private static EngineGateway engine() {
    ChildConfig child =
        ChildConfig.of(
            "gre",
            TrafficSelector.host(GATEWAY, IpProtocol.GRE),
            TrafficSelector.host(PEER, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96)));
    IkeProposal proposal =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
    Secret key = Secret.owning("cisco".getBytes(StandardCharsets.US_ASCII));
    return new EngineGateway(
        IkeConfig.of(
            List.of(
                PeerConfig.siteToSite(
                    "peer", GATEWAY, PEER, key, List.of(proposal), DpdConfig.OFF, List.of(child)))),
        1);
  }

  /** Answers what comes until the socket is closed. */
  private static void serve(DatagramSocket socket) {
    EngineGateway engine = engine();
    DatagramPath path =
        engine.path(Endpoint.isakmp(GATEWAY), Endpoint.isakmp(PEER), Endpoint.isakmp(PEER));
    byte[] bytes = new byte[65_535];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        path.send(ByteString.of(bytes, 0, packet.getLength()));
        ByteString answer = path.receive(1_000_000);
        while (answer != null) {
          byte[] out = answer.toArray();
          socket.send(new DatagramPacket(out, out.length, packet.getAddress(), packet.getPort()));
          answer = path.receive(1_000_000);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private static String run(int status, String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int ended =
        GatewayProbe.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
    assertEquals(status, ended, out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineForEachImpairment() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
      Thread thread = new Thread(() -> serve(socket));
      thread.setDaemon(true);
      thread.start();
      String port = "" + socket.getLocalPort();
      String text =
          run(
              0,
              "127.0.0.2",
              "--local",
              "127.0.0.1",
              "--port",
              port,
              "--ike",
              "aes128-sha256-curve25519",
              "--esp",
              "aes128-sha1",
              "--impairment",
              "wrong-hash",
              "--wait",
              "0.2");
      assertTrue(text.contains("wrong-hash at MAIN_MODE_5: "), text);
      assertTrue(text.contains("wrong-hash at QUICK_MODE_1: silent, completed, alive"), text);
      assertTrue(text.endsWith("6 impairments, 0 without a handshake afterwards\n"), text);
      String none = run(2, "127.0.0.2", "--local", "127.0.0.1", "--port", port, "--wait", "0.05");
      assertTrue(none.startsWith("no plain handshake with 127.0.0.2"), none);
    }
  }

  @Test
  void everyImpairmentIsListed() throws Exception {
    String text = run(0, "--list");
    ImpairmentCatalogue.all().forEach(each -> assertTrue(text.contains(each.name())));
    assertTrue(run(0, "--help").contains("--impairment"));
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    for (String[] words :
        new String[][] {
          {"127.0.0.2", "--nonsense"},
          {"127.0.0.2", "--ike", "aes128"},
          {"127.0.0.2", "--ike", "aes128-sha256-modp1"},
          {"127.0.0.2", "--esp", "rot13-sha1"},
          {"127.0.0.2", "--impairment", "nonsense"},
          {"::1", "--local", "::1", "--port", "0"}
        }) {
      assertThrows(IllegalArgumentException.class, () -> run(0, words), () -> List.of(words) + "");
    }
  }
}
