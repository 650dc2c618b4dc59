package dev.zuido.testkit.gre;

import dev.zuido.gre.EnhancedGreConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Writes enhanced GRE packets field by field, right or wrong, without the code under test. */
final class EnhancedGrePacketBuilder {
  final EnhancedGreConfig receiver;
  Ipv4Address source;
  boolean moreFragments;
  int otherFlags = 0x2001;
  boolean sequence = true;
  boolean acknowledgment;
  int protocolType = 0x880b;
  int callId;
  int sequenceValue;
  int acknowledgmentValue;
  int claimedBeyond;
  byte[] payload;

  /** Bytes behind the payload, inside of the IPv4 packet. */
  int trailing;

  /** A packet that the session accepts. */
  EnhancedGrePacketBuilder(EnhancedGreConfig receiver, byte[] payload) {
    this.receiver = receiver;
    this.source = receiver.remote();
    this.callId = receiver.localCallId();
    this.payload = payload;
  }

  byte[] build(int greBytes) {
    ByteBuf gre = Unpooled.buffer();
    gre.writeShort(otherFlags | (sequence ? 0x1000 : 0) | (acknowledgment ? 0x80 : 0));
    gre.writeShort(protocolType);
    gre.writeShort(payload.length + claimedBeyond);
    gre.writeShort(callId);
    if (sequence) {
      gre.writeInt(sequenceValue);
    }
    if (acknowledgment) {
      gre.writeInt(acknowledgmentValue);
    }
    gre.writeBytes(payload).writeZero(trailing);
    int length = Math.min(greBytes, gre.readableBytes());
    ByteBuf out = Unpooled.buffer();
    new Ipv4Header(
            0,
            Ipv4Header.MIN_LENGTH + length,
            7,
            false,
            moreFragments,
            0,
            64,
            47,
            source,
            receiver.local(),
            ByteString.EMPTY)
        .encode(out);
    out.writeBytes(gre, 0, length);
    return ByteBufUtil.getBytes(out);
  }

  byte[] build() {
    return build(Integer.MAX_VALUE);
  }

  EnhancedGreCase toCase(byte[] packet) {
    return new EnhancedGreCase(receiver, ByteString.of(packet), ByteString.of(payload));
  }
}
