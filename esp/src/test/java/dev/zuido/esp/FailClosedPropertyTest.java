package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * However SAs are installed, removed, expired and policies replaced between packets: nothing that a
 * policy protects leaves unsealed, and nothing enters that the policies do not let enter so.
 */
class FailClosedPropertyTest {
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);
  private static final OwnAddresses OURS =
      new OwnAddresses() {
        @Override
        public boolean contains(int address) {
          return address == Packets.HERE.value();
        }

        @Override
        public boolean contains(long high, long low) {
          return false;
        }
      };

  /** One run: the boundary, and the peers' ends of its SAs. */
  private static final class Run {
    final Random random;
    final IpsecBoundary boundary;
    final Map<InboundSa, OutboundSa> peers = new LinkedHashMap<>();
    final Map<InboundSa, SecurityPolicy> installed = new LinkedHashMap<>();
    SecurityPolicyDatabase policies;
    long now;
    int nextSpi = 0x100;

    Run(long seed) {
      random = new Random(seed);
      policies = PolicyLookupPropertyTest.database(random, 12);
      boundary = new IpsecBoundary(policies, new SecurityAssociationDatabase(8), OURS);
      if (random.nextBoolean()) {
        boundary.withHoldQueue(1 + random.nextInt(6), 300, 5_000_000_000L);
      }
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> install();
        case 2 -> remove();
        case 3 -> {
          now += random.nextInt(2_000_000_000);
          boundary.associations().expire(now);
        }
        case 4 -> replace();
        case 5 -> inbound();
        default -> outbound();
      }
      release();
    }

    private void install() {
      List<SecurityPolicy> all = policies.policies();
      SecurityPolicy policy = all.get(random.nextInt(all.size()));
      TrafficSelector selector =
          random.nextInt(3) == 0
              ? PolicyLookupPropertyTest.selector(random)
              : random.nextBoolean() ? policy.selector() : TrafficSelector.ANY;
      SaParameters parameters =
          SaParameters.of(nextSpi++, EspMode.TUNNEL, SUITE, Packets.HERE, Packets.THERE)
              .withSelector(selector)
              .withLifetime(SaLifetime.of(1, 3, 0, 0));
      if (random.nextBoolean()) {
        try (EspKeys keys = Packets.keys(SUITE, 1)) {
          OutboundSa sa =
              new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(2), now);
          boundary.associations().install(policy, sa);
        }
        return;
      }
      try (EspKeys keys = Packets.keys(SUITE, 1)) {
        InboundSa sa = new InboundSa(parameters, keys, EspCrypto.platform(), now);
        if (boundary.associations().install(policy, sa)) {
          SaParameters other =
              SaParameters.of(parameters.spi(), EspMode.TUNNEL, SUITE, Packets.THERE, Packets.HERE)
                  .withSelector(TrafficSelector.ANY);
          peers.put(sa, Packets.outbound(other, 1));
          installed.put(sa, policy);
        }
      }
    }

    private void remove() {
      SecurityAssociationDatabase database = boundary.associations();
      List<SecurityAssociation> all = new ArrayList<>(database.inboundAssociations());
      all.addAll(database.outboundAssociations());
      if (!all.isEmpty()) {
        assertTrue(database.remove(all.get(random.nextInt(all.size()))));
      }
    }

    private void replace() {
      List<SecurityPolicy> list = new ArrayList<>(policies.policies());
      list.set(
          random.nextInt(list.size()),
          new SecurityPolicy(
              "replaced " + nextSpi++,
              PolicyLookupPropertyTest.selector(random),
              PolicyAction.values()[random.nextInt(3)]));
      policies = new SecurityPolicyDatabase(list, policies.fallback());
      boundary.replacePolicies(policies);
    }

    private PolicyAction wanted(byte[] packet, boolean outbound) {
      if (UpperLayer.of(packet, 0) == UpperLayer.MALFORMED) {
        return PolicyAction.DISCARD;
      }
      return policies.actionOf(PolicyLookupPropertyTest.reference(policies, packet, outbound));
    }

    private byte[][] packets() {
      byte[][] packets = new byte[1 + random.nextInt(8)][];
      for (int i = 0; i < packets.length; i++) {
        packets[i] = PolicyLookupPropertyTest.packet(random);
      }
      return packets;
    }

    private void outbound() {
      byte[][] packets = packets();
      PacketBatch batch = Packets.batch(packets);
      if (random.nextBoolean()) {
        boundary.outbound(batch, now);
      } else {
        boundary.outbound(batch);
      }
      for (int i = 0; i < packets.length; i++) {
        PolicyAction wanted = wanted(packets[i], true);
        if (batch.passes(i)) {
          boolean sealed = batch.verdict(i) == EspVerdict.SEALED;
          assertEquals(sealed ? PolicyAction.PROTECT : PolicyAction.BYPASS, wanted);
          assertEquals(sealed, isSealed(batch, i));
        } else {
          assertFalse(wanted == PolicyAction.BYPASS, "let by, but " + batch.verdict(i));
        }
      }
    }

    private static boolean isSealed(PacketBatch batch, int index) {
      byte[] slab = batch.slab();
      int offset = batch.offset(index);
      return Ipv4Fields.version(slab, offset) == 4
          && Ipv4Fields.source(slab, offset) == Packets.HERE.value()
          && Ipv4Fields.destination(slab, offset) == Packets.THERE.value()
          && EspFields.isEsp(slab, offset)
          && EspFields.spi(slab, offset) >= 0x100;
    }

    private void release() {
      PacketBatch out = new PacketBatch(3, 1500, 128, 64);
      int released;
      while ((released = boundary.release(out, now)) > 0) {
        for (int i = 0; i < released; i++) {
          assertTrue(!out.passes(i) || isSealed(out, i), "released in the clear");
        }
      }
    }

    /** Packets in the clear, and others that a peer has sealed, whatever its policies are. */
    private void inbound() {
      byte[][] packets = packets();
      List<InboundSa> senders = new ArrayList<>();
      List<InboundSa> all = new ArrayList<>(peers.keySet());
      byte[][] sent = packets.clone();
      for (int i = 0; i < packets.length; i++) {
        senders.add(null);
        if (!all.isEmpty() && random.nextBoolean()) {
          senders.set(i, all.get(random.nextInt(all.size())));
          PacketBatch one = Packets.batch(packets[i]);
          peers.get(senders.get(i)).seal(one);
          sent[i] = one.copy(0);
          if (one.verdict(0) != EspVerdict.SEALED) {
            senders.set(i, null);
          }
        }
      }
      PacketBatch batch = Packets.batch(sent);
      boundary.inbound(batch);
      for (int i = 0; i < packets.length; i++) {
        if (!batch.passes(i)) {
          continue;
        }
        InboundSa sender = senders.get(i);
        if (sender == null) {
          assertEquals(EspVerdict.BYPASSED, batch.verdict(i));
          assertEquals(PolicyAction.BYPASS, wanted(packets[i], false));
        } else {
          assertEquals(EspVerdict.OPENED, batch.verdict(i));
          SecurityPolicy policy = installed.get(sender);
          assertEquals(PolicyAction.PROTECT, policy.action());
          assertEquals(policy, PolicyLookupPropertyTest.reference(policies, packets[i], false));
          assertTrue(boundary.associations().inboundAssociations().contains(sender));
        }
      }
    }
  }

  @Property(tries = 150)
  void nothingPassesThatPoliciesDoNotLetPass(@ForAll long seed) {
    Run run = new Run(seed);
    for (int i = 0; i < 150; i++) {
      run.step();
    }
  }

  /** The runs above reach what they are about. */
  @Property(tries = 1)
  void theRunsReachEveryVerdict() {
    Map<EspVerdict, Long> seen = new LinkedHashMap<>();
    for (int seed = 0; seed < 40; seed++) {
      Run run = new Run(seed);
      for (int i = 0; i < 150; i++) {
        run.step();
      }
      for (EspVerdict verdict : EspVerdict.values()) {
        seen.merge(verdict, run.boundary.counters().packets(verdict), Long::sum);
      }
    }
    for (EspVerdict verdict :
        List.of(
            EspVerdict.SEALED,
            EspVerdict.OPENED,
            EspVerdict.BYPASSED,
            EspVerdict.DISCARDED,
            EspVerdict.NO_SA,
            EspVerdict.HELD,
            EspVerdict.CLEARTEXT,
            EspVerdict.UNKNOWN_SPI,
            EspVerdict.SELECTOR_MISMATCH,
            EspVerdict.POLICY_MISMATCH)) {
      assertTrue(seen.getOrDefault(verdict, 0L) > 0, verdict + " of " + seen);
    }
  }
}
