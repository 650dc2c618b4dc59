package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.EspVerdict;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The options of esp-echo, and what its SAs make of each other's packets. */
class EspEchoCommandTest {
  private static final String KEY = "00112233445566778899aabbccddeeff01020304";

  /** The options' values belong to the first end; the second has them the other way round. */
  private static String[] words(boolean mirrored, String suite, String key, String... more) {
    List<String> words = new ArrayList<>(List.of("--link", "none", "--suite", suite));
    words.addAll(List.of("--in-key", key, "--out-key", key));
    words.addAll(List.of("--local", mirrored ? "10.0.0.2" : "10.0.0.1"));
    words.addAll(List.of("--remote", mirrored ? "10.0.0.1" : "10.0.0.2"));
    words.addAll(List.of("--in-spi", mirrored ? "0x1002" : "0x1001"));
    words.addAll(List.of("--out-spi", mirrored ? "0x1001" : "0x1002"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** A command that has these options and no others. */
  @CommandLine.Command(name = "sa")
  private static final class Words {
    @CommandLine.Mixin private final EspEchoOptions options = new EspEchoOptions();
  }

  private static EspEchoOptions options(String... words) {
    Words line = new Words();
    new CommandLine(line).parseArgs(words);
    return line.options;
  }

  private static CommandLineTest.Run refused(String reason, String... words) {
    List<Object> all = new ArrayList<>(List.of("esp-echo"));
    all.addAll(List.of(words));
    return CommandLineTest.Run.of(all.toArray()).refused(reason);
  }

  @Test
  void refusesWhatContradictsItself() {
    refused("a suite is one algorithm or two", words(false, "A/B/C", KEY));
    refused("unknown: 'ROT13'", words(false, "ROT13", KEY));
    refused("needs an integrity algorithm", words(false, "AES_CBC_128", KEY));
    refused("takes no integrity algorithm", words(false, "AES_GCM_16_128/HMAC_MD5_96", KEY));
    refused("keying material of 20 bytes, not 36", words(false, "AES_GCM_16_256", KEY));
    refused("--in-key is not hexadecimal", words(false, "AES_GCM_16_128", "0x11"));
    refused("--udp and --tfc are not for AH", words(false, "HMAC_SHA1_96", KEY, "--ah", "--udp"));
    refused("go with --mode tunnel", words(false, "AES_GCM_16_128", KEY, "--mode", "tunnel"));
    refused("--tfc goes with", words(false, "AES_GCM_16_128", KEY, "--tfc", "64"));
    refused("--mtu is 1280", words(false, "AES_GCM_16_128", KEY, "--mtu", "1000"));
    refused("a replay window is", words(false, "AES_GCM_16_128", KEY, "--replay-window", "8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4294967296", "one", "0x"})
  void refusesWhatIsNoSpi(String spi) {
    String[] words = words(false, "AES_GCM_16_128", KEY);
    words[List.of(words).indexOf("--in-spi") + 1] = spi;
    refused("an SPI is 1 to 4294967295, not '" + spi + "'", words);
  }

  @Test
  void noKeyStandsInAMessage() {
    String err = refused("--in-key", words(false, "AES_GCM_16_128", "secretsecret")).err();
    assertTrue(!err.contains("secretsecret"), err);
  }

  @ParameterizedTest
  @CsvSource({
    "AES_GCM_16_128, ''",
    "AES_GCM_16_128, --esn",
    "AES_GCM_16_128, --udp",
    "AES_GCM_16_128, --mode tunnel",
    "AES_GCM_16_128, --mode tunnel --tfc 256",
    "NULL/HMAC_SHA1_96, ''",
    "HMAC_SHA1_96, --ah",
    "HMAC_SHA1_96, --ah --mode tunnel"
  })
  void bothEndsUnderstandEachOther(String suite, String more) {
    String[] extra = more.isEmpty() ? new String[0] : more.split(" ", -1);
    SaPair us = pair(false, suite, extra);
    SaPair them = pair(true, suite, extra);
    EchoHost host = ends(false, suite, extra).host();
    EchoHost other = ends(true, suite, extra).host();
    PacketBatch there = new PacketBatch(4, 2000, 128, 128);
    PacketBatch back = new PacketBatch(4, 2000, 128, 128);
    host.request(700, there);
    us.seal(there);
    them.open(there);
    other.receive(there, 0, back);
    them.seal(back);
    us.open(back);
    there.clear();
    host.receive(back, 0, there);
    assertEquals(1, us.inbound().packets(EspVerdict.OPENED));
    assertEquals(1, other.answered());
    assertTrue(!host.isWaiting());
    us.close();
    them.close();
  }

  private static EspEchoOptions ends(boolean mirrored, String suite, String... more) {
    List<String> extra = new ArrayList<>(List.of(more));
    if (extra.contains("tunnel")) {
      extra.addAll(List.of("--inner-local", mirrored ? "fd00::2" : "fd00::1"));
      extra.addAll(List.of("--inner-remote", mirrored ? "fd00::1" : "fd00::2"));
    }
    return options(words(mirrored, suite, KEY, extra.toArray(String[]::new)));
  }

  private static SaPair pair(boolean mirrored, String suite, String... more) {
    return ends(mirrored, suite, more).pair(0);
  }

  @Test
  void anotherSpiIsForeign() {
    SaPair us = pair(false, "AES_GCM_16_128");
    PacketBatch batch = new PacketBatch(4, 2000, 128, 128);
    ends(false, "AES_GCM_16_128").host().request(10, batch);
    us.seal(batch);
    us.open(batch); // what it sealed itself has the peer's SPI
    assertEquals(EspVerdict.UNKNOWN_SPI, batch.verdict(0));
    assertEquals(1, us.foreign());
    assertEquals(0, us.inbound().packets(EspVerdict.OPENED));
  }
}
