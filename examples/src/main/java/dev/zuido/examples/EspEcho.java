package dev.zuido.examples;

import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.SaCounters;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.PortPoller;
import dev.zuido.wire.PacketBatch;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine;
import picocli.CommandLine.PicocliException;

/**
 * An echo behind a pair of SAs: opens what arrives, answers what is an echo request, seals the
 * answers and sends them. One thread runs it; others hand it commands.
 */
final class EspEcho implements AutoCloseable {
  private static final long PING_NANOS = 3_000_000_000L;
  private static final long IDLE_NANOS = 3_600_000_000_000L;
  private static final int MAX_PINGS = 100_000;
  private static final int BATCH = 8;
  private static final int LONGEST = 0xffff;
  private static final int HEADROOM = 128;

  private final PrintWriter out;
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> pings = new ArrayDeque<>();
  private final PacketBatch arrived = new PacketBatch(BATCH, LONGEST, HEADROOM, HEADROOM);
  private final PacketBatch leaving = new PacketBatch(BATCH + 1, LONGEST, HEADROOM, HEADROOM);
  private PortPoller poller;
  private SaPair pair;
  private EchoLink link;
  private EchoHost host;
  private long pingDeadline;
  private int pinged;
  private int replied;
  private volatile boolean stopped;

  /**
   * Installs SAs and opens their sockets.
   *
   * @throws IllegalArgumentException if an option is wrong
   * @throws OperatingSystemException if the host refuses the sockets
   */
  EspEcho(EspEchoOptions options, PrintWriter out) {
    this.out = out;
    pair = options.pair(System.nanoTime());
    host = options.host();
    link = options.open();
    poller = new PortPoller(1);
    poller.add(link.port());
    print("ready", new StringJoiner(","));
  }

  /** Hands over a line of standard input; from any thread. */
  void command(String line) {
    commands.add(line);
    wakeUp();
  }

  /** Ends {@link #run}; from any thread. */
  void stop() {
    stopped = true;
    wakeUp();
  }

  private synchronized void wakeUp() {
    poller.wakeUp();
  }

  /** Runs until it is stopped, and says at the end what became of the packets. */
  boolean run() {
    while (!stopped) {
      step();
      for (String line; !isPinging() && (line = commands.poll()) != null; ) {
        obey(line.trim());
      }
    }
    print("end", statistics());
    return true;
  }

  /** Runs until all pings have a reply or were given up; true if all have one. */
  boolean runPings() {
    while (!stopped && isPinging()) {
      step();
    }
    print("end", statistics());
    return !stopped && replied == pinged;
  }

  private boolean isPinging() {
    return !pings.isEmpty() || host.isWaiting();
  }

  /** Waits for packets, and does all that there is to do with them. */
  private void step() {
    long now = System.nanoTime();
    poller.await(host.isWaiting() ? pingDeadline - now : wait(isPinging()));
    boolean waited = host.isWaiting();
    arrived.clear();
    leaving.clear();
    link.port().receive(arrived);
    pair.open(arrived);
    now = System.nanoTime();
    host.receive(arrived, now, leaving);
    if (waited) {
      judgePing(now);
    }
    if (!host.isWaiting() && !pings.isEmpty()) {
      host.request(pings.remove(), leaving);
      pingDeadline = now + PING_NANOS;
      pinged++;
    }
    pair.seal(leaving);
    link.send(leaving);
  }

  private long wait(boolean busy) {
    return busy || !commands.isEmpty() ? 0 : IDLE_NANOS;
  }

  private void judgePing(long now) {
    if (!host.isWaiting()) {
      replied++;
    } else if (now - pingDeadline >= 0) {
      host.giveUp();
    }
    if (!isPinging()) {
      StringJoiner fields = new StringJoiner(",");
      fields.add(number("sent", pinged)).add(number("replies", replied));
      print("ping", fields);
    }
  }

  private void obey(String line) {
    String[] words = line.split(" +", -1);
    try {
      switch (words[0]) {
        case "stats" -> print("stats", statistics());
        case "ping" -> ping(words);
        case "sa" -> change(Arrays.copyOfRange(words, 1, words.length));
        case "quit" -> stopped = true;
        default -> throw new IllegalArgumentException("stats, ping, sa or quit, not: " + words[0]);
      }
    } catch (IllegalArgumentException | PicocliException | OperatingSystemException e) {
      print(
          "error",
          new StringJoiner(",").add("\"reason\":" + quoted(String.valueOf(e.getMessage()))));
    }
  }

  private void ping(String[] words) {
    if (words.length < 3) {
      throw new IllegalArgumentException("ping COUNT SIZE...");
    }
    List<Integer> sizes = Arrays.stream(words).skip(2).map(Integer::valueOf).toList();
    ping(Integer.parseInt(words[1]), sizes);
  }

  /**
   * Sends echo requests, each when the one before has its reply or was given up after 3 s.
   *
   * @param count how many of each size
   * @param sizes the bytes of their data
   */
  void ping(int count, List<Integer> sizes) {
    if (count < 1 || count > MAX_PINGS / Math.max(1, sizes.size())) {
      throw new IllegalArgumentException("1 to " + MAX_PINGS + " pings, not " + count);
    }
    for (int size : sizes) {
      if (size < 0 || size > EchoHost.MAX_SIZE) {
        throw new IllegalArgumentException(
            "the data of a ping are 0 to " + EchoHost.MAX_SIZE + " bytes, not " + size);
      }
    }
    pinged = 0;
    replied = 0;
    for (int i = 0; i < count; i++) {
      pings.addAll(sizes);
    }
  }

  private void change(String[] words) {
    Line line = new Line();
    new CommandLine(line).parseArgs(words);
    EspEchoOptions options = line.options;
    SaPair nextPair = options.pair(System.nanoTime());
    EchoHost nextHost = options.host();
    link.close();
    pair.close();
    pair = nextPair;
    host = nextHost;
    link = options.open();
    PortPoller next = new PortPoller(1);
    next.add(link.port());
    synchronized (this) {
      poller.close();
      poller = next;
    }
    print("ready", new StringJoiner(","));
  }

  private StringJoiner statistics() {
    return new StringJoiner(",")
        .add("\"in\":{" + verdicts(pair.inbound()) + "}")
        .add("\"out\":{" + verdicts(pair.outbound()) + "}")
        .add(number("foreign", pair.foreign()))
        .add(number("answered", host.answered()))
        .add(number("corrupt", host.corrupt()))
        .add(number("other", host.other()))
        .add(number("unsent", link.unsent()));
  }

  private static String verdicts(SaCounters counters) {
    StringJoiner fields = new StringJoiner(",");
    for (EspVerdict verdict : EspVerdict.values()) {
      if (counters.packets(verdict) != 0) {
        fields.add(number(verdict.name(), counters.packets(verdict)));
      }
    }
    for (SaCounters.Extra extra : SaCounters.Extra.values()) {
      if (counters.get(extra) != 0) {
        fields.add(number(extra.name(), counters.get(extra)));
      }
    }
    return fields.toString();
  }

  private static String number(String name, long value) {
    return "\"" + name + "\":" + value;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private void print(String event, StringJoiner fields) {
    String more = fields.length() == 0 ? "" : "," + fields;
    out.println("{\"event\":\"" + event + "\"" + more + "}");
    out.flush();
  }

  @Override
  public void close() {
    link.close();
    pair.close();
    synchronized (this) {
      poller.close();
    }
  }

  /** The options of a line of standard input. */
  @CommandLine.Command(name = "sa")
  private static final class Line {
    @CommandLine.Mixin private final EspEchoOptions options = new EspEchoOptions();
  }
}
