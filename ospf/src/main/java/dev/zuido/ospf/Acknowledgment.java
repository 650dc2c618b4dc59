package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/** The acknowledgment of LSAs (RFC 2328 sections 13.5 and 13.7). */
final class Acknowledgment {
  /**
   * The longest delay of delayed acknowledgments. RxmtInterval is longer by far; and a neighbor
   * that sends its whole database has it acknowledged within a second.
   */
  private static final long DELAY = Core.SECOND / 4;

  private final Core core;

  Acknowledgment(Core core) {
    this.core = core;
  }

  /** The actions of table 19. */
  enum Action {
    NONE,
    DELAYED,
    DELAYED_IF_FROM_DESIGNATED_ROUTER,
    DIRECT
  }

  /** Table 19: "Sending link state acknowledgements". */
  enum Circumstance {
    FLOODED_BACK(Action.NONE, Action.NONE),
    MORE_RECENT(Action.DELAYED_IF_FROM_DESIGNATED_ROUTER, Action.DELAYED),
    DUPLICATE_AND_IMPLIED(Action.DELAYED_IF_FROM_DESIGNATED_ROUTER, Action.NONE),
    DUPLICATE(Action.DIRECT, Action.DIRECT),
    MAX_AGE_AND_NO_COPY(Action.DIRECT, Action.DIRECT);

    private final Action inStateBackup;
    private final Action inOtherStates;

    Circumstance(Action inStateBackup, Action inOtherStates) {
      this.inStateBackup = inStateBackup;
      this.inOtherStates = inOtherStates;
    }

    Action action(InterfaceState state) {
      return state == InterfaceState.BACKUP ? inStateBackup : inOtherStates;
    }
  }

  /** Acknowledgments that go to the sender at once. */
  static final class Direct {
    private final List<LsaHeader> headers = new ArrayList<>();
  }

  /** An interface's acknowledgments that wait for company. */
  static final class Delayed {
    private final Core core;
    private final Timer timer;
    private List<LsaHeader> headers = new ArrayList<>();

    Delayed(Core core, OspfInterface on) {
      this.core = core;
      this.timer = new Timer(now -> core.acknowledgment.sendDelayed(on));
    }

    void clear() {
      core.heap.cancel(timer);
      headers.clear();
    }
  }

  /** Acknowledges a received LSA as table 19 has it. */
  void decide(Neighbor from, LsaHeader header, Circumstance circumstance, Direct direct) {
    OspfInterface on = from.attachedTo();
    boolean delayed =
        switch (circumstance.action(on.state())) {
          case NONE -> false;
          case DELAYED -> true;
          case DELAYED_IF_FROM_DESIGNATED_ROUTER -> from.isDesignatedRouter();
          case DIRECT -> {
            direct.headers.add(header);
            yield false;
          }
        };
    if (delayed) {
      Delayed waiting = on.delayedAcks;
      waiting.headers.add(header);
      core.heap.scheduleIfIdle(waiting.timer, core.now + core.jittered(DELAY));
      if (waiting.headers.size() >= headersPerPacket(on)) {
        sendDelayed(on);
      }
    }
  }

  /** Sends the acknowledgments that one packet has brought about. */
  void send(Neighbor to, Direct direct) {
    if (!direct.headers.isEmpty()) {
      send(to.attachedTo(), to.unicastDestination(), direct.headers);
    }
  }

  private void sendDelayed(OspfInterface on) {
    Delayed waiting = on.delayedAcks;
    core.heap.cancel(waiting.timer);
    List<LsaHeader> headers = waiting.headers;
    waiting.headers = new ArrayList<>();
    boolean anyone =
        on.neighbors().stream()
            .anyMatch(neighbor -> neighbor.state().atLeast(NeighborState.EXCHANGE));
    if (anyone) {
      for (Ipv4Address destination : Flooding.destinations(on)) {
        send(on, destination, headers);
      }
    }
  }

  private void send(OspfInterface on, Ipv4Address destination, List<LsaHeader> headers) {
    int most = headersPerPacket(on);
    for (int from = 0; from < headers.size(); from += most) {
      List<LsaHeader> part = headers.subList(from, Math.min(headers.size(), from + most));
      core.outbox.send(on, destination, header -> new LinkStateAcknowledgmentPacket(header, part));
    }
  }

  private static int headersPerPacket(OspfInterface on) {
    return Math.max(1, (on.packetCapacity() - OspfHeader.LENGTH) / LsaHeader.LENGTH);
  }

  /** Takes a neighbor's acknowledgments (section 13.7). */
  void receive(Neighbor from, LinkStateAcknowledgmentPacket packet) {
    int interfaceId = from.attachedTo().id();
    if (!from.state().atLeast(NeighborState.EXCHANGE)) {
      core.drop(interfaceId, from.address(), DropReason.NEIGHBOR_STATE);
      return;
    }
    boolean removed = false;
    for (LsaHeader acknowledged : packet.lsaHeaders()) {
      HeldLsa waiting = from.retransmissionList.find(acknowledged.key());
      if (waiting == null) {
        continue;
      }
      if (LsaHeader.compareInstances(waiting.header(core.now), acknowledged) == 0) {
        from.retransmissionList.remove(waiting.key);
        removed = true;
      } else {
        core.drop(interfaceId, from.address(), DropReason.QUESTIONABLE_ACK);
      }
    }
    if (removed) {
      core.retransmission.acknowledged(from);
    }
  }
}
