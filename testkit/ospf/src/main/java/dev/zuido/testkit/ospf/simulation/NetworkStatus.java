package dev.zuido.testkit.ospf.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What of a {@link NetworkPlan} works at a moment; in the beginning all of it. */
public final class NetworkStatus {
  /** How an interface or link is. */
  public enum Health {
    /** It works. */
    GOOD,
    /** Nothing gets through, and no router is told. */
    SILENT,
    /** The routers know that it is down. */
    DOWN
  }

  private record Plug(int lan, int router) {}

  private final Map<Integer, Health> links = new HashMap<>();
  private final Map<Plug, Health> plugs = new HashMap<>();
  private final Set<Integer> stopped = new HashSet<>();

  /** Everything works. */
  public NetworkStatus() {}

  /** How a link is. */
  public Health link(int link) {
    return links.getOrDefault(link, Health.GOOD);
  }

  /** How a router's attachment to a broadcast network is. */
  public Health plug(int lan, int router) {
    return plugs.getOrDefault(new Plug(lan, router), Health.GOOD);
  }

  /** Whether a router runs. */
  public boolean isRunning(int router) {
    return !stopped.contains(router);
  }

  void setLink(int link, Health health) {
    links.put(link, health);
  }

  void setPlug(int lan, int router, Health health) {
    plugs.put(new Plug(lan, router), health);
  }

  void setRunning(int router, boolean running) {
    if (running) {
      stopped.remove(router);
    } else {
      stopped.add(router);
    }
  }
}
