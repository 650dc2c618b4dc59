package dev.zuido.examples;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;

/** Splits IPv6 packets without extension headers at their source (RFC 8200 section 4.5). */
final class Ipv6Splitter {
  private static final int FRAGMENT_HEADER = 8;

  private int identification;

  /**
   * Makes a splitter.
   *
   * @param identification that of the first packet's fragments; each packet takes the next
   */
  Ipv6Splitter(int identification) {
    this.identification = identification;
  }

  /**
   * Adds the fragments of a packet that is longer than the MTU to a batch.
   *
   * @param bytes the array in which the packet stands, which is not the batch's
   * @param offset its first byte
   * @param mtu the longest fragment, at least 1280 bytes
   * @param into where the fragments go, with room for all
   */
  void split(byte[] bytes, int offset, int mtu, PacketBatch into) {
    int payload = Ipv6Fields.payloadLength(bytes, offset);
    int step = mtu - Ipv6Fields.HEADER_LENGTH - FRAGMENT_HEADER & ~7;
    for (int done = 0; done < payload; done += step) {
      int length = Math.min(step, payload - done);
      int more = done + length < payload ? 1 : 0;
      int total = Ipv6Fields.HEADER_LENGTH + FRAGMENT_HEADER + length;
      int to = into.offset(into.addUninitialized(total));
      byte[] slab = into.slab();
      System.arraycopy(bytes, offset, slab, to, Ipv6Fields.HEADER_LENGTH);
      Ipv6Fields.setPayloadLength(slab, to, FRAGMENT_HEADER + length);
      slab[to + 6] = IpProtocol.IPV6_FRAGMENT;
      int header = to + Ipv6Fields.HEADER_LENGTH;
      slab[header] = (byte) Ipv6Fields.nextHeader(bytes, offset);
      slab[header + 1] = 0;
      BigEndian.putShort(slab, header + 2, done | more);
      BigEndian.putInt(slab, header + 4, identification);
      int data = offset + Ipv6Fields.HEADER_LENGTH + done;
      System.arraycopy(bytes, data, slab, header + FRAGMENT_HEADER, length);
    }
    identification++;
  }
}
