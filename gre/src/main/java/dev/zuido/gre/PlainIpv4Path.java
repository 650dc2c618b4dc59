package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
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
  private static final int VERSION_4_BYTE = 0x45;
  private static final int VERSION_4_WORD = VERSION_4_BYTE << 8;
  private static final long LOW_INT = 0xffff_ffffL;

  // Version, header length, ECN, fragmentation; protocol and source.
  private static final long FIRST_MASK = 0xff03_0000_0000_3fffL;
  private static final long FIRST = 0x4500_0000_0000_0000L;
  private static final long SECOND_MASK = 0x00ff_0000_ffff_ffffL;

  // Time to live and protocol, checksum.
  private static final long CHANGING = 0xffff_ffff_0000_0000L;

  private final int local;
  private final int remote;
  private final int tosMask;
  private final int tosBits;
  private final int fragmentMask;
  private final int fragmentBits;
  private final long sentSecond;
  private final long sentThird;
  private final int sentSum;
  private final long receivedSecond;
  private final long receivedThird;

  /** Of what the masks leave no choice about. */
  private final int receivedSum;

  private PlainIpv4Path(GreTunnelConfig config) {
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
    this.sentSum = sum(sentSecond) + sum(remote & LOW_INT);
    this.receivedSecond = (long) IpProtocol.GRE << 48 | (remote & LOW_INT);
    this.receivedThird = (long) local << 32 | GreProtocolType.IPV4;
    this.receivedSum = sum((long) local << 32 | (remote & LOW_INT));
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

  /**
   * Whether a header's first word is that of IPv4 without options, and of no more than there is.
   */
  private static boolean isIpv4(int word, int available) {
    int total = word & 0xffff;
    return word >>> 24 == VERSION_4_BYTE
        && total >= Ipv4Fields.MIN_HEADER_LENGTH
        && total <= available;
  }

  /** The sum of four 16-bit words. */
  private static int sum(long words) {
    return (int) ((words >>> 48) + (words >>> 32 & 0xffff) + (words >>> 16 & 0xffff))
        + (int) (words & 0xffff);
  }

  /** Folds a sum of up to 65 536 16-bit words; the checksum is its complement. */
  private static int fold(int sum) {
    int folded = (sum & 0xffff) + (sum >>> 16);
    return (folded + (folded >>> 16)) & 0xffff;
  }

  /**
   * Encapsulates the packets of a batch from one index up to another, and says in each one's
   * verdict what became of it. The loop stands here, in one method with all that is done for a
   * usual packet, since it is compiled as one then.
   *
   * @param identification of packet 0
   * @param rest does what is unusual
   * @return how many were encapsulated
   */
  int prepend(
      PacketBatch batch, int from, int to, int identification, int mtu, GreEncapsulator rest) {
    byte[] slab = batch.slab();
    int done = 0;
    for (int i = from; i < to; i++) {
      if (!batch.passes(i)) {
        continue;
      }
      int inner = batch.offset(i);
      int available = batch.length(i);
      if (available >= Ipv4Fields.MIN_HEADER_LENGTH
          && batch.headroom(i) >= HEADERS
          && batch.isWhole(i)) {
        long innerFirst = BigEndian.getLong(slab, inner);
        int innerWord = (int) (innerFirst >>> 32);
        int length = (innerWord & 0xffff) + HEADERS;
        if (isIpv4(innerWord, available)
            && length <= mtu
            && BigEndian.getInt(slab, inner + 16) != remote) {
          int word = (VERSION_4_WORD | (innerWord >>> 16 & tosMask) | tosBits) << 16 | length;
          int fragment = ((int) innerFirst & fragmentMask) | fragmentBits;
          long first = (long) word << 32 | (identification + i & 0xffffL) << 16 | fragment;
          long checksum = ~fold(sentSum + sum(first)) & 0xffff;
          int outer = inner - HEADERS;
          BigEndian.putLong(slab, outer, first);
          BigEndian.putLong(slab, outer + 8, sentSecond | checksum << 32);
          BigEndian.putLong(slab, outer + 16, sentThird);
          batch.replace(i, outer, length, GreVerdict.ENCAPSULATED);
          done++;
          continue;
        }
      }
      if (rest.prependOne(batch, i, identification + i & 0xffff, mtu)) {
        done++;
      }
    }
    return done;
  }

  /**
   * Decapsulates the packets of a batch from one index up to another, and says in each one's
   * verdict what became of it.
   *
   * @param rest does what is unusual or wrong
   * @return how many were decapsulated
   */
  int strip(PacketBatch batch, int from, int to, GreDecapsulator rest) {
    byte[] slab = batch.slab();
    int done = 0;
    for (int i = from; i < to; i++) {
      if (!batch.passes(i)) {
        continue;
      }
      int outer = batch.offset(i);
      int available = batch.length(i);
      if (available >= HEADERS + Ipv4Fields.MIN_HEADER_LENGTH) {
        long first = BigEndian.getLong(slab, outer);
        long second = BigEndian.getLong(slab, outer + 8);
        int total = (int) (first >>> 32) & 0xffff;
        int inner = outer + HEADERS;
        int innerWord = BigEndian.getInt(slab, inner);
        if ((first & FIRST_MASK) == FIRST
            && (second & SECOND_MASK) == receivedSecond
            && BigEndian.getLong(slab, outer + 16) == receivedThird
            && total <= available
            && isIpv4(innerWord, total - HEADERS)
            && BigEndian.getInt(slab, inner + 16) != remote
            && fold(receivedSum + sum(first) + sum(second & CHANGING)) == 0xffff) {
          // Its outer header had no ECN bit.
          batch.setEcn(i, 0);
          batch.replace(i, inner, innerWord & 0xffff, GreVerdict.DECAPSULATED);
          done++;
          continue;
        }
      }
      if (rest.stripOne(batch, i)) {
        done++;
      }
    }
    return done;
  }
}
