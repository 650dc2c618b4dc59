package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Counters;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * One side of a PPP link: LCP, authentication, IPCP and IPv6CP over whatever carries packets.
 *
 * <p>It has no transport, thread or clock. After each call the caller drains {@link #poll} to null,
 * then waits for the next packet or until {@link #nextDeadline}. Not thread-safe. IP datagrams do
 * not pass through it: {@link #isIpv4Up} says whether they may.
 *
 * <p>Limits: what has not been polled is at most a few hundred outputs, beyond which packets are
 * dropped; each negotiation ends by the counters of {@link PppTimers}, whatever the peer does.
 */
public final class PppLink {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The capacity that {@link #poll} may need, in bytes. */
  public static final int PACKET_CAPACITY = 2 + Core.DEFAULT_MRU;

  private final Core core;
  private final LinkPhases phases;

  /**
   * A link that is dead.
   *
   * @param config how it negotiates
   * @param secrets where magic numbers and challenges come from
   */
  public PppLink(PppConfig config, SecureRandom secrets) {
    this.core = new Core(config, secrets);
    this.phases = new LinkPhases(core);
  }

  /** The link is wanted: LCP's Open event. */
  public void open(long now) {
    phases.open(now);
  }

  /** The link is wanted no more: LCP's Close event. */
  public void close(long now) {
    phases.close(now);
  }

  /** What is below can carry packets: LCP's Up event. */
  public void lowerUp(long now) {
    phases.lowerUp(now);
  }

  /** What is below carries packets no more: LCP's Down event. */
  public void lowerDown(long now) {
    phases.lowerDown(now);
  }

  /**
   * Takes a packet in, network layer's datagrams excepted: one of those may be given if its
   * protocol is not up, and is then rejected or dropped as RFC 1661 has it.
   *
   * @param packet protocol field (two bytes) and information of at most 1500 bytes; borrowed for
   *     the call, in which its reader index moves
   * @param now nanoseconds, never less than in the call before
   */
  public void handle(ByteBuf packet, long now) {
    if (core.isFull()) {
      core.drops.increment(PppDropReason.OUTPUT_FULL);
    } else if (packet.readableBytes() < 2) {
      core.drop(PppDropReason.MALFORMED);
    } else if (packet.readableBytes() > PACKET_CAPACITY) {
      core.drop(PppDropReason.TOO_LONG);
    } else {
      phases.handle(packet, now);
    }
  }

  /**
   * Says which address the peer gets by IPCP, once it is known who the peer is: when {@link
   * PppOutput.PeerAuthenticated} has been polled and before the next packet is handled.
   *
   * @param address the address; null to refuse IPv4 on this link, which ends it if there is no
   *     other network protocol
   */
  public void assignPeerAddress(@Nullable Ipv4Address address, long now) {
    phases.assignPeerAddress(address, now);
  }

  /** Runs what is due. */
  public void handleTimeout(long now) {
    if (!core.isFull()) {
      phases.timeout(now);
    }
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return phases.deadline();
  }

  /**
   * What is to be done or known next; null if there is nothing more.
   *
   * @param out where the bytes of a {@link PppOutput.Transmit} are written, from its writer index
   */
  public @Nullable PppOutput poll(ByteBuf out) {
    return core.poll(out);
  }

  /** The phase. */
  public PppPhase phase() {
    return phases.phase();
  }

  /** Whether IPv4 datagrams may be sent and taken in. */
  public boolean isIpv4Up() {
    return phases.isUp(PppProtocol.IPCP);
  }

  /** Whether IPv6 datagrams may be sent and taken in. */
  public boolean isIpv6Up() {
    return phases.isUp(PppProtocol.IPV6CP);
  }

  /** The largest datagram that may be sent: what the peer takes, at most 1500 unless it said so. */
  public int peerMru() {
    return core.peerMru;
  }

  /** What was dropped. */
  public Counters<PppDropReason> drops() {
    return core.drops;
  }

  /**
   * All there is to know, for displays.
   *
   * @param now nanoseconds, never less than in the call before
   */
  public PppSnapshot snapshot(long now) {
    return phases.snapshot();
  }
}
