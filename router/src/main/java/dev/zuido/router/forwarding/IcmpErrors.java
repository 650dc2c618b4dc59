package dev.zuido.router.forwarding;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;

/**
 * Makes the ICMP errors of a router (RFC 792, RFC 1191, RFC 1812 section 4.3), and says when none
 * may be sent.
 *
 * <p>The number of errors is limited by a token bucket (RFC 1812 section 4.3.2.8): {@value #BURST}
 * at once, then one each {@value #INTERVAL_MILLIS} ms.
 */
public final class IcmpErrors {
  /** Destination unreachable. */
  public static final int UNREACHABLE = 3;

  /** Time exceeded. */
  public static final int TIME_EXCEEDED = 11;

  /** Code of {@link #UNREACHABLE}: no route. */
  public static final int CODE_NET = 0;

  /** Code of {@link #UNREACHABLE}: the host is not there. */
  public static final int CODE_HOST = 1;

  /** Code of {@link #UNREACHABLE}: nobody takes the protocol. */
  public static final int CODE_PROTOCOL = 2;

  /** Code of {@link #UNREACHABLE}: nobody takes the port. */
  public static final int CODE_PORT = 3;

  /** Code of {@link #UNREACHABLE}: larger than the next link takes, and must not be fragmented. */
  public static final int CODE_FRAGMENTATION_NEEDED = 4;

  /** Code of {@link #UNREACHABLE}: an access list denied it. */
  public static final int CODE_ADMINISTRATIVELY_PROHIBITED = 13;

  /**
   * The longest error, header included: all of the original that fits (RFC 1812 section 4.3.2.3).
   */
  public static final int MAX_LENGTH = 576;

  /** Errors that can be sent at once. */
  public static final int BURST = 20;

  /** Milliseconds until the next error may be sent after a burst. */
  public static final int INTERVAL_MILLIS = 10;

  private static final int HEADERS = Ipv4Fields.MIN_HEADER_LENGTH + 8;
  private static final long INTERVAL_NANOS = INTERVAL_MILLIS * 1_000_000L;

  private final byte[] buffer = new byte[MAX_LENGTH];
  private long emptyUntilNanos = Long.MIN_VALUE;
  private int identification;
  private long suppressed;

  /** Makes no errors yet, and may make a burst of them. */
  public IcmpErrors() {}

  /**
   * Makes an error about a packet.
   *
   * @param bytes the array that holds the packet
   * @param offset where its IPv4 header starts
   * @param source the address that the error comes from
   * @param type {@link #UNREACHABLE} or {@link #TIME_EXCEEDED}
   * @param code its code
   * @param nextHopMtu for {@link #CODE_FRAGMENTATION_NEEDED} the MTU of the next link (RFC 1191),
   *     else 0
   * @param nowNanos the time
   * @return the length of the error, which is then in {@link #buffer()}; 0 if none may be sent
   */
  public int make(
      byte[] bytes,
      int offset,
      Ipv4Address source,
      int type,
      int code,
      int nextHopMtu,
      long nowNanos) {
    if (!mayAnswer(bytes, offset) || !takeToken(nowNanos)) {
      suppressed++;
      return 0;
    }
    int quoted = Math.min(Ipv4Fields.totalLength(bytes, offset), MAX_LENGTH - HEADERS);
    int icmp = Ipv4Fields.MIN_HEADER_LENGTH;
    buffer[icmp] = (byte) type;
    buffer[icmp + 1] = (byte) code;
    BigEndian.putShort(buffer, icmp + 2, 0);
    BigEndian.putInt(buffer, icmp + 4, nextHopMtu & 0xffff);
    System.arraycopy(bytes, offset, buffer, HEADERS, quoted);
    BigEndian.putShort(buffer, icmp + 2, InternetChecksum.of(buffer, icmp, 8 + quoted));
    int length = HEADERS + quoted;
    Ipv4Fields.write(
        buffer,
        0,
        0xc0,
        length,
        identification++ & 0xffff,
        0,
        255,
        IpProtocol.ICMP,
        source.value(),
        Ipv4Fields.source(bytes, offset));
    return length;
  }

  /** The array in which {@link #make} leaves an error, from index 0 on. */
  public byte[] buffer() {
    return buffer;
  }

  /** How many errors were not sent, because the rules or the rate forbade it. */
  public long suppressed() {
    return suppressed;
  }

  /**
   * RFC 1812 section 4.3.2.7: never about an ICMP error, a later fragment, or a packet to or from
   * many.
   */
  private static boolean mayAnswer(byte[] bytes, int offset) {
    if (Ipv4Fields.fragmentOffset(bytes, offset) != 0) {
      return false;
    }
    Ipv4Address source = new Ipv4Address(Ipv4Fields.source(bytes, offset));
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(bytes, offset));
    if (source.isMulticast()
        || source.isUnspecified()
        || source.isLoopback()
        || source.equals(Ipv4Address.BROADCAST)
        || source.value() >>> 28 == 0xf
        || destination.isMulticast()
        || destination.equals(Ipv4Address.BROADCAST)) {
      return false;
    }
    if (Ipv4Fields.protocol(bytes, offset) != IpProtocol.ICMP) {
      return true;
    }
    int icmp = offset + Ipv4Fields.headerLength(bytes, offset);
    if (icmp >= offset + Ipv4Fields.totalLength(bytes, offset)) {
      return false;
    }
    int type = bytes[icmp] & 0xff;
    boolean query = type == 0 || type == 8 || (type >= 13 && type <= 18);
    return query;
  }

  private boolean takeToken(long nowNanos) {
    long full = nowNanos - BURST * INTERVAL_NANOS;
    long next = Math.max(emptyUntilNanos, full) + INTERVAL_NANOS;
    if (next > nowNanos) {
      return false;
    }
    emptyUntilNanos = next;
    return true;
  }
}
