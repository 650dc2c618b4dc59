package dev.zuido.testkit.ike.impairment.udp;

import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.ImpairmentCatalogue;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.ScriptedPeer;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs impairments against any gateway over UDP, and prints a line for each. It ends with 1 if a
 * plain handshake did not succeed after one of them, and with 2 if not even the first one did.
 */
public final class GatewayProbe {
  private final ProbeOptions options;
  private final PrintStream out;

  private GatewayProbe(ProbeOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** The program. */
  public static void main(String[] arguments) {
    int status;
    try {
      status = run(List.of(arguments), System.out);
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("ike-impair: " + e.getMessage());
      status = 2;
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs the program.
   *
   * @param arguments the command line
   * @param out takes the lines
   * @return its exit status
   * @throws IOException if a socket cannot be opened
   */
  public static int run(List<String> arguments, PrintStream out) throws IOException {
    ProbeOptions options = ProbeOptions.parse(arguments);
    GatewayProbe probe = new GatewayProbe(options, out);
    if (options.has("list")) {
      probe.list();
      return 0;
    }
    if (options.has("help") || options.gateway().isEmpty()) {
      out.print(ProbeOptions.USAGE);
      return options.has("help") ? 0 : 2;
    }
    return probe.probe();
  }

  private void list() {
    for (Impairment each : ImpairmentCatalogue.all()) {
      out.printf(Locale.ROOT, "%-26s %s%n", each.name(), each.description());
    }
    out.println("steps: " + List.of(Step.values()));
  }

  private List<Impairment> impairments() {
    String name = options.value("impairment", "all");
    return name.equals("all")
        ? ImpairmentCatalogue.all()
        : List.of(
            ImpairmentCatalogue.named(name)
                .orElseThrow(
                    () -> new IllegalArgumentException("no impairment is called " + name)));
  }

  private List<Step> steps() {
    String name = options.value("step", "all");
    return name.equals("all") ? List.of(Step.values()) : List.of(Step.valueOf(name));
  }

  private int probe() throws IOException {
    InetAddress gateway = InetAddress.getByName(options.gateway());
    String localText = options.value("local", "");
    InetAddress local = localText.isEmpty() ? towards(gateway) : InetAddress.getByName(localText);
    InetAddress stranger = InetAddress.getByName(options.value("stranger", local.getHostAddress()));
    int port = options.port();
    int strangersPort = stranger.equals(local) ? 0 : port;
    long seed = Long.parseLong(options.value("seed", "1"));
    List<Impairment> impairments = impairments();
    List<Step> steps = steps();
    try (UdpGateway path =
        new UdpGateway(
            new InetSocketAddress(gateway, port),
            new InetSocketAddress(local, port),
            new InetSocketAddress(stranger, strangersPort))) {
      ScriptedPeer peer =
          new ScriptedPeer(
              options.script(addressOf(local), addressOf(gateway)),
              path,
              new SeededRandom(seed, "ike-impair"));
      if (!options.has("respond") && !peer.handshake()) {
        out.println(
            "no plain handshake with " + options.gateway() + ": is the configuration right?");
        return 2;
      }
      return all(peer, impairments, steps);
    }
  }

  private int all(ScriptedPeer peer, List<Impairment> impairments, List<Step> steps) {
    List<Reaction> dead = new ArrayList<>();
    int count = 0;
    for (Impairment impairment : impairments) {
      for (Step step : steps) {
        if (!impairment.appliesTo(step) || !isInScript(peer, step)) {
          continue;
        }
        Reaction reaction =
            options.has("respond")
                ? peer.respond(step, impairment)
                : peer.initiate(step, impairment);
        out.println(reaction);
        count++;
        if (!reaction.alive()) {
          dead.add(reaction);
        }
      }
    }
    out.println(count + " impairments, " + dead.size() + " without a handshake afterwards");
    return dead.isEmpty() ? 0 : 1;
  }

  private boolean isInScript(ScriptedPeer peer, Step step) {
    return options.has("respond")
        ? peer.canRespond(step, options.has("aggressive"))
        : peer.canInitiate(step);
  }

  /** The address that the route to the gateway gives. */
  private static InetAddress towards(InetAddress gateway) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(gateway, 500);
      return socket.getLocalAddress();
    }
  }

  private static Ipv4Address addressOf(InetAddress address) {
    if (address.getAddress().length != Ipv4Address.LENGTH) {
      throw new IllegalArgumentException("only gateways with an IPv4 address can be probed");
    }
    return Ipv4Address.ofBytes(address.getAddress());
  }
}
