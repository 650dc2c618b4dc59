package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/**
 * The usual case in one go: a tunnel over IPv4 without optional fields, with IPv4 inside. Whatever
 * is unusual about a packet is left to {@link GreEncapsulator} and {@link GreDecapsulator}, with
 * the packet and the batch as they were.
 *
 * <p>The 24 bytes of outer headers are three words of eight bytes:
 *
 * <pre>
 *   | version, type of service, total length, identification, flags and fragment offset |
 *   | time to live, protocol, checksum, source                                          |
 *   | destination, GRE flags and version, protocol type                                 |
 * </pre>
 */
final class PlainIpv4Path {
  private static final int HEADERS = Ipv4Fields.MIN_HEADER_LENGTH + GreFields.MIN_HEADER_LENGTH;
  private static final int VERSION_4_WORD = 0x4500;
  private static final long LOW_INT = 0xffff_ffffL;

  // Version, header length, ECN, fragmentation; protocol and source.
  private static final long FIRST_MASK = 0xff03_0000_0000_3fffL;
  private static final long FIRST = 0x4500_0000_0000_0000L;
  private static final long SECOND_MASK = 0x00ff_0000_ffff_ffffL;

  private final boolean takesDscp;
  private final int local;
  private final int remote;
  private final int tosMask;
  private final int tosBits;
  private final int fragmentMask;
  private final int fragmentBits;
  private final long sentSecond;
  private final long sentThird;
  private final long sentSum;
  private final long receivedSecond;
  private final long receivedThird;

  private PlainIpv4Path(GreTunnelConfig config) {
    this.takesDscp = config.dscp() == GreTunnelConfig.ReceivedDscp.OUTER;
    this.local = word(config.local());
    this.remote = word(config.remote());
    this.tosMask = OuterTos.mask(config.tosPolicy());
    this.tosBits = OuterTos.bits(config.tosPolicy());
    GreTunnelConfig.DfPolicy df = config.dfPolicy();
    this.fragmentMask = df == GreTunnelConfig.DfPolicy.COPY ? Ipv4Fields.DONT_FRAGMENT : 0;
    this.fragmentBits = df == GreTunnelConfig.DfPolicy.SET ? Ipv4Fields.DONT_FRAGMENT : 0;
    int ttlAndProtocol = config.ttl() << 8 | IpProtocol.GRE;
    this.sentSecond = (long) ttlAndProtocol << 48 | (local & LOW_INT);
    this.sentThird = (long) remote << 32 | GreProtocolType.IPV4;
    this.sentSum = ttlAndProtocol + (local & LOW_INT) + (remote & LOW_INT);
    this.receivedSecond = (long) IpProtocol.GRE << 48 | (remote & LOW_INT);
    this.receivedThird = (long) local << 32 | GreProtocolType.IPV4;
  }

  /** The path of a tunnel, or null for one that needs more. */
  static @Nullable PlainIpv4Path of(GreTunnelConfig config) {
    boolean plain =
        config.isOverIpv4()
            && config.flags() == 0
            && config.udp() == null
            && config.payload() == GreTunnelConfig.Payload.IP;
    return plain ? new PlainIpv4Path(config) : null;
  }

  private static int word(IpAddress address) {
    return address instanceof Ipv4Address v4 ? v4.value() : 0;
  }

  /** Whether the first word of an IPv4 header says what can be. */
  private static boolean isIpv4(int word, int available) {
    int total = word & 0xffff;
    int header = word >>> 22 & 0x3c;
    return word >>> 28 == 4
        && header >= Ipv4Fields.MIN_HEADER_LENGTH
        && total >= header
        && total <= available;
  }

  /** Encapsulates a packet; false if it is an unusual one. */
  boolean prepend(PacketBatch batch, int index, int identification, int mtu) {
    byte[] slab = batch.slab();
    int inner = batch.offset(index);
    int available = batch.length(index);
    if (available < Ipv4Fields.MIN_HEADER_LENGTH || batch.headroom(index) < HEADERS) {
      return false;
    }
    int innerWord = BigEndian.getInt(slab, inner);
    int length = (innerWord & 0xffff) + HEADERS;
    PacketBatch.ChecksumState state = batch.checksumState(index);
    if (!isIpv4(innerWord, available)
        || length > mtu
        || BigEndian.getInt(slab, inner + 16) == remote
        || batch.gsoSize(index) != 0
        || state == PacketBatch.ChecksumState.PARTIAL) {
      return false;
    }
    int tos = (innerWord >>> 16 & tosMask) | tosBits;
    int fragment = (BigEndian.getUnsignedShort(slab, inner + 6) & fragmentMask) | fragmentBits;
    long first =
        (long) (VERSION_4_WORD | tos) << 48
            | (long) length << 32
            | (long) identification << 16
            | fragment;
    int checksum = InternetChecksum.finish(sentSum + (first >>> 32) + (first & LOW_INT));
    int outer = inner - HEADERS;
    BigEndian.putLong(slab, outer, first);
    BigEndian.putLong(slab, outer + 8, sentSecond | (long) checksum << 32);
    BigEndian.putLong(slab, outer + 16, sentThird);
    batch.setBounds(index, outer, length);
    if (state != PacketBatch.ChecksumState.UNKNOWN) {
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    }
    return true;
  }

  /** Decapsulates a packet; false if it is an unusual one, or wrong. */
  boolean strip(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int outer = batch.offset(index);
    int available = batch.length(index);
    if (available < HEADERS + Ipv4Fields.MIN_HEADER_LENGTH || takesDscp) {
      return false;
    }
    long first = BigEndian.getLong(slab, outer);
    long second = BigEndian.getLong(slab, outer + 8);
    long third = BigEndian.getLong(slab, outer + 16);
    long sum =
        (first >>> 32) + (first & LOW_INT) + (second >>> 32) + (second & LOW_INT) + (third >>> 32);
    int outerTotal = (int) (first >>> 32) & 0xffff;
    int inner = outer + HEADERS;
    int innerWord = BigEndian.getInt(slab, inner);
    if ((first & FIRST_MASK) != FIRST
        || (second & SECOND_MASK) != receivedSecond
        || third != receivedThird
        || outerTotal > available
        || !isIpv4(innerWord, outerTotal - HEADERS)
        || BigEndian.getInt(slab, inner + 16) == remote
        || InternetChecksum.finish(sum) != 0) {
      return false;
    }
    batch.setEcn(index, 0);
    batch.setBounds(index, inner, innerWord & 0xffff);
    if (batch.checksumState(index) != PacketBatch.ChecksumState.UNKNOWN) {
      batch.setChecksumState(index, PacketBatch.ChecksumState.UNKNOWN);
    }
    return true;
  }
}
