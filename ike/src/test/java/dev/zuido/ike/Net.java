package dev.zuido.ike;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Any number of sites, some behind translators, in virtual time. */
final class Net {
  static final long SECOND = 1_000_000_000L;
  private static final long DELAY = 10_000_000L;

  long now;
  double loss;
  double duplication;
  double reordering;

  /** Datagrams, as they are between the translators, that are lost besides chance. */
  Predicate<Site.Datagram> lose = datagram -> false;

  /** Every datagram that was sent, as it was between the translators. */
  final List<Site.Datagram> carried = new ArrayList<>();

  private final Map<Ipv4Address, Node> nodes = new LinkedHashMap<>();
  private final SplittableRandom chance;
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(
          (x, y) -> x.at != y.at ? Long.compare(x.at, y.at) : Long.compare(x.number, y.number));
  private long flightNumber;

  private record Node(Site site, @Nullable Translator translator) {}

  private record Flight(long at, long number, Site.Datagram datagram) {}

  Net(long seed) {
    chance = new SplittableRandom(seed);
  }

  /** A site with a public address. */
  Site add(Ipv4Address address, IkeConfig config, long seed) {
    return add(address, null, config, seed);
  }

  /** A site whose address a translator hides. */
  Site add(Ipv4Address address, @Nullable Translator translator, IkeConfig config, long seed) {
    return add(address, translator, new Site(address.toString(), config, seed));
  }

  /** A site that is there. */
  Site add(Ipv4Address address, @Nullable Translator translator, Site site) {
    nodes.put(address, new Node(site, translator));
    return site;
  }

  /** Puts a site behind another translator. */
  void hide(Ipv4Address address, Translator translator) {
    nodes.computeIfPresent(address, (key, node) -> new Node(node.site, translator));
  }

  void run(long nanos) {
    long end = now + nanos;
    while (true) {
      nodes.forEach((address, node) -> carry(node));
      long next = flights.isEmpty() ? Long.MAX_VALUE : flights.peek().at;
      for (Node node : nodes.values()) {
        next = Math.min(next, node.site.engine.nextDeadline());
      }
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      if (!flights.isEmpty() && flights.peek().at <= now) {
        deliver(flights.remove().datagram);
      }
      for (Node node : nodes.values()) {
        if (node.site.engine.nextDeadline() <= now) {
          node.site.timeout(now);
        }
      }
    }
  }

  private void carry(Node node) {
    List<Site.Datagram> sent = new ArrayList<>(node.site.sent);
    node.site.sent.clear();
    for (Site.Datagram each : sent) {
      Site.Datagram datagram = node.translator == null ? each : node.translator.out(each);
      carried.add(datagram);
      if (!lose.test(datagram) && chance.nextDouble() >= loss) {
        send(datagram);
        if (chance.nextDouble() < duplication) {
          send(datagram);
        }
      }
    }
  }

  /** Puts a datagram on its way, whoever it says that it is from. */
  void send(Site.Datagram datagram) {
    long delay = DELAY + (chance.nextDouble() < reordering ? chance.nextLong(20 * DELAY) : 0);
    flights.add(new Flight(now + delay, flightNumber++, datagram));
  }

  private void deliver(Site.Datagram datagram) {
    for (Map.Entry<Ipv4Address, Node> each : nodes.entrySet()) {
      Translator translator = each.getValue().translator;
      Site.Datagram inner = datagram;
      if (translator != null && translator.outside.equals(datagram.to().address())) {
        inner = translator.in(datagram);
      }
      boolean hidden = translator != null && inner == datagram;
      if (!hidden && inner != null && inner.to().address().equals(each.getKey())) {
        each.getValue().site.receive(inner, now);
      }
    }
  }

  /** Whether what each of two sites sends with is something that the other receives with. */
  static boolean usable(Site a, Site b) {
    return !a.keys(Direction.OUTBOUND).isEmpty()
        && !b.keys(Direction.OUTBOUND).isEmpty()
        && b.keys(Direction.INBOUND).containsAll(a.keys(Direction.OUTBOUND))
        && a.keys(Direction.INBOUND).containsAll(b.keys(Direction.OUTBOUND));
  }
}
