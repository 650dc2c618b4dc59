package dev.zuido.tun.offload;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Header;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TcpHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Splits TCP super-packets into the segments for which they stand, as the kernel or a network card
 * would: each has the headers of the whole with its own sequence number, lengths, checksums and
 * IPv4 identification; FIN and PSH are on the last only, CWR (RFC 3168 section 6.1.2) is on the
 * first only.
 *
 * <p>Other packets pass as they are, their checksum finished if it was {@link
 * ChecksumState#PARTIAL}: so all that a device delivers can go this way. One object serves packet
 * after packet and allocates nothing.
 */
public final class TcpSegmenter {
  private static final int MAX_PACKET_BYTES = 0xffff;

  /** IP and TCP headers with all their options, but for extension headers. */
  private static final int USUAL_HEADER_BYTES = 128;

  private final TransportHeader transport = new TransportHeader();
  private byte[] bytes = new byte[0];

  /** Where the payload is, if it is not in the array; {@link #offset} 0 is there at a place. */
  private @Nullable ByteBuffer payloads;

  private int payloadsStart;

  /** For packets of buffers: the first bytes, and the rest where headers take more. */
  private byte[] beginning = new byte[0];

  private @Nullable PacketBatch source;
  private int sourceIndex;
  private int offset;
  private int end;
  private int gsoSize;
  private ChecksumState state = ChecksumState.UNKNOWN;

  /** The headers of each segment; 0 for a packet that is not split. */
  private int headerBytes;

  private int tcpOffset;
  private long addressSum;
  private int position;
  private int produced;
  private boolean loaded;

  /** Makes one that has nothing to split. */
  public TcpSegmenter() {}

  /**
   * Begins with a packet of a batch; its segments get what the batch knows of its arrival and its
   * next hop. The packet is read until the last segment has been taken: the batch stays as it is
   * until then, and is another than the one into which segments go.
   *
   * @return false, and there is nothing to take, if the packet cannot be split: a super-packet that
   *     is no well-formed TCP or of which the checksum was neither left out nor verified, or a
   *     packet whose unfinished checksum is that of no TCP or UDP packet
   */
  public boolean load(PacketBatch from, int index) {
    boolean usable =
        load(
            from.slab(),
            from.offset(index),
            from.length(index),
            from.gsoSize(index),
            from.checksumState(index));
    source = from;
    sourceIndex = index;
    return usable;
  }

  /**
   * Begins with a packet of an array, which stays as it is until the last segment has been taken.
   *
   * @param packetGsoSize the payload bytes of each segment, or 0 for a plain packet
   * @return false if it cannot be split, as {@link #load(PacketBatch, int)}
   */
  public boolean load(
      byte[] packet, int packetOffset, int length, int packetGsoSize, ChecksumState checksumState) {
    bytes = packet;
    payloads = null;
    source = null;
    offset = packetOffset;
    end = packetOffset + length;
    gsoSize = packetGsoSize;
    state = checksumState;
    headerBytes = 0;
    produced = 0;
    position = packetOffset;
    boolean plain = packetGsoSize == 0 && checksumState != ChecksumState.PARTIAL;
    loaded =
        plain
            || (transport.locate(packet, packetOffset, length)
                && transport.end() == end
                && (packetGsoSize == 0 || loadSuperPacket()));
    return loaded;
  }

  /**
   * Begins with a super-packet of a buffer, which stays as it is until the last segment has been
   * taken: the payload is copied once, into the segments.
   *
   * @param packetOffset where in the buffer the packet starts, whatever its position is
   * @param length up to 65535 bytes
   * @param packetGsoSize the payload bytes of each segment
   * @return false if it cannot be split, as {@link #load(PacketBatch, int)}
   * @throws IllegalArgumentException if the segments have no payload
   */
  public boolean load(
      ByteBuffer packet, int packetOffset, int length, int packetGsoSize, ChecksumState state) {
    if (packetGsoSize < 1 || length > MAX_PACKET_BYTES) {
      throw new IllegalArgumentException("not a super-packet");
    }
    if (beginning.length == 0) {
      beginning = new byte[MAX_PACKET_BYTES];
    }
    int copied = Math.min(length, USUAL_HEADER_BYTES);
    packet.get(packetOffset, beginning, 0, copied);
    boolean usable = load(beginning, 0, length, packetGsoSize, state);
    if (copied < length && (!usable || headerBytes > copied)) {
      // Extension headers of some length: what was looked at was not yet the packet.
      packet.get(packetOffset, beginning, 0, length);
      usable = load(beginning, 0, length, packetGsoSize, state);
    }
    payloads = packet;
    payloadsStart = packetOffset;
    return usable;
  }

  private boolean loadSuperPacket() {
    tcpOffset = transport.start();
    if (gsoSize < 0
        || state == ChecksumState.UNKNOWN
        || transport.protocol() != IpProtocol.TCP
        || transport.isRouted()
        || !TcpFields.isWellFormed(bytes, tcpOffset, end - tcpOffset)) {
      return false;
    }
    position = tcpOffset + TcpFields.headerLength(bytes, tcpOffset);
    headerBytes = position - offset;
    addressSum =
        isIpv4()
            ? InternetChecksum.sum(bytes, offset + 12, 8)
            : InternetChecksum.sum(bytes, offset + 8, 32);
    return position < end;
  }

  private boolean isIpv4() {
    return bytes[offset] >>> 4 == 4;
  }

  /** Forgets the packet: there is nothing to take any more. */
  public void clear() {
    loaded = false;
    source = null;
    payloads = null;
  }

  /** Whether there is a segment to be taken. */
  public boolean hasNext() {
    return loaded && position < end;
  }

  /** The length of the longest segment that is still to be taken, 0 if there is none. */
  public int segmentBytes() {
    if (!hasNext()) {
      return 0;
    }
    int payload = end - position;
    return headerBytes + (headerBytes == 0 ? payload : Math.min(payload, gsoSize));
  }

  /**
   * Adds the next segment to a batch.
   *
   * @return its index there
   * @throws IllegalStateException if there is none, or the batch is full
   * @throws IllegalArgumentException if {@link #segmentBytes()} is more than a slot takes; the
   *     segment is still to be taken then
   */
  public int next(PacketBatch into) {
    if (!hasNext()) {
      throw new IllegalStateException("there is no segment");
    }
    int length = segmentBytes();
    int index = into.addUninitialized(length);
    byte[] slab = into.slab();
    int start = into.offset(index);
    if (headerBytes == 0) {
      System.arraycopy(bytes, offset, slab, start, length);
      into.setChecksumState(index, state);
      if (state == ChecksumState.PARTIAL) {
        int header = start + transport.start() - offset;
        PartialChecksum.complete(slab, header, start + length, header + transport.checksumOffset());
        into.setChecksumState(index, ChecksumState.VERIFIED);
      }
      position = end;
    } else {
      writeSegment(slab, start, length - headerBytes);
      into.setChecksumState(index, ChecksumState.VERIFIED);
    }
    if (source != null) {
      into.setEcn(index, source.ecn(sourceIndex));
      into.setArrivalNanos(index, source.arrivalNanos(sourceIndex));
      into.setIngress(index, source.ingress(sourceIndex));
      into.setNextHop(index, source.nextHop(sourceIndex));
    }
    return index;
  }

  private void writeSegment(byte[] slab, int start, int payload) {
    System.arraycopy(bytes, offset, slab, start, headerBytes);
    if (payloads != null) {
      payloads.get(payloadsStart + position, slab, start + headerBytes, payload);
    } else {
      System.arraycopy(bytes, position, slab, start + headerBytes, payload);
    }
    int tcp = start + tcpOffset - offset;
    int sequence = BigEndian.getInt(bytes, tcpOffset + 4) + position - (offset + headerBytes);
    BigEndian.putInt(slab, tcp + 4, sequence);
    int flags = TcpFields.flags(bytes, tcpOffset);
    if (position + payload < end) {
      flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
    }
    if (produced > 0) {
      flags &= ~TcpHeader.CWR;
    }
    slab[tcp + 13] = (byte) flags;
    int segmentBytes = start + headerBytes + payload - tcp;
    TcpFields.setChecksum(slab, tcp, 0);
    TcpFields.setChecksum(
        slab,
        tcp,
        InternetChecksum.finish(
            addressSum
                + IpProtocol.TCP
                + segmentBytes
                + InternetChecksum.sum(slab, tcp, segmentBytes)));
    if (isIpv4()) {
      int identification = Ipv4Fields.identification(bytes, offset) + produced;
      BigEndian.putShort(slab, start + 4, identification);
      Ipv4Fields.setTotalLength(slab, start, headerBytes + payload);
    } else {
      BigEndian.putShort(slab, start + 4, headerBytes + payload - Ipv6Header.LENGTH);
    }
    position += payload;
    produced++;
  }
}
