package dev.zuido.ike;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds ISAKMP SAs by their cookies, and bounds the half-open ones. */
final class SaRegistry {
  /** An SA that both sides have named. */
  private record Cookies(Cookie initiator, Cookie responder) {}

  /** A first message's source and cookie. */
  private record FirstMessage(IpAddress remote, Cookie initiator) {}

  private final EngineContext context;
  private final Map<Cookies, IsakmpSa> byCookies = new HashMap<>();
  private final Map<FirstMessage, IsakmpSa> byFirstMessage = new HashMap<>();

  /** Responders that wait for the peer to prove itself. */
  private final Waiting halfOpen = new Waiting();

  private final Map<IpAddress, Waiting> halfOpenByAddress = new HashMap<>();

  SaRegistry(EngineContext context) {
    this.context = context;
  }

  /** Adds an SA in negotiation. A responder counts as half-open; the oldest may have to go. */
  void add(IsakmpSa sa) {
    byFirstMessage.put(firstMessage(sa), sa);
    if (!sa.isInitiator()) {
      makeRoom(sa.firstPath().remote().address());
      byCookies.put(cookies(sa), sa);
      halfOpen.add(sa);
      halfOpenByAddress
          .computeIfAbsent(sa.firstPath().remote().address(), address -> new Waiting())
          .add(sa);
    }
  }

  private void makeRoom(IpAddress remote) {
    Waiting same = halfOpenByAddress.get(remote);
    if (same != null && same.size() >= context.config.limits().halfOpenPerAddress()) {
      evict(same.first());
    } else if (halfOpen.size() >= context.config.limits().halfOpen()) {
      evict(halfOpen.first());
    }
  }

  private void evict(IsakmpSa sa) {
    context.counters.halfOpenEvicted++;
    sa.close();
  }

  /** The responder's cookie is known. */
  void learned(IsakmpSa sa) {
    byCookies.put(cookies(sa), sa);
  }

  /** A message came with our cookie: who sent it is where its first message said. */
  void reached(IsakmpSa sa) {
    halfOpen.reached(sa);
    Waiting same = halfOpenByAddress.get(sa.firstPath().remote().address());
    if (same != null) {
      same.reached(sa);
    }
  }

  /** The peer has proved itself. */
  void established(IsakmpSa sa) {
    removeHalfOpen(sa);
  }

  void remove(IsakmpSa sa) {
    byCookies.remove(cookies(sa), sa);
    byFirstMessage.remove(firstMessage(sa), sa);
    removeHalfOpen(sa);
  }

  private void removeHalfOpen(IsakmpSa sa) {
    if (halfOpen.remove(sa)) {
      IpAddress address = sa.firstPath().remote().address();
      Waiting same = halfOpenByAddress.get(address);
      if (same != null) {
        same.remove(sa);
        if (same.size() == 0) {
          halfOpenByAddress.remove(address);
        }
      }
    }
  }

  /** The SA of both cookies, or null. */
  @Nullable IsakmpSa find(Cookie initiator, Cookie responder) {
    return byCookies.get(new Cookies(initiator, responder));
  }

  /** The SA that began with a first message from or to an address, or null. */
  @Nullable IsakmpSa findFirst(IpAddress remote, Cookie initiator) {
    return byFirstMessage.get(new FirstMessage(remote, initiator));
  }

  /** Whether an address has a main mode of its own under way. */
  boolean isAnswering(IpAddress remote) {
    return halfOpenByAddress.containsKey(remote);
  }

  /** The half-open SAs, oldest first. */
  List<IsakmpSa> halfOpen() {
    return halfOpen.all();
  }

  /** How many places its tables have in use. */
  int size() {
    return byCookies.size() + byFirstMessage.size();
  }

  /** Closes every half-open SA. */
  void closeHalfOpen() {
    halfOpen.all().forEach(IsakmpSa::close);
  }

  /**
   * Half-open SAs in the order in which they give way: first those whose first message may have
   * come from anywhere, so that a flood of them takes only its own places; and of these first those
   * of templates, which let anybody call, so that a flood from all addresses does not keep a peer
   * out that is configured at its own.
   */
  private static final class Waiting {
    private final Set<IsakmpSa> anybody = new LinkedHashSet<>();
    private final Set<IsakmpSa> configured = new LinkedHashSet<>();
    private final Set<IsakmpSa> reachable = new LinkedHashSet<>();

    void add(IsakmpSa sa) {
      (sa.peer().config().isFixed() ? configured : anybody).add(sa);
    }

    void reached(IsakmpSa sa) {
      if (anybody.remove(sa) || configured.remove(sa)) {
        reachable.add(sa);
      }
    }

    boolean remove(IsakmpSa sa) {
      return anybody.remove(sa) || configured.remove(sa) || reachable.remove(sa);
    }

    int size() {
      return anybody.size() + configured.size() + reachable.size();
    }

    IsakmpSa first() {
      return (anybody.isEmpty() ? configured.isEmpty() ? reachable : configured : anybody)
          .iterator()
          .next();
    }

    List<IsakmpSa> all() {
      List<IsakmpSa> all = new ArrayList<>(anybody);
      all.addAll(configured);
      all.addAll(reachable);
      return all;
    }
  }

  private static Cookies cookies(IsakmpSa sa) {
    return new Cookies(sa.initiatorCookie(), sa.responderCookie());
  }

  private static FirstMessage firstMessage(IsakmpSa sa) {
    return new FirstMessage(sa.firstPath().remote().address(), sa.initiatorCookie());
  }
}
