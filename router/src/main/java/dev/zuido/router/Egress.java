package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreVerdict;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out: packets are gathered per interface and leave in batches.
 *
 * <p>A tunnel's batch is encapsulated and becomes a batch of the interface that the outer header is
 * routed to. A batch passes the outbound access list, and that of a port then, at the last step
 * before the port, the crypto map; there is no path to a port around it.
 */
final class Egress {
  /** Tunnels in tunnels in tunnels: deeper than this nothing is sent. */
  private static final int MAX_NESTING = 4;

  /** The longest IPv4 packet: what a batch for fragments of such a packet has to hold in all. */
  private static final int MAX_PACKET = 65_535;

  /** More than IPsec adds to a packet, whatever the suite and the mode, in bytes. */
  private static final int MAX_OVERHEAD = 192;

  /** What is said about the path to a peer is never believed to be less than this (RFC 1122). */
  private static final int LEAST_PATH_MTU = 576;

  private final List<RouterInterface> interfaces;
  private final RouteTable routes;
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();

  /** Of a packet on its way to an interface; those of what leaves by a port are others. */
  private final PacketBatch fragments;

  private final PacketBatch outerFragments;
  private final PacketBatch whole = PacketBatch.ofOne(MAX_PACKET);
  private final Pending[] pending;
  private int nesting;
  private long nowNanos;
  private @Nullable TooLong tooLong;

  /** Who tells the sender of a packet that a tunnel cannot carry it whole. */
  interface TooLong {
    /**
     * A packet that must not be fragmented did not fit.
     *
     * @param tunnel the tunnel's interface
     * @param bytes where the packet stands, as it came to the tunnel
     * @param mtu what would fit
     */
    void refused(RouterInterface tunnel, byte[] bytes, int offset, int mtu, long nowNanos);
  }

  /** Whether an interface's batch has to be flushed. */
  private static final class Pending {
    private boolean dirty;
  }

  Egress(List<RouterInterface> interfaces, RouteTable routes) {
    this.interfaces = interfaces;
    this.routes = routes;
    this.pending = new Pending[interfaces.size()];
    int largest = 576;
    for (RouterInterface each : interfaces) {
      pending[each.number()] = new Pending();
      largest = Math.max(largest, each.largestMtu());
    }
    this.fragments = fragmentBatch(largest);
    this.outerFragments = fragmentBatch(largest);
  }

  private static PacketBatch fragmentBatch(int largest) {
    // The smallest MTU of 68 leaves 48 bytes of data in each fragment.
    return PacketBatch.compact(MAX_PACKET / 48 + 1, 112, largest);
  }

  /** Says who answers for packets that do not fit a tunnel's way. */
  void setTooLong(TooLong listener) {
    tooLong = listener;
  }

  /** Says what time it is, for all that is sent until the next call. */
  void setNow(long nanos) {
    nowNanos = nanos;
  }

  /**
   * Hands a packet to an interface, fragmented if need be.
   *
   * @param bytes an array with a well-formed IPv4 packet; it is copied
   * @param nextHop the address of the neighbour, 0 for the packet's destination
   * @return null if it was taken, else why not
   */
  @Nullable PacketDrop send(byte[] bytes, int offset, RouterInterface out, int nextHop) {
    PacketBatch batch = out.egress();
    if (batch == null || !out.isLineUp()) {
      return PacketDrop.INTERFACE_DOWN;
    }
    int length = Ipv4Fields.totalLength(bytes, offset);
    int mtu = mtuFor(bytes, offset, out);
    if (length <= mtu) {
      add(bytes, offset, length, out, batch, nextHop);
      return null;
    }
    fragments.clear();
    return switch (fragmenter.fragment(bytes, offset, mtu, fragments)) {
      case FITS, FRAGMENTED -> {
        for (int i = 0; i < fragments.size(); i++) {
          add(fragments.slab(), fragments.offset(i), fragments.length(i), out, batch, nextHop);
        }
        yield null;
      }
      case DONT_FRAGMENT -> PacketDrop.FRAGMENTATION_NEEDED;
      case MTU_TOO_SMALL, NO_ROOM -> PacketDrop.FRAGMENTATION_FAILED;
    };
  }

  /**
   * Hands the packets of a batch that pass and fit to an interface where they lie: nothing is
   * copied. Afterwards each of them has the verdict of its way out. What does not fit unfragmented
   * goes on passing, for {@link #send}.
   *
   * @return false, with nothing done, if the interface takes nothing at the moment
   */
  boolean sendInPlace(PacketBatch batch, RouterInterface out) {
    if (out.egress() == null || !out.isLineUp()) {
      return false;
    }
    // What waits there already was routed earlier, and leaves earlier.
    flush(out);
    boolean all = true;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i) && !fits(batch, i, out)) {
        batch.setVerdict(i, Aside.DOES_NOT_FIT);
        all = false;
      }
      batch.setNextHop(i, 0);
    }
    leave(out, batch);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        batch.setVerdict(i, Verdict.Basic.CONSUMED);
      } else if (!all && batch.verdict(i) == Aside.DOES_NOT_FIT) {
        batch.setVerdict(i, Verdict.PASS);
      }
    }
    return true;
  }

  private boolean fits(PacketBatch batch, int index, RouterInterface out) {
    int length = batch.length(index);
    return fitsAnyway(length, out) || length <= mtuFor(batch.slab(), batch.offset(index), out);
  }

  /** Whether a packet is so short that it fits whatever protects it and whatever the path. */
  private static boolean fitsAnyway(int length, RouterInterface out) {
    return length + MAX_OVERHEAD <= Math.min(out.mtu(), LEAST_PATH_MTU);
  }

  /** What a batch's packets wait for while the others leave. */
  private enum Aside implements Verdict {
    DOES_NOT_FIT;

    @Override
    public boolean passes() {
      return false;
    }
  }

  /**
   * Gives a packet to the host's own stack, as one that has come in by an interface.
   *
   * @return false if the interface has no port to the host
   */
  boolean toHost(byte[] bytes, int offset, int length, RouterInterface in) {
    PacketBatch batch = in.toHost();
    BatchPort host = in.hostPort();
    if (batch == null || host == null) {
      return false;
    }
    if (batch.isFull()) {
      host.send(batch);
      batch.clear();
    }
    batch.add(bytes, offset, length);
    return true;
  }

  /**
   * Gives the packets of a batch that pass to the host's own stack where they lie, as such that
   * have come in by an interface.
   */
  void toHost(PacketBatch packets, RouterInterface in) {
    PacketBatch earlier = in.toHost();
    BatchPort host = in.hostPort();
    if (earlier == null || host == null) {
      return;
    }
    if (earlier.size() > 0) {
      host.send(earlier);
      earlier.clear();
    }
    host.send(packets);
  }

  private void flushToHost() {
    for (RouterInterface each : interfaces) {
      PacketBatch batch = each.toHost();
      BatchPort host = each.hostPort();
      if (batch != null && host != null && batch.size() > 0) {
        host.send(batch);
        batch.clear();
      }
    }
  }

  /** Hands a keepalive to a tunnel, also while its line protocol is down. */
  void sendKeepalive(RouterInterface tunnel, byte[] bytes, int offset, int length) {
    PacketBatch batch = tunnel.egress();
    if (batch != null) {
      add(bytes, offset, length, tunnel, batch, 0);
    }
  }

  /**
   * The largest packet of this kind that the interface takes without fragmenting what IPsec made of
   * it.
   */
  int mtuFor(byte[] bytes, int offset, RouterInterface out) {
    CryptoPolicy crypto = out.crypto();
    return crypto == null ? out.mtu() : crypto.maxInner(bytes, offset, out.mtu(), nowNanos);
  }

  private void add(
      byte[] bytes, int offset, int length, RouterInterface out, PacketBatch batch, int nextHop) {
    if (batch.isFull()) {
      flush(out);
    }
    int index = batch.add(bytes, offset, length);
    batch.setNextHop(index, nextHop);
    pending[out.number()].dirty = true;
  }

  /** Sends all that waits. */
  void flush() {
    boolean again = true;
    while (again) {
      again = false;
      for (RouterInterface each : interfaces) {
        if (pending[each.number()].dirty) {
          flush(each);
          again = true;
        }
      }
    }
    flushToHost();
  }

  private void flush(RouterInterface out) {
    PacketBatch batch = out.egress();
    if (batch == null || !pending[out.number()].dirty) {
      return;
    }
    pending[out.number()].dirty = false;
    leave(out, batch);
    batch.clear();
  }

  /** The packets of a batch leave through an interface. */
  private void leave(RouterInterface out, PacketBatch batch) {
    countOut(out, batch);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)
          && out.filterOut() != null
          && !out.filterOut().permits(batch.slab(), batch.offset(i))) {
        refuse(out, batch, i, PacketDrop.ACCESS_LIST_OUT);
      }
    }
    if (out.tunnel() != null) {
      encapsulate(out, batch);
    } else {
      BatchPort port = out.port();
      if (port != null) {
        deliver(out, port, batch);
      }
    }
  }

  private static void countOut(RouterInterface out, PacketBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        out.counters().out(batch.length(i));
      }
    }
  }

  private void encapsulate(RouterInterface tunnelInterface, PacketBatch batch) {
    var tunnel = tunnelInterface.tunnel();
    if (tunnel == null) {
      return;
    }
    int destination = ((Ipv4Address) tunnel.config().remote()).value();
    NextHop hop = routes.lookup(destination, 0);
    RouterInterface out = hop == null ? null : interfaceOf(hop);
    if (out == null || out == tunnelInterface || nesting >= MAX_NESTING) {
      PacketDrop reason = out == null ? PacketDrop.NO_ROUTE : PacketDrop.RECURSIVE_TUNNEL;
      for (int i = 0; i < batch.size(); i++) {
        refuse(tunnelInterface, batch, i, reason);
      }
      return;
    }
    tunnel.encapsulate(batch);
    answerTooBig(tunnelInterface, tunnel, batch);
    // What waits there already was routed earlier, and leaves earlier.
    flush(out);
    int gateway = hop == null || hop.gateway() == null ? 0 : hop.gateway().value();
    refuseTooLong(tunnelInterface, tunnel, batch, out);
    for (int i = 0; i < batch.size(); i++) {
      batch.setNextHop(i, gateway);
    }
    nesting++;
    leave(out, batch);
    nesting--;
  }

  /** Of what the tunnel has refused, the senders are told what fits its path. */
  private void answerTooBig(RouterInterface owner, GreTunnel tunnel, PacketBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.verdict(i) == GreVerdict.PACKET_TOO_BIG) {
        owner.counters().drop(PacketDrop.FRAGMENTATION_NEEDED);
        if (tooLong != null) {
          tooLong.refused(owner, batch.slab(), batch.offset(i), tunnel.payloadMtu(), nowNanos);
        }
      }
    }
  }

  /**
   * Refuses outer packets that must not be fragmented and do not fit the way, with what protects
   * them: the sender of the packet inside is told (RFC 2784 section 3.1, RFC 4301 section 8.2).
   */
  private void refuseTooLong(
      RouterInterface owner, GreTunnel tunnel, PacketBatch batch, RouterInterface out) {
    int overhead = tunnel.config().overhead();
    for (int i = 0; i < batch.size(); i++) {
      byte[] bytes = batch.slab();
      int offset = batch.offset(i);
      int length = batch.length(i);
      if (!batch.passes(i) || fitsAnyway(length, out) || !Ipv4Fields.dontFragment(bytes, offset)) {
        continue;
      }
      int most = Math.min(mtuFor(bytes, offset, out), tunnel.pathMtu());
      if (length > most) {
        batch.setBounds(i, offset + overhead, length - overhead);
        refuse(owner, batch, i, PacketDrop.FRAGMENTATION_NEEDED);
        if (tooLong != null) {
          tooLong.refused(owner, bytes, offset + overhead, most - overhead, nowNanos);
        }
      }
    }
  }

  private @Nullable RouterInterface interfaceOf(NextHop hop) {
    return hop.interfaceNumber() >= 0 ? interfaces.get(hop.interfaceNumber()) : null;
  }

  private void deliver(RouterInterface out, BatchPort port, PacketBatch batch) {
    CryptoPolicy crypto = out.crypto();
    if (crypto != null) {
      crypto.boundary().outbound(batch);
      for (int i = 0; i < batch.size(); i++) {
        if (batch.verdict(i) instanceof EspVerdict verdict && !verdict.passes()) {
          out.counters()
              .drop(
                  switch (verdict) {
                    case NO_SA -> PacketDrop.NO_SECURITY_ASSOCIATION;
                    case DISCARDED -> PacketDrop.POLICY_DISCARD;
                    default -> PacketDrop.IPSEC_REFUSED;
                  });
        }
      }
    }
    boolean fits = true;
    for (int i = 0; i < batch.size() && fits; i++) {
      fits = !batch.passes(i) || batch.length(i) <= out.mtu();
    }
    if (fits) {
      port.send(batch);
    } else {
      fragmentAndSend(out, port, batch);
    }
  }

  /** Outer packets that do not fit the link: fragmented after encapsulation and protection. */
  private void fragmentAndSend(RouterInterface out, BatchPort port, PacketBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.passes(i)) {
        continue;
      }
      outerFragments.clear();
      if (batch.length(i) <= out.mtu()) {
        whole.clear();
        whole.setNextHop(
            whole.add(batch.slab(), batch.offset(i), batch.length(i)), batch.nextHop(i));
        port.send(whole);
        continue;
      }
      var result = fragmenter.fragment(batch.slab(), batch.offset(i), out.mtu(), outerFragments);
      switch (result) {
        case FITS, FRAGMENTED -> {}
        case DONT_FRAGMENT -> refuse(out, batch, i, PacketDrop.FRAGMENTATION_NEEDED);
        case MTU_TOO_SMALL, NO_ROOM -> refuse(out, batch, i, PacketDrop.FRAGMENTATION_FAILED);
      }
      for (int j = 0; j < outerFragments.size(); j++) {
        outerFragments.setNextHop(j, batch.nextHop(i));
      }
      port.send(outerFragments);
    }
  }

  private static void refuse(RouterInterface out, PacketBatch batch, int index, PacketDrop reason) {
    if (batch.passes(index)) {
      batch.setVerdict(index, reason);
      out.counters().drop(reason);
    }
  }
}
