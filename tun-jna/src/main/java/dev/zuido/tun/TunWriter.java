package dev.zuido.tun;

import dev.zuido.tun.offload.TcpSegmenter;
import dev.zuido.tun.offload.TransportHeader;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.tun.system.Posix;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import org.jspecify.annotations.Nullable;

/** Sends through a TUN device; one thread at a time, and whoever reads the counters. */
final class TunWriter {
  private static final int PACKET_BYTES = 1 << 16;

  private final Descriptor descriptor;
  private final TunInterface link;
  private final int headerBytes;
  private final NativeBuffer sent;
  private final TransportHeader transport = new TransportHeader();
  private final TcpSegmenter segmenter = new TcpSegmenter();
  private @Nullable PacketBatch segment;

  /** Joins segments, where the host takes super-packets. */
  private final @Nullable TcpCoalescer coalescer;

  private long packets;
  private long bytes;
  private long drops;

  TunWriter(Descriptor descriptor, TunInterface link, TunOptions options) {
    this.descriptor = descriptor;
    this.link = link;
    headerBytes = options.vnetHeader() ? VirtioHeader.BYTES : 0;
    coalescer = options.vnetHeader() && options.coalescing() ? new TcpCoalescer() : null;
    sent = NativeBuffer.uninitialized(headerBytes + PACKET_BYTES);
  }

  synchronized int send(PacketBatch from) {
    boolean open = descriptor.enter();
    try {
      if (!open) {
        refuse(from);
        return 0;
      }
      long before = packets;
      TcpCoalescer joining = coalescer;
      if (joining != null) {
        joining.plan(from, link.mtu());
      }
      for (int i = 0; i < from.size(); i++) {
        if (!from.passes(i) || (joining != null && joining.isJoined(i))) {
          continue;
        }
        if (joining != null && joining.packets(i) > 1) {
          sendJoined(from, i, joining);
        } else if (send(from, i)) {
          packets++;
          bytes += from.length(i);
        } else {
          drops++;
        }
      }
      return (int) (packets - before);
    } finally {
      if (open) {
        descriptor.leave();
      }
    }
  }

  private void refuse(PacketBatch from) {
    for (int i = 0; i < from.size(); i++) {
      drops += from.passes(i) ? 1 : 0;
    }
  }

  /** Sends a packet with those that follow it in its flow. */
  private void sendJoined(PacketBatch from, int first, TcpCoalescer joining) {
    int count = joining.packets(first);
    if (write(joining.write(from, first, sent))) {
      packets += count;
      bytes += joining.bytes(from, first);
    } else {
      drops += count;
    }
  }

  private boolean send(PacketBatch from, int index) {
    int length = from.length(index);
    if (length == 0 || length >= PACKET_BYTES) {
      return false;
    }
    if (headerBytes != 0) {
      return VirtioHeader.write(sent, from, index, transport, link.mtu()) && write(from, index);
    }
    boolean plain = from.gsoSize(index) == 0 && from.checksumState(index) != ChecksumState.PARTIAL;
    return plain ? write(from, index) : sendInSegments(from, index);
  }

  /** For an interface whose host does neither segmentation nor checksums. */
  private boolean sendInSegments(PacketBatch from, int index) {
    PacketBatch one = segment;
    if (one == null) {
      one = new PacketBatch(1, PACKET_BYTES, 0, 0);
      segment = one;
    }
    boolean all =
        segmenter.load(from, index)
            && (from.gsoSize(index) == 0 || segmenter.segmentBytes() <= link.mtu());
    while (all && segmenter.hasNext()) {
      one.clear();
      all = write(one, segmenter.next(one));
    }
    segmenter.clear();
    return all;
  }

  private boolean write(PacketBatch from, int index) {
    int length = from.length(index);
    sent.put(headerBytes, from.slab(), from.offset(index), length);
    return write(length);
  }

  /** Writes the packet that stands in the buffer. */
  private boolean write(int length) {
    long written;
    do {
      written = Posix.write(descriptor.number(), sent.address(), headerBytes + length);
    } while (written < 0 && Linux.errno() == Errno.EINTR.number());
    return written == headerBytes + length;
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
