package dev.zuido.router;

import dev.zuido.gre.GreKeepalive;
import dev.zuido.gre.GreTunnel;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The line protocol of a tunnel interface: up while its destination is reached by another interface
 * and, where keepalives are sent, they are answered.
 *
 * <p>A tunnel whose destination would be reached through the tunnel itself is held down for {@value
 * #HOLD_DOWN_SECONDS} s, since its own routes would make it flap.
 */
final class TunnelLine {
  /** Seconds that a tunnel stays down after its destination was routed through itself. */
  static final int HOLD_DOWN_SECONDS = 60;

  private static final long NANOS = 1_000_000_000L;

  private final RouterInterface owner;
  private final GreTunnel tunnel;
  private final @Nullable GreKeepalive keepalive;

  /** The Dialer interface whose negotiated address is the tunnel's source, if it is one. */
  private final @Nullable RouterInterface source;

  private final ByteBuf out = Unpooled.buffer(GreKeepalive.MAX_PACKET_LENGTH);
  private long heldUntilNanos;
  private boolean held;
  private String cause = "";

  TunnelLine(
      RouterInterface owner,
      GreTunnel tunnel,
      @Nullable GreKeepalive keepalive,
      @Nullable RouterInterface source) {
    this.owner = owner;
    this.tunnel = tunnel;
    this.keepalive = keepalive;
    this.source = source;
  }

  RouterInterface owner() {
    return owner;
  }

  GreTunnel tunnel() {
    return tunnel;
  }

  boolean isAdministrativelyUp() {
    return !owner.config().shutdown();
  }

  /** Why it is down, in words; empty while it is up. */
  String cause() {
    return cause;
  }

  /** Whether the line protocol should be up now. */
  boolean evaluate(RouteTable routes, EventLog log, long nowNanos) {
    cause = "";
    if (!isAdministrativelyUp()) {
      cause = "shut down";
    } else if (held && nowNanos < heldUntilNanos) {
      cause = "destination was routed through the tunnel itself";
    } else {
      held = false;
      NextHop hop = routes.lookup(((Ipv4Address) tunnel.config().remote()).value(), 0);
      if (hop == null || hop.interfaceNumber() < 0) {
        cause = "no route to the destination " + tunnel.config().remote();
      } else if (hop.interfaceNumber() == owner.number()) {
        held = true;
        heldUntilNanos = nowNanos + HOLD_DOWN_SECONDS * NANOS;
        cause = "destination is routed through the tunnel itself";
        log.log(5, "TUN", "RECURDOWN", owner + " temporarily disabled due to recursive routing");
      } else if (isWithoutSource(hop)) {
        cause = "its source " + source + " has no address";
      } else if (keepalive != null && !keepalive.isUp()) {
        cause = "keepalives are not answered";
      }
    }
    return cause.isEmpty();
  }

  /**
   * Whether the source address is not known at the moment. By the Dialer interface itself packets
   * may be sent all the same: they have it dial, and go no further.
   */
  private boolean isWithoutSource(NextHop hop) {
    return source != null && source.address() == null && hop.interfaceNumber() != source.number();
  }

  /** Whether no keepalive is sent, since it would have no source address. */
  private boolean isSilent() {
    return source != null && source.address() == null;
  }

  /** An answer to a keepalive has come. */
  void keepaliveAnswered() {
    if (keepalive != null) {
      keepalive.handleReply();
    }
  }

  /** What became of its keepalives; empty where none are sent. */
  Map<String, Long> keepaliveCounters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    if (keepalive != null) {
      counters.put("sent", keepalive.sent());
      counters.put("answered", keepalive.answered());
    }
    return counters;
  }

  /**
   * Forgets an old path MTU, and sends keepalives that are due, also while the line is down: an
   * answer brings it up.
   */
  void run(Egress egress, long nowNanos) {
    if (tunnel.nextDeadline() <= nowNanos) {
      tunnel.handleTimeout(nowNanos);
    }
    if (keepalive == null || isSilent()) {
      return;
    }
    if (isAdministrativelyUp()) {
      keepalive.start(nowNanos);
    }
    if (keepalive.nextDeadline() <= nowNanos) {
      keepalive.handleTimeout(nowNanos);
    }
    GreKeepalive.Output output;
    while ((output = keepalive.poll(out.clear())) != null) {
      if (output instanceof GreKeepalive.Output.Transmit) {
        egress.sendKeepalive(owner, out.array(), out.arrayOffset(), out.readableBytes());
      } else if (output instanceof GreKeepalive.Output.LineProtocolUp) {
        // The peer may have started anew, and then counts from 0.
        tunnel.resetReceiveSequence();
      }
    }
  }

  long nextDeadline() {
    long deadline = tunnel.nextDeadline();
    if (keepalive != null && !isSilent()) {
      deadline = Math.min(deadline, keepalive.nextDeadline());
    }
    return held ? Math.min(deadline, heldUntilNanos) : deadline;
  }
}
