package dev.zuido.ike;

import dev.zuido.wire.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A translator that gives each inner address and port an outer port of its one address. */
final class Translator {
  final Ipv4Address outside;
  private final Map<Endpoint, Integer> ports = new HashMap<>();
  private final Map<Integer, Endpoint> insiders = new HashMap<>();
  private int nextPort = 1_024;

  Translator(Ipv4Address outside) {
    this.outside = outside;
  }

  /** Lets datagrams from outside in: port forwarding. */
  Translator forwards(int port, Endpoint inside) {
    ports.put(inside, port);
    insiders.put(port, inside);
    return this;
  }

  Site.Datagram out(Site.Datagram datagram) {
    int port =
        ports.computeIfAbsent(
            datagram.from(),
            inside -> {
              insiders.put(nextPort, inside);
              return nextPort++;
            });
    return new Site.Datagram(new Endpoint(outside, port), datagram.to(), datagram.bytes());
  }

  /** The datagram for the inner side, or null if no mapping lets it in. */
  Site.@Nullable Datagram in(Site.Datagram datagram) {
    Endpoint inside = insiders.get(datagram.to().port());
    return inside == null ? null : new Site.Datagram(datagram.from(), inside, datagram.bytes());
  }

  /** Forgets every mapping; those that follow get other ports. */
  void restart() {
    ports.clear();
    insiders.clear();
    nextPort += 1_000;
  }

  /** Who has an outer port, or null. */
  @Nullable Endpoint insider(int port) {
    return insiders.get(port);
  }
}
