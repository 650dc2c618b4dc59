package dev.zuido.ike;

/**
 * When an installed SA last carried a packet: what dead peer detection on demand needs to know (RFC
 * 3706 section 5.5: traffic from the peer is proof of its liveliness).
 */
@FunctionalInterface
public interface TrafficClock {
  /** No packet has passed yet. */
  long NEVER = -1;

  /** Knows of no traffic: every probe that falls due is sent only for lack of messages. */
  TrafficClock SILENT = saId -> NEVER;

  /**
   * The time of an SA's last packet: sealed on an outbound SA, accepted on an inbound one.
   *
   * @param saId as {@link SaParameters#id} named it
   * @return nanoseconds on the engine's clock, or {@link #NEVER}
   */
  long lastPacketNanos(long saId);
}
