package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.ExternalDestination;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.testkit.ospf.simulation.SimulatedSegment;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A network of FRR's tests, from the configuration files of its routers. */
final class FrrTopology {
  /** What FRR redistributes has this metric, of type 2. */
  private static final int DEFAULT_METRIC = 20;

  private final OspfSimulation simulation = new OspfSimulation(1);
  private final Map<String, SimulatedRouter> routers = new LinkedHashMap<>();
  private final Map<String, Parsed> parsed = new LinkedHashMap<>();
  private final Map<Ipv4Prefix, SimulatedSegment> segments = new TreeMap<>();

  /** An interface while its lines are read. */
  private static final class Port {
    final String name;
    @Nullable Ipv4Address address;
    int length;
    @Nullable String area;
    boolean pointToPoint;
    int hello = 10;
    int dead = 40;

    Port(String name) {
      this.name = name;
    }

    Ipv4Prefix network() {
      return Ipv4Prefix.containing(address == null ? Ipv4Address.UNSPECIFIED : address, length);
    }
  }

  /** A router's configuration while its lines are read. */
  private static final class Parsed {
    final Map<String, Port> ports = new LinkedHashMap<>();
    final List<String[]> networks = new ArrayList<>();
    final Map<String, OspfAreaConfig> areas = new TreeMap<>();
    final List<Ipv4Prefix> statics = new ArrayList<>();
    @Nullable Ipv4Address routerId;
    boolean redistributeConnected;
    boolean redistributeStatic;

    private @Nullable Port current;
    private boolean inOspf;

    void read(String text) {
      for (String line : text.split("\n", -1)) {
        boolean inside = line.startsWith(" ");
        String[] words = line.trim().split(" +", -1);
        if (!inside) {
          current = null;
          inOspf = words.length == 2 && words[0].equals("router") && words[1].equals("ospf");
          if (words[0].startsWith("int")) {
            current = ports.computeIfAbsent(words[1], Port::new);
          } else if (words[0].equals("ip") && words[1].equals("route")) {
            statics.add(Ipv4Prefix.parse(words[2]));
          }
        } else if (current != null) {
          readInterface(current, line.trim(), words);
        } else if (inOspf) {
          readOspf(line.trim(), words);
        }
      }
    }

    private static void readInterface(Port port, String line, String[] words) {
      if (line.startsWith("ip address ")) {
        String[] parts = words[2].split("/", -1);
        port.address = Ipv4Address.parse(parts[0]);
        port.length = Integer.parseInt(parts[1]);
      } else if (line.equals("ip ospf network point-to-point")) {
        port.pointToPoint = true;
      } else if (line.startsWith("ip ospf area ")) {
        port.area = words[3];
      } else if (line.startsWith("ip ospf hello-interval ")) {
        port.hello = Integer.parseInt(words[3]);
      } else if (line.startsWith("ip ospf dead-interval ")) {
        port.dead = Integer.parseInt(words[3]);
      }
    }

    private void readOspf(String line, String[] words) {
      if (line.startsWith("router-id ") || line.startsWith("ospf router-id ")) {
        routerId = Ipv4Address.parse(words[words.length - 1]);
      } else if (line.startsWith("network ")) {
        networks.add(new String[] {words[1], words[3]});
      } else if (line.startsWith("area ")) {
        AreaType type = words[2].equals("nssa") ? AreaType.NSSA : AreaType.STUB;
        areas.put(
            words[1],
            OspfAreaConfig.builder(areaId(words[1]), type)
                .summaries(!line.endsWith("no-summary"))
                .build());
      } else if (line.equals("redistribute connected")) {
        redistributeConnected = true;
      } else if (line.equals("redistribute static")) {
        redistributeStatic = true;
      }
    }

    /** The area of an interface, by its own line or by that of its network; null if it has none. */
    @Nullable String areaOf(Port port) {
      if (port.area != null) {
        return port.area;
      }
      for (String[] each : networks) {
        Ipv4Address address = port.address;
        if (address != null && Ipv4Prefix.parse(each[0]).contains(address)) {
          return each[1];
        }
      }
      return null;
    }

    /** The largest address where none is configured, of loopback interfaces first. */
    Ipv4Address ownId() {
      if (routerId != null) {
        return routerId;
      }
      Ipv4Address largest = Ipv4Address.UNSPECIFIED;
      for (Port port : ports.values()) {
        if (port.address != null && port.address.compareTo(largest) > 0) {
          largest = port.address;
        }
      }
      return largest;
    }
  }

  static Ipv4Address areaId(String text) {
    return text.contains(".") ? Ipv4Address.parse(text) : new Ipv4Address(Integer.parseInt(text));
  }

  FrrTopology(Map<String, Object> json) {
    Map<String, Object> described = Json.object(json.get("routers"));
    described.forEach(
        (name, files) -> {
          Parsed of = new Parsed();
          Json.object(files)
              .forEach(
                  (file, contents) -> {
                    if (file.endsWith(".conf")) {
                      of.read(contents.toString());
                    }
                  });
          parsed.put(name, of);
          SimulatedRouter router = simulation.add(name, config(of));
          routers.put(name, router);
          attach(router, of);
        });
    routers.values().forEach(simulation::bringUp);
    parsed.forEach((name, of) -> announce(routers.get(name), of));
  }

  OspfSimulation simulation() {
    return simulation;
  }

  Map<String, SimulatedRouter> routers() {
    return routers;
  }

  String interfaceName(String router, int id) {
    return List.copyOf(parsed.get(router).ports.keySet()).get(id);
  }

  int interfaceId(String router, String name) {
    return List.copyOf(parsed.get(router).ports.keySet()).indexOf(name);
  }

  private static OspfConfig config(Parsed of) {
    List<OspfInterfaceConfig> interfaces = new ArrayList<>();
    int id = 0;
    for (Port port : of.ports.values()) {
      String area = of.areaOf(port);
      Ipv4Address address = port.address;
      if (area != null && address != null) {
        boolean loopback = port.name.equals("lo");
        interfaces.add(
            OspfInterfaceConfig.builder(id, port.name)
                .address(address, port.length)
                .areaId(areaId(area))
                .type(
                    loopback
                        ? NetworkType.LOOPBACK
                        : port.pointToPoint ? NetworkType.POINT_TO_POINT : NetworkType.BROADCAST)
                .timers(new OspfInterfaceTimers(port.hello, port.dead, 5, 1))
                .build());
      }
      id++;
    }
    return OspfConfig.builder(of.ownId())
        .areas(List.copyOf(of.areas.values()))
        .interfaces(interfaces)
        .build();
  }

  private void attach(SimulatedRouter router, Parsed of) {
    int id = 0;
    for (Port port : of.ports.values()) {
      if (of.areaOf(port) != null && !port.name.equals("lo")) {
        simulation.attach(
            segments.computeIfAbsent(port.network(), absent -> simulation.segment()), router, id);
      }
      id++;
    }
  }

  /** Connected networks without OSPF, and static routes, where they are redistributed. */
  private void announce(SimulatedRouter router, Parsed of) {
    List<Ipv4Prefix> outside = new ArrayList<>();
    if (of.redistributeStatic) {
      outside.addAll(of.statics);
    }
    for (Port port : of.ports.values()) {
      if (of.redistributeConnected && port.address != null && of.areaOf(port) == null) {
        outside.add(port.network());
      }
    }
    for (Ipv4Prefix prefix : outside) {
      simulation.command(
          router,
          new OspfCommand.AnnounceExternal(
              new ExternalDestination(prefix, DEFAULT_METRIC, true, Ipv4Address.UNSPECIFIED, 0)));
    }
  }
}
