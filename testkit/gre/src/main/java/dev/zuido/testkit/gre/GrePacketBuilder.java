package dev.zuido.testkit.gre;

import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Writes GRE packets field by field, right or wrong, without the code under test: the GRE header
 * and its checksum are written here once more, as plainly as the RFCs put it.
 */
final class GrePacketBuilder {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;

  GreTunnelConfig receiver;
  Ipv4Address source;
  Ipv4Address destination;
  int outerProtocol = 47;
  int outerTos;
  boolean moreFragments;
  ByteString outerOptions = ByteString.EMPTY;
  boolean checksum;
  boolean key;
  boolean sequence;
  int otherFlags;
  int reserved1;
  int keyValue;
  int sequenceValue;
  int protocolType;
  byte[] payload;
  int linkPadding;

  /** A packet that the tunnel accepts. */
  GrePacketBuilder(GreTunnelConfig receiver, byte[] payload) {
    this.receiver = receiver;
    this.source = receiver.remote();
    this.destination = receiver.local();
    this.payload = payload;
    this.protocolType = payload[0] >>> 4 == 4 ? IPV4 : IPV6;
    follow(receiver);
  }

  /** Takes another tunnel with the same endpoints, and its fields. */
  void follow(GreTunnelConfig tunnel) {
    receiver = tunnel;
    checksum = tunnel.checksum();
    sequence = tunnel.sequence();
    Integer configured = tunnel.key();
    key = configured != null;
    keyValue = configured == null ? 0 : configured;
  }

  private byte[] gre() {
    ByteBuffer out = ByteBuffer.allocate(16 + payload.length);
    int flags = (checksum ? 0x8000 : 0) | (key ? 0x2000 : 0) | (sequence ? 0x1000 : 0);
    out.putShort((short) (flags | otherFlags));
    out.putShort((short) protocolType);
    if (checksum) {
      out.putShort((short) 0);
      out.putShort((short) reserved1);
    }
    if (key) {
      out.putInt(keyValue);
    }
    if (sequence) {
      out.putInt(sequenceValue);
    }
    out.put(payload);
    if (checksum) {
      out.putShort(4, (short) ~onesComplementSum(out));
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static int onesComplementSum(ByteBuffer bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.position(); i++) {
      sum += (bytes.get(i) & 0xff) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  /** The packet, cut behind so many bytes of its GRE part. */
  byte[] build(int greBytes) {
    byte[] gre = gre();
    int length = Math.min(greBytes, gre.length);
    ByteBuf out = Unpooled.buffer();
    new Ipv4Header(
            outerTos,
            Ipv4Header.MIN_LENGTH + outerOptions.length() + length,
            4711,
            false,
            moreFragments,
            0,
            200,
            outerProtocol,
            source,
            destination,
            outerOptions)
        .encode(out);
    out.writeBytes(gre, 0, length);
    out.writeZero(linkPadding);
    return ByteBufUtil.getBytes(out);
  }

  byte[] build() {
    return build(Integer.MAX_VALUE);
  }

  GreCase toCase() {
    return toCase(build());
  }

  GreCase toCase(byte[] packet) {
    return new GreCase(receiver, ByteString.of(packet), ByteString.of(payload));
  }
}
