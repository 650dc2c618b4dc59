package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Two sites whose SAs carry packets, as a data path would, over a bad network. */
final class Tunnel {
  private static final RekeyPolicy POLICY = new RekeyPolicy(600, 300);

  final Pair pair;
  final SplittableRandom chance;
  int packets;
  int unknown;
  private final Set<String> used = new HashSet<>();

  Tunnel(long seed, long childSeconds, long phaseOneSeconds, DpdConfig dpd) {
    this(
        seed,
        IkeConfig.of(List.of(peer(Site.peer(true), childSeconds, phaseOneSeconds, dpd))),
        IkeConfig.of(List.of(peer(Site.peer(false), childSeconds, phaseOneSeconds, dpd))));
  }

  Tunnel(long seed, IkeConfig atA, IkeConfig atB) {
    pair = new Pair(seed, atA, atB);
    chance = new SplittableRandom(seed + 99);
  }

  static PeerConfig peer(PeerConfig base, long childSeconds, long phaseOneSeconds, DpdConfig dpd) {
    PeerConfig peer = LifecycleTest.shortLived(base, childSeconds, phaseOneSeconds);
    return peer.toBuilder().dpd(dpd).rekey(POLICY).build();
  }

  /** Loses, repeats and reorders datagrams from now on; packets are lost as often. */
  Tunnel over(double loss) {
    pair.loss = loss;
    pair.duplication = loss == 0 ? 0 : 0.2;
    pair.reordering = loss == 0 ? 0 : 0.3;
    return this;
  }

  /** Makes the first pair over whatever network there is, asking again as traffic does. */
  Tunnel established() {
    for (int i = 0; i < 40 && !pair.usable(); i++) {
      pair.a.initiate(pair.now);
      run(30 * Pair.SECOND);
    }
    assertTrue(pair.usable(), () -> pair.a.trace() + "\n" + pair.b.trace());
    return this;
  }

  /** From now on each side can receive what the other sends with, at every event. */
  Tunnel neverWithoutAPair() {
    pair.invariant =
        () ->
            assertTrue(
                pair.usable(),
                () ->
                    "no usable pair at "
                        + pair.now / 1e9
                        + " s\n"
                        + tail(pair.a)
                        + "\n\n"
                        + tail(pair.b));
    return this;
  }

  /** What a site has done last, a line each. */
  static String tail(Site site) {
    List<String> lines = site.outputs.stream().map(Tunnel::line).filter(l -> !l.isEmpty()).toList();
    return site.name
        + "\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  private static String line(IkeOutput output) {
    if (output instanceof IkeOutput.MessageSent sent) {
      return "> " + sent.message();
    } else if (output instanceof IkeOutput.MessageReceived received) {
      return "< " + received.message();
    } else if (output instanceof IkeOutput.InstallSa install) {
      return "install " + install.sa().direction() + " " + TraceText.spi(install.sa().spi());
    } else if (output instanceof IkeOutput.RemoveSa remove) {
      return "remove " + TraceText.spi(remove.spi()) + " " + remove.direction() + remove.reason();
    } else if (output instanceof IkeOutput.ChildEstablished child) {
      IkeSnapshot.ChildSaView view = child.pair();
      return "pair "
          + TraceText.spi(view.inboundSpi())
          + "/"
          + TraceText.spi(view.outboundSpi())
          + (view.initiator() ? " ours" : " theirs")
          + (view.current() ? "" : ", surplus");
    } else if (output instanceof IkeOutput.PhaseOneEstablished one) {
      return "ISAKMP SA "
          + one.sa().initiatorCookie()
          + (one.sa().initiator() ? " ours" : " theirs")
          + (one.sa().current() ? "" : ", not used");
    } else if (output instanceof IkeOutput.PhaseOneDeleted one) {
      return "no ISAKMP SA " + one.sa().initiatorCookie() + " " + one.reason();
    } else if (output instanceof IkeOutput.ExchangeFailed failed) {
      return "failed: " + failed.exchange() + ": " + failed.reason();
    }
    return "";
  }

  /** Runs with a packet each way twice a second. */
  void run(long nanos) {
    long end = pair.now + nanos;
    while (pair.now < end) {
      pair.run(Math.min(Pair.SECOND / 2, end - pair.now));
      carry(pair.a, pair.b);
      carry(pair.b, pair.a);
    }
  }

  private void carry(Site from, Site to) {
    SaParameters out = sending(from);
    if (out == null || chance.nextDouble() < pair.loss) {
      return;
    }
    packets++;
    from.lastPacket.put(out.id(), pair.now);
    for (SaParameters in : to.sas(Direction.INBOUND)) {
      if (in.spi() == out.spi()) {
        to.lastPacket.put(in.id(), pair.now);
        if (used.add(to.name + in.id())) {
          to.command(new IkeCommand.SaUsed(in.id()), pair.now);
        }
        return;
      }
    }
    unknown++;
    to.command(new IkeCommand.InvalidSpi(out.destination(), out.source(), out.spi()), pair.now);
  }

  /** The SA that a site sends on: the newest. */
  static @Nullable SaParameters sending(Site site) {
    List<SaParameters> all = site.sas(Direction.OUTBOUND);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  static IkeSnapshot.ChildSaView current(Site site) {
    return site.pairs().stream().filter(IkeSnapshot.ChildSaView::current).findAny().orElseThrow();
  }

  /** The ISAKMP SA that a site's new exchanges use. */
  static IkeSnapshot.IsakmpSaView currentPhaseOne(Site site) {
    return site.phaseOnes().stream()
        .filter(IkeSnapshot.IsakmpSaView::current)
        .findAny()
        .orElseThrow();
  }

  /** An SA of the current pair has carried enough. */
  void softVolume(Site site) {
    site.pairs().stream()
        .filter(IkeSnapshot.ChildSaView::current)
        .findAny()
        .ifPresent(
            view ->
                site.command(
                    new IkeCommand.LifetimeExceeded(
                        chance.nextBoolean() ? view.inboundSaId() : view.outboundSaId(), false),
                    pair.now));
  }

  static Peer peer(Site site) {
    return site.engine.peers().all().get(0);
  }

  /** A site rekeys phase 1 now. */
  void rekeyPhaseOne(Site site) {
    IsakmpSa sa = peer(site).current();
    if (sa != null) {
      peer(site).rekeyPhaseOne(sa, pair.now);
      site.timeout(pair.now);
    }
  }

  /** A site deletes its current ISAKMP SA, and tells the other. */
  void deletePhaseOne(Site site) {
    IsakmpSa sa = peer(site).current();
    if (sa != null) {
      sa.sendDelete();
      peer(site).removePhaseOne(sa, IkeOutput.EndReason.TERMINATED, pair.now);
      site.timeout(pair.now);
    }
  }

  /** A site deletes a pair that neither side sends on any more, if there is one. */
  void deleteOldPair(Site site) {
    Child child = peer(site).children().all().get(0);
    Set<Integer> inUse = new HashSet<>();
    (site == pair.a ? pair.b : pair.a).sas(Direction.OUTBOUND).forEach(sa -> inUse.add(sa.spi()));
    for (SaPair each : child.pairs()) {
      if (each.isEstablished()
          && each.isSuperseded()
          && !each.isSending()
          && !inUse.contains(each.inbound().spi())) {
        child.remove(each, IkeOutput.EndReason.TERMINATED, pair.now);
        site.timeout(pair.now);
        return;
      }
    }
  }
}
