package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.ExternalDestination;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.StaticNeighbor;
import dev.zuido.ospf.VirtualLinkConfig;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.External;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.VirtualLink;
import dev.zuido.testkit.ospf.simulation.NetworkStatus.Health;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A {@link NetworkPlan} that lives in an {@link OspfSimulation}. */
public final class SimulatedNetwork {
  private static final long SECOND = OspfSimulation.SECOND;
  private static final int POLL_SECONDS = 30;

  private final NetworkPlan plan;
  private final NetworkStatus status = new NetworkStatus();
  private final OspfSimulation simulation;
  private final List<SimulatedRouter> routers = new ArrayList<>();
  private final List<SimulatedSegment> links = new ArrayList<>();
  private final List<SimulatedSegment> lans = new ArrayList<>();

  /** What happened, for messages. */
  private final List<String> history = new ArrayList<>();

  /** A network as it is planned, all of whose routers are down. */
  public SimulatedNetwork(NetworkPlan plan, long seed) {
    this(plan, seed, UnaryOperator.identity());
  }

  /**
   * A network whose interfaces differ from the plan's.
   *
   * @param plan the plan
   * @param seed decides all that is random
   * @param change changes each interface's configuration, but not what the plan says
   */
  public SimulatedNetwork(NetworkPlan plan, long seed, UnaryOperator<OspfInterfaceConfig> change) {
    this.plan = plan;
    this.simulation = new OspfSimulation(seed);
    for (int router = 0; router < plan.routers(); router++) {
      routers.add(simulation.add("r" + router, config(router, change)));
    }
    for (int i = 0; i < plan.links().size(); i++) {
      Link link = plan.links().get(i);
      links.add(
          simulation.join(
              routers.get(link.first()),
              NetworkPlan.linkInterface(i, true),
              routers.get(link.second()),
              NetworkPlan.linkInterface(i, false)));
    }
    for (int i = 0; i < plan.lans().size(); i++) {
      SimulatedSegment segment = simulation.segment();
      for (Member member : plan.lans().get(i).members()) {
        simulation.attach(segment, routers.get(member.router()), NetworkPlan.lanInterface(i));
      }
      lans.add(segment);
    }
    simulation.observe(new InvariantMonitor());
  }

  private OspfConfig config(int router, UnaryOperator<OspfInterfaceConfig> change) {
    List<OspfInterfaceConfig> interfaces = new ArrayList<>();
    for (int i = 0; i < plan.links().size(); i++) {
      Link link = plan.links().get(i);
      if (link.first() == router || link.second() == router) {
        interfaces.add(change.apply(linkConfig(i, link, link.first() == router)));
      }
    }
    for (int i = 0; i < plan.lans().size(); i++) {
      Lan lan = plan.lans().get(i);
      for (Member member : lan.members()) {
        if (member.router() == router) {
          interfaces.add(change.apply(lanConfig(i, lan, member)));
        }
      }
    }
    for (int i = 0; i < plan.stubs().size(); i++) {
      if (plan.stubs().get(i).router() == router) {
        interfaces.add(stubConfig(i, plan.stubs().get(i)));
      }
    }
    return OspfConfig.builder(NetworkPlan.routerId(router))
        .areas(areas(router))
        .interfaces(interfaces)
        .maximumPaths(64)
        .build();
  }

  /** The areas, each with the virtual links that the router is an end of. */
  private List<OspfAreaConfig> areas(int router) {
    List<OspfAreaConfig> configs = new ArrayList<>();
    for (NetworkPlan.AreaPlan area : plan.areas()) {
      List<VirtualLinkConfig> virtual = new ArrayList<>();
      for (VirtualLink link : plan.virtualLinks()) {
        if (link.area() == area.number() && (link.first() == router || link.second() == router)) {
          int other = link.first() == router ? link.second() : link.first();
          virtual.add(VirtualLinkConfig.to(NetworkPlan.routerId(other)));
        }
      }
      configs.add(area.config().toBuilder().virtualLinks(virtual).build());
    }
    return configs;
  }

  private OspfInterfaceConfig linkConfig(int number, Link link, boolean first) {
    OspfInterfaceConfig.Builder builder =
        OspfInterfaceConfig.builder(NetworkPlan.linkInterface(number, first), "link" + number)
            .type(NetworkType.POINT_TO_POINT)
            .areaId(NetworkPlan.areaId(link.area()))
            .cost(first ? link.firstCost() : link.secondCost());
    if (link.numbered()) {
      builder.address(plan.linkAddress(number, first), 30);
    } else {
      builder.address(Ipv4Address.UNSPECIFIED, 0);
    }
    return builder.build();
  }

  private OspfInterfaceConfig lanConfig(int number, Lan lan, Member member) {
    return OspfInterfaceConfig.builder(NetworkPlan.lanInterface(number), "lan" + number)
        .address(plan.lanAddress(number, member.router()), 24)
        .areaId(NetworkPlan.areaId(lan.area()))
        .type(lan.type())
        .cost(member.cost())
        .priority(member.priority())
        .staticNeighbors(lan.type().multicasts() ? List.of() : neighborsOf(number, lan, member))
        .build();
  }

  private List<StaticNeighbor> neighborsOf(int number, Lan lan, Member member) {
    List<StaticNeighbor> neighbors = new ArrayList<>();
    for (Member each : lan.members()) {
      if (each.router() != member.router()) {
        neighbors.add(
            new StaticNeighbor(
                plan.lanAddress(number, each.router()), each.priority(), POLL_SECONDS, 0));
      }
    }
    return neighbors;
  }

  private static OspfInterfaceConfig stubConfig(int number, Stub stub) {
    Ipv4Prefix prefix = NetworkPlan.stubPrefix(stub);
    return OspfInterfaceConfig.builder(NetworkPlan.stubInterface(number), "stub" + number)
        .address(NetworkPlan.stubAddress(stub), prefix.length())
        .areaId(NetworkPlan.areaId(stub.area()))
        .cost(stub.cost())
        .passive(true)
        .build();
  }

  /** The plan. */
  public NetworkPlan plan() {
    return plan;
  }

  /** What of it works. */
  public NetworkStatus status() {
    return status;
  }

  /** Where it lives. */
  public OspfSimulation simulation() {
    return simulation;
  }

  /** A router. */
  public SimulatedRouter router(int router) {
    return routers.get(router);
  }

  /** All interfaces of all routers come up, and what is outside is told. */
  public void start() {
    routers.forEach(simulation::bringUp);
    for (int router = 0; router < plan.routers(); router++) {
      announce(router);
    }
  }

  private void announce(int router) {
    for (External external : plan.externals()) {
      if (external.router() == router) {
        simulation.command(
            routers.get(router),
            new OspfCommand.AnnounceExternal(
                ExternalDestination.of(
                    NetworkPlan.externalPrefix(external), external.metric(), external.type2())));
      }
    }
  }

  /** A link's interfaces go down, or come up again. */
  public void setLinkUp(int link, boolean up) {
    note("link " + link + (up ? " up" : " down"));
    links.get(link).setCut(!up);
    status.setLink(link, up ? Health.GOOD : Health.DOWN);
    Link planned = plan.links().get(link);
    tell(planned.first(), NetworkPlan.linkInterface(link, true), up);
    tell(planned.second(), NetworkPlan.linkInterface(link, false), up);
  }

  /** A link carries nothing any more, and nobody is told; or it does again. */
  public void setLinkSilent(int link, boolean silent) {
    if (status.link(link) != Health.DOWN) {
      note("link " + link + (silent ? " silent" : " audible"));
      links.get(link).setCut(silent);
      status.setLink(link, silent ? Health.SILENT : Health.GOOD);
    }
  }

  /** A router's interface to a broadcast network goes down, or comes up again. */
  public void setPlugUp(int lan, int router, boolean up) {
    note("r" + router + " on lan " + lan + (up ? " up" : " down"));
    lans.get(lan).setPlugged(routers.get(router), up);
    status.setPlug(lan, router, up ? Health.GOOD : Health.DOWN);
    tell(router, NetworkPlan.lanInterface(lan), up);
  }

  /** A router is unplugged from a broadcast network and not told; or it is plugged in again. */
  public void setPlugSilent(int lan, int router, boolean silent) {
    if (status.plug(lan, router) != Health.DOWN) {
      note("r" + router + " on lan " + lan + (silent ? " unplugged" : " plugged in"));
      lans.get(lan).setPlugged(routers.get(router), !silent);
      status.setPlug(lan, router, silent ? Health.SILENT : Health.GOOD);
    }
  }

  private void note(String what) {
    history.add(what + " at " + simulation.now() / SECOND + " s");
  }

  private void tell(int router, int interfaceId, boolean up) {
    if (status.isRunning(router)) {
      simulation.command(
          routers.get(router),
          up
              ? new OspfCommand.InterfaceUp(interfaceId)
              : new OspfCommand.InterfaceDown(interfaceId));
    }
  }

  /** A router stops without a word. */
  public void crash(int router) {
    note("r" + router + " crashes");
    status.setRunning(router, false);
    simulation.crash(routers.get(router));
  }

  /** A router that stopped, or not, begins anew. */
  public void restart(int router) {
    note("r" + router + " restarts");
    status.setRunning(router, true);
    simulation.restart(routers.get(router));
    announce(router);
    for (int i = 0; i < plan.links().size(); i++) {
      Link link = plan.links().get(i);
      if (status.link(i) == Health.DOWN) {
        if (link.first() == router) {
          tell(router, NetworkPlan.linkInterface(i, true), false);
        } else if (link.second() == router) {
          tell(router, NetworkPlan.linkInterface(i, false), false);
        }
      }
    }
    for (int i = 0; i < plan.lans().size(); i++) {
      if (status.plug(i, router) == Health.DOWN) {
        tell(router, NetworkPlan.lanInterface(i), false);
      }
    }
  }

  /** Lets time go by, in seconds. */
  public void run(long seconds) {
    simulation.run(seconds * SECOND);
  }

  /**
   * Lets time go by until the routers agree with each other and with the oracle, and it is quiet.
   *
   * @param limitSeconds how long that may take
   * @return the seconds that it took
   * @throws AssertionError if they do not agree in time; it says about what
   */
  public long runUntilAgreed(long limitSeconds) {
    Agreement agreement = new Agreement(this);
    long begin = simulation.now();
    boolean agreed =
        simulation.runUntil(() -> agreement.isReached(), 5 * SECOND, limitSeconds * SECOND);
    if (!agreed) {
      throw new AssertionError(
          "after "
              + limitSeconds
              + " s: "
              + agreement.disagreements()
              + "\nhistory: "
              + history
              + "\nplan: "
              + plan);
    }
    return (simulation.now() - begin) / SECOND;
  }

  /** What does not hold although it should once the network is quiet; empty if all is well. */
  public List<String> disagreements() {
    return new Agreement(this).disagreements();
  }
}
