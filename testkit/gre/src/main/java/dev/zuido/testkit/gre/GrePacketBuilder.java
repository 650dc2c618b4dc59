package dev.zuido.testkit.gre;

import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Writes GRE packets field by field, right or wrong, without the code under test: the GRE, UDP and
 * IPv6 headers and their checksums are written here once more, as plainly as the RFCs put it.
 */
final class GrePacketBuilder {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int ETHERNET = 0x6558;
  private static final int UDP = 17;

  GreTunnelConfig receiver;
  IpAddress source;
  IpAddress destination;
  int outerProtocol;
  int outerTos;
  boolean fragment;

  /** IPv4 options, or an IPv6 destination options header whose next header is put in. */
  ByteString outerOptions = ByteString.EMPTY;

  int udpPort = 4754;
  boolean udpChecksum = true;
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
    boolean bridged = receiver.payload() == GreTunnelConfig.Payload.ETHERNET;
    this.protocolType = bridged ? ETHERNET : payload[0] >>> 4 == 4 ? IPV4 : IPV6;
    this.outerProtocol = receiver.udp() == null ? 47 : UDP;
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
    outerProtocol = tunnel.udp() == null ? 47 : UDP;
  }

  /** Takes the same tunnel without UDP or Ethernet, and an IP payload. */
  void carryIp(byte[] packet) {
    follow(receiver.withPayload(GreTunnelConfig.Payload.IP));
    payload = packet;
    protocolType = packet[0] >>> 4 == 4 ? IPV4 : IPV6;
  }

  boolean isOverIpv4() {
    return destination instanceof Ipv4Address;
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
      out.putShort(4, (short) ~onesComplementSum(written(out)));
    }
    return written(out);
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  private static int onesComplementSum(byte[]... areas) {
    int sum = 0;
    for (byte[] bytes : areas) {
      for (int i = 0; i < bytes.length; i++) {
        sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        sum = (sum & 0xffff) + (sum >>> 16);
      }
    }
    return sum;
  }

  /** The UDP datagram of RFC 8086 section 3 around GRE. */
  private byte[] udp(byte[] gre) {
    ByteBuffer out = ByteBuffer.allocate(8 + gre.length);
    out.putShort((short) 50_000).putShort((short) udpPort);
    out.putShort((short) (8 + gre.length)).putShort((short) 0).put(gre);
    byte[] datagram = out.array();
    if (udpChecksum) {
      byte[] last = {0, 0, (byte) (datagram.length >>> 8), (byte) datagram.length, 0, UDP};
      int sum =
          ~onesComplementSum(source.toBytes(), destination.toBytes(), last, datagram) & 0xffff;
      out.putShort(6, (short) (sum == 0 ? 0xffff : sum));
    }
    return datagram;
  }

  /** The packet, cut behind so many bytes of its GRE part. */
  byte[] build(int greBytes) {
    byte[] gre = gre();
    byte[] cut = new byte[Math.min(greBytes, gre.length)];
    System.arraycopy(gre, 0, cut, 0, cut.length);
    byte[] carried = outerProtocol == UDP ? udp(cut) : cut;
    ByteBuf out = Unpooled.buffer();
    if (source instanceof Ipv4Address from && destination instanceof Ipv4Address to) {
      writeIpv4(out, from, to, carried);
    } else if (source instanceof Ipv6Address from && destination instanceof Ipv6Address to) {
      writeIpv6(out, from, to, carried);
    }
    out.writeZero(linkPadding);
    return ByteBufUtil.getBytes(out);
  }

  private void writeIpv4(ByteBuf out, Ipv4Address from, Ipv4Address to, byte[] carried) {
    new Ipv4Header(
            outerTos,
            Ipv4Header.MIN_LENGTH + outerOptions.length() + carried.length,
            4711,
            false,
            fragment,
            0,
            200,
            outerProtocol,
            from,
            to,
            outerOptions)
        .encode(out);
    out.writeBytes(carried);
  }

  private void writeIpv6(ByteBuf out, Ipv6Address from, Ipv6Address to, byte[] carried) {
    byte[] options = outerOptions.toArray();
    int extra = options.length + (fragment ? 8 : 0);
    out.writeInt(6 << 28 | outerTos << 20 | 0x12345);
    out.writeShort(carried.length + extra);
    int first = fragment ? 44 : options.length > 0 ? 60 : outerProtocol;
    out.writeByte(first).writeByte(200);
    from.write(out);
    to.write(out);
    if (fragment) {
      out.writeByte(options.length > 0 ? 60 : outerProtocol).writeByte(0);
      out.writeShort(1).writeInt(4711);
    }
    if (options.length > 0) {
      options[0] = (byte) outerProtocol;
      out.writeBytes(options);
    }
    out.writeBytes(carried);
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
