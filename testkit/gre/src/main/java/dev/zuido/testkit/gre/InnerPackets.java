package dev.zuido.testkit.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** The packets inside of tunnels. */
final class InnerPackets {
  private InnerPackets() {}

  static byte[] ipv4(Ipv4Address source, Ipv4Address destination, int tos, byte[] data) {
    ByteBuf out = Unpooled.buffer();
    new Ipv4Header(
            tos,
            Ipv4Header.MIN_LENGTH + data.length,
            data.length,
            (data.length & 1) != 0,
            false,
            0,
            64,
            17,
            source,
            destination,
            ByteString.EMPTY)
        .encode(out);
    out.writeBytes(data);
    return ByteBufUtil.getBytes(out);
  }

  static byte[] ipv6(Ipv6Address source, Ipv6Address destination, int trafficClass, byte[] data) {
    ByteBuf out = Unpooled.buffer();
    new Ipv6Header(trafficClass, data.length, data.length, 17, 64, source, destination).encode(out);
    out.writeBytes(data);
    return ByteBufUtil.getBytes(out);
  }

  /** An IP packet of the endpoints' family. */
  static byte[] of(IpAddress source, IpAddress destination, byte[] data) {
    return source instanceof Ipv6Address from && destination instanceof Ipv6Address to
        ? ipv6(from, to, 0, data)
        : ipv4((Ipv4Address) source, (Ipv4Address) destination, 0, data);
  }

  /** The packet in an Ethernet frame, or the packet itself. */
  static byte[] ip(byte[] payload) {
    boolean frame = payload[0] == 2;
    return frame ? Arrays.copyOfRange(payload, 14, payload.length) : payload;
  }

  /**
   * A frame with an IP packet in it; its destination address starts with 2, which no packet does.
   */
  static byte[] frame(byte[] packet) {
    byte[] frame = new byte[14 + packet.length];
    frame[0] = 2;
    frame[6] = 6;
    BigEndian.putShort(frame, 12, packet[0] >>> 4 == 4 ? 0x0800 : 0x86dd);
    System.arraycopy(packet, 0, frame, 14, packet.length);
    return frame;
  }

  /**
   * What a keepalive brings along: GRE of protocol type 0 from the one who answers to its peer.
   *
   * @param extended with an IPv4 option, or an IPv6 destination options header
   * @param greBytes how long the GRE part is, of which all but four bytes are superfluous
   */
  static byte[] keepaliveAnswer(IpAddress self, IpAddress peer, boolean extended, int greBytes) {
    byte[] gre = new byte[greBytes];
    ByteBuf out = Unpooled.buffer();
    if (self instanceof Ipv6Address from && peer instanceof Ipv6Address to) {
      int extra = extended ? 8 : 0;
      new Ipv6Header(0, 0, extra + greBytes, extended ? 60 : 47, 255, from, to).encode(out);
      if (extended) {
        out.writeBytes(new byte[] {47, 0, 1, 4, 0, 0, 0, 0});
      }
    } else {
      ByteString options = extended ? ByteString.ofHex("94040000") : ByteString.EMPTY;
      new Ipv4Header(
              0,
              Ipv4Header.MIN_LENGTH + options.length() + greBytes,
              0,
              false,
              false,
              0,
              255,
              47,
              (Ipv4Address) self,
              (Ipv4Address) peer,
              options)
          .encode(out);
    }
    out.writeBytes(gre);
    return ByteBufUtil.getBytes(out);
  }

  /** The same packet of a sender that is not capable of ECN. */
  static byte[] withoutEcn(byte[] packet) {
    byte[] changed = packet.clone();
    if (changed[0] >>> 4 == 4) {
      changed[1] &= ~3;
      Ipv4Fields.updateChecksum(changed, 0);
    } else {
      changed[1] &= ~0x30;
    }
    return changed;
  }
}
