package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a configuration's interfaces authenticate OSPF. */
final class OspfMappingTest {
  private static OspfAuthentication authentication(String port, String area) {
    RouterConfig config =
        IosReader.read(
                "interface GigabitEthernet0/0\n ip address 10.0.0.1 255.255.255.0\n"
                    + port
                    + "\nrouter ospf 1\n network 10.0.0.0 0.0.0.255 area 5\n"
                    + area)
            .config();
    List<RouterInterface> interfaces = new ArrayList<>();
    for (InterfaceConfig each : Objects.requireNonNull(config).interfaces()) {
      interfaces.add(
          new RouterInterface(
              0,
              each,
              config.addressOf(each.name()).orElse(null),
              null,
              null,
              null,
              null,
              null,
              null));
    }
    OspfConfig process = Objects.requireNonNull(OspfMapping.process(config, interfaces));
    return process.interfaces().get(0).authentication();
  }

  private static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static OspfAuthentication md5(int id, ByteString key) {
    return new OspfAuthentication.Cryptographic(id, CryptographicKey.Algorithm.MD5, key);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', area 6 authentication",
    "ip ospf authentication null, area 5 authentication",
    "ip ospf authentication-key k, ''",
    "ip ospf message-digest-key 1 md5 k, ''",
  })
  void withoutAWayThereIsNone(String port, String area) {
    assertEquals(OspfAuthentication.NONE, authentication(port, area));
  }

  @Test
  void aPasswordGoesAlongWithTheInterfacesOrTheAreasWay() {
    OspfAuthentication expected = new OspfAuthentication.Simple(bytes("pass"));
    String key = "ip ospf authentication-key pass\n";
    assertEquals(expected, authentication(key + "ip ospf authentication", ""));
    assertEquals(expected, authentication(key, "area 5 authentication"));
    assertEquals(
        expected,
        authentication(key + "ip ospf authentication", "area 5 authentication message-digest"));
  }

  @Test
  void aDigestKeyGoesAlongWithTheInterfacesOrTheAreasWay() {
    String key = "ip ospf message-digest-key 7 md5 secret\n";
    OspfAuthentication expected = md5(7, bytes("secret"));
    assertEquals(expected, authentication(key + "ip ospf authentication message-digest", ""));
    assertEquals(expected, authentication(key, "area 5 authentication message-digest"));
  }

  @Test
  void anEmptyKeyIsAsOnIos() {
    ByteString zeros = ByteString.of(new byte[1]);
    assertEquals(md5(0, zeros), authentication("", "area 5 authentication message-digest"));
    assertEquals(new OspfAuthentication.Simple(zeros), authentication("", "area 5 authentication"));
  }
}
