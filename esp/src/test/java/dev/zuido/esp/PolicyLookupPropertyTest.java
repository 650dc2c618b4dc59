package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Index and cache decide as a look at one policy after the other does. */
class PolicyLookupPropertyTest {
  private static final int[] PROTOCOLS = {1, 6, 17, 47, 50, 58, 60, 132, 135};

  /** A few bits of addresses vary, so that policies meet packets. */
  private static IpAddress address(Random random, boolean ipv6) {
    int few = random.nextInt(8) << random.nextInt(3) * 8 | random.nextInt(2) << 31;
    if (ipv6) {
      long high = random.nextBoolean() ? 0x2001_0db8L << 32 : (long) few << 32;
      return new Ipv6Address(high, random.nextBoolean() ? few : (long) few << 32);
    }
    return new Ipv4Address(few);
  }

  private static AddressRange range(Random random, boolean ipv6) {
    switch (random.nextInt(6)) {
      case 0:
        return AddressRange.ANY;
      case 1:
        return ipv6 ? AddressRange.ANY_IPV6 : AddressRange.ANY_IPV4;
      case 2:
        return AddressRange.host(address(random, ipv6));
      default:
        IpAddress one = address(random, ipv6);
        IpAddress other = address(random, ipv6);
        boolean inOrder =
            ipv6
                ? ((Ipv6Address) one).compareTo((Ipv6Address) other) <= 0
                : ((Ipv4Address) one).compareTo((Ipv4Address) other) <= 0;
        return inOrder ? new AddressRange(one, other) : new AddressRange(other, one);
    }
  }

  private static PortRange ports(Random random) {
    int one = random.nextInt(6) << random.nextInt(2) * 8;
    int other = random.nextInt(6) << random.nextInt(2) * 8;
    return random.nextBoolean()
        ? PortRange.ANY
        : new PortRange(Math.min(one, other), Math.max(one, other));
  }

  static TrafficSelector selector(Random random) {
    boolean ipv6 = random.nextBoolean();
    AddressRange local = range(random, ipv6);
    AddressRange remote = range(random, ipv6);
    int protocol =
        random.nextInt(4) == 0
            ? TrafficSelector.ANY_PROTOCOL
            : PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    if (random.nextInt(8) == 0) {
      return new TrafficSelector(local, remote, protocol, PortRange.OPAQUE, PortRange.ANY);
    }
    if (!UpperLayer.hasPorts(protocol)) {
      return TrafficSelector.of(local, remote, protocol);
    }
    PortRange remotePorts = UpperLayer.hasTypes(protocol) ? PortRange.ANY : ports(random);
    return new TrafficSelector(local, remote, protocol, ports(random), remotePorts);
  }

  static SecurityPolicyDatabase database(Random random, int policies) {
    List<SecurityPolicy> list = new ArrayList<>();
    PolicyAction[] actions = PolicyAction.values();
    for (int i = 0; i < policies; i++) {
      list.add(
          new SecurityPolicy(
              "policy " + i, selector(random), actions[random.nextInt(actions.length)]));
    }
    return new SecurityPolicyDatabase(
        list, random.nextBoolean() ? PolicyAction.BYPASS : PolicyAction.DISCARD);
  }

  private static byte[] transport(Random random) {
    byte[] header = new byte[random.nextInt(6) == 0 ? random.nextInt(4) : 8];
    for (int i = 0; i < header.length; i++) {
      header[i] = (byte) random.nextInt(6);
    }
    return header;
  }

  static byte[] packet(Random random) {
    int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    byte[] transport = transport(random);
    if (random.nextBoolean()) {
      Ipv4Address from = (Ipv4Address) address(random, false);
      Ipv4Address to = (Ipv4Address) address(random, false);
      int fragment = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
      byte[] packet = Packets.ipv4(20 + transport.length, protocol, from, to, fragment);
      System.arraycopy(transport, 0, packet, 20, transport.length);
      return packet;
    }
    Ipv6Address from = (Ipv6Address) address(random, true);
    Ipv6Address to = (Ipv6Address) address(random, true);
    return switch (random.nextInt(4)) {
      case 0 ->
          Ipv6Packets.packet(
              from,
              to,
              IpProtocol.IPV6_FRAGMENT,
              Ipv6Packets.fragment(protocol, random.nextInt(3) * 8, random.nextBoolean()),
              transport);
      case 1 ->
          Ipv6Packets.packet(
              from, to, IpProtocol.HOP_BY_HOP, Ipv6Packets.extension(protocol), transport);
      default -> Ipv6Packets.packet(from, to, protocol, transport);
    };
  }

  /** What the database means, one policy after the other. */
  static @Nullable SecurityPolicy reference(
      SecurityPolicyDatabase database, byte[] packet, boolean outbound) {
    for (SecurityPolicy policy : database.policies()) {
      TrafficSelector selector = policy.selector();
      boolean selected =
          outbound ? selector.matchesOutbound(packet, 0) : selector.matchesInbound(packet, 0);
      boolean possible =
          outbound ? selector.mayMatchOutbound(packet, 0) : selector.mayMatchInbound(packet, 0);
      if (selected || (possible && policy.action() != PolicyAction.BYPASS)) {
        return policy;
      }
    }
    return null;
  }

  /** Many packets, so that flows come again, and databases that are replaced in between. */
  @Property(tries = 300)
  void cachedAndUncachedLookupsAgreeWithTheOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 120) int policies,
      @ForAll @IntRange(min = 2, max = 6) int cacheBits) {
    Random random = new Random(seed);
    List<byte[]> flows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      flows.add(packet(random));
    }
    for (int generation = 0; generation < 3; generation++) {
      SecurityPolicyDatabase database = database(random, policies);
      PolicyLookup lookup = new PolicyLookup(database, 1 << cacheBits);
      for (int i = 0; i < 200; i++) {
        byte[] packet = flows.get(random.nextInt(flows.size()));
        boolean outbound = random.nextBoolean();
        if (UpperLayer.of(packet, 0) == UpperLayer.MALFORMED) {
          SecurityPolicy found = outbound ? lookup.outbound(packet, 0) : lookup.inbound(packet, 0);
          assertEquals(PolicyAction.DISCARD, database.actionOf(found));
          continue;
        }
        SecurityPolicy expected = reference(database, packet, outbound);
        assertSame(expected, outbound ? database.outbound(packet, 0) : database.inbound(packet, 0));
        assertSame(expected, outbound ? lookup.outbound(packet, 0) : lookup.inbound(packet, 0));
      }
    }
  }

  /** A cache of one bucket: every flow collides with every other. */
  @Property(tries = 50)
  void collidingFlowsAreToldApart(@ForAll long seed) {
    Random random = new Random(seed);
    SecurityPolicyDatabase database = database(random, 60);
    PolicyLookup lookup = new PolicyLookup(database, 4);
    byte[] packet = packet(random);
    for (int i = 0; i < 400; i++) {
      // One bit more or less makes another flow.
      int bit = random.nextInt(8 * packet.length);
      byte[] neighbour = packet.clone();
      neighbour[bit / 8] ^= (byte) (1 << bit % 8);
      boolean readable =
          (neighbour[0] & 0xf0) == (packet[0] & 0xf0)
              && (neighbour[0] == packet[0])
              && bit / 8 != 2
              && bit / 8 != 3
              && bit / 8 != 4
              && bit / 8 != 5;
      if (readable && UpperLayer.of(neighbour, 0) != UpperLayer.MALFORMED) {
        assertSame(reference(database, neighbour, true), lookup.outbound(neighbour, 0));
        assertSame(reference(database, neighbour, false), lookup.inbound(neighbour, 0));
      }
    }
  }

  /** Databases of thousands of policies of one shape, where the tree has several levels. */
  @Property(tries = 12)
  void largeDatabasesKeepTheOrder(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int shape) {
    Random random = new Random(seed);
    List<SecurityPolicy> policies = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      policies.add(
          new SecurityPolicy("p" + i, shaped(random, shape), PolicyAction.values()[i % 3]));
    }
    SecurityPolicyDatabase database = new SecurityPolicyDatabase(policies, PolicyAction.DISCARD);
    PolicyLookup lookup = new PolicyLookup(database, 64);
    for (int i = 0; i < 300; i++) {
      byte[] packet =
          Packets.ipv4(40, random.nextBoolean() ? 6 : 17, host(random), host(random), i % 5 / 4);
      BigEndian.putInt(packet, 20, random.nextInt() & 0x00ff_00ff);
      assertSame(reference(database, packet, true), lookup.outbound(packet, 0));
      assertSame(reference(database, packet, false), lookup.inbound(packet, 0));
    }
  }

  private static Ipv4Address host(Random random) {
    return new Ipv4Address(0x0a00_0000 | random.nextInt(1 << 12));
  }

  private static TrafficSelector shaped(Random random, int shape) {
    AddressRange host = AddressRange.host(host(random));
    AddressRange other = AddressRange.host(host(random));
    PortRange port = PortRange.of(random.nextInt(256));
    return switch (shape) {
      case 0 -> TrafficSelector.of(host, other, 6);
      case 1 -> TrafficSelector.of(AddressRange.ANY, host, TrafficSelector.ANY_PROTOCOL);
      case 2 -> new TrafficSelector(AddressRange.ANY, AddressRange.ANY, 17, port, PortRange.ANY);
      case 3 -> new TrafficSelector(AddressRange.ANY, AddressRange.ANY_IPV4, 6, port, port);
      default -> {
        int low = random.nextInt(1 << 12);
        yield TrafficSelector.of(
            new AddressRange(
                new Ipv4Address(0x0a00_0000 | low),
                new Ipv4Address(0x0a00_0000 | low + random.nextInt(1 << 6))),
            other,
            random.nextBoolean() ? 6 : TrafficSelector.ANY_PROTOCOL);
      }
    };
  }
}
