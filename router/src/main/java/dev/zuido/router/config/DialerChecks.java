package dev.zuido.router.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What must hold between Dialers, the Ethernet lines that they dial, and the dialer lists. */
final class DialerChecks {
  private final RouterConfig config;
  private final List<ConfigProblem> problems;

  private DialerChecks(RouterConfig config, List<ConfigProblem> problems) {
    this.config = config;
    this.problems = problems;
  }

  static void check(RouterConfig config, List<ConfigProblem> problems) {
    new DialerChecks(config, problems).run();
  }

  private void run() {
    Map<Integer, IosInterfaceName> lines = new HashMap<>();
    Map<Integer, IosInterfaceName> dialers = new HashMap<>();
    for (InterfaceConfig port : config.interfaces()) {
      PppoeLineConfig line = port.pppoe();
      if (line != null) {
        checkLine(port, line, lines);
      }
      DialerConfig dialer = port.dialer();
      if (dialer != null && !port.shutdown()) {
        checkDialer(port, dialer, dialers);
      }
    }
    for (DialerList list : config.dialerLists()) {
      String access = list.accessList();
      if (access != null && config.accessList(access).isEmpty()) {
        problems.add(
            ConfigProblem.error(
                "", "dialer-list " + list.number(), "there is no access list '" + access + "'"));
      }
    }
  }

  private void checkLine(
      InterfaceConfig port, PppoeLineConfig line, Map<Integer, IosInterfaceName> served) {
    String pool = "pppoe-client dial-pool-number";
    String group = line.group();
    if (!port.name().kind().isEthernet()) {
      error(port, "pppoe", "PPPoE runs on an Ethernet interface");
    }
    if (group != null && !group.equals(PppoeLineConfig.GLOBAL)) {
      error(
          port,
          "pppoe enable",
          "there is no group '" + group + "': only a concentrator has groups, and Zuido dials");
    }
    if (line.dialPool().isEmpty()) {
      if (group != null) {
        warning(
            port, "pppoe enable", "without '" + pool + "' there is no Dialer that could dial here");
      }
      return;
    }
    if (group == null) {
      warning(port, pool, "'no pppoe enable' has turned it off");
      return;
    }
    checkServed(port, line.dialPool().getAsInt(), served);
    if (!port.addresses().isEmpty() || port.unnumbered() != null) {
      error(
          port,
          "ip",
          "beside PPPoE there is no IP on the Ethernet itself: the address belongs to the Dialer");
    }
    int wanted = line.effectiveMaxPayload() + PppoeLineConfig.OVERHEAD;
    if (line.maxPayload().isPresent() && port.pppoeLinkMtu() < wanted) {
      warning(
          port,
          "pppoe-client ppp-max-payload",
          "the interface's MTU leaves "
              + (port.pppoeLinkMtu() - PppoeLineConfig.OVERHEAD)
              + " bytes; 'mtu "
              + wanted
              + "' would leave room");
    }
  }

  private void checkServed(InterfaceConfig port, int pool, Map<Integer, IosInterfaceName> served) {
    String command = "pppoe-client dial-pool-number";
    IosInterfaceName other = served.putIfAbsent(pool, port.name());
    if (other != null) {
      error(port, command, other + " serves pool " + pool + " already: a pool has one line here");
    } else if (config.interfaces().stream()
        .map(InterfaceConfig::dialer)
        .noneMatch(dialer -> dialer != null && dialer.pool().equals(OptionalInt.of(pool)))) {
      warning(port, command, "no Dialer has 'dialer pool " + pool + "'");
    }
  }

  private void checkDialer(
      InterfaceConfig port, DialerConfig dialer, Map<Integer, IosInterfaceName> seen) {
    if (dialer.pool().isEmpty()) {
      checkWithoutPool(port, dialer);
      return;
    }
    int pool = dialer.pool().getAsInt();
    IosInterfaceName other = seen.putIfAbsent(pool, port.name());
    Optional<InterfaceConfig> line = config.pppoeLineOf(port);
    if (other != null) {
      error(port, "dialer pool", other + " has pool " + pool + " already, and it has one line");
    } else if (line.isEmpty()) {
      error(
          port,
          "dialer pool",
          "no interface has 'pppoe-client dial-pool-number " + pool + "' with PPPoE enabled");
    } else {
      checkDialled(port, dialer, line.get());
    }
    if (!dialer.encapsulationPpp()) {
      error(port, "dialer pool", "without 'encapsulation ppp' nothing can be dialled");
    }
    if (!port.hasAddress()) {
      error(
          port,
          "dialer pool",
          "it dials, and has no address: say 'ip address negotiated' or 'ip unnumbered'");
    }
    checkProofs(port, dialer.authentication());
    checkDemand(port, dialer.authentication());
  }

  private void checkWithoutPool(InterfaceConfig port, DialerConfig dialer) {
    if (dialer.addressNegotiated()) {
      error(
          port,
          "ip address negotiated",
          "without 'dialer pool' there is nobody who would give it an address");
    } else if (!dialer.equals(DialerConfig.NONE)) {
      warning(port, "", "without 'dialer pool' it dials nothing, and needs a link of its own");
    }
  }

  private void checkDialled(InterfaceConfig port, DialerConfig dialer, InterfaceConfig line) {
    checkMtu(port, line);
    boolean kept = config.keepsLine(port);
    if (line.shutdown()) {
      warning(port, "dialer pool", "its line " + line.name() + " is shut down");
    }
    if (kept && !dialer.idle().equals(DialerIdle.IOS) && dialer.idle().seconds() > 0) {
      warning(
          port,
          "dialer idle-timeout",
          "the line is kept whatever the traffic: only 'pppoe-client dial-pool-number N"
              + " dial-on-demand' without 'dialer persistent' lets it end");
    }
    String never = ": no traffic is interesting" + (kept ? "" : ", and the line is never dialled");
    if (dialer.group().isPresent()) {
      int group = dialer.group().getAsInt();
      if (config.dialerList(group).isEmpty()) {
        warning(port, "dialer-group", "there is no 'dialer-list " + group + "'" + never);
      }
    } else if (!kept) {
      warning(port, "dialer pool", "without 'dialer-group'" + never);
    }
  }

  private void checkMtu(InterfaceConfig port, InterfaceConfig line) {
    int carried = line.pppoeLinkMtu() - PppoeLineConfig.OVERHEAD;
    int least = PppoeLineConfig.LEAST_PAYLOAD;
    if (carried < least) {
      error(line, "mtu", "it leaves less than " + least + " bytes for a packet of PPP");
    }
    if (port.mtu().orElse(least) < least) {
      error(port, "mtu", "a PPP link carries packets of " + least + " bytes at least");
    }
    if (port.ipMtu().orElse(0) > carried) {
      warning(
          port,
          "ip mtu",
          "PPPoE on "
              + line.name()
              + " carries "
              + carried
              + " bytes, which is then the MTU; 'pppoe-client ppp-max-payload' may carry more");
    }
  }

  /** What we prove ourselves with. */
  private void checkProofs(InterfaceConfig port, PppAuthenticationConfig proofs) {
    Secret chap = proofs.chapPassword();
    PppPassword pap = proofs.pap();
    Optional<String> name = chapName(port);
    if (chap != null && name.isEmpty()) {
      error(
          port,
          "ppp chap password",
          "CHAP sends a name with it, and there is neither 'ppp chap hostname' nor 'hostname'");
    }
    boolean both = proofs.provable().size() > 1;
    if (both
        && chap != null
        && pap != null
        && name.filter(n -> !pap.equals(new PppPassword(n, chap))).isPresent()) {
      error(
          port,
          "ppp pap sent-username",
          "we have one name and one password, for CHAP and for PAP: make them equal, or say 'ppp"
              + " chap refuse' or 'ppp pap refuse'");
    }
    if (proofs.provable().isEmpty() && !proofs.protocols().isEmpty()) {
      warning(
          port,
          "ppp authentication",
          "if the concentrator asks who we are there is no answer: no 'ppp chap password', no 'ppp"
              + " pap sent-username', or they are refused");
    }
  }

  /** What the concentrator has to prove. */
  private void checkDemand(InterfaceConfig port, PppAuthenticationConfig proofs) {
    if (proofs.demanded().isEmpty()) {
      return;
    }
    if (config.users().isEmpty()) {
      error(
          port,
          "ppp authentication",
          "without 'callin' the concentrator has to prove itself to us, and no 'username NAME"
              + " password PASSWORD' says by what");
    }
    if (proofs.demanded().contains(PppAuthenticationProtocol.CHAP) && chapName(port).isEmpty()) {
      error(
          port,
          "ppp authentication",
          "our challenge needs a name, and there is neither 'ppp chap hostname' nor 'hostname'");
    }
  }

  private Optional<String> chapName(InterfaceConfig port) {
    return Optional.ofNullable(port.dialer()).flatMap(config::chapName);
  }

  private void error(InterfaceConfig port, String command, String message) {
    problems.add(ConfigProblem.error(port.section(), command, message));
  }

  private void warning(InterfaceConfig port, String command, String message) {
    problems.add(ConfigProblem.warning(port.section(), command, message));
  }
}
