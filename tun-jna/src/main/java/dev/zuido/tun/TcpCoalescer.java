package dev.zuido.tun;

import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Header;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TcpHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the TCP segments of a batch that the host may as well get as one super-packet, and writes
 * such a one: the reverse of {@link dev.zuido.tun.offload.TcpSegmenter}, by the rules of the
 * kernel's own receive offload.
 *
 * <p>The segments of a chain belong to one flow, follow each other in it without a gap, have equal
 * payload lengths (the last may have less) and equal headers, but for the sequence number, PSH on
 * the last, the checksums, the lengths, and the IPv4 identification, which counts upwards or, with
 * DF, stays. Each has a right checksum, which the super-packet's unfinished one would hide. A
 * packet of the flow that does not continue the chain ends it, so that the order within a flow is
 * kept. Several flows may be mixed.
 */
final class TcpCoalescer {
  private static final int FLOWS = 8;
  private static final int MAX_PACKET_BYTES = 0xffff;
  private static final int NONE = -1;
  private static final int JOINED = -2;
  private static final int TCP_CHECKSUM = 16;

  /** The largest IPv6 and TCP headers that are joined. */
  private static final int MAX_HEADER_BYTES = Ipv6Header.LENGTH + 60;

  private final Flow[] flows = new Flow[FLOWS];
  private int flowCount;
  private int oldest;

  /** The packets behind a packet in its chain, {@link #NONE} at the end. */
  private int[] following = new int[0];

  /** Of the first packet of a chain, how many it has; {@link #JOINED} of the others. */
  private int[] counts = new int[0];

  private final byte[] header = new byte[MAX_HEADER_BYTES];

  /** The packet that is looked at. */
  private byte[] slab = new byte[0];

  private int ip;
  private int end;
  private int tcp;
  private int payload;

  /** What may still be continued. */
  private static final class Flow {
    private int hash;
    private int first;
    private int last;
    private int firstIp;
    private int firstTcp;
    private int segmentBytes;
    private int totalBytes;
    private int nextSequence;
    private boolean firstVerified;
    private boolean identificationStays;
    private boolean open;
  }

  TcpCoalescer() {
    Arrays.setAll(flows, i -> new Flow());
  }

  /**
   * Looks at a batch, which stays as it is until its packets are written.
   *
   * @param longest packets that are longer than this stay alone
   */
  void plan(PacketBatch batch, int longest) {
    int size = batch.size();
    if (size > counts.length) {
      following = new int[batch.capacity()];
      counts = new int[batch.capacity()];
    }
    Arrays.fill(following, 0, size, NONE);
    Arrays.fill(counts, 0, size, 1);
    endAll();
    slab = batch.slab();
    for (int i = 0; i < size; i++) {
      if (batch.passes(i)) {
        plan(batch, i, longest);
      }
    }
  }

  /** How many packets leave with this one, which is the first of them. */
  int packets(int index) {
    return counts[index];
  }

  /** Whether the packet leaves with one before it. */
  boolean isJoined(int index) {
    return counts[index] == JOINED;
  }

  /** The bytes of the packets that leave with this one. */
  int bytes(PacketBatch batch, int first) {
    int bytes = 0;
    for (int i = first; i != NONE; i = following[i]) {
      bytes += batch.length(i);
    }
    return bytes;
  }

  private void endAll() {
    flowCount = 0;
    oldest = 0;
  }

  private void plan(PacketBatch batch, int index, int longest) {
    if (!isTcp(batch.offset(index), batch.length(index))) {
      return;
    }
    int hash = flowHash();
    Flow flow = find(hash);
    boolean whole =
        batch.gsoSize(index) == 0
            && batch.checksumState(index) != PacketBatch.ChecksumState.PARTIAL
            && payload > 0
            && end - ip <= longest
            && (BigEndian.getUnsignedShort(slab, tcp + 12) & 0xfff & ~TcpHeader.PSH)
                == TcpHeader.ACK;
    boolean last = (slab[tcp + 13] & TcpHeader.PSH) != 0;
    if (flow != null && whole && continues(flow)) {
      if (!flow.firstVerified) {
        flow.firstVerified = isVerified(batch, flow.first, flow.firstIp, flow.firstTcp);
      }
      if (!isVerified(batch, index, ip, tcp)) {
        flow.open = false;
        return;
      }
      if (flow.firstVerified) {
        join(flow, index, last);
        return;
      }
    }
    if (flow != null) {
      flow.open = false;
    }
    if (whole && !last) {
      begin(flow == null ? vacant() : flow, hash, index);
    }
  }

  /**
   * Looks for the header of a TCP packet without options or extension headers. Where others could
   * be in its way, which are not understood here, nothing is continued over it.
   */
  private boolean isTcp(int offset, int length) {
    ip = offset;
    end = offset + length;
    boolean found =
        length >= Ipv4Fields.MIN_HEADER_LENGTH + TcpHeader.MIN_LENGTH
            && switch (slab[offset] >>> 4 & 0xf) {
              case 4 -> isTcpOverIpv4(length);
              case 6 -> isTcpOverIpv6(length);
              default -> false;
            };
    if (!found) {
      return false;
    }
    int headerBytes = (slab[tcp + 12] & 0xf0) >>> 2;
    payload = end - tcp - headerBytes;
    return headerBytes >= TcpHeader.MIN_LENGTH && payload >= 0;
  }

  private boolean isTcpOverIpv4(int length) {
    if (slab[ip + 9] != IpProtocol.TCP) {
      return false;
    }
    tcp = ip + Ipv4Fields.MIN_HEADER_LENGTH;
    boolean plain =
        slab[ip] == 0x45
            && BigEndian.getUnsignedShort(slab, ip + 2) == length
            && (BigEndian.getUnsignedShort(slab, ip + 6) & 0xbfff) == 0
            // A wrong one, too, would be hidden by that of the super-packet.
            && InternetChecksum.of(slab, ip, Ipv4Fields.MIN_HEADER_LENGTH) == 0;
    if (!plain) {
      endAll();
    }
    return plain;
  }

  private boolean isTcpOverIpv6(int length) {
    int nextHeader = slab[ip + 6] & 0xff;
    if (nextHeader == IpProtocol.UDP || nextHeader == IpProtocol.ICMPV6) {
      return false;
    }
    tcp = ip + Ipv6Header.LENGTH;
    boolean plain =
        nextHeader == IpProtocol.TCP
            && BigEndian.getUnsignedShort(slab, ip + 4) == length - Ipv6Header.LENGTH
            && Ipv6Header.LENGTH + TcpHeader.MIN_LENGTH <= length;
    if (!plain) {
      endAll();
    }
    return plain;
  }

  private boolean isIpv4(int offset) {
    return slab[offset] >>> 4 == 4;
  }

  private int flowHash() {
    int hash = BigEndian.getInt(slab, tcp);
    if (isIpv4(ip)) {
      return (hash * 31 + BigEndian.getInt(slab, ip + 12)) * 31 + BigEndian.getInt(slab, ip + 16);
    }
    long addresses =
        (BigEndian.getLong(slab, ip + 8) * 31 + BigEndian.getLong(slab, ip + 16)) * 31
            + BigEndian.getLong(slab, ip + 24) * 17
            + BigEndian.getLong(slab, ip + 32);
    return hash * 31 + Long.hashCode(addresses);
  }

  private @Nullable Flow find(int hash) {
    for (int i = 0; i < flowCount; i++) {
      Flow flow = flows[i];
      if (flow.open && flow.hash == hash && isOf(flow)) {
        return flow;
      }
    }
    return null;
  }

  private boolean isOf(Flow flow) {
    int other = flow.firstIp;
    return slab[ip] >>> 4 == slab[other] >>> 4
        && BigEndian.getInt(slab, tcp) == BigEndian.getInt(slab, flow.firstTcp)
        && (isIpv4(ip)
            ? BigEndian.getLong(slab, ip + 12) == BigEndian.getLong(slab, other + 12)
            : Arrays.equals(slab, ip + 8, ip + 40, slab, other + 8, other + 40));
  }

  /** A place for a new flow; if there is none, that of the one that began first. */
  private Flow vacant() {
    for (int i = 0; i < flowCount; i++) {
      if (!flows[i].open) {
        return flows[i];
      }
    }
    if (flowCount < FLOWS) {
      return flows[flowCount++];
    }
    Flow flow = flows[oldest];
    oldest = (oldest + 1) % FLOWS;
    return flow;
  }

  private void begin(Flow flow, int hash, int index) {
    flow.hash = hash;
    flow.first = index;
    flow.last = index;
    flow.firstIp = ip;
    flow.firstTcp = tcp;
    flow.segmentBytes = payload;
    flow.totalBytes = end - ip;
    flow.nextSequence = BigEndian.getInt(slab, tcp + 4) + payload;
    flow.firstVerified = false;
    flow.identificationStays = false;
    flow.open = true;
  }

  /** Whether the packet can be the next of a chain, checksums aside. */
  private boolean continues(Flow flow) {
    return payload <= flow.segmentBytes
        && flow.totalBytes + payload <= MAX_PACKET_BYTES
        && BigEndian.getInt(slab, tcp + 4) == flow.nextSequence
        && sameIpHeader(flow)
        && sameTcpHeader(flow.firstTcp);
  }

  private boolean sameIpHeader(Flow flow) {
    int other = flow.firstIp;
    if (!isIpv4(ip)) {
      // Traffic class and flow label; the hop limit.
      return BigEndian.getInt(slab, ip) == BigEndian.getInt(slab, other)
          && slab[ip + 7] == slab[other + 7];
    }
    return slab[ip + 1] == slab[other + 1]
        && slab[ip + 8] == slab[other + 8]
        && BigEndian.getUnsignedShort(slab, ip + 6) == BigEndian.getUnsignedShort(slab, other + 6)
        && sameIdentification(flow);
  }

  private boolean sameIdentification(Flow flow) {
    int count = counts[flow.first];
    int first = Ipv4Fields.identification(slab, flow.firstIp);
    int here = Ipv4Fields.identification(slab, ip);
    if (count == 1) {
      boolean dontFragment = slab[ip + 6] != 0;
      flow.identificationStays = dontFragment && here == first;
    }
    return here == (flow.identificationStays ? first : first + count & 0xffff);
  }

  /** Acknowledgement, length, window, urgent pointer and options. */
  private boolean sameTcpHeader(int other) {
    int headerBytes = end - tcp - payload;
    return BigEndian.getInt(slab, tcp + 8) == BigEndian.getInt(slab, other + 8)
        && slab[tcp + 12] == slab[other + 12]
        && BigEndian.getUnsignedShort(slab, tcp + 14)
            == BigEndian.getUnsignedShort(slab, other + 14)
        && BigEndian.getUnsignedShort(slab, tcp + 18)
            == BigEndian.getUnsignedShort(slab, other + 18)
        && Arrays.equals(slab, tcp + 20, tcp + headerBytes, slab, other + 20, other + headerBytes);
  }

  private boolean isVerified(PacketBatch batch, int index, int packet, int transport) {
    if (batch.checksumState(index) == PacketBatch.ChecksumState.VERIFIED) {
      return true;
    }
    int bytes = packet + batch.length(index) - transport;
    long sum = pseudoHeaderSum(packet, bytes) + InternetChecksum.sum(slab, transport, bytes);
    return InternetChecksum.finish(sum) == 0;
  }

  private long pseudoHeaderSum(int packet, int bytes) {
    long addresses =
        isIpv4(packet)
            ? InternetChecksum.sum(slab, packet + 12, 8)
            : InternetChecksum.sum(slab, packet + 8, 32);
    return addresses + IpProtocol.TCP + bytes;
  }

  private void join(Flow flow, int index, boolean last) {
    following[flow.last] = index;
    flow.last = index;
    counts[flow.first]++;
    counts[index] = JOINED;
    flow.totalBytes += payload;
    flow.nextSequence += payload;
    flow.open = !last && payload == flow.segmentBytes;
  }

  /**
   * Writes a super-packet with its virtio header.
   *
   * @param first a packet with which others leave
   * @return the length of the super-packet, without the virtio header
   */
  int write(PacketBatch batch, int first, NativeBuffer target) {
    int packet = batch.offset(first);
    boolean ipv4 = isIpv4(packet);
    int ipBytes = ipv4 ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv6Header.LENGTH;
    int headerBytes = ipBytes + ((slab[packet + ipBytes + 12] & 0xf0) >>> 2);
    int length = headerBytes;
    int last = first;
    for (int i = first; i != NONE; i = following[i]) {
      int bytes = batch.length(i) - headerBytes;
      target.put(VirtioHeader.BYTES + length, slab, batch.offset(i) + headerBytes, bytes);
      length += bytes;
      last = i;
    }
    System.arraycopy(slab, packet, header, 0, headerBytes);
    // PSH is on the last segment, if at all.
    header[ipBytes + 13] = slab[batch.offset(last) + ipBytes + 13];
    int sum = ~InternetChecksum.finish(pseudoHeaderSum(packet, length - ipBytes));
    BigEndian.putShort(header, ipBytes + TCP_CHECKSUM, sum);
    if (ipv4) {
      Ipv4Fields.setTotalLength(header, 0, length);
    } else {
      BigEndian.putShort(header, 4, length - ipBytes);
    }
    target.put(VirtioHeader.BYTES, header, 0, headerBytes);
    VirtioHeader.writeSuperPacket(
        target,
        ipv4 ? VirtioHeader.GSO_TCPV4 : VirtioHeader.GSO_TCPV6,
        headerBytes,
        batch.length(first) - headerBytes,
        ipBytes);
    return length;
  }
}
