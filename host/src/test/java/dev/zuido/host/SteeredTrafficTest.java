package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SteeredTrafficTest {
  private static AddressRange range(String first, String last) {
    return new AddressRange(Ipv4Address.parse(first), Ipv4Address.parse(last));
  }

  private static Set<String> prefixes(AddressRange range) {
    Set<dev.zuido.wire.Ipv4Prefix> found = new LinkedHashSet<>();
    SteeredTraffic.addPrefixes(range, found);
    Set<String> texts = new LinkedHashSet<>();
    found.forEach(each -> texts.add(each.toString()));
    return texts;
  }

  @Example
  void aPrefixIsOnePrefix() {
    assertEquals(Set.of("10.1.2.0/24"), prefixes(range("10.1.2.0", "10.1.2.255")));
    assertEquals(Set.of("0.0.0.0/0"), prefixes(AddressRange.ANY));
    assertEquals(
        Set.of("255.255.255.255/32"), prefixes(range("255.255.255.255", "255.255.255.255")));
  }

  @Example
  void greIsTheRoutersOwn() {
    TrafficSelector gre =
        TrafficSelector.hosts(
            Ipv4Address.parse("100.1.1.1"), Ipv4Address.parse("200.1.1.1"), IpProtocol.GRE);
    TrafficSelector lan =
        TrafficSelector.of(
            range("10.1.1.0", "10.1.1.255"),
            range("10.1.2.0", "10.1.2.255"),
            TrafficSelector.ANY_PROTOCOL);
    assertEquals("[10.1.2.0/24]", SteeredTraffic.destinations(List.of(gre, lan, lan)).toString());
  }

  @Property
  void thePrefixesAreTheRangeAndNoMore(@ForAll int one, @ForAll int other) {
    int first = Integer.compareUnsigned(one, other) <= 0 ? one : other;
    int last = first == one ? other : one;
    Set<dev.zuido.wire.Ipv4Prefix> found = new LinkedHashSet<>();
    SteeredTraffic.addPrefixes(
        new AddressRange(new Ipv4Address(first), new Ipv4Address(last)), found);
    long at = Integer.toUnsignedLong(first);
    for (dev.zuido.wire.Ipv4Prefix prefix : found) {
      assertEquals(at, Integer.toUnsignedLong(prefix.address().value()));
      at = Integer.toUnsignedLong(prefix.last().value()) + 1;
    }
    assertEquals(Integer.toUnsignedLong(last) + 1, at);
  }
}
