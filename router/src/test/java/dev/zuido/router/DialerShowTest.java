package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.show.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the show commands say of a line that is up, and of one whose password is wrong. */
class DialerShowTest {
  private static final Provider UP = running(Provider.NEGOTIATED, Provider.SECRET);
  private static final Provider REFUSED = running(Provider.FIXED, "another");

  private static Provider running(String config, String secret) {
    Provider provider = new Provider(config, secret, 1454, 1492);
    provider.runFor(65);
    return provider;
  }

  private static String golden(String name) {
    String path = "/dev/zuido/router/show/" + name;
    try (InputStream in = DialerShowTest.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pppoe session, pppoe-session",
    "ppp, ppp",
    "ppp all, ppp-all",
    "dialer, dialer",
    "interfaces Dialer1, interfaces-dialer",
  })
  void textIsAsEngineersKnowIt(String words, String name) throws IOException {
    String folder = System.getProperty("zuido.golden");
    if (folder != null) {
      Files.writeString(Path.of(folder, name + "-up.txt"), UP.show(words, false));
      Files.writeString(Path.of(folder, name + "-refused.txt"), REFUSED.show(words, false));
      Files.writeString(Path.of(folder, name + "-up.json"), UP.show(words, true));
    }
    assertEquals(golden(name + "-up.txt"), UP.show(words, false));
    assertEquals(golden(name + "-refused.txt"), REFUSED.show(words, false));
  }

  @ParameterizedTest
  @CsvSource({
    "pppoe session, pppoe-session",
    "ppp, ppp",
    "dialer, dialer",
    "interfaces Dialer1, interfaces-dialer",
  })
  void jsonIsAsDocumented(String words, String name) {
    assertEquals(golden(name + "-up.json"), UP.show(words, true));
    assertNotNull(Json.parse(REFUSED.show(words, true)), "it is JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"scope\": \"pppoe\"",
        "\"decapsulated\": ",
        "\"scope\": \"pppoeDiscoveryDrops\"",
        "\"scope\": \"pppDrops\"",
        "\"receivedWhileDown\": ",
        "\"sentWhileDown\": ",
      })
  void countersHaveWhatIsDropped(String part) {
    assertTrue(UP.show("counters", true).contains(part), () -> UP.show("counters", true));
  }

  @Test
  void withoutADialerThereIsASentence() {
    TwoRouters both = new TwoRouters(TwoRouters.config("site-a"), TwoRouters.config("site-b"));
    ShowCommands show = both.routerA().show();
    assertEquals(
        "No PPPoE client is configured and has an Ethernet.\n", show.pppoeSession(0).text());
    assertEquals("There is no PPP link.\n", show.ppp(0).text());
    assertEquals("There is no PPP link.\n", show.pppAll(0).text());
    assertEquals("No Dialer interface has an Ethernet to dial over.\n", show.dialer(0).text());
    assertEquals("[]\n", show.dialer(0).json());
  }
}
