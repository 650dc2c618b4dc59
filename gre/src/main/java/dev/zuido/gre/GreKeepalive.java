package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Keepalives as Cisco's routers send them on GRE tunnels.
 *
 * <p>A keepalive is an IP packet, of the family of the tunnel's endpoints, that goes through the
 * tunnel like any other and carries its own answer: it is addressed from the peer to this end, and
 * contains a GRE header of protocol type 0 and nothing else. The peer takes the outer headers off
 * and forwards what is left to its destination, which brings it back here. So the peer needs no
 * code and no configuration for it, and this end recognises the answer by its protocol type.
 *
 * <pre>
 *   | outer IP: self to peer | GRE 0x0800 || IP: peer to self | GRE 0x0000 |
 *                                          \_______ comes back alone _____/
 * </pre>
 *
 * <p>What {@link #poll} writes is the inner packet; the driver hands it to {@link
 * GreTunnel#encapsulate}, past routing and access lists of the tunnel, so that key, checksum and
 * sequence number of the outer packet are the tunnel's. The inner packet carries the tunnel's key
 * and checksum too, but never a sequence number, since it is not known when it returns. The other
 * direction is {@link GreTunnel#decapsulate}: an own tunnel answers its peer's keepalives always.
 *
 * <p>After {@code retries} keepalives without an answer the line protocol goes down; sending goes
 * on, and the next answer brings it up. Answers are not authenticated; where that matters the
 * tunnel belongs into IPsec by a crypto map, so that the answers, which are GRE from peer to self,
 * are protected as well.
 *
 * <p>Belongs to one thread. Each call is followed by {@link #poll} until it gives null.
 */
public final class GreKeepalive {
  /** No timer runs. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The period unless configured otherwise: 10 s. */
  public static final long DEFAULT_PERIOD_NANOS = 10_000_000_000L;

  /** The unanswered keepalives that bring the line protocol down unless configured otherwise. */
  public static final int DEFAULT_RETRIES = 3;

  /** The longest packet that {@link #poll} writes, in bytes: that of a tunnel over IPv6. */
  public static final int MAX_PACKET_LENGTH = Ipv6Fields.HEADER_LENGTH + 12;

  /** Internetwork control, which routing protocols use too. */
  private static final int TOS = 0xc0;

  private static final int TTL = 255;

  /** What a keepalive wants of its driver. */
  public sealed interface Output {
    /** The packet in the buffer is to be encapsulated in this tunnel and sent. */
    record Transmit() implements Output {}

    /** An answer came after the line protocol had been down. */
    record LineProtocolUp() implements Output {}

    /**
     * Too many keepalives were not answered.
     *
     * @param unanswered how many
     */
    record LineProtocolDown(int unanswered) implements Output {}
  }

  private static final Output TRANSMIT = new Output.Transmit();

  private final long periodNanos;
  private final int retries;
  private final boolean ipv4;
  private final byte[] packet;
  private final ArrayDeque<Output> outputs = new ArrayDeque<>(4);
  private long deadline = NO_DEADLINE;
  private int unanswered;
  private boolean up = true;
  private int identification;
  private long sent;
  private long answered;

  /** Makes keepalives of the default period and number of retries. */
  public GreKeepalive(GreTunnelConfig tunnel) {
    this(tunnel, DEFAULT_PERIOD_NANOS, DEFAULT_RETRIES);
  }

  /**
   * Makes keepalives; nothing is sent before {@link #start}.
   *
   * @param periodNanos the time between two keepalives, positive
   * @param retries how many unanswered ones bring the line protocol down, 1 to 255
   * @throws IllegalArgumentException if one of them is out of range, or the tunnel is one of
   *     Ethernet frames or in UDP, where nobody would answer
   */
  public GreKeepalive(GreTunnelConfig tunnel, long periodNanos, int retries) {
    if (periodNanos < 1 || retries < 1 || retries > 255) {
      throw new IllegalArgumentException("the period is positive, the retries are 1 to 255");
    }
    this.periodNanos = periodNanos;
    this.retries = retries;
    if (tunnel.udp() != null || tunnel.payload() != GreTunnelConfig.Payload.IP) {
      throw new IllegalArgumentException(
          "keepalives are for tunnels of IP packets, and not in UDP (RFC 8086 section 4)");
    }
    int flags = tunnel.flags() & ~GreFields.SEQUENCE_PRESENT;
    int greLength = GreFields.headerLength(flags);
    this.ipv4 = tunnel.isOverIpv4();
    int gre = ipv4 ? Ipv4Header.MIN_LENGTH : Ipv6Fields.HEADER_LENGTH;
    this.packet = new byte[gre + greLength];
    writeHeader(tunnel, greLength);
    Integer key = tunnel.key();
    GreFields.write(packet, gre, flags, GreProtocolType.KEEPALIVE, key == null ? 0 : key, 0);
    if (tunnel.checksum()) {
      BigEndian.putShort(packet, gre + 4, InternetChecksum.of(packet, gre, greLength));
    }
  }

  private void writeHeader(GreTunnelConfig tunnel, int greLength) {
    if (tunnel.local() instanceof Ipv6Address self && tunnel.remote() instanceof Ipv6Address peer) {
      Ipv6Fields.write(packet, 0, TOS, 0, greLength, IpProtocol.GRE, TTL, peer, self);
    } else if (tunnel.local() instanceof Ipv4Address self
        && tunnel.remote() instanceof Ipv4Address peer) {
      Ipv4Fields.write(
          packet, 0, TOS, packet.length, 0, 0, TTL, IpProtocol.GRE, peer.value(), self.value());
    }
  }

  /** Begins to send, at once; the line protocol counts as up until keepalives go unanswered. */
  public void start(long nowNanos) {
    if (deadline == NO_DEADLINE) {
      up = true;
      unanswered = 0;
      sendAt(nowNanos);
    }
  }

  /** Ends sending: the interface was shut down, or its way to the peer is gone. */
  public void stop() {
    deadline = NO_DEADLINE;
    outputs.clear();
    unanswered = 0;
    up = true;
  }

  /** Takes an answer: a packet of the verdict {@link GreVerdict#KEEPALIVE_REPLY}. */
  public void handleReply() {
    if (deadline == NO_DEADLINE) {
      return;
    }
    answered++;
    unanswered = 0;
    if (!up) {
      up = true;
      outputs.add(new Output.LineProtocolUp());
    }
  }

  /** Sends the next keepalive if it is time. */
  public void handleTimeout(long nowNanos) {
    if (nowNanos < deadline) {
      return;
    }
    if (unanswered >= retries && up) {
      up = false;
      outputs.add(new Output.LineProtocolDown(unanswered));
    }
    sendAt(nowNanos);
  }

  private void sendAt(long nowNanos) {
    // A driver that comes late, by more than a period, owes one keepalive and not several.
    deadline = nowNanos + periodNanos;
    if (deadline < 0) {
      deadline = NO_DEADLINE - 1;
    }
    unanswered = Math.min(unanswered + 1, Integer.MAX_VALUE - 1);
    if (!outputs.contains(TRANSMIT)) {
      outputs.add(TRANSMIT);
    }
  }

  /**
   * The next thing to do, or null if there is none.
   *
   * @param out where the packet of a {@link Output.Transmit} is written: {@value
   *     #MAX_PACKET_LENGTH} bytes suffice
   */
  public @Nullable Output poll(ByteBuf out) {
    Output output = outputs.poll();
    if (output instanceof Output.Transmit) {
      if (ipv4) {
        BigEndian.putShort(packet, 4, identification++ & 0xffff);
        Ipv4Fields.updateChecksum(packet, 0);
      }
      out.writeBytes(packet);
      sent++;
    }
    return output;
  }

  /** When {@link #handleTimeout} has something to do, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return deadline;
  }

  /** Whether the line protocol is up. */
  public boolean isUp() {
    return up;
  }

  /** Keepalives sent. */
  public long sent() {
    return sent;
  }

  /** Answers received. */
  public long answered() {
    return answered;
  }
}
