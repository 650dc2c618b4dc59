package dev.zuido.ospf;

import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;

/** Configurations and views that the engine's tests share. */
final class Configs {
  static final Ipv4Address BACKBONE = OspfAreaConfig.BACKBONE;

  private Configs() {}

  static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }

  static Ipv4Prefix prefix(String text) {
    return Ipv4Prefix.parse(text);
  }

  /** Router ID n.n.n.n. */
  static Ipv4Address routerId(int n) {
    return Ipv4Address.of(n, n, n, n);
  }

  /** An interface to 10.0.0.0/24 with the address 10.0.0.n. */
  static OspfInterfaceConfig lan(int id, int n) {
    return OspfInterfaceConfig.broadcast(id, "lan" + id, Ipv4Address.of(10, 0, 0, n), 24, BACKBONE);
  }

  /** An interface to 10.1.link.0/30 with the last octet n. */
  static OspfInterfaceConfig link(int id, int link, int n) {
    return OspfInterfaceConfig.pointToPoint(
        id, "link" + id, Ipv4Address.of(10, 1, link, n), 30, BACKBONE);
  }

  /** A passive network 192.168.n.0/24. */
  static OspfInterfaceConfig stub(int id, int n) {
    return OspfInterfaceConfig.broadcast(
            id, "stub" + id, Ipv4Address.of(192, 168, n, 1), 24, BACKBONE)
        .withPassive(true);
  }

  /** What a database holds, without the ages. */
  static List<String> contents(OspfEngine engine, long now) {
    LsaStore store = engine.database().area(BACKBONE);
    return store == null
        ? List.of()
        : store.entries().stream()
            .map(
                entry ->
                    entry.key()
                        + " "
                        + Integer.toHexString(entry.lsa().header().sequence())
                        + " "
                        + entry.lsa().header().checksum()
                        + (entry.isMaxAgeAt(now) ? " MaxAge" : ""))
            .toList();
  }

  static LsaEntry routerLsa(OspfEngine engine, Ipv4Address routerId) {
    LsaStore store = engine.database().area(BACKBONE);
    LsaEntry entry = store == null ? null : store.routerLsa(routerId);
    if (entry == null) {
      throw new AssertionError("no router-LSA of " + routerId);
    }
    return entry;
  }
}
