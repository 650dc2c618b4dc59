package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.testkit.WiresharkKeys.Authentication;
import dev.zuido.testkit.WiresharkKeys.Encryption;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark makes of the captures and key files; skipped where tshark is not on the PATH. */
class WiresharkTest {
  private static final String SPI = "0xc6699052";

  @TempDir Path folder;

  @Test
  void theKeyFilesAreThoseOfWireshark() throws IOException {
    WiresharkKeys keys = keysOfTheSession();
    keys.writeTo(folder);
    List<String> esp = Files.readAllLines(folder.resolve("esp_sa"));
    assertEquals(2, esp.size());
    assertEquals(
        "\"IPv4\",\"100.1.1.1\",\"200.1.1.1\",\""
            + SPI
            + "\",\"TripleDES-CBC [RFC2451]\","
            + "\"0xfcb54f0401349bb8f1bf8d112cb646c239c6ee96c0bdc6b1\","
            + "\"HMAC-MD5-96 [RFC2403]\",\"0xc7afe67cacc00c9a609feeb5af8899a1\"",
        esp.get(0));
    assertEquals(
        "dc514ff6d5d5d9df,974f5fba0ba79ae0701ee8ce628df376be50503837c7ce82\n", keys.ikev1File());
    assertEquals("2 ESP and 1 IKEv1 keys", keys.toString());
  }

  @Test
  void aKeyIsWrittenOnce() throws IOException {
    WiresharkKeys keys = keysOfTheSession();
    keys.addIkev1(ByteString.ofHex("dc514ff6d5d5d9df"), ByteString.ofHex("00"));
    keys.addIkev1(ByteString.ofHex("dc514ff6d5d5d9df"), ByteString.ofHex("00"));
    assertEquals(2, keys.ikev1File().lines().count());
  }

  @Test
  void aRecordedSessionWrittenAnewOpensWithTheKeyFiles() throws Exception {
    assumeTshark();
    Path capture = folder.resolve("wan.pcapng");
    try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(capture))) {
      for (CapturedPacket packet :
          PcapReader.readResource(WiresharkTest.class, "cisco/session.pcap")) {
        writer.write(
            "wan", packet.nanos(), Objects.requireNonNull(packet.ipPacket()), "seen on the WAN");
      }
    }
    keysOfTheSession().writeTo(folder);
    assertEquals(65, count(capture, "frame.comment == \"seen on the WAN\""));
    assertEquals(46, count(capture, "esp.icv_good == 1"));
    // With a wrong key tshark shows payloads too, but not these in these numbers.
    assertEquals(8, count(capture, "isakmp.notify.msgtype in {36136, 36137}"));
    assertEquals(
        6, count(capture, "isakmp.delete.spi || (isakmp.flag_e == 1 && isakmp.id.data.ipv4_addr)"));
    assertEquals(21, count(capture, "esp && gre && ospf"));
    assertEquals(20, count(capture, "esp && (icmp || tcp)"));
  }

  @Test
  void everySpellingIsKnown() throws Exception {
    assumeTshark();
    WiresharkKeys keys = keysOfTheSession();
    Ipv4Address any = Ipv4Address.parse("10.0.0.1");
    int spi = 1;
    ByteString key = ByteString.ofHex("00112233445566778899aabbccddeeff");
    for (Encryption encryption : Encryption.values()) {
      for (Authentication authentication : Authentication.values()) {
        keys.addEsp(any, any, spi++, encryption, key, authentication, key);
      }
    }
    keys.writeTo(folder);
    Path capture = folder.resolve("none.pcapng");
    new PcapngWriter(Files.newOutputStream(capture)).close();
    assertEquals("", String.join("\n", tshark(capture, "frame").errors()));
    // The same command does complain about a spelling that is unknown.
    Files.writeString(
        folder.resolve("esp_sa"), keys.espFile().replace("TripleDES-CBC", "TrippleDES-CBC"));
    assertTrue(
        tshark(capture, "frame").errors().stream().anyMatch(line -> line.contains("esp_sa")));
  }

  @Test
  void tsharkSeesTheTransferAndThePingAsTheyAre() throws Exception {
    assumeTshark();
    Path capture = folder.resolve("run.pcapng");
    VirtualNetwork network = new VirtualNetwork(4);
    Link link = network.link("wan", 1500);
    VirtualHost left = network.host("l", link.a(), Ipv4Address.of(10, 0, 0, 1), 24, null);
    VirtualHost right = network.host("r", link.b(), Ipv4Address.of(10, 0, 0, 2), 24, null);
    right.serve(5_001);
    link.impair(Impairments.NONE.withDelay(Duration.ofMillis(10)));
    try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(capture))) {
      link.addTap(writer.asTap("wan"));
      Ping ping = left.ping(PingRequest.to(right.address()).withTotalBytes(2028));
      TcpTransfer transfer = left.transfer(right.address(), 5_001, VirtualHostTest.content(20_000));
      assertTrue(
          network.runUntil(
              () -> ping.isDone() && transfer.isDone(), Duration.ofMinutes(1).toNanos()));
      network.runFor(Duration.ofSeconds(1).toNanos());
    }
    assertEquals(1, count(capture, "icmp.type == 0 && icmp.resptime == 10"));
    assertEquals(2, count(capture, "tcp.flags.syn == 1 && tcp.options.mss_val == 1460"));
    assertEquals(2, count(capture, "tcp.flags.fin == 1"));
    assertEquals(
        0,
        count(
            capture,
            "tcp.analysis.flags || _ws.malformed || ip.checksum.status == 0"
                + " || tcp.checksum.status == 0 || icmp.checksum.status == 0"));
    assertTrue(count(capture, "tcp.checksum.status == 1") > 20);
  }

  private static WiresharkKeys keysOfTheSession() throws IOException {
    Properties session = new Properties();
    try (InputStream in = WiresharkTest.class.getResourceAsStream("cisco/keys.txt")) {
      assertNotNull(in);
      session.load(in);
    }
    WiresharkKeys keys = new WiresharkKeys();
    for (String sa : List.of("esp.1.", "esp.2.")) {
      keys.addEsp(
          Ipv4Address.parse(session.getProperty(sa + "src")),
          Ipv4Address.parse(session.getProperty(sa + "dst")),
          Integer.parseUnsignedInt(session.getProperty(sa + "spi").substring(2), 16),
          Encryption.TRIPLE_DES_CBC,
          ByteString.ofHex(session.getProperty(sa + "enc_key")),
          Authentication.HMAC_MD5_96,
          ByteString.ofHex(session.getProperty(sa + "auth_key")));
    }
    keys.addIkev1(
        ByteString.ofHex(session.getProperty("ike.initiator_cookie")),
        ByteString.ofHex(session.getProperty("ike.encryption_key")));
    return keys;
  }

  private record Output(List<String> lines, List<String> errors) {}

  private long count(Path capture, String filter) throws Exception {
    Output output = tshark(capture, filter);
    assertEquals(List.of(), output.errors, filter);
    return output.lines.size();
  }

  private Output tshark(Path capture, String filter) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
    for (String preference :
        List.of(
            "esp.enable_encryption_decode:TRUE",
            "esp.enable_authentication_check:TRUE",
            "ip.check_checksum:TRUE",
            "tcp.check_checksum:TRUE")) {
      command.addAll(List.of("-o", preference));
    }
    command.addAll(List.of("-Y", filter));
    File lines = folder.resolve("lines").toFile();
    File errors = folder.resolve("errors").toFile();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("WIRESHARK_CONFIG_DIR", folder.toString());
    builder.redirectOutput(lines).redirectError(errors);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "tshark hangs");
    } finally {
      process.destroyForcibly();
    }
    return new Output(
        Files.readAllLines(lines.toPath(), StandardCharsets.UTF_8),
        Files.readAllLines(errors.toPath(), StandardCharsets.UTF_8).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("Running as user"))
            .toList());
  }

  private static void assumeTshark() {
    String path = System.getenv("PATH");
    boolean found =
        path != null
            && List.of(path.split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
    assumeTrue(found, "tshark is not on the PATH");
  }
}
