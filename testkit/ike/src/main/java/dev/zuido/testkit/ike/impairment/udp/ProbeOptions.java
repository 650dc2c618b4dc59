package dev.zuido.testkit.ike.impairment.udp;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.testkit.ike.impairment.ScriptConfig;
import dev.zuido.testkit.ike.impairment.ScriptedChild;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of {@link GatewayProbe}. */
record ProbeOptions(String gateway, Map<String, String> values, Set<String> switches) {
  static final String USAGE =
      """
      ike-impair GATEWAY [options]: treats one message of an IKEv1 exchange badly, and says what the gateway did.

        --impairment NAME|all   which one (all)
        --step STEP|all         at which message, for example MAIN_MODE_3 (all)
        --list                  lists the impairments and the steps, and ends
        --respond               waits for the gateway to begin, and is the responder
        --aggressive            begins with aggressive mode
        --local ADDRESS         the peer's own address (the one that the route to the gateway gives)
        --port N                the peer's own port, and the gateway's (500)
        --stranger ADDRESS      the local address of forged datagrams (--local, with another port)
        --key KEY               the pre-shared key (cisco)
        --id NAME               the peer's identity: an address, or a name (--local)
        --ike SUITE             phase 1, for example aes128-sha256-modp2048 (3des-md5-modp1024)
        --esp SUITE             phase 2, for example aes128-sha1, aes128gcm16, 3des-md5-modp1024 with PFS (3des-md5)
        --tunnel LOCAL REMOTE   tunnel mode with these subnets; else transport mode for GRE between the two addresses
        --wait SECONDS          how long an answer may take (2)
        --seed N                of all random values, for a run again
      """;

  private static final Set<String> SWITCHES = Set.of("list", "respond", "aggressive", "help");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "impairment", "step", "local", "port", "stranger", "key", "id", "ike", "esp", "wait",
          "seed");

  static ProbeOptions parse(List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> switches = new java.util.LinkedHashSet<>();
    String gateway = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.startsWith("--") ? word.substring(2) : "";
      if (SWITCHES.contains(name)) {
        switches.add(name);
      } else if (WITH_VALUE.contains(name) && i + 1 < words.size()) {
        values.put(name, words.get(++i));
      } else if (name.equals("tunnel") && i + 2 < words.size()) {
        values.put("tunnel-local", words.get(++i));
        values.put("tunnel-remote", words.get(++i));
      } else if (!word.startsWith("--") && gateway.isEmpty()) {
        gateway = word;
      } else {
        throw new IllegalArgumentException("what is " + word + "? See --help");
      }
    }
    return new ProbeOptions(gateway, values, switches);
  }

  boolean has(String name) {
    return switches.contains(name);
  }

  String value(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int port() {
    return Integer.parseInt(value("port", "500"));
  }

  /**
   * How the peer speaks.
   *
   * @param local the peer's own address
   * @param remote the gateway's address
   */
  ScriptConfig script(Ipv4Address local, Ipv4Address remote) {
    String[] ike = value("ike", "3des-md5-modp1024").split("-", -1);
    if (ike.length != 3) {
      throw new IllegalArgumentException("--ike is CIPHER-HASH-GROUP");
    }
    return new ScriptConfig(
        Secret.owning(value("key", "cisco").getBytes(StandardCharsets.UTF_8)),
        identity(value("id", local.toString())),
        SuiteNames.cipher(ike[0]),
        SuiteNames.hash(ike[1]),
        SuiteNames.group(ike[2]),
        has("aggressive"),
        child(local, remote),
        (long) (Double.parseDouble(value("wait", "2")) * 1e9),
        2);
  }

  private static Identity identity(String text) {
    boolean address = text.matches("[0-9]+(\\.[0-9]+){3}");
    return address
        ? new Identity.Ipv4(Ipv4Address.parse(text))
        : text.contains("@") ? new Identity.UserFqdn(text) : new Identity.Fqdn(text);
  }

  private ScriptedChild child(Ipv4Address local, Ipv4Address remote) {
    String[] esp = value("esp", "3des-md5").split("-", -1);
    SuiteNames.EspCipher cipher = SuiteNames.espCipher(esp[0]);
    boolean aead = esp[0].contains("gcm");
    int next = aead ? 1 : 2;
    if (esp.length < next || esp.length > next + 1) {
      throw new IllegalArgumentException("--esp is CIPHER-HASH[-GROUP], or an AEAD[-GROUP]");
    }
    @Nullable DhGroup group = esp.length > next ? SuiteNames.group(esp[next]) : null;
    String tunnelLocal = value("tunnel-local", "");
    boolean tunnel = !tunnelLocal.isEmpty();
    return ScriptedChild.of(
        cipher.transformId(),
        cipher.keyBits(),
        aead ? 0 : SuiteNames.espHash(esp[1]),
        tunnel
            ? IpsecAttribute.EncapsulationMode.TUNNEL
            : IpsecAttribute.EncapsulationMode.TRANSPORT,
        group,
        tunnel ? subnet(tunnelLocal) : Identification.of(local, IpProtocol.GRE, 0),
        tunnel
            ? subnet(value("tunnel-remote", ""))
            : Identification.of(remote, IpProtocol.GRE, 0));
  }

  private static Identification subnet(String text) {
    Ipv4Prefix prefix = Ipv4Prefix.parse(text);
    return Identification.of(new Identity.Ipv4Subnet(prefix.address(), prefix.mask()), 0, 0);
  }
}
