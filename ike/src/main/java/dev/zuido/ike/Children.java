package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The children of one peer. A fixed peer has what is configured. A template's peer begins with
 * none: each quick mode that asks for something within the template makes one, with the selectors
 * that it asked for.
 */
final class Children {
  /** The most children that a template's peer can have at once. */
  static final int MAX_NARROWED = PeerConfig.MAX_CHILDREN;

  /** A complete quick mode keeps its place for so long at most. */
  private static final long MAX_SETTLING = 2 * EngineContext.SECOND;

  private final EngineContext context;
  private final Peer peer;
  private final List<Child> children = new ArrayList<>();
  private final List<Settling> settling = new ArrayList<>();

  Children(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    if (peer.config().isFixed()) {
      for (ChildConfig child : peer.config().children()) {
        children.add(new Child(context, peer, child));
      }
    }
  }

  List<Child> all() {
    return List.copyOf(children);
  }

  /** The children of a name: one, or for a template's peer any number. */
  List<Child> named(String name) {
    return children.stream().filter(child -> child.config().name().equals(name)).toList();
  }

  /** A quick mode of ours whose third message the peer may not have handled yet. */
  private record Settling(IsakmpSa sa, long untilNanos) {}

  /**
   * A quick mode of ours is complete. Nothing tells when the peer has handled its last message; a
   * slow peer handles those of the next ones before it, and forgets this one for them. So it keeps
   * its place for as long as the peer took for its answer.
   *
   * @param answeredAfterNanos how long the peer took
   */
  void settle(IsakmpSa sa, long answeredAfterNanos, long nowNanos) {
    settling.add(new Settling(sa, nowNanos + Math.min(answeredAfterNanos, MAX_SETTLING)));
  }

  /** Those that want a quick mode: a successor before what is new, and who asked first first. */
  List<Child> wanting() {
    return children.stream()
        .filter(child -> child.wish().isThere())
        .sorted(
            Comparator.comparing((Child child) -> child.current() == null)
                .thenComparingLong(child -> child.wish().sinceMoment()))
        .toList();
  }

  /**
   * Begins the quick modes that are wanted, as many at once as the limits allow under one ISAKMP
   * SA.
   *
   * @return when one that waits for others has to wait no more, if they are not over before
   */
  long beginQuickModes(IsakmpSa sa, long nowNanos) {
    int places = context.config.limits().ownQuickModes() - placesTaken(sa, nowNanos).length;
    boolean waits = false;
    for (Child child : wanting()) {
      if (child.isReady(nowNanos) && places > 0) {
        child.begin(sa, nowNanos);
        places -= child.keepsPlaceUntilNanos(sa) > nowNanos ? 1 : 0;
      } else if (child.isReady(nowNanos)) {
        child.wish().queue();
        waits = true;
      }
    }
    return waits
        ? Arrays.stream(placesTaken(sa, nowNanos)).min().orElse(IkeEngine.NO_DEADLINE)
        : IkeEngine.NO_DEADLINE;
  }

  /** Until when each of our quick modes keeps its place. */
  private long[] placesTaken(IsakmpSa sa, long nowNanos) {
    settling.removeIf(each -> each.untilNanos <= nowNanos);
    LongStream open = children.stream().mapToLong(child -> child.keepsPlaceUntilNanos(sa));
    LongStream complete =
        settling.stream().filter(each -> each.sa == sa).mapToLong(Settling::untilNanos);
    return LongStream.concat(open.filter(until -> until > nowNanos), complete).toArray();
  }

  /** A child, and the selectors of its pair as packets here match them. */
  record Match(Child child, TrafficSelector local, TrafficSelector remote) {}

  /**
   * The child that a quick mode of the peer is about, or null.
   *
   * @param local our side's selector as the peer names it
   * @param remote the peer's side's selector as it names it
   * @param message the quick mode's first message, for the names that the ends have
   */
  @Nullable Match find(
      IsakmpSa sa,
      TrafficSelector local,
      TrafficSelector remote,
      ExchangeHandler.Received message) {
    for (ChildConfig config : peer.config().children()) {
      EndNames names = EndNames.of(sa, config.mode(), message.chain(), true);
      TrafficSelector ours = names.ofLocal(local);
      TrafficSelector theirs = names.ofRemote(remote);
      if (fits(names, config, ours, theirs)) {
        Child child =
            peer.config().isFixed() ? named(config.name()).get(0) : narrowed(config, ours, theirs);
        return child == null ? null : new Match(child, ours, theirs);
      }
    }
    return null;
  }

  private boolean fits(
      EndNames names, ChildConfig config, TrafficSelector ours, TrafficSelector theirs) {
    TrafficSelector configuredOurs = names.ofLocal(config.local());
    TrafficSelector configuredTheirs = names.ofRemote(config.remote());
    if (peer.config().isFixed()) {
      return configuredOurs.equals(ours) && configuredTheirs.equals(theirs);
    }
    return configuredOurs.contains(ours)
        && configuredTheirs.contains(theirs)
        && (config.mode() == EncapsulationMode.TUNNEL
            || (ours.isHost(names.local()) && theirs.isHost(names.remote())));
  }

  /** The child of a template's peer with these selectors; null if there are too many. */
  private @Nullable Child narrowed(
      ChildConfig template, TrafficSelector ours, TrafficSelector theirs) {
    ChildConfig config = template.narrowedTo(ours, theirs);
    for (Child child : children) {
      if (child.config().equals(config)) {
        return child;
      }
    }
    if (children.size() >= MAX_NARROWED) {
      children.removeIf(Child::isIdle);
    }
    if (children.size() >= MAX_NARROWED) {
      context.outbox.drop(DropReason.LIMIT, peer.path().remote(), "too many pairs of selectors");
      return null;
    }
    Child child = new Child(context, peer, config);
    children.add(child);
    return child;
  }

  /** The peer has taken back a pair that it has not confirmed yet; false if there is none. */
  boolean withdrawnByPeer(int peerSpi, long nowNanos) {
    for (Child child : all()) {
      if (child.withdrawnByPeer(peerSpi, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The peer is elsewhere: its pairs move. One in transport mode belongs to its addresses and
   * cannot follow to another one.
   */
  void moved(UdpPath from, UdpPath to) {
    boolean sameAddress = from.remote().address().equals(to.remote().address());
    for (Child child : all()) {
      for (SaPair pair : child.pairs()) {
        if (pair.isAt(from) && (sameAddress || pair.inbound().mode() == EncapsulationMode.TUNNEL)) {
          pair.moveTo(to);
        } else if (pair.isAt(from)) {
          child.remove(pair, EndReason.PEER_MOVED, context.nowNanos());
        }
      }
    }
  }

  /** When an SA last carried a packet, or {@link TrafficClock#NEVER}. */
  long lastPacketNanos(Function<SaPair, SaParameters> side) {
    long last = TrafficClock.NEVER;
    for (Child child : all()) {
      for (SaPair pair : child.pairs()) {
        last = Math.max(last, context.traffic.lastPacketNanos(side.apply(pair).id()));
      }
    }
    return last;
  }

  /** Every configured pair of selectors, for a person. */
  String selectorsText() {
    StringJoiner text = new StringJoiner(", ");
    for (ChildConfig child : peer.config().children()) {
      text.add(child.local() + " to " + child.remote());
    }
    return text.toString();
  }
}
