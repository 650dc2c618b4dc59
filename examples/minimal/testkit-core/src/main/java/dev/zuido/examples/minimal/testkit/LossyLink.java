package dev.zuido.examples.minimal.testkit;

import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.Ipv4Address;
import java.time.Duration;

/** Two hosts ping each other over a lossy link: one seed, one run, and no real time passes. */
public final class LossyLink {
  private LossyLink() {}

  /** Prints how five pings went, and the fingerprint of the whole run. */
  public static void main(String[] args) {
    VirtualNetwork network = new VirtualNetwork(42);
    Link link = network.link("wan", 1500);
    VirtualHost left = network.host("left", link.a(), Ipv4Address.parse("10.0.0.1"), 24, null);
    VirtualHost right = network.host("right", link.b(), Ipv4Address.parse("10.0.0.2"), 24, null);
    link.impair(Impairments.NONE.withDelay(Duration.ofMillis(20)).withLoss(0.1));

    for (int bytes : new int[] {28, 500, 1000, 1500, 4000}) { // the last one travels in fragments
      Ping ping = left.ping(PingRequest.to(right.address()).withTotalBytes(bytes));
      network.runUntil(ping::isDone, Duration.ofMinutes(1).toNanos());
      System.out.println(ping);
      if (!ping.isAnswered()) {
        throw new IllegalStateException("not answered");
      }
    }
    System.out.printf("virtual time: %.1f s%n", network.nowNanos() / 1e9);
    System.out.printf("the run's fingerprint: %016x%n", network.traceHash());
  }
}
