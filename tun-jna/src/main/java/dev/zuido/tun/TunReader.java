package dev.zuido.tun;

import dev.zuido.tun.TunOptions.Offload;
import dev.zuido.tun.offload.PartialChecksum;
import dev.zuido.tun.offload.TcpSegmenter;
import dev.zuido.tun.offload.TransportHeader;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.tun.system.Posix;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;

/** Receives from a TUN device; one thread at a time, and whoever reads the counters. */
final class TunReader {
  private static final int PACKET_BYTES = 1 << 16;

  private final Descriptor descriptor;
  private final String name;
  private final Offload offload;
  private final int headerBytes;
  private final NativeBuffer received;
  private final TransportHeader transport = new TransportHeader();
  private final TcpSegmenter segmenter = new TcpSegmenter();

  private long packets;
  private long bytes;
  private long drops;

  TunReader(Descriptor descriptor, String name, Offload offload) {
    this.descriptor = descriptor;
    this.name = name;
    this.offload = offload;
    headerBytes = offload == Offload.NONE ? 0 : VirtioHeader.BYTES;
    received = NativeBuffer.uninitialized(headerBytes + PACKET_BYTES);
  }

  synchronized int receive(PacketBatch into) {
    if (!descriptor.enter()) {
      return 0;
    }
    try {
      int before = into.size();
      while (!into.isFull()) {
        if (segmenter.hasNext()) {
          takeSegment(into);
          continue;
        }
        int length =
            (int) Posix.read(descriptor.number(), received.address(), received.size())
                - headerBytes;
        if (length < 0) {
          if (nothingLeft(Linux.errno())) {
            break;
          }
        } else if (headerBytes == 0) {
          take(into, length);
        } else {
          takeWithHeader(into, length);
        }
      }
      return into.size() - before;
    } finally {
      descriptor.leave();
    }
  }

  private boolean nothingLeft(int errno) {
    return switch (Errno.of(errno)) {
      case EAGAIN -> true;
      case EINTR -> false;
      default ->
          throw new OperatingSystemException(
              "receive from " + name, errno, "The interface was deleted: open it again.");
    };
  }

  /** Adds the packet behind the header; -1 if it is dropped. */
  private int take(PacketBatch into, int length) {
    if (length > into.maxPacketBytes(0)) {
      drops++;
      return -1;
    }
    int index = into.addUninitialized(length);
    received.get(headerBytes, into.slab(), into.offset(index), length);
    packets++;
    bytes += length;
    return index;
  }

  private void takeWithHeader(PacketBatch into, int length) {
    boolean partial = (VirtioHeader.flags(received) & VirtioHeader.NEEDS_CHECKSUM) != 0;
    int gsoSize =
        switch (VirtioHeader.gsoType(received)) {
          case VirtioHeader.GSO_NONE -> 0;
          case VirtioHeader.GSO_TCPV4, VirtioHeader.GSO_TCPV6 -> VirtioHeader.gsoSize(received);
          // No other segmentation was asked for.
          default -> -1;
        };
    int start = VirtioHeader.checksumStart(received);
    int field = start + VirtioHeader.checksumOffset(received);
    if (gsoSize < 0 || (partial && field + 2 > length)) {
      drops++;
    } else if (gsoSize > 0 && offload == Offload.SEGMENTED) {
      if (!segmenter.load(received.view(), headerBytes, length, gsoSize, ChecksumState.PARTIAL)) {
        drops++;
      }
    } else {
      int index = take(into, length);
      if (index >= 0) {
        into.setGsoSize(index, gsoSize);
        describeChecksum(into, index, partial, start, field);
      }
    }
  }

  private void describeChecksum(
      PacketBatch into, int index, boolean partial, int start, int field) {
    if (!partial) {
      boolean valid = (VirtioHeader.flags(received) & VirtioHeader.CHECKSUM_VALID) != 0;
      into.setChecksumState(index, valid ? ChecksumState.VERIFIED : ChecksumState.UNKNOWN);
      return;
    }
    byte[] slab = into.slab();
    int offset = into.offset(index);
    int length = into.length(index);
    // Whoever finishes it later has to find it by the packet alone.
    boolean found =
        offload == Offload.SUPER_PACKETS
            && transport.locate(slab, offset, length)
            && transport.start() == offset + start
            && transport.start() + transport.checksumOffset() == offset + field;
    if (found) {
      into.setChecksumState(index, ChecksumState.PARTIAL);
    } else {
      PartialChecksum.complete(slab, offset + start, offset + length, offset + field);
      into.setChecksumState(index, ChecksumState.VERIFIED);
    }
  }

  /** Whether something is there that the descriptor does not know of. */
  synchronized boolean hasSegments() {
    return segmenter.hasNext();
  }

  private void takeSegment(PacketBatch into) {
    int length = segmenter.segmentBytes();
    if (length > into.maxPacketBytes(0)) {
      // The others are as long.
      segmenter.clear();
      drops++;
      return;
    }
    segmenter.next(into);
    packets++;
    bytes += length;
  }

  synchronized long packets() {
    return packets;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long drops() {
    return drops;
  }
}
