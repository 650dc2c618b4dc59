package dev.zuido.examples;

import dev.zuido.router.config.RouterConfig;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.PcapngWriter;
import dev.zuido.testkit.VirtualNetwork;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings up two sites on a simulated WAN, and proves that they reach each other. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Brings up two sites in one process, in virtual time, and shows what happens.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0: each ping was answered and the transfer arrived whole",
      "1: they were not",
      "2: a configuration or an option is wrong"
    })
final class SimulateCommand implements Callable<Integer> {
  /** Site A's first message is there when site B is switched on, so that one handshake is shown. */
  private static final Duration POWER_ON_B = Duration.ofMillis(100);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..2",
      paramLabel = "SITE.cfg",
      description = "the two configurations (default: those in examples/configurations)")
  private @Nullable List<Path> files;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "everything random comes from it: one seed, one run (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--loss",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "packets lost on each access line, each way, 0 to 90 (default: ${DEFAULT-VALUE})")
  private double lossPercent;

  @Option(
      names = "--delay",
      paramLabel = "MS",
      defaultValue = "20",
      description = "one-way delay between the sites, 0 to 10000 (default: ${DEFAULT-VALUE})")
  private double delayMillis;

  @Option(
      names = "--no-pppoe",
      description = "leaves the access lines' PPPoE out: IP packets are directly on them")
  private boolean noPppoe;

  @Option(
      names = "--pcap",
      paramLabel = "DIR",
      description =
          "writes the access line of the first site to wan.pcapng, and the keys that Wireshark"
              + " needs to read it")
  private @Nullable Path pcapFolder;

  @Option(
      names = "--detail",
      description = "shows every event, also those that a router logs for debugging only")
  private boolean detail;

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    if (!(lossPercent >= 0 && lossPercent <= 90) || !(delayMillis >= 0 && delayMillis <= 10_000)) {
      throw new ParameterException(
          commandLine, "--loss is 0 to 90 percent, and --delay 0 to 10000 milliseconds");
    }
    List<Path> given = files == null ? List.of() : files;
    if (!given.isEmpty() && given.size() != 2) {
      throw new ParameterException(commandLine, "name both configurations, or none");
    }
    List<Site> sites = sites(given.isEmpty() ? shipped() : given, commandLine.getErr());
    if (sites == null) {
      return Zuido.USAGE;
    }
    Impairments line =
        Impairments.NONE
            .withDelay(Duration.ofNanos(Math.round(delayMillis * 1e6 / 2)))
            .withLoss(lossPercent / 100);
    CaptureKeys keys = new CaptureKeys();
    Narrator narrator = new Narrator(out, detail);
    TwoSites network;
    try {
      network =
          new TwoSites(
              new VirtualNetwork(seed),
              sites.get(0),
              sites.get(1),
              !noPppoe,
              line,
              POWER_ON_B,
              narrator,
              keys);
    } catch (IllegalArgumentException e) {
      commandLine.getErr().println(e.getMessage());
      return Zuido.USAGE;
    }
    narrator.setClock(network.network()::nowNanos);
    out.printf("seed %d, loss %s %%, delay %s ms%n", seed, lossPercent, delayMillis);
    try {
      return runWithCapture(network, keys, out) ? Zuido.OK : Zuido.FAILED;
    } catch (IOException e) {
      commandLine.getErr().println(pcapFolder + ": cannot be written: " + e.getMessage());
      return Zuido.USAGE;
    }
  }

  /** Reads both sites; gives null after an error was printed. */
  private static @Nullable List<Site> sites(List<Path> files, PrintWriter err) {
    List<Site> sites = new ArrayList<>();
    for (Path file : files) {
      RouterConfig config = ConfigFile.load(file, err);
      if (config == null) {
        return null;
      }
      String hostname = config.hostname();
      String name = hostname == null ? baseName(file) : hostname;
      boolean taken = sites.stream().anyMatch(site -> site.name().equals(name));
      try {
        sites.add(Site.of(taken ? name + "-2" : name, config));
      } catch (IllegalArgumentException e) {
        err.println(e.getMessage());
        return null;
      }
    }
    if (sites.get(0).wanAddress().equals(sites.get(1).wanAddress())) {
      err.println("both sites have the WAN address " + sites.get(0).wanAddress());
      return null;
    }
    return sites;
  }

  private boolean runWithCapture(TwoSites network, CaptureKeys keys, PrintWriter out)
      throws IOException {
    Path folder = pcapFolder;
    if (folder == null) {
      return new Demonstration(network, out).run();
    }
    Files.createDirectories(folder);
    boolean ok;
    try (PcapngWriter writer =
        new PcapngWriter(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve("wan.pcapng"))))) {
      if (network.concentratorA() != null) {
        writer.ethernet("wan-a");
      }
      network.wanA().addTap(writer.asTap("wan-a"));
      ok = new Demonstration(network, out).run();
    }
    keys.keys().writeTo(folder);
    out.println();
    out.println(
        "Capture of the access line of "
            + network.siteA().name()
            + " and its keys: "
            + folder
            + " (wan.pcapng, esp_sa, ikev1_decryption_table)");
    return ok;
  }

  private static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The configurations that come with the program; the launcher says where they are. */
  private List<Path> shipped() {
    String folder = System.getProperty("zuido.configurations");
    if (folder == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "name the two configurations");
    }
    return List.of(Path.of(folder, "site-a.cfg"), Path.of(folder, "site-b.cfg"));
  }
}
