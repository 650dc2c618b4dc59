package dev.zuido.esp;

import dev.zuido.wire.IpAddress;

/**
 * A packet that RFC 4301 and RFC 4303 want to be noted: one that was repeated, forged, or belongs
 * to no SA. It holds what RFC 4303 section 3.4 asks for.
 *
 * @param reason what was wrong with the packet
 * @param nanos when it arrived, on the driver's clock
 * @param spi the SPI; 0 where the packet shows none
 * @param source the source of the packet as it arrived
 * @param destination its destination
 * @param sequence the sequence number, of 64 bits where the SA extends it; 0 where the packet shows
 *     none
 * @param flowLabel the flow label of an IPv6 packet, or {@link #NO_FLOW_LABEL}
 * @param suppressed how many events of the same SA were left out since the one before, because they
 *     came too fast
 */
public record AuditEvent(
    EspVerdict reason,
    long nanos,
    int spi,
    IpAddress source,
    IpAddress destination,
    long sequence,
    int flowLabel,
    long suppressed) {
  /** The flow label of IPv4. */
  public static final int NO_FLOW_LABEL = -1;

  /** {@code BAD_ICV spi=0x00001234 seq=7 192.0.2.1 -> 192.0.2.2}. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder()
            .append(reason)
            .append(" spi=")
            .append("0x%08x".formatted(spi))
            .append(" seq=")
            .append(Long.toUnsignedString(sequence))
            .append(' ')
            .append(source)
            .append(" -> ")
            .append(destination);
    if (flowLabel != NO_FLOW_LABEL) {
      text.append(" flow=").append("0x%05x".formatted(flowLabel));
    }
    if (suppressed != 0) {
      text.append(" (").append(suppressed).append(" more before)");
    }
    return text.toString();
  }
}
