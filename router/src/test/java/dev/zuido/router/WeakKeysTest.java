package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pre-shared key that can be guessed is named at start-up, wherever it stands; itself never. */
final class WeakKeysTest {
  private static List<String> warnings(String lines) {
    RouterConfig config = IosReader.read(lines).config();
    List<String> said = new ArrayList<>();
    Router router =
        Router.create(
            Objects.requireNonNull(config),
            Map.of(),
            new RouterEnvironment(
                new SecureRandom(),
                new Random(1),
                event -> {
                  if (event instanceof RouterEvent.Log log && log.mnemonic().equals("WEAK_KEY")) {
                    said.add(log.message().replaceAll(": .*", ""));
                  }
                },
                null));
    router.process(0);
    return said;
  }

  @Test
  void eachKindOfKeyIsLookedAt() {
    assertEquals(
        List.of(
            "the key for 200.1.1.1/32",
            "the key for spoke.example.com",
            "the aggressive-mode password for 200.1.1.2"),
        warnings(
            """
            crypto isakmp key cisco123 address 200.1.1.1
            crypto isakmp key summer hostname spoke.example.com
            crypto isakmp peer address 200.1.1.2
             set aggressive-mode client-endpoint fqdn us.example.com
             set aggressive-mode password winter2
            """));
  }

  @Test
  void aLongRandomKeyIsNotComplainedOf() {
    assertEquals(
        List.of(), warnings("crypto isakmp key q7Rk2mZp9wXt4LbVn3Hs8y address 200.1.1.1\n"));
  }
}
