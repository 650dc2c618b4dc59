package dev.zuido.examples.minimal.router;

import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import java.security.SecureRandom;
import java.util.Map;

/** Reads a configuration in IOS's words, line by line, and makes a router of it. */
public final class ReadConfig {
  private static final String TEXT =
      """
      hostname edge
      interface Loopback0
       ip address 10.0.0.1 255.255.255.255
       no cdp enable
      router ospf 1
       network 10.0.0.1 0.0.0.0 area 0
      ip route 10.0.0.0 255.0.0.0 Null0
      """;

  private ReadConfig() {}

  /** Prints what became of each line, what happens in the router, and its routes. */
  public static void main(String[] args) {
    ConfigReport report = IosReader.read(TEXT);
    System.out.println(report.render());
    RouterConfig config = report.config();
    if (config == null) {
      throw new IllegalStateException("a line is refused");
    }

    // Each physical interface of the configuration gets a port: a TUN device, a simulated link, …
    // This one has only a loopback interface, which needs none.
    SecureRandom random = new SecureRandom();
    RouterEnvironment environment = new RouterEnvironment(random, random, ReadConfig::log, null);
    Router router = Router.create(config, Map.of(), environment);

    // From now on: process() when a port may have packets, or when nextDeadline() has come.
    router.process(0);
    System.out.println();
    System.out.println(router.show().ipRoute().text());
    router.shutdown(1_000_000_000);
  }

  private static void log(RouterEvent event) {
    System.out.println(event.text());
  }
}
