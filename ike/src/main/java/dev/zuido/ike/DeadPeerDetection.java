package dev.zuido.ike;

import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Dead peer detection (RFC 3706) with one peer: a probe after silence, repeated a few times, and an
 * answer with the same sequence number to each probe of the peer.
 *
 * <p>While a peer is heard of, the next look is due when it could have been silent for long enough.
 * On demand, a silent peer to which nothing is sent either is looked at in the interval of the
 * probes: that something was sent to it is for the {@link TrafficClock} to answer, and nobody says
 * it by himself, so that no deadline follows from it. A look asks the clock twice for each pair.
 */
final class DeadPeerDetection {
  private enum Timer {
    CHECK
  }

  private final EngineContext context;
  private final Peer peer;
  private final Timers<Timer> timers;
  private long lastMessageNanos = TrafficClock.NEVER;

  /** The probe in progress: when it began and how often it was sent; 0 if there is none. */
  private long probingSinceNanos;

  private int probes;

  /** Our next sequence number (RFC 3706 section 6.2: its highest bit is first zero). */
  private int sequence;

  private @Nullable IsakmpSa probed;

  DeadPeerDetection(EngineContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    this.timers = new Timers<>(context.heap, Timer.class, (timer, now) -> check(now));
  }

  private DpdConfig config() {
    return peer.config().dpd();
  }

  /** An ISAKMP SA was established. */
  void start(long nowNanos) {
    probes = 0;
    if (config().mode() != DpdConfig.Mode.OFF) {
      timers.set(Timer.CHECK, nowNanos + config().delaySeconds() * EngineContext.SECOND);
    }
  }

  /** Nothing is left to be watched. */
  void stop() {
    probes = 0;
    timers.clearAll();
  }

  /** An authenticated message came from the peer. */
  void heard(long nowNanos) {
    lastMessageNanos = nowNanos;
  }

  /** When anything that is authentic last came from the peer: a message, or a packet of an SA. */
  long lastHeardNanos() {
    return Math.max(lastMessageNanos, peer.lastPacketHeardNanos());
  }

  private void check(long nowNanos) {
    long heard = lastHeardNanos();
    long due = heard + config().delaySeconds() * EngineContext.SECOND;
    long retry = nowNanos + config().retrySeconds() * EngineContext.SECOND;
    if (probes > 0 && heard >= probingSinceNanos) {
      probes = 0;
    }
    if (peer.isakmpSas().newest() == null && !peer.hasPairs()) {
      stop();
    } else if (due > nowNanos) {
      timers.set(Timer.CHECK, due);
    } else if (!canProbe()) {
      probes = 0;
      timers.set(Timer.CHECK, nowNanos + config().delaySeconds() * EngineContext.SECOND);
    } else if (probes == 0
        && config().mode() == DpdConfig.Mode.ON_DEMAND
        && peer.lastPacketSentNanos() <= heard) {
      timers.set(Timer.CHECK, retry);
    } else if (probes >= config().retries()) {
      peer.dead(nowNanos);
    } else {
      timers.set(Timer.CHECK, retry);
      probe(nowNanos);
    }
  }

  /**
   * Whether a probe can be sent: not to a peer that has not announced that it answers (RFC 3706
   * section 5.1). As long as there is an ISAKMP SA with such a one, nothing finds it dead.
   */
  private boolean canProbe() {
    IsakmpSa sa = peer.isakmpSas().newest();
    return sa == null || sa.hasDeadPeerDetection();
  }

  private void probe(long nowNanos) {
    IsakmpSa sa = peer.isakmpSas().newest();
    if (sa == null) {
      // Without an ISAKMP SA a main mode is the probe: its failure finds the peer dead, if nothing
      // else has come either.
      peer.connectForProbe(nowNanos);
      return;
    }
    if (probed != sa) {
      probed = sa;
      byte[] random = new byte[4];
      context.secrets.nextBytes(random);
      sequence = BigEndian.getInt(random, 0) >>> 1;
    }
    if (probes == 0) {
      probingSinceNanos = nowNanos;
    }
    probes++;
    sequence++;
    sa.inform(notification(sa, NotifyType.R_U_THERE, sequence));
  }

  private static Notification notification(IsakmpSa sa, int type, int number) {
    byte[] data = new byte[4];
    BigEndian.putInt(data, 0, number);
    return new Notification(
        SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, type, sa.spi(), ByteString.of(data));
  }

  /**
   * An authenticated R-U-THERE or R-U-THERE-ACK; null if it fits, else what is wrong. One that fits
   * is no old message, and so shows where the peer is.
   */
  @Nullable String receive(IsakmpSa sa, Notification notification, UdpPath path) {
    if (!notification.spi().equals(sa.spi()) || notification.data().length() != 4) {
      return "it is about another ISAKMP SA";
    }
    int number = BigEndian.getInt(notification.data().toArray(), 0);
    if (notification.notifyType() == NotifyType.R_U_THERE) {
      long unsigned = number & 0xffff_ffffL;
      if (!sa.advancePeerSequence(unsigned)) {
        return "sequence number " + unsigned + " was already used";
      }
      sa.seenAt(path.remote());
      sa.inform(notification(sa, NotifyType.R_U_THERE_ACK, number));
      return null;
    }
    boolean awaited =
        probes > 0 && probed == sa && number <= sequence && number > sequence - probes;
    if (awaited) {
      sa.seenAt(path.remote());
    }
    return awaited ? null : "no probe has sequence number " + number;
  }
}
