package dev.zuido.testkit.ospf.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A wire, or a network on which all interfaces hear each other. */
public final class SimulatedSegment {
  /**
   * Where a router is attached.
   *
   * @param router the router
   * @param interfaceId its interface
   */
  public record Port(SimulatedRouter router, int interfaceId) {}

  private final List<Port> ports = new ArrayList<>();
  private final Set<Port> unplugged = new HashSet<>();
  private LinkQuality quality = LinkQuality.GOOD;
  private boolean cut;

  SimulatedSegment() {}

  void attach(Port port) {
    ports.add(port);
  }

  /** The interfaces, in the order in which they were attached. */
  public List<Port> ports() {
    return new ArrayList<>(ports);
  }

  /** What it does to packets. */
  public LinkQuality quality() {
    return quality;
  }

  /** Changes what it does to packets. */
  public void setQuality(LinkQuality newQuality) {
    quality = newQuality;
  }

  /** Cuts the wire, or mends it; no router is told. */
  public void setCut(boolean newCut) {
    cut = newCut;
  }

  /** Takes one router's plug out, or puts it back; no router is told. */
  public void setPlugged(SimulatedRouter router, boolean plugged) {
    for (Port port : ports) {
      if (port.router() == router) {
        if (plugged) {
          unplugged.remove(port);
        } else {
          unplugged.add(port);
        }
      }
    }
  }

  boolean carries(Port from, Port to) {
    return !cut && !from.equals(to) && !unplugged.contains(from) && !unplugged.contains(to);
  }
}
