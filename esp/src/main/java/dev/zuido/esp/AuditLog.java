package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The audit events of all SAs of a thread (RFC 4301 section 9, RFC 4303 section 4), until its
 * driver takes them out.
 *
 * <p>Each SA that {@linkplain InboundSa#auditTo writes here} gives at most five events at once and
 * then one per second, or one of a thousand; the next one says how many were left out. What belongs
 * to no SA, or is refused by the boundary, has one such allowance together. Packets that pass cost
 * nothing. A packet whose time of arrival the batch does not know counts as of time 0.
 *
 * <p>One thread uses it.
 */
public final class AuditLog {
  private final int capacity;
  private final ArrayDeque<AuditEvent> events;
  private final AuditLimiter foreign = new AuditLimiter();
  private long lost;

  /**
   * Makes an empty log.
   *
   * @param capacity how many events wait at most, at least 1; later ones are lost, and counted
   */
  public AuditLog(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a log holds at least one event");
    }
    this.capacity = capacity;
    this.events = new ArrayDeque<>(Math.min(capacity, 64));
  }

  /** The oldest event that was not taken out yet, or null. */
  public @Nullable AuditEvent poll() {
    return events.poll();
  }

  /** How many events found the log full. */
  public long lost() {
    return lost;
  }

  /**
   * Notes a packet of no SA: one with an unknown SPI, or in the clear where it should be protected.
   * A verdict that is not {@linkplain EspVerdict#isAuditable auditable} is passed over. SPI and
   * sequence number are taken from ESP and AH only, and from UDP with ESP unless it came in the
   * clear; of other packets they are 0.
   *
   * @param reason what was wrong
   * @param index the packet, well-formed IPv4 or IPv6 and as it arrived
   */
  public void report(EspVerdict reason, PacketBatch batch, int index) {
    if (!reason.isAuditable() || !foreign.take(batch.arrivalNanos(index))) {
      return;
    }
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    int spi = spiOffset(slab, offset, reason != EspVerdict.CLEARTEXT);
    int shown = spi == EspFields.NO_ESP ? 0 : offset + EspFields.totalLength(slab, offset) - spi;
    add(
        reason,
        batch,
        index,
        shown < 4 ? 0 : BigEndian.getInt(slab, spi),
        shown < 8 ? 0 : BigEndian.getUnsignedInt(slab, spi + 4),
        foreign.takeSuppressed());
  }

  /**
   * Notes a packet that the boundary has refused, and that belongs to an SA.
   *
   * @param sequence the sequence number, or 0 if it is not known any more
   */
  void report(EspVerdict reason, PacketBatch batch, int index, int spi, long sequence) {
    if (foreign.take(batch.arrivalNanos(index))) {
      add(reason, batch, index, spi, sequence, foreign.takeSuppressed());
    }
  }

  /** Where the SPI stands, before the sequence number, or {@link EspFields#NO_ESP}. */
  private static int spiOffset(byte[] slab, int offset, boolean withUdp) {
    if (EspFields.isEsp(slab, offset)) {
      return EspFields.isLaterFragment(slab, offset)
          ? EspFields.NO_ESP
          : EspFields.espOffset(slab, offset);
    }
    if (withUdp && EspFields.isUdpEncapsulatedEsp(slab, offset)) {
      return EspFields.espOffset(slab, offset);
    }
    int ah = AhFields.locate(slab, offset);
    return ah == AhFields.NONE ? EspFields.NO_ESP : ah + AhFields.SPI_OFFSET;
  }

  /** Notes a packet of an SA, of which its own limiter has approved. */
  void add(
      EspVerdict reason, PacketBatch batch, int index, int spi, long sequence, long suppressed) {
    if (events.size() == capacity) {
      lost++;
      return;
    }
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    boolean six = Ipv4Fields.version(slab, offset) == 6;
    events.add(
        new AuditEvent(
            reason,
            batch.arrivalNanos(index),
            spi,
            six ? source6(slab, offset) : new Ipv4Address(Ipv4Fields.source(slab, offset)),
            six ? destination6(slab, offset) : destination4(slab, offset),
            sequence,
            six ? Ipv6Fields.flowLabel(slab, offset) : AuditEvent.NO_FLOW_LABEL,
            suppressed));
  }

  private static IpAddress source6(byte[] slab, int offset) {
    return new Ipv6Address(Ipv6Fields.sourceHigh(slab, offset), Ipv6Fields.sourceLow(slab, offset));
  }

  private static IpAddress destination6(byte[] slab, int offset) {
    return new Ipv6Address(
        Ipv6Fields.destinationHigh(slab, offset), Ipv6Fields.destinationLow(slab, offset));
  }

  private static IpAddress destination4(byte[] slab, int offset) {
    return new Ipv4Address(Ipv4Fields.destination(slab, offset));
  }
}
