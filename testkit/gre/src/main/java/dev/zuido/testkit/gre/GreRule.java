package dev.zuido.testkit.gre;

import dev.zuido.gre.GreInUdp;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreVerdict;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.util.Arrays;
import java.util.function.Function;

/** A rule of GRE's receiver, with packets that break it and no other. */
public enum GreRule {
  /** The outer header is right: an IPv4 header's checksum (RFC 791 section 3.1), the version. */
  OUTER_HEADER(GreVerdict.BAD_OUTER_HEADER, b -> flip(b, b.isOverIpv4() ? 8 : 0, 0x20)),
  /** The packet is all there. */
  OUTER_LENGTH(GreVerdict.BAD_OUTER_HEADER, GreRule::withoutLastByte),
  /** The packet comes from the tunnel's other end. */
  OUTER_SOURCE(
      GreVerdict.NOT_THIS_TUNNEL,
      b -> {
        b.source = neighbour(b.source);
        return b.build();
      }),
  /** The packet is for this end of the tunnel. */
  OUTER_DESTINATION(
      GreVerdict.NOT_THIS_TUNNEL,
      b -> {
        b.destination = neighbour(b.destination);
        return b.build();
      }),
  /** The outer protocol is 47 (RFC 2784 section 4), or UDP's (RFC 8086). */
  OUTER_PROTOCOL(
      GreVerdict.NOT_THIS_TUNNEL,
      b -> {
        b.outerProtocol = 50;
        return b.build();
      }),
  /** The packet is no fragment. */
  OUTER_WHOLE(
      GreVerdict.OUTER_FRAGMENT,
      b -> {
        b.fragment = true;
        return b.build();
      }),
  /** GRE in UDP has port 4754 (RFC 8086 section 3.2.2). */
  UDP_PORT(
      GreVerdict.NOT_THIS_TUNNEL,
      b -> {
        b.follow(b.receiver.withUdp(GreInUdp.DEFAULT));
        b.udpPort = 4753;
        return b.build();
      }),
  /** GRE in UDP is not that with DTLS (RFC 8086 section 5). */
  NO_DTLS(
      GreVerdict.DTLS_UNSUPPORTED,
      b -> {
        b.follow(b.receiver.withUdp(GreInUdp.DEFAULT));
        b.udpPort = 4755;
        return b.build();
      }),
  /** The UDP length lies within the packet (RFC 768). */
  UDP_LENGTH(
      GreVerdict.BAD_OUTER_HEADER,
      b -> {
        b.follow(b.receiver.withUdp(GreInUdp.DEFAULT));
        byte[] packet = b.build();
        packet[udpOffset(b) + 4] |= (byte) 0x80;
        return packet;
      }),
  /** The UDP checksum is right (RFC 8086 section 6). */
  UDP_CHECKSUM(
      GreVerdict.BAD_UDP_CHECKSUM,
      b -> {
        b.follow(b.receiver.withUdp(GreInUdp.DEFAULT));
        byte[] packet = b.build();
        packet[udpOffset(b)] ^= 0x10;
        return packet;
      }),
  /** There is a UDP checksum where the tunnel asks for one (RFC 8086 section 6). */
  UDP_CHECKSUM_PRESENT(
      GreVerdict.UDP_CHECKSUM_MISSING,
      b -> {
        var refused = new GreInUdp(true, GreInUdp.ZeroChecksums.REFUSED, true);
        b.follow(b.receiver.withUdp(b.isOverIpv4() ? refused : GreInUdp.DEFAULT));
        b.udpChecksum = false;
        return b.build();
      }),
  /** The four bytes that every header has are there (RFC 2784 section 2.1). */
  HEADER_NOT_CUT(GreVerdict.TRUNCATED, b -> b.build(3)),
  /** The optional fields that the flags announce are there (RFC 2890 section 2). */
  OPTIONAL_FIELDS_NOT_CUT(
      GreVerdict.TRUNCATED,
      b -> {
        b.follow(b.receiver.withKey(9).withChecksum(true).withSequence(true));
        return b.build(15);
      }),
  /** The version is 0 (RFC 2784 section 2.3.1). */
  VERSION(GreVerdict.BAD_VERSION, b -> withFlags(b, 1)),
  /** There are no source routes (RFC 2784 section 5.2). */
  NO_ROUTING(GreVerdict.ROUTING_PRESENT, b -> withFlags(b, 0x4000)),
  /** Bit 4 is zero (RFC 2784 section 2.3). */
  BIT_4(GreVerdict.RESERVED_BITS, b -> withFlags(b, 0x0800)),
  /** Bit 5 is zero (RFC 2784 section 2.3). */
  BIT_5(GreVerdict.RESERVED_BITS, b -> withFlags(b, 0x0400)),
  /** A keyed tunnel's packets have a key (RFC 2890 section 2.1). */
  KEY_PRESENT(
      GreVerdict.KEY_MISSING,
      b -> {
        b.follow(b.receiver.withKey(9));
        b.key = false;
        return b.build();
      }),
  /** An unkeyed tunnel's packets have none. */
  KEY_ABSENT(
      GreVerdict.KEY_UNEXPECTED,
      b -> {
        b.follow(b.receiver.withKey(null));
        b.key = true;
        return b.build();
      }),
  /** The key is the tunnel's. */
  KEY_EQUAL(
      GreVerdict.WRONG_KEY,
      b -> {
        b.follow(b.receiver.withKey(9));
        b.keyValue = 10;
        return b.build();
      }),
  /** The packets of a tunnel with checksums have one. */
  CHECKSUM_PRESENT(
      GreVerdict.CHECKSUM_MISSING,
      b -> {
        b.follow(b.receiver.withChecksum(true));
        b.checksum = false;
        return b.build();
      }),
  /** The checksum is right (RFC 2784 section 2.5). */
  CHECKSUM_RIGHT(
      GreVerdict.BAD_CHECKSUM,
      b -> {
        b.follow(b.receiver.withUdp(null));
        b.checksum = true;
        byte[] packet = b.build();
        packet[packet.length - 1 - b.linkPadding] ^= 4;
        return packet;
      }),
  /** The sequence number is newer than that of the last packet (RFC 2890 section 2.2). */
  SEQUENCE_ADVANCES(
      GreVerdict.OUT_OF_SEQUENCE,
      b -> {
        b.follow(b.receiver.withSequence(true));
        b.sequenceValue = -1; // what a new receiver takes for the last one
        return b.build();
      }),
  /** The protocol type is one that the tunnel carries (RFC 2784 section 2.4). */
  PROTOCOL_TYPE(
      GreVerdict.UNSUPPORTED_PROTOCOL,
      b -> {
        b.protocolType = b.protocolType == GrePacketBuilder.ETHERNET ? 0x88be : 0x6558;
        return b.build();
      }),
  /** An Ethernet frame has its header. */
  FRAME_NOT_CUT(
      GreVerdict.BAD_INNER_PACKET,
      b -> {
        b.follow(b.receiver.withPayload(GreTunnelConfig.Payload.ETHERNET));
        b.protocolType = GrePacketBuilder.ETHERNET;
        b.payload = new byte[13];
        return b.build();
      }),
  /** The payload is what the protocol type says. */
  PROTOCOL_TYPE_TRUE(
      GreVerdict.BAD_INNER_PACKET,
      b -> {
        b.carryIp(InnerPackets.ip(b.payload));
        b.protocolType ^= GrePacketBuilder.IPV4 ^ GrePacketBuilder.IPV6;
        return b.build();
      }),
  /** The payload is all there. */
  PAYLOAD_NOT_CUT(
      GreVerdict.BAD_INNER_PACKET,
      b -> {
        b.carryIp(InnerPackets.ip(b.payload));
        boolean ipv4 = b.protocolType == GrePacketBuilder.IPV4;
        byte[] longer = b.payload.clone();
        int index = ipv4 ? 2 : 4;
        BigEndian.putShort(longer, index, BigEndian.getUnsignedShort(longer, index) + 1);
        b.payload = longer;
        return b.build();
      }),
  /** The payload is not for the packet's own sender (RFC 2784 section 3.1). */
  NO_LOOP(
      GreVerdict.LOOP,
      b -> {
        b.carryIp(InnerPackets.of(b.receiver.local(), b.receiver.remote(), new byte[8]));
        return b.build();
      }),
  /** The answer in a keepalive has no way to go on: no options, no extension headers. */
  KEEPALIVE_ANSWER_PLAIN(
      GreVerdict.LOOP,
      b -> {
        b.carryIp(InnerPackets.keepaliveAnswer(b.receiver.local(), b.receiver.remote(), true, 4));
        return b.build();
      }),
  /** The answer in a keepalive is a GRE header and nothing else. */
  KEEPALIVE_ANSWER_SHORT(
      GreVerdict.LOOP,
      b -> {
        b.carryIp(InnerPackets.keepaliveAnswer(b.receiver.local(), b.receiver.remote(), false, 17));
        return b.build();
      }),
  /** Congestion is marked only for those who can react (RFC 6040 section 4.2). */
  ECN_CAPABLE(
      GreVerdict.ECN_NOT_CAPABLE,
      b -> {
        b.outerTos = 3;
        b.carryIp(InnerPackets.withoutEcn(InnerPackets.ip(b.payload)));
        return b.build();
      });

  private final GreVerdict verdict;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold no state
  private final Function<GrePacketBuilder, byte[]> breaker;

  GreRule(GreVerdict verdict, Function<GrePacketBuilder, byte[]> breaker) {
    this.verdict = verdict;
    this.breaker = breaker;
  }

  /** What a receiver says of a packet that breaks this rule. */
  public GreVerdict verdict() {
    return verdict;
  }

  /** Breaks this rule, and no other, in a packet that was right. */
  BrokenGrePacket breakIn(GrePacketBuilder packet) {
    byte[] bytes = breaker.apply(packet);
    return new BrokenGrePacket(this, packet.toCase(bytes));
  }

  private static byte[] flip(GrePacketBuilder builder, int index, int bits) {
    byte[] packet = builder.build();
    packet[index] ^= (byte) bits;
    return packet;
  }

  private static IpAddress neighbour(IpAddress address) {
    if (address instanceof Ipv6Address v6) {
      return new Ipv6Address(v6.high(), v6.low() ^ 1);
    }
    return new Ipv4Address(((Ipv4Address) address).value() ^ 1);
  }

  private static int udpOffset(GrePacketBuilder builder) {
    return builder.isOverIpv4() ? 20 : 40;
  }

  private static byte[] withoutLastByte(GrePacketBuilder builder) {
    byte[] packet = builder.build();
    return Arrays.copyOf(packet, packet.length - 1);
  }

  private static byte[] withFlags(GrePacketBuilder builder, int flags) {
    builder.otherFlags = flags;
    return builder.build();
  }
}
