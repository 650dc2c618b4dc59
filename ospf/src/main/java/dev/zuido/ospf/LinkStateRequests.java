package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.OspfHeader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asking for LSAs and answering (RFC 2328 sections 10.7 and 10.9). */
final class LinkStateRequests {
  private final Core core;

  LinkStateRequests(Core core) {
    this.core = core;
  }

  /** The one Link State Request packet that may be outstanding with a neighbor. */
  static final class Outstanding {
    private final Core core;
    private final Timer retransmitTimer;
    private final Set<LsaKey> keys = new HashSet<>();

    /** How often in a row a packet was not answered at all. */
    private int unanswered;

    Outstanding(Core core, Neighbor neighbor) {
      this.core = core;
      this.retransmitTimer = new Timer(now -> core.requests.retransmit(neighbor));
    }

    void clear() {
      core.heap.cancel(retransmitTimer);
      keys.clear();
    }
  }

  private void retransmit(Neighbor neighbor) {
    neighbor.attachedTo().explanations.noProgress(neighbor, ++neighbor.outstanding.unanswered);
    sendNext(neighbor);
  }

  /** Asks for the beginning of the Link state request list; again after RxmtInterval. */
  void sendNext(Neighbor neighbor) {
    OspfInterface on = neighbor.attachedTo();
    int room = on.packetCapacity() - OspfHeader.LENGTH;
    int most = Math.max(1, room / LinkStateRequestPacket.REQUEST_LENGTH);
    List<LsaKey> keys = new ArrayList<>();
    for (LsaKey key : neighbor.requestList.keySet()) {
      if (keys.size() == most) {
        break;
      }
      keys.add(key);
    }
    Outstanding outstanding = neighbor.outstanding;
    outstanding.clear();
    if (keys.isEmpty()) {
      return;
    }
    outstanding.keys.addAll(keys);
    core.outbox.send(
        on, neighbor.unicastDestination(), header -> new LinkStateRequestPacket(header, keys));
    long interval = on.config().timers().retransmitSeconds() * Core.SECOND;
    core.heap.schedule(outstanding.retransmitTimer, core.now + core.jittered(interval));
  }

  /** Asks if something is to be asked for and no packet is outstanding. */
  void sendIfIdle(Neighbor neighbor) {
    if (neighbor.outstanding.keys.isEmpty() && !neighbor.requestList.isEmpty()) {
      sendNext(neighbor);
    }
  }

  /** Takes an LSA off the Link state request list. */
  void satisfied(Neighbor neighbor, LsaKey key) {
    neighbor.requestList.remove(key);
    neighbor.outstanding.keys.remove(key);
    neighbor.outstanding.unanswered = 0;
    if (neighbor.requestList.isEmpty() || neighbor.outstanding.keys.isEmpty()) {
      core.schedule(() -> proceed(neighbor));
    }
  }

  private void proceed(Neighbor neighbor) {
    if (!neighbor.state().atLeast(NeighborState.EXCHANGE)) {
      return;
    }
    if (!neighbor.requestList.isEmpty()) {
      sendIfIdle(neighbor);
      return;
    }
    neighbor.outstanding.clear();
    if (neighbor.state() == NeighborState.LOADING) {
      neighbor.event(NeighborEvent.LOADING_DONE, NeighborCause.LOADING_DONE);
    }
  }

  /** Answers a neighbor's request (section 10.7). */
  void receive(Neighbor neighbor, LinkStateRequestPacket packet) {
    OspfInterface on = neighbor.attachedTo();
    if (!neighbor.state().atLeast(NeighborState.EXCHANGE)) {
      core.drop(on.id(), neighbor.address(), DropReason.NEIGHBOR_STATE);
      return;
    }
    List<HeldLsa> found = new ArrayList<>();
    for (LsaKey key : packet.requests()) {
      HeldLsa lsa = core.database(on, key.type()).find(key);
      if (lsa == null) {
        neighbor.event(NeighborEvent.BAD_LS_REQ, NeighborCause.BAD_LS_REQ);
        return;
      }
      found.add(lsa);
    }
    core.flooding.send(on, neighbor.unicastDestination(), found);
  }
}
