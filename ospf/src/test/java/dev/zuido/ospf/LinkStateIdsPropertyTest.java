package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.prefix;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Appendix E. */
final class LinkStateIdsPropertyTest {
  private final LinkStateIds ids = new LinkStateIds();
  private final List<Ipv4Address> changed = new ArrayList<>();

  private void add(String network) {
    changed.clear();
    ids.add(prefix(network), changed);
  }

  private void remove(String network) {
    changed.clear();
    ids.remove(prefix(network), changed);
  }

  @Test
  void theExampleOfAppendixE() {
    add("10.0.0.0/24");
    assertEquals(List.of(ip("10.0.0.0")), changed);
    add("10.0.0.0/16");
    assertEquals(Set.of(ip("10.0.0.0"), ip("10.0.0.255")), Set.copyOf(changed));
    assertEquals(prefix("10.0.0.0/16"), ids.network(ip("10.0.0.0")));
    assertEquals(prefix("10.0.0.0/24"), ids.network(ip("10.0.0.255")));
    add("10.0.0.0/8");
    assertEquals(prefix("10.0.0.0/8"), ids.network(ip("10.0.0.0")));
    assertEquals(prefix("10.0.0.0/16"), ids.network(ip("10.0.255.255")));
    assertEquals(prefix("10.0.0.0/24"), ids.network(ip("10.0.0.255")));
  }

  @Test
  void aFreedNetworkNumberIsTakenByTheNext() {
    add("10.0.0.0/8");
    add("10.0.0.0/16");
    remove("10.0.0.0/8");
    assertEquals(prefix("10.0.0.0/16"), ids.network(ip("10.0.0.0")));
    assertNull(ids.network(ip("10.0.255.255")));
    assertTrue(changed.contains(ip("10.0.255.255")));
  }

  @Test
  void aHostGoesBeforeNetworksSinceItHasNoBitsToSet() {
    add("10.0.0.0/24");
    add("10.0.0.255/32");
    add("10.0.0.0/32");
    assertEquals(prefix("10.0.0.0/32"), ids.network(ip("10.0.0.0")));
    assertEquals(prefix("10.0.0.255/32"), ids.network(ip("10.0.0.255")));
    assertEquals(prefix("10.0.0.0/24"), ids.network(ip("10.0.0.254")));
  }

  @Test
  void aNetworkAllOfWhoseIdsAreTakenWaits() {
    add("10.0.0.0/31");
    add("10.0.0.0/32");
    add("10.0.0.1/32");
    assertNull(ids.idOf(prefix("10.0.0.0/31")));
    assertEquals(1, ids.unplaced());
    remove("10.0.0.1/32");
    assertEquals(prefix("10.0.0.0/31"), ids.network(ip("10.0.0.1")));
    assertEquals(0, ids.unplaced());
  }

  /** Networks that collide: few addresses, many lengths. */
  @Provide
  static Arbitrary<List<Ipv4Prefix>> networks() {
    return Combinators.combine(
            Arbitraries.of(0, 1, 2, 3, 4, 7, 8, 15, 0xff, 0x100, 0xffff),
            Arbitraries.integers().between(8, 32))
        .as((low, length) -> Ipv4Prefix.containing(new Ipv4Address(0x0a00_0000 + low), length))
        .list()
        .ofMaxSize(40);
  }

  @Property
  void everyNetworkHasAnIdWithinItselfAndTheNumberGoesToWhoeverHasTheBestRight(
      @ForAll("networks") List<Ipv4Prefix> toggled) {
    LinkStateIds tested = new LinkStateIds();
    Set<Ipv4Prefix> present = new TreeSet<>();
    Map<Ipv4Address, Ipv4Prefix> mirror = new HashMap<>();
    for (Ipv4Prefix each : toggled) {
      List<Ipv4Address> differ = new ArrayList<>();
      if (present.remove(each)) {
        tested.remove(each, differ);
      } else {
        present.add(each);
        tested.add(each, differ);
      }
      for (Ipv4Address id : differ) {
        Ipv4Prefix now = tested.network(id);
        if (now == null) {
          mirror.remove(id);
        } else {
          mirror.put(id, now);
        }
      }
      check(tested, present, mirror);
    }
  }

  private static void check(
      LinkStateIds tested, Set<Ipv4Prefix> present, Map<Ipv4Address, Ipv4Prefix> mirror) {
    Map<Ipv4Address, Ipv4Prefix> all = new HashMap<>();
    Map<Ipv4Address, Ipv4Prefix> entitled = new HashMap<>();
    int without = 0;
    for (Ipv4Prefix each : present) {
      Ipv4Address id = tested.idOf(each);
      if (id == null) {
        without++;
        assertTrue(each.length() >= 28, each + " has no ID");
      } else {
        assertTrue(each.contains(id));
        assertNull(all.put(id, each));
        assertEquals(each, tested.network(id));
      }
      // By ascending length: the least specific comes first, a host last but before all.
      if (each.length() == 32) {
        entitled.put(each.address(), each);
      } else {
        entitled.putIfAbsent(each.address(), each);
      }
    }
    assertEquals(without, tested.unplaced());
    assertEquals(all, mirror, "every ID that differs has been told");
    entitled.forEach(
        (number, network) -> {
          assertNotNull(tested.network(number));
          assertEquals(network, tested.network(number));
        });
  }
}
