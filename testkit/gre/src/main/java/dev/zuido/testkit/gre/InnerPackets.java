package dev.zuido.testkit.gre;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

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
