package dev.zuido.host;

import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.RouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Ethernet of the host over which a Dialer interface has its PPPoE session. It has no address of
 * its own, and the kernel takes and sends no IP packet there.
 *
 * @param physical the interface of the configuration with {@code pppoe enable}
 * @param link the kernel's interface
 * @param dialer the Dialer interface
 */
record AccessLine(IosInterfaceName physical, String link, IosInterfaceName dialer) {

  /**
   * Those of some links that are access lines, in their order.
   *
   * @param wans of interfaces of the configuration, the kernel's interface
   * @throws IllegalArgumentException if no Dialer dials over a link that is for PPPoE, or one does
   *     that has a link of its own
   */
  static List<AccessLine> of(RouterConfig config, Map<IosInterfaceName, String> wans) {
    List<AccessLine> lines = new ArrayList<>();
    wans.forEach(
        (name, link) -> {
          InterfaceConfig port = config.interfaceNamed(name).orElseThrow();
          if (isClient(port)) {
            IosInterfaceName dialer =
                dialerOf(config, port)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                name + " is for PPPoE, and no Dialer dials over it"));
            refuseTwoLines(wans, name, dialer);
            lines.add(new AccessLine(name, link, dialer));
          }
        });
    return lines;
  }

  private static void refuseTwoLines(
      Map<IosInterfaceName, String> wans, IosInterfaceName name, IosInterfaceName dialer) {
    if (wans.containsKey(dialer)) {
      throw new IllegalArgumentException(
          dialer + " dials over " + name + ", or has a link of its own: name one of them");
    }
  }

  /** Whether an interface's PPPoE client is on. */
  static boolean isClient(InterfaceConfig port) {
    PppoeLineConfig line = port.pppoe();
    return line != null && line.isClient();
  }

  /** The Dialer that dials over an Ethernet. */
  private static Optional<IosInterfaceName> dialerOf(RouterConfig config, InterfaceConfig port) {
    return config.interfaces().stream()
        .filter(
            each -> {
              DialerConfig dialer = each.dialer();
              return dialer != null
                  && dialer.encapsulationPpp()
                  && config.pppoeLineOf(each).filter(port::equals).isPresent();
            })
        .map(InterfaceConfig::name)
        .findFirst();
  }
}
