package dev.zuido.router;

import dev.zuido.ospf.OspfStore;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.show.Json;
import dev.zuido.router.show.ShowResult;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualNode;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.PacketBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Routers on Ethernet segments in virtual time: interface GigabitEthernet0/N of each is on segment
 * N.
 */
final class OspfRouters {
  private final VirtualNetwork network = new VirtualNetwork(1);
  private final Map<Integer, Segment> segments = new TreeMap<>();
  private final Map<String, Router> routers = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Plug>> ports = new HashMap<>();
  private final Map<String, VirtualNode> nodes = new HashMap<>();
  private final Map<String, Consumer<@Nullable OspfRestart>> restarts = new HashMap<>();
  private final Set<String> asleep = new HashSet<>();
  private final List<String> log = new ArrayList<>();

  /** A port whose link can be lost. */
  private static final class Plug implements BatchPort {
    private final VirtualPort port;
    private boolean up = true;

    Plug(VirtualPort port) {
      this.port = port;
    }

    @Override
    public int receive(PacketBatch into) {
      return port.receive(into);
    }

    @Override
    public int send(PacketBatch from) {
      return port.send(from);
    }

    @Override
    public int mtu() {
      return port.mtu();
    }

    @Override
    public boolean isUp() {
      return up;
    }
  }

  /** Adds a router with a configuration, which names it. */
  OspfRouters add(String text) {
    ConfigReport report = IosReader.read(text);
    RouterConfig config = Objects.requireNonNull(report.config(), report::render);
    String name = Objects.requireNonNull(config.hostname());
    Map<IosInterfaceName, BatchPort> given = new LinkedHashMap<>();
    Map<Integer, Plug> own = new TreeMap<>();
    for (InterfaceConfig each : config.interfaces()) {
      if (each.name().kind().isEthernet()) {
        String written = each.name().toString();
        int number = Integer.parseInt(written.substring(written.indexOf('/') + 1));
        Segment segment =
            segments.computeIfAbsent(number, key -> network.segment("segment-" + key, 1500));
        VirtualPort port = segment.attach(name);
        config.addressOf(each.name()).ifPresent(port::addAddress);
        Plug plug = new Plug(port);
        given.put(each.name(), plug);
        own.put(number, plug);
      }
    }
    RouterEnvironment environment =
        new RouterEnvironment(
            network.secureRandom(name),
            network.random(name),
            event -> log.add(name + " " + event.text()),
            null,
            OspfStore.inMemory(),
            Computations.onTheSpot());
    routers.put(name, Router.create(config, given, environment));
    restarts.put(
        name,
        restart ->
            routers.put(
                name, Router.create(config, RouterPorts.alone(given), environment, restart)));
    VirtualNode node =
        new VirtualNode() {
          @Override
          public void run(long nowNanos) {
            if (!asleep.contains(name)) {
              router(name).process(nowNanos);
            }
          }

          @Override
          public long nextDeadline() {
            return asleep.contains(name) ? Router.NO_DEADLINE : router(name).nextDeadline();
          }
        };
    network.attach(node, own.values().stream().map(each -> each.port).toArray(VirtualPort[]::new));
    nodes.put(name, node);
    ports.put(name, own);
    return this;
  }

  Router router(String name) {
    return Objects.requireNonNull(routers.get(name), name);
  }

  long nowNanos() {
    return network.nowNanos();
  }

  /** What all have logged, the router's name first. */
  List<String> log() {
    return log;
  }

  OspfRouters run(Duration time) {
    network.runFor(time.toNanos());
    return this;
  }

  /** Cuts a router's line to a segment, so that it has no link there. */
  void cut(String name, int segment) {
    link(name, segment, false);
  }

  void restore(String name, int segment) {
    link(name, segment, true);
  }

  private void link(String name, int number, boolean up) {
    Segment segment = Objects.requireNonNull(segments.get(number));
    Plug plug = Objects.requireNonNull(Objects.requireNonNull(ports.get(name)).get(number));
    plug.up = up;
    if (up) {
      segment.restore(plug.port);
    } else {
      segment.cut(plug.port);
    }
    network.wake(Objects.requireNonNull(nodes.get(name)));
  }

  /** What a show command answers in text. */
  String show(String name, String words) {
    return answer(name, words, false);
  }

  /** Lets a router do nothing any more, as if its process had ended. */
  void sleep(String name) {
    asleep.add(name);
  }

  /** Puts a new router in the place of one that sleeps. */
  void restart(String name, @Nullable OspfRestart restart) {
    Objects.requireNonNull(restarts.get(name)).accept(restart);
    asleep.remove(name);
    network.wake(Objects.requireNonNull(nodes.get(name)));
  }

  /** Lets a router ask its neighbors to wait for its restart. */
  void prepareRestart(String name) {
    router(name).prepareRestart(network.nowNanos());
    network.wake(Objects.requireNonNull(nodes.get(name)));
  }

  /** Lets a router begin to take leave. */
  void beginShutdown(String name) {
    router(name).beginShutdown(network.nowNanos());
    network.wake(Objects.requireNonNull(nodes.get(name)));
  }

  /** What a clear command answers. */
  String clear(String name, String words) {
    ShowResult result = router(name).clear(List.of(words.split(" ", -1)), network.nowNanos());
    network.wake(Objects.requireNonNull(nodes.get(name)));
    return result instanceof ShowResult.Answer answer
        ? answer.text()
        : ((ShowResult.Refused) result).message();
  }

  /** The objects of a show command's answer in JSON. */
  List<Json> json(String name, String words) {
    return Json.parse(answer(name, words, true)).items().toList();
  }

  private String answer(String name, String words, boolean json) {
    ShowResult result =
        router(name).show().run(List.of(words.split(" ", -1)), json, network.nowNanos());
    return result instanceof ShowResult.Answer answer ? answer.text() : "" + result;
  }

  /** The lines of {@code show ip route} that name a prefix, blanks made single. */
  List<String> route(String name, String prefix) {
    return show(name, "ip route")
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> line.contains(" " + prefix + " "))
        .toList();
  }
}
