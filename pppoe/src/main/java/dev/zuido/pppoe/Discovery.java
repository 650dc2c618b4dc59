package dev.zuido.pppoe;

import dev.zuido.pppoe.DiscoveryPackets.Offer;
import dev.zuido.wire.Counters;
import dev.zuido.wire.MacAddress;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client's discovery stage, from the first PADI to the PADS (RFC 2516 section 5 and 8). */
final class Discovery {
  /** What an offer, a confirmation or the time has led to. */
  sealed interface Step {
    /** An offer is taken: its PADR is sent. */
    record Requested() implements Step {}

    /** The concentrator has made the session. */
    record Confirmed(Offer offer, PppoePacket confirmation) implements Step {}

    /** The attempt has failed. */
    record Failed(PppoeEnd end) implements Step {}
  }

  private final PppoeTimers timers;
  private final DiscoveryPackets packets;
  private final Counters<PppoeDropReason> drops;
  private final BiConsumer<MacAddress, PppoePacket> sender;
  private @Nullable Offer offer;
  private int requests;
  private long retry;
  private long deadline;

  Discovery(
      PppoeTimers timers,
      DiscoveryPackets packets,
      Counters<PppoeDropReason> drops,
      BiConsumer<MacAddress, PppoePacket> sender) {
    this.timers = timers;
    this.packets = packets;
    this.drops = drops;
    this.sender = sender;
    this.retry = timers.retryNanos();
  }

  /** When {@link #handleTimeout} has something to do. */
  long deadline() {
    return deadline;
  }

  /** Sends the PADI. */
  void initiate(long now) {
    sender.accept(MacAddress.BROADCAST, packets.initiation());
    deadline = now + retry;
  }

  private void request(Offer taken, long now) {
    requests++;
    sender.accept(taken.concentrator(), taken.request());
    deadline = now + retry;
  }

  /** Takes a packet in; null if it changes nothing. */
  @Nullable Step handle(MacAddress from, PppoePacket packet, long now) {
    Offer taken = offer;
    if (packet.code() == PppoeCode.PADO && taken == null) {
      return handleOffer(from, packet, now);
    }
    if (packet.code() == PppoeCode.PADS && taken != null) {
      return handleConfirmation(taken, from, packet);
    }
    drops.increment(PppoeDropReason.UNEXPECTED_CODE);
    return null;
  }

  /** Of the offers the first that will do is taken. */
  private @Nullable Step handleOffer(MacAddress from, PppoePacket packet, long now) {
    Offer taken = packets.judgeOffer(from, packet);
    if (taken == null) {
      return null;
    }
    offer = taken;
    retry = timers.retryNanos();
    request(taken, now);
    return new Step.Requested();
  }

  private @Nullable Step handleConfirmation(Offer taken, MacAddress from, PppoePacket packet) {
    if (!packets.judgeConfirmation(taken, from, packet)) {
      return null;
    }
    PppoeTag.ErrorTag error = packet.first(PppoeTag.ErrorTag.class).orElse(null);
    return error == null
        ? new Step.Confirmed(taken, packet)
        : new Step.Failed(new PppoeEnd.Refused(error.name(), error.text()));
  }

  /** Whether a packet makes a session of our request. */
  boolean confirms(MacAddress from, PppoePacket packet) {
    Offer taken = offer;
    return taken != null
        && packets.judgeConfirmation(taken, from, packet)
        && packet.first(PppoeTag.ErrorTag.class).isEmpty();
  }

  /** "It SHOULD resend its PADI packet and double the waiting period" (section 8). */
  @Nullable Step handleTimeout(long now) {
    if (now < deadline) {
      return null;
    }
    Offer taken = offer;
    if (taken == null && retry >= timers.maxRetryNanos()) {
      return new Step.Failed(packets.failure());
    }
    if (taken != null && requests >= timers.maxRequests()) {
      return new Step.Failed(new PppoeEnd.NoSession());
    }
    long longest = timers.maxRetryNanos();
    retry = retry >= longest / 2 ? longest : 2 * retry;
    if (taken == null) {
      initiate(now);
    } else {
      request(taken, now);
    }
    return null;
  }

  /** The largest PPP information field of the session. */
  int sessionMtu(PppoePacket confirmation) {
    return packets.sessionMtu(confirmation);
  }
}
