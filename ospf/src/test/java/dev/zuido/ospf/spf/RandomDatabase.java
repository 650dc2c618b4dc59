package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A database in which anything may change: few routers, networks and prefixes, so that what is told
 * of them often fits together. Router 1 is the one that calculates.
 */
final class RandomDatabase {
  static final Ipv4Address ROOT = id(1);
  private static final int ROUTERS = 7;
  private static final int NETWORKS = 3;
  private static final int AREAS = 3;

  final LinkStateDatabase database = new LinkStateDatabase(10_000);
  private final Random random;
  private final boolean[] down = new boolean[2000];
  private boolean virtualLinks;
  private RouteCalculation.Settings settings = RouteCalculation.Settings.DEFAULT;
  private ExternalAreas externalAreas = ExternalAreas.ALL_NORMAL;

  RandomDatabase(long seed, int changes) {
    random = new Random(seed);
    virtualLinks = random.nextBoolean();
    int areas = 1 + random.nextInt(AREAS);
    for (int i = 0; i < down.length; i++) {
      down[i] = i < 1000 && areaOf(i) >= areas;
    }
    for (int area = 0; area < AREAS; area++) {
      database.addArea(id(area));
    }
    for (int i = 0; i < changes; i++) {
      change();
    }
  }

  RouteCalculation.Settings settings() {
    return settings;
  }

  ExternalAreas externalAreas() {
    return externalAreas;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** Lets one thing be different. */
  void change() {
    int area = random.nextInt(AREAS);
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> install(area, 1 + random.nextInt(ROUTERS), null);
      case 4 -> changeStubsAlone(area, 1 + random.nextInt(ROUTERS));
      case 5, 6 -> installNetwork(area);
      case 7, 8 -> installSummary(area);
      case 9 -> {
        int about = 1 + random.nextInt(ROUTERS);
        LsaBody body = SummaryLsa.ofAsBoundaryRouter(metric());
        install(database.area(id(area)), id(about), someRouter(), body);
      }
      case 10, 11 -> installExternal(area);
      case 12, 13 -> removeOrAge(chance(2) ? database.asWide() : database.area(id(area)));
      case 14 -> {
        int index = random.nextInt(down.length);
        down[index] ^= chance(2);
        down[110 + random.nextInt(30)] ^= true;
        virtualLinks ^= chance(4);
      }
      default -> configure();
    }
  }

  private void configure() {
    List<AreaRange> ranges = new ArrayList<>();
    while (chance(2)) {
      Ipv4Prefix prefix = Ipv4Prefix.containing(prefix().address(), 16 + 8 * random.nextInt(2));
      ranges.add(new AreaRange(id(random.nextInt(AREAS)), prefix, true));
    }
    settings = new RouteCalculation.Settings(chance(2), 1 + random.nextInt(4), ranges);
    Set<Ipv4Address> nssas = new HashSet<>();
    Set<Ipv4Address> stubs = new HashSet<>();
    Set<Ipv4Address> withoutSummaries = new HashSet<>();
    for (int area = 1; area < AREAS; area++) {
      if (chance(2)) {
        (chance(4) ? stubs : nssas).add(id(area));
        if (chance(3)) {
          withoutSummaries.add(id(area));
        }
      }
    }
    externalAreas = new ExternalAreas(nssas, stubs, withoutSummaries);
  }

  private int metric() {
    return chance(10) ? SummaryLsa.INFINITY : random.nextInt(5);
  }

  private Ipv4Address someRouter() {
    return id(1 + random.nextInt(ROUTERS));
  }

  /** One of a few networks, some of which contain others. */
  private Ipv4Prefix prefix() {
    return switch (random.nextInt(8)) {
      case 0 -> Ipv4Prefix.DEFAULT;
      case 1 -> Ipv4Prefix.parse("172.16.0.0/16");
      case 2 -> new Ipv4Prefix(new Ipv4Address(0xac10_0100 + random.nextInt(4)), 32);
      case 3 -> networkPrefix(random.nextInt(AREAS), random.nextInt(NETWORKS));
      default -> new Ipv4Prefix(new Ipv4Address(0xac10_0000 + 256 * random.nextInt(6)), 24);
    };
  }

  /** The Link State ID of a network: its address, or one with host bits (appendix E). */
  private Ipv4Address linkStateId(Ipv4Prefix prefix) {
    return chance(4) ? prefix.last() : prefix.address();
  }

  private static Ipv4Prefix networkPrefix(int area, int network) {
    return new Ipv4Prefix(new Ipv4Address(0x0a00_0000 + (area << 16) + (network << 8)), 24);
  }

  private static Ipv4Address networkAddress(int area, int network, int router) {
    return new Ipv4Address(networkPrefix(area, network).address().value() + router);
  }

  private void install(int area, int router, List<RouterLink> others) {
    List<RouterLink> links = new ArrayList<>();
    if (others != null) {
      links.addAll(others);
    } else {
      addLinks(area, router, links);
    }
    while (!chance(3)) {
      Ipv4Prefix stub = prefix();
      links.add(new RouterLink(RouterLink.STUB, stub.address(), stub.mask(), random.nextInt(4)));
    }
    int flags = 0;
    for (int flag : new int[] {RouterLsa.BORDER, RouterLsa.EXTERNAL, RouterLsa.VIRTUAL_ENDPOINT}) {
      flags |= chance(2) ? flag : 0;
    }
    install(database.area(id(area)), id(router), id(router), new RouterLsa(flags, links));
  }

  private void addLinks(int area, int router, List<RouterLink> links) {
    for (int peer = 1; peer <= ROUTERS; peer++) {
      while (peer != router && chance(2)) {
        Ipv4Address data = new Ipv4Address(10 * area + peer);
        links.add(new RouterLink(RouterLink.POINT_TO_POINT, id(peer), data, 1 + random.nextInt(3)));
      }
      if (area == 0 && chance(4)) {
        links.add(new RouterLink(RouterLink.VIRTUAL, id(peer), Ipv4Address.UNSPECIFIED, 1));
      }
    }
    for (int network = 0; network < NETWORKS; network++) {
      if (chance(2)) {
        links.add(
            new RouterLink(
                RouterLink.TRANSIT,
                networkAddress(area, network, 2 + random.nextInt(2)),
                networkAddress(area, network, router),
                random.nextInt(4)));
      }
    }
  }

  private void changeStubsAlone(int area, int router) {
    LsaEntry entry = database.area(id(area)).routerLsa(id(router));
    if (entry != null && entry.lsa().body() instanceof RouterLsa body) {
      List<RouterLink> links = new ArrayList<>(body.links());
      links.removeIf(link -> link.type() == RouterLink.STUB);
      install(area, router, links);
    }
  }

  private void installNetwork(int area) {
    int network = random.nextInt(NETWORKS);
    int designated = 2 + random.nextInt(2);
    int advertiser = chance(5) ? 4 : designated;
    List<Ipv4Address> attached = new ArrayList<>();
    for (int router = 1; router <= ROUTERS; router++) {
      if (!chance(4)) {
        attached.add(id(router));
      }
    }
    Ipv4Address mask = Ipv4Prefix.DEFAULT.mask();
    mask = chance(6) ? Ipv4Address.BROADCAST : chance(6) ? mask : networkPrefix(0, 0).mask();
    install(
        database.area(id(area)),
        networkAddress(area, network, designated),
        id(advertiser),
        new NetworkLsa(mask, attached));
  }

  private void installSummary(int area) {
    Ipv4Prefix prefix = prefix();
    LsaBody body = SummaryLsa.ofNetwork(prefix.mask(), metric());
    install(database.area(id(area)), linkStateId(prefix), someRouter(), body);
  }

  private void installExternal(int area) {
    Ipv4Prefix prefix = prefix();
    Ipv4Address forwarding =
        switch (random.nextInt(4)) {
          case 0 -> networkAddress(random.nextInt(AREAS), random.nextInt(NETWORKS), 9);
          case 1 -> new Ipv4Address(prefix().last().value());
          default -> Ipv4Address.UNSPECIFIED;
        };
    AsExternalLsa body =
        AsExternalLsa.of(prefix.mask(), chance(2), metric(), forwarding, random.nextInt(2));
    if (chance(2)) {
      install(
          database.area(id(area)), linkStateId(prefix), someRouter(), body.asType(LsaType.NSSA));
    } else {
      install(database.asWide(), linkStateId(prefix), someRouter(), body);
    }
  }

  private void install(LsaStore store, Ipv4Address id, Ipv4Address router, LsaBody body) {
    LsaEntry before = store.get(new LsaKey(body.type(), id, router));
    int sequence =
        before == null ? LsaHeader.INITIAL_SEQUENCE : before.lsa().header().sequence() + 1;
    store.install(Lsa.originate(new Options(random.nextInt(8) * 2), id, router, sequence, body), 0);
  }

  private void removeOrAge(LsaStore store) {
    List<LsaEntry> entries = List.copyOf(store.entries());
    if (!entries.isEmpty()) {
      LsaEntry entry = entries.get(random.nextInt(entries.size()));
      if (chance(2)) {
        store.remove(entry.key());
      } else {
        store.install(entry.lsa().withAge(LsaHeader.MAX_AGE), 0);
      }
    }
  }

  private static int areaOf(int index) {
    return index < 100 ? index / 10 % 10 : (index - 100) / 10;
  }

  /** The interfaces of router 1 that are up. */
  List<SpfInterface> interfaces() {
    List<SpfInterface> found = new ArrayList<>();
    for (int area = 0; area < AREAS; area++) {
      for (int peer = 2; peer <= ROUTERS; peer++) {
        int index = 10 * area + peer;
        if (!down[index]) {
          Map<Ipv4Address, Ipv4Address> neighbors =
              Map.of(id(peer), new Ipv4Address(0x7f00_0000 + index));
          found.add(
              new SpfInterface(
                  index, id(area), SpfInterface.Kind.POINT_TO_POINT, null, null, neighbors));
        }
      }
      for (int network = 0; network < NETWORKS; network++) {
        int index = 100 + 10 * area + network;
        if (!down[index]) {
          found.add(
              new SpfInterface(
                  index,
                  id(area),
                  SpfInterface.Kind.MULTI_ACCESS,
                  networkAddress(area, network, 1),
                  networkPrefix(area, network),
                  Map.of()));
        }
      }
    }
    for (int peer = 2; virtualLinks && peer <= 3; peer++) {
      found.add(
          new SpfInterface(
              5000 + peer,
              id(1),
              SpfInterface.Kind.VIRTUAL,
              null,
              null,
              Map.of(id(peer), id(peer))));
    }
    return found;
  }

  /** What the interfaces of router 1 have in their LSAs' Link Data is their index. */
  static Ipv4Address id(int value) {
    return new Ipv4Address(value);
  }

  /** All LSAs, for a message. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Ipv4Address area : database.areaIds()) {
      text.append("area ").append(area).append('\n');
      database.area(area).entries().forEach(e -> text.append(e.lsa()).append('\n'));
    }
    database.asWide().entriesOfType(LsaType.AS_EXTERNAL).forEach(e -> text.append(e.lsa()));
    return text.toString();
  }
}
