package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.router.forwarding.IcmpErrors;
import dev.zuido.router.forwarding.MssClamp;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Reassembler;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.ReassemblyLimits;
import dev.zuido.wire.ReassemblyResult;
import dev.zuido.wire.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A packet's way through the router, from an interface to the router itself or to another
 * interface. ARCHITECTURE.md draws it.
 */
final class DataPlane {
  /** ICMP errors that wait for the end of a round. */
  private static final int MAX_ANSWERS = 64;

  private final List<RouterInterface> interfaces;
  private final LocalAddresses locals;
  private final RouteTable routes;
  private final Egress egress;
  private final Ipv4Reassembler reassembler = new Ipv4Reassembler(ReassemblyLimits.DEFAULT);
  private final PacketBatch reassembled = PacketBatch.ofOne(0xffff);
  private final PacketBatch innerReassembled = PacketBatch.ofOne(0xffff);
  private final IcmpErrors icmpErrors = new IcmpErrors();
  private final PacketBatch answers = new PacketBatch(MAX_ANSWERS, IcmpErrors.MAX_LENGTH, 0, 0);
  private final boolean besideHost;
  private @Nullable LocalDelivery local;

  DataPlane(
      List<RouterInterface> interfaces,
      LocalAddresses locals,
      RouteTable routes,
      Egress egress,
      boolean besideHost) {
    this.interfaces = interfaces;
    this.locals = locals;
    this.routes = routes;
    this.egress = egress;
    this.besideHost = besideHost;
  }

  /** Says who takes the packets to the router itself. */
  void setLocal(LocalDelivery delivery) {
    local = delivery;
  }

  /**
   * Takes the packets of a batch that pass.
   *
   * <p>On an interface with a crypto map they cross the IPsec boundary together, and what came out
   * of an SA passes the inbound access list once more.
   */
  void receive(RouterInterface in, PacketBatch batch, long nowNanos) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        in.counters().in(batch.length(i));
        batch.setArrivalNanos(i, nowNanos);
        screen(in, batch, i);
        collectFragment(in, batch, i, nowNanos);
      }
    }
    CryptoPolicy crypto = in.crypto();
    if (crypto != null) {
      crypto.boundary().inbound(batch);
      for (int i = 0; i < batch.size(); i++) {
        Verdict verdict = batch.verdict(i);
        if (verdict == EspVerdict.OPENED) {
          screen(in, batch, i);
          collectFragment(in, batch, i, nowNanos);
        } else if (verdict instanceof EspVerdict refusal && !refusal.passes()) {
          ipsecRefused(in, batch, i, refusal, nowNanos);
        }
      }
    }
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        dispatch(in, batch, i, nowNanos);
      }
    }
    handOver(batch);
  }

  /** Takes one packet that came out of a tunnel. */
  void receiveFromTunnel(RouterInterface tunnel, PacketBatch batch, int index, long nowNanos) {
    tunnel.counters().in(batch.length(index));
    screen(tunnel, batch, index);
    collectFragment(tunnel, batch, index, nowNanos);
    if (batch.passes(index)) {
      dispatch(tunnel, batch, index, nowNanos);
    }
  }

  /**
   * Takes the packets of a batch that the host's stack has routed to an interface: into a tunnel,
   * or out by a crypto map. They leave by that interface and no other.
   */
  void receiveFromHost(RouterInterface out, PacketBatch batch, long nowNanos) {
    byte[] bytes = batch.slab();
    for (int i = 0; i < batch.size(); i++) {
      int offset = batch.offset(i);
      if (!Ipv4Fields.isWellFormed(bytes, offset, batch.length(i))) {
        refuse(out, batch, i, PacketDrop.NOT_IPV4);
        continue;
      }
      batch.setBounds(i, offset, Ipv4Fields.totalLength(bytes, offset));
      if (MssClamp.concerns(bytes, offset)) {
        clamp(out, bytes, offset);
        clampTowards(Ipv4Fields.source(bytes, offset), bytes, offset);
      }
    }
    egress.sendInPlace(batch, out);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        sendAlone(out, batch, i, nowNanos);
      }
    }
  }

  /** Sends a packet of the host that has to be fragmented, or cannot leave. */
  private void sendAlone(RouterInterface out, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    PacketDrop drop = egress.send(bytes, offset, out, 0);
    if (drop == null) {
      return;
    }
    refuse(out, batch, index, drop);
    if (drop == PacketDrop.FRAGMENTATION_NEEDED) {
      answerTooLong(out, bytes, offset, egress.mtuFor(bytes, offset, out), nowNanos);
    }
  }

  /** Marks a packet that a tunnel or an SA has set free for the host's stack. */
  private void giveToHost(RouterInterface in, PacketBatch batch, int index) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    if (in.hostPort() == null) {
      refuse(in, batch, index, PacketDrop.NOT_FOR_US);
      return;
    }
    if (MssClamp.concerns(bytes, offset)) {
      clamp(in, bytes, offset);
      clampTowards(Ipv4Fields.destination(bytes, offset), bytes, offset);
    }
    // Of what was set free nobody has looked at the transport's checksum.
    batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    batch.setIngress(index, in.number());
    batch.setVerdict(index, Handover.TO_HOST);
  }

  /** What a packet waits for until the whole batch is decided. */
  private enum Handover implements Verdict {
    TO_HOST;

    @Override
    public boolean passes() {
      return false;
    }
  }

  /** Hands the packets that are marked for the host's stack over where they lie. */
  private void handOver(PacketBatch batch) {
    int first = nextMarked(batch, 0);
    while (first < batch.size()) {
      RouterInterface in = interfaces.get(batch.ingress(first));
      for (int i = 0; i < batch.size(); i++) {
        if (batch.verdict(i) == Handover.TO_HOST && batch.ingress(i) == in.number()) {
          batch.setVerdict(i, Verdict.PASS);
        } else if (batch.passes(i)) {
          batch.setVerdict(i, Verdict.Basic.CONSUMED);
        }
      }
      egress.toHost(batch, in);
      for (int i = first; i < batch.size(); i++) {
        if (batch.passes(i)) {
          batch.setVerdict(i, Verdict.Basic.CONSUMED);
        }
      }
      first = nextMarked(batch, first + 1);
    }
  }

  private static int nextMarked(PacketBatch batch, int from) {
    int next = from;
    while (next < batch.size() && batch.verdict(next) != Handover.TO_HOST) {
      next++;
    }
    return next;
  }

  /** Clamps as the interface asks behind which the host forwards from or to an address. */
  private void clampTowards(int address, byte[] bytes, int offset) {
    NextHop hop = routes.lookup(address, 0);
    if (hop != null && hop.interfaceNumber() >= 0) {
      clamp(interfaces.get(hop.interfaceNumber()), bytes, offset);
    }
  }

  /** What every packet has to pass, in the clear or decrypted: header, addresses, access list. */
  private void screen(RouterInterface in, PacketBatch batch, int index) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    AccessFilter filter = in.filterIn();
    if (!Ipv4Fields.isWellFormed(bytes, offset, batch.length(index))) {
      refuse(in, batch, index, PacketDrop.NOT_IPV4);
      return;
    }
    // Link layers pad; from here on the packet is as long as its header says.
    batch.setBounds(index, offset, Ipv4Fields.totalLength(bytes, offset));
    if (isMartian(bytes, offset)) {
      refuse(in, batch, index, PacketDrop.MARTIAN);
    } else if (filter != null && !filter.permits(bytes, offset)) {
      refuse(in, batch, index, PacketDrop.ACCESS_LIST_IN);
    }
  }

  /** A fragment to the router itself waits for the others; the whole datagram goes on alone. */
  private void collectFragment(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    if (!batch.passes(index)
        || !Ipv4Fields.isFragment(bytes, offset)
        || !locals.contains(Ipv4Fields.destination(bytes, offset))) {
      return;
    }
    batch.setVerdict(index, Verdict.Basic.CONSUMED);
    if (batch == innerReassembled) {
      refuse(in, batch, index, PacketDrop.REASSEMBLY_FAILED);
      return;
    }
    // A fragment can come out of a tunnel whose own packet was put together from fragments.
    PacketBatch whole = batch == reassembled ? innerReassembled : reassembled;
    whole.clear();
    ReassemblyResult result = reassembler.offer(batch, index, nowNanos, whole);
    switch (result) {
      case COMPLETE -> receiveReassembled(in, whole, nowNanos);
      case HELD, DUPLICATE -> {}
      default -> refuse(in, batch, index, PacketDrop.REASSEMBLY_FAILED);
    }
  }

  private void receiveReassembled(RouterInterface in, PacketBatch whole, long nowNanos) {
    CryptoPolicy crypto = in.crypto();
    if (crypto != null) {
      crypto.boundary().inbound(whole);
      Verdict verdict = whole.verdict(0);
      if (verdict == EspVerdict.OPENED) {
        screen(in, whole, 0);
      } else if (verdict instanceof EspVerdict refusal && !refusal.passes()) {
        ipsecRefused(in, whole, 0, refusal, nowNanos);
      }
    }
    if (whole.passes(0)) {
      dispatch(in, whole, 0, nowNanos);
    }
    handOver(whole);
  }

  private void ipsecRefused(
      RouterInterface in, PacketBatch batch, int index, EspVerdict refusal, long nowNanos) {
    switch (refusal) {
      case CLEARTEXT -> in.counters().drop(PacketDrop.CLEAR_TEXT_REFUSED);
      case DISCARDED -> in.counters().drop(PacketDrop.POLICY_DISCARD);
      case DUMMY -> {}
      default -> in.counters().drop(PacketDrop.IPSEC_REFUSED);
    }
    if (local != null) {
      local.ipsecRefused(in, batch, index, refusal, nowNanos);
    }
  }

  private void dispatch(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    int destination = Ipv4Fields.destination(batch.slab(), batch.offset(index));
    boolean toUs = locals.contains(destination) || isLinkLocalMulticast(destination);
    if (besideHost && toUs && local != null && in.dialer() != null) {
      local.overhear(batch, index, nowNanos);
    }
    if (besideHost && !(toUs && local != null && local.isRouters(in, batch, index))) {
      giveToHost(in, batch, index);
    } else if (toUs) {
      if (local != null) {
        local.deliver(in, batch, index, nowNanos);
      }
    } else if (new Ipv4Address(destination).isMulticast() || locals.isBroadcast(destination)) {
      refuse(in, batch, index, PacketDrop.NOT_FOR_US);
    } else {
      forward(in, batch, index, nowNanos);
    }
  }

  private static boolean isLinkLocalMulticast(int destination) {
    return destination >>> 8 == 0xe00000;
  }

  /**
   * RFC 1812 section 5.3.7: no source that is loopback, multicast or broadcast; no destination
   * loopback or 0/8.
   */
  private boolean isMartian(byte[] bytes, int offset) {
    int source = Ipv4Fields.source(bytes, offset);
    int destination = Ipv4Fields.destination(bytes, offset);
    return source >>> 24 == 127
        || source >>> 28 >= 0xe
        || source >>> 24 == 0
        || destination >>> 24 == 127
        || destination >>> 24 == 0
        || locals.isBroadcast(source);
  }

  private void forward(RouterInterface in, PacketBatch batch, int index, long nowNanos) {
    byte[] bytes = batch.slab();
    int offset = batch.offset(index);
    if (Ipv4Fields.ttl(bytes, offset) <= 1) {
      refuse(in, batch, index, PacketDrop.TTL_EXPIRED);
      answer(in, bytes, offset, IcmpErrors.TIME_EXCEEDED, 0, 0, nowNanos);
      return;
    }
    NextHop hop = routes.lookup(Ipv4Fields.destination(bytes, offset), flowHash(bytes, offset));
    if (hop == null || hop.interfaceNumber() < 0) {
      refuse(in, batch, index, hop == null ? PacketDrop.NO_ROUTE : PacketDrop.NULL_ROUTE);
      answer(in, bytes, offset, IcmpErrors.UNREACHABLE, IcmpErrors.CODE_NET, 0, nowNanos);
      return;
    }
    RouterInterface out = interfaces.get(hop.interfaceNumber());
    Ipv4Fields.decrementTtl(bytes, offset);
    clamp(in, bytes, offset);
    clamp(out, bytes, offset);
    Ipv4Address gateway = hop.gateway();
    PacketDrop drop = egress.send(bytes, offset, out, gateway == null ? 0 : gateway.value());
    if (drop == null) {
      return;
    }
    refuse(in, batch, index, drop);
    if (drop == PacketDrop.FRAGMENTATION_NEEDED) {
      answerTooLong(in, bytes, offset, egress.mtuFor(bytes, offset, out), nowNanos);
    } else if (drop == PacketDrop.INTERFACE_DOWN) {
      answer(in, bytes, offset, IcmpErrors.UNREACHABLE, IcmpErrors.CODE_HOST, 0, nowNanos);
    }
  }

  private static void clamp(RouterInterface at, byte[] bytes, int offset) {
    if (at.config().adjustMss().isPresent()) {
      MssClamp.clamp(bytes, offset, at.config().adjustMss().getAsInt());
    }
  }

  /** Equal for the packets of a flow and their fragments: of addresses and protocol alone. */
  private static int flowHash(byte[] bytes, int offset) {
    int hash = Ipv4Fields.source(bytes, offset) * 0x9e3779b9;
    hash = (hash ^ Ipv4Fields.destination(bytes, offset)) * 0x85ebca6b;
    hash = (hash ^ Ipv4Fields.protocol(bytes, offset)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  /** Gives up fragments whose time is over. */
  void expire(long nowNanos) {
    reassembler.expire(nowNanos);
  }

  /** The bounded table of fragments, as counters. */
  Map<String, Long> reassemblyCounters() {
    Map<String, Long> counters =
        CounterNames.all(ReassemblyResult.class, reassembler.counters()::get);
    counters.put("bytesHeld", reassembler.bytesHeld());
    return counters;
  }

  /** ICMP errors that were not sent, since too many were. */
  long suppressedIcmpErrors() {
    return icmpErrors.suppressed();
  }

  /** When {@link #expire} has something to do. */
  long nextDeadline() {
    return reassembler.nextDeadline();
  }

  /**
   * Sends an ICMP error about a packet to its source, from the address of the interface it came in
   * by.
   */
  void answer(
      RouterInterface in, byte[] bytes, int offset, int type, int code, int mtu, long nowNanos) {
    Ipv4Address from = in.address();
    if (from == null) {
      return;
    }
    int length = icmpErrors.make(bytes, offset, from, type, code, mtu, nowNanos);
    if (length > 0 && besideHost) {
      egress.toHost(icmpErrors.buffer(), 0, length, in);
    } else if (length > 0 && !answers.isFull()) {
      // Not at once: the batch that is on its way out may be the one that it would join.
      answers.add(icmpErrors.buffer(), 0, length);
    }
  }

  /**
   * Sends the ICMP errors that have come up.
   *
   * @return whether there were any
   */
  boolean sendAnswers() {
    boolean any = answers.size() > 0;
    for (int i = 0; i < answers.size(); i++) {
      sendLocal(answers.slab(), answers.offset(i));
    }
    answers.clear();
    return any;
  }

  /** A packet does not fit a tunnel's way, and must not be fragmented: its sender is told. */
  void answerTooLong(RouterInterface tunnel, byte[] bytes, int offset, int mtu, long nowNanos) {
    answer(
        tunnel,
        bytes,
        offset,
        IcmpErrors.UNREACHABLE,
        IcmpErrors.CODE_FRAGMENTATION_NEEDED,
        mtu,
        nowNanos);
  }

  /**
   * Routes a packet of the router's own.
   *
   * @param bytes an array with a well-formed IPv4 packet
   * @return null if it was taken, else why not
   */
  @Nullable PacketDrop sendLocal(byte[] bytes, int offset) {
    NextHop hop = routes.lookup(Ipv4Fields.destination(bytes, offset), flowHash(bytes, offset));
    if (hop == null) {
      return PacketDrop.NO_ROUTE;
    }
    if (hop.interfaceNumber() < 0) {
      return PacketDrop.NULL_ROUTE;
    }
    RouterInterface out = interfaces.get(hop.interfaceNumber());
    if (!locals.contains(Ipv4Fields.source(bytes, offset)) && !isWaiting(out)) {
      return PacketDrop.NO_SOURCE;
    }
    Ipv4Address gateway = hop.gateway();
    return egress.send(bytes, offset, out, gateway == null ? 0 : gateway.value());
  }

  /**
   * Whether an interface dials and has no session: packets with an address that is not there any
   * more may have it dial, and go no further.
   */
  private static boolean isWaiting(RouterInterface out) {
    DialerLine line = out.dialer();
    return line != null && !line.isInForce();
  }

  static void refuse(RouterInterface at, PacketBatch batch, int index, PacketDrop reason) {
    batch.setVerdict(index, reason);
    at.counters().drop(reason);
  }
}
