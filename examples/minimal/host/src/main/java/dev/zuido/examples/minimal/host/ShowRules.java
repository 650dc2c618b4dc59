package dev.zuido.examples.minimal.host;

import dev.zuido.host.ControlSocket;
import dev.zuido.host.HostSetup;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Shows the packet filter that a router would put on its host, and asks a router that is running.
 * What runs one is {@code HostedRouter.open(setup, log)} and {@code run()}; that needs root.
 */
public final class ShowRules {
  private static final String TEXT =
      """
      interface GigabitEthernet0/0
      ip address 192.0.2.1 255.255.255.0
      ip access-group OUTSIDE in
      ip access-list extended OUTSIDE
      permit icmp any host 192.0.2.1 echo
      permit tcp any host 192.0.2.1 eq 22
      """;

  private ShowRules() {}

  /** Prints the rules, then what the running router's interfaces are if there is one. */
  public static void main(String[] args) {
    RouterConfig config = Objects.requireNonNull(IosReader.read(TEXT).config());
    HostSetup setup =
        new HostSetup(
            config,
            Map.of(),
            Map.of(IosInterfaceName.parse("Gi0/0"), "eth0"),
            Map.of(),
            Path.of("zuido-control"),
            Path.of("zuido-state"));
    System.out.print(setup.firewallRules());
    try {
      var request = new ControlSocket.Request(false, List.of("interfaces"));
      System.out.print(ControlSocket.ask(setup.control(), request).text());
    } catch (IOException e) {
      System.out.println("no router is running");
    }
  }
}
