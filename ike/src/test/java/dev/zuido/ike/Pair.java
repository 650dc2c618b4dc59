package dev.zuido.ike;

import dev.zuido.ike.SaParameters.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Two sites and a network between them, in virtual time. */
final class Pair {
  static final long SECOND = 1_000_000_000L;
  private static final long DELAY = 10_000_000L;

  final Site a;
  final Site b;
  long now;

  /** Datagrams that the network loses besides chance. */
  Predicate<Site.Datagram> lose = datagram -> false;

  /** What the network makes of a datagram. */
  UnaryOperator<Site.Datagram> alter = datagram -> datagram;

  double loss;
  double duplication;
  double reordering;
  private final SplittableRandom chance;
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(
          (x, y) -> x.at != y.at ? Long.compare(x.at, y.at) : Long.compare(x.number, y.number));
  private long flightNumber;

  private record Flight(long at, long number, Site.Datagram datagram) {}

  Pair(long seed) {
    this(seed, Site.config(true), Site.config(false));
  }

  Pair(long seed, IkeConfig atA, IkeConfig atB) {
    a = new Site("a", atA, seed * 2 + 1);
    b = new Site("b", atB, seed * 2 + 2);
    chance = new SplittableRandom(seed);
  }

  /** Site A of one pair meets site B of another, after both have lived apart. */
  Pair(long seed, Pair hasB, Pair hasA) {
    a = hasA.a;
    b = hasB.b;
    now = Math.max(hasA.now, hasB.now);
    chance = new SplittableRandom(seed);
  }

  /** Runs until nothing moves any more or the time is over. */
  void runUntil(long end) {
    while (true) {
      carry(a);
      carry(b);
      long next = Math.min(a.engine.nextDeadline(), b.engine.nextDeadline());
      if (!flights.isEmpty()) {
        next = Math.min(next, flights.peek().at);
      }
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      if (!flights.isEmpty() && flights.peek().at <= now) {
        Flight flight = flights.remove();
        (flight.datagram.to().address().equals(Site.A) ? a : b).receive(flight.datagram, now);
      }
      if (a.engine.nextDeadline() <= now) {
        a.timeout(now);
      }
      if (b.engine.nextDeadline() <= now) {
        b.timeout(now);
      }
      check();
    }
  }

  void run(long nanos) {
    runUntil(now + nanos);
  }

  private void carry(Site site) {
    List<Site.Datagram> out = new ArrayList<>(site.sent);
    site.sent.clear();
    for (Site.Datagram each : out) {
      Site.Datagram datagram = alter.apply(each);
      if (lose.test(datagram) || chance.nextDouble() < loss) {
        continue;
      }
      send(datagram);
      if (chance.nextDouble() < duplication) {
        send(datagram);
      }
    }
  }

  private void send(Site.Datagram datagram) {
    long delay = DELAY + (chance.nextDouble() < reordering ? chance.nextLong(20 * DELAY) : 0);
    flights.add(new Flight(now + delay, flightNumber++, datagram));
  }

  /** What holds at every moment: what one side sends with, the other can receive. */
  Runnable invariant = () -> {};

  private void check() {
    invariant.run();
  }

  /** Whether everything that one side sends with is something the other receives with. */
  boolean usable() {
    return !a.keys(Direction.OUTBOUND).isEmpty()
        && !b.keys(Direction.OUTBOUND).isEmpty()
        && b.keys(Direction.INBOUND).containsAll(a.keys(Direction.OUTBOUND))
        && a.keys(Direction.INBOUND).containsAll(b.keys(Direction.OUTBOUND));
  }
}
