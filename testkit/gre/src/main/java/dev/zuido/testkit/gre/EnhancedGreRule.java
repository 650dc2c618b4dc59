package dev.zuido.testkit.gre;

import dev.zuido.gre.EnhancedGreVerdict;
import dev.zuido.wire.Ipv4Address;
import java.util.function.Function;

/** A rule of the receiver of enhanced GRE (RFC 2637), with packets that break it and no other. */
public enum EnhancedGreRule {
  /** The outer header's checksum is right (RFC 791 section 3.1). */
  OUTER_CHECKSUM(
      EnhancedGreVerdict.BAD_OUTER_HEADER,
      b -> {
        byte[] packet = b.build();
        packet[8] ^= 1;
        return packet;
      }),
  /** The packet comes from the session's other end. */
  OUTER_SOURCE(
      EnhancedGreVerdict.NOT_THIS_SESSION,
      b -> {
        b.source = new Ipv4Address(b.source.value() ^ 1);
        return b.build();
      }),
  /** The packet is no fragment. */
  OUTER_WHOLE(
      EnhancedGreVerdict.OUTER_FRAGMENT,
      b -> {
        b.moreFragments = true;
        return b.build();
      }),
  /** The eight bytes that every header has are there. */
  HEADER_NOT_CUT(EnhancedGreVerdict.TRUNCATED, b -> b.build(7)),
  /** The payload is as long as the header says. */
  PAYLOAD_NOT_CUT(
      EnhancedGreVerdict.TRUNCATED,
      b -> {
        b.claimedBeyond = 1;
        return b.build();
      }),
  /** The version is 1. */
  VERSION(EnhancedGreVerdict.BAD_VERSION, b -> withFlags(b, 0x2000)),
  /** C is zero. */
  NO_CHECKSUM(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0xa001)),
  /** R is zero. */
  NO_ROUTING(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0x6001)),
  /** K is one. */
  KEY(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0x0001)),
  /** The strict source route bit is zero. */
  NO_STRICT_ROUTE(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0x2801)),
  /** Recur is zero. */
  NO_RECURSION(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0x2101)),
  /** Flags is zero. */
  FLAGS(EnhancedGreVerdict.BAD_FLAGS, b -> withFlags(b, 0x2041)),
  /** The protocol type is PPP's. */
  PROTOCOL_TYPE(
      EnhancedGreVerdict.BAD_PROTOCOL_TYPE,
      b -> {
        b.protocolType = 0x0800;
        return b.build();
      }),
  /** The call ID is the receiver's. */
  CALL_ID(
      EnhancedGreVerdict.NOT_THIS_SESSION,
      b -> {
        b.callId ^= 0x100;
        return b.build();
      }),
  /** A payload has a sequence number. */
  SEQUENCE_PRESENT(
      EnhancedGreVerdict.SEQUENCE_MISSING,
      b -> {
        b.sequence = false;
        return b.build();
      }),
  /** What is acknowledged has been sent. */
  ACKNOWLEDGED_WAS_SENT(
      EnhancedGreVerdict.BAD_ACKNOWLEDGMENT,
      b -> {
        b.acknowledgment = true;
        b.acknowledgmentValue = 0;
        return b.build();
      }),
  /** The sequence number is newer than that of the last packet (section 4.3). */
  SEQUENCE_ADVANCES(
      EnhancedGreVerdict.OUT_OF_SEQUENCE,
      b -> {
        b.sequenceValue = -1; // what a new receiver takes for the last one
        return b.build();
      });

  private final EnhancedGreVerdict verdict;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold no state
  private final Function<EnhancedGrePacketBuilder, byte[]> breaker;

  EnhancedGreRule(EnhancedGreVerdict verdict, Function<EnhancedGrePacketBuilder, byte[]> breaker) {
    this.verdict = verdict;
    this.breaker = breaker;
  }

  /** What a receiver says of a packet that breaks this rule. */
  public EnhancedGreVerdict verdict() {
    return verdict;
  }

  /** Breaks this rule, and no other, in a packet that was right. */
  BrokenEnhancedGrePacket breakIn(EnhancedGrePacketBuilder packet) {
    byte[] bytes = breaker.apply(packet);
    return new BrokenEnhancedGrePacket(this, packet.toCase(bytes));
  }

  private static byte[] withFlags(EnhancedGrePacketBuilder builder, int flags) {
    builder.otherFlags = flags;
    return builder.build();
  }
}
