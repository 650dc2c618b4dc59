package dev.zuido.examples;

import dev.zuido.host.HostSetup;
import dev.zuido.host.HostTuning;
import dev.zuido.host.HostTuning.Offload;
import dev.zuido.host.HostedRouter;
import dev.zuido.ike.WireTrace;
import dev.zuido.router.IkeDiagnostics;
import dev.zuido.router.PppDiagnostics;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.UnsupportedConfigurationException;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.ReaderOptions;
import dev.zuido.tun.OperatingSystemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a site's router on this host. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a site's router on this Linux host, until SIGTERM or SIGINT.",
      "The kernel forwards between the LAN and the tunnel's device; GRE, ESP, ISAKMP and OSPF are"
          + " the router's, and PPPoE where the configuration dials. Needs root.",
      "",
      "A Dialer interface has its line by the link that is named. With"
          + " --wan GigabitEthernet0/0=eth0, where GigabitEthernet0/0 has 'pppoe enable', the"
          + " router dials over that Ethernet: the Dialer is a TUN device (dialer1) that has the"
          + " session's MTU, is up while the session is, and carries what the kernel routes into"
          + " it; beside the session's frames, nothing of IPv4 passes the Ethernet. With"
          + " --wan Dialer1=eth0 nothing is dialled: the line has IP on it already, and the kernel"
          + " its addresses and routes."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0: ended by a signal, and all was removed from the host",
      "1: the host refuses something",
      "2: wrong words, or a configuration that cannot be used"
    })
final class RunCommand implements Callable<Integer> {
  private static final long CLOSE_SECONDS = 5;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the site's configuration in IOS's words")
  private @Nullable Path file;

  @Option(
      names = "--lan",
      paramLabel = "NAME=LINK",
      description = "an interface of the configuration and the kernel's: GigabitEthernet0/1=eth1")
  private Map<String, String> lans = new LinkedHashMap<>();

  @Option(
      names = "--wan",
      paramLabel = "NAME=LINK",
      description =
          "the same, where tunnels and IPsec come and go: GigabitEthernet0/0=eth0 to dial over an"
              + " Ethernet by PPPoE, Dialer1=eth0 if the Dialer's line is IP already")
  private Map<String, String> wans = new LinkedHashMap<>();

  @Option(
      names = "--tun",
      paramLabel = "NAME=DEVICE",
      description =
          "a tunnel interface, or a Dialer that dials, and the name of its TUN device (tunnel1 for"
              + " Tunnel1)")
  private Map<String, String> tunnels = new LinkedHashMap<>();

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "the socket for 'zuido show' (/run/zuido/control)")
  private Path control = HostSetup.DEFAULT_CONTROL;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "the folder for what has to survive a restart (/var/lib/zuido)")
  private Path state = HostSetup.DEFAULT_STATE;

  @Option(
      names = "--offload",
      paramLabel = "NAME",
      split = ",",
      description =
          "what is left to the kernel where it can: all (the default), none, or some of"
              + " tun-segmentation, tun-coalescing, udp-segmentation, udp-coalescing")
  private List<String> offloads = List.of("all");

  @Option(
      names = "--queues",
      paramLabel = "N",
      description = "the queues of each TUN device, each with a thread of its own (1: none)")
  private int queues = HostTuning.DEFAULT.queues();

  @Option(
      names = "--trace-isakmp",
      description = "shows each ISAKMP message that is sent or accepted, without secrets")
  private boolean traceIsakmp;

  @Option(
      names = "--trace-isakmp-fields",
      description = "the same with every field of every payload, still without secrets")
  private boolean traceIsakmpFields;

  @Option(
      names = "--trace-ppp",
      description = "shows each packet of PPPoE's discovery and PPP's negotiation, without secrets")
  private boolean tracePpp;

  @Option(
      names = "--ike-transcript-with-secrets",
      paramLabel = "FILE",
      description = {
        "records the key exchange so that it can be repeated, in a file with permissions 0600",
        "The file holds secrets: with it and the pre-shared key all traffic can be read."
      })
  private @Nullable Path ikeTranscript;

  @Option(
      names = "--debug",
      description = "shows messages of severity 7 too: every change of OSPF's states")
  private boolean debug;

  @Option(
      names = "--static-counter-mode-keys",
      description =
          "for tests alone: takes session keys for AES-GCM too, whose nonces then repeat at each"
              + " start (RFC 4106 section 2)")
  private boolean staticCounterModeKeys;

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = commandLine.getErr();
    ReaderOptions options = new ReaderOptions(staticCounterModeKeys);
    Path file = Objects.requireNonNull(this.file);
    RouterConfig config = ConfigFile.loadWithFiles(file, options, err);
    if (config == null) {
      return Zuido.USAGE;
    }
    if (lans.isEmpty() && wans.isEmpty()) {
      throw new ParameterException(commandLine, "name at least one link, by --lan or --wan");
    }
    HostSetup setup;
    try {
      HostTuning tuning = new HostTuning(offloads(offloads), queues);
      setup =
          new HostSetup(
              config,
              names(lans),
              names(wans),
              names(tunnels),
              control,
              state,
              tuning,
              ConfigFile.folderOf(file));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
    }
    WireTrace trace = traceIsakmpFields ? WireTrace.FIELDS : WireTrace.NAMES;
    try (IkeTranscript transcript = IkeTranscript.create(ikeTranscript, err)) {
      IkeDiagnostics diagnostics = new IkeDiagnostics(trace, transcript.recorder());
      HostSetup told =
          setup.withIkeDiagnostics(diagnostics).withPppDiagnostics(new PppDiagnostics(tracePpp));
      run(HostedRouter.open(told, event -> log(event, err)));
      return Zuido.OK;
    } catch (OperatingSystemException e) {
      err.println("zuido: " + sentence(e));
      return Zuido.FAILED;
    } catch (AccessDeniedException e) {
      err.println("zuido: run as root: there is no permission for " + e.getFile());
      return Zuido.FAILED;
    } catch (IOException e) {
      err.println("zuido: " + e.getMessage());
      return Zuido.FAILED;
    } catch (UnsupportedConfigurationException e) {
      err.println("zuido: " + e.getMessage());
      return Zuido.USAGE;
    }
  }

  private static String sentence(OperatingSystemException e) {
    return switch (e.error()) {
      case EPERM, EACCES ->
          "run as root, or with CAP_NET_ADMIN and CAP_NET_RAW: the host refuses to "
              + e.operation();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void run(HostedRouter router) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(router, closed), "zuido-stop"));
    // The batches' memory and what else lives as long as the router goes where no collection under
    // load has to copy it.
    System.gc();
    try (router) {
      router.run();
    } finally {
      closed.countDown();
    }
  }

  private static Set<Offload> offloads(List<String> given) {
    Set<Offload> chosen = EnumSet.noneOf(Offload.class);
    for (String text : given) {
      switch (text) {
        case "all" -> chosen.addAll(EnumSet.allOf(Offload.class));
        case "none" -> {}
        default ->
            chosen.add(
                Arrays.stream(Offload.values())
                    .filter(each -> each.text().equals(text))
                    .findFirst()
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no offload '" + text + "'")));
      }
    }
    return chosen;
  }

  private static Map<IosInterfaceName, String> names(Map<String, String> given) {
    Map<IosInterfaceName, String> names = new LinkedHashMap<>();
    given.forEach((name, link) -> names.put(IosInterfaceName.parse(name), link));
    return names;
  }

  /** On a signal the router takes its leave; the process ends well when that is done. */
  private static void end(HostedRouter router, CountDownLatch closed) {
    try {
      boolean ended = router.stop() && closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
      if (ended && router.endedOrderly()) {
        Runtime.getRuntime().halt(Zuido.OK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Zuido.FAILED);
  }

  private void log(RouterEvent event, PrintWriter err) {
    boolean shown =
        event instanceof RouterEvent.Log line
            ? line.severity() < 7 || debug
            : event instanceof RouterEvent.IkeMessage ? traceIsakmp || traceIsakmpFields : true;
    if (shown) {
      err.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + event.text());
      event.detail().forEach(line -> err.println("  " + line));
    }
  }
}
