package dev.zuido.examples;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Reassembler;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.Ipv6Reassembler;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.ReassemblyLimits;
import dev.zuido.wire.ReassemblyResult;
import dev.zuido.wire.TransportChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A host of one address that knows the echo messages of ICMP (RFC 792) and ICMPv6 (RFC 4443): it
 * answers requests, and sends some and looks at their replies. Its packets are not protected yet,
 * or no longer.
 */
final class EchoHost {
  private static final int ICMP_HEADER = 8;

  /** The longest data of a request: what stands behind the headers in the longest packet. */
  static final int MAX_SIZE = 0xffff - Ipv4Fields.MIN_HEADER_LENGTH - ICMP_HEADER;

  private static final int TTL = 64;
  private static final int IDENTIFIER = 0x5a75;

  private final IpAddress local;
  private final IpAddress remote;
  private final boolean six;
  private final int requestType;
  private final int replyType;
  private final Ipv4Reassembler reassembler = new Ipv4Reassembler(ReassemblyLimits.DEFAULT);
  private final Ipv6Reassembler reassembler6 = new Ipv6Reassembler(ReassemblyLimits.DEFAULT);
  private final PacketBatch whole = PacketBatch.ofOne(0xffff);
  private final ByteBuf whole6 = Unpooled.buffer(0xffff + Ipv6Fields.HEADER_LENGTH);
  private int identification = ThreadLocalRandom.current().nextInt(0xffff);
  private int expected = -1;
  private int expectedSize;
  private int sequence;
  private long answered;
  private long corrupt;
  private long other;

  /** Makes a host that talks to another of the same IP version. */
  EchoHost(IpAddress local, IpAddress remote) {
    this.local = local;
    this.remote = remote;
    six = local instanceof Ipv6Address;
    requestType = six ? 128 : 8;
    replyType = six ? 129 : 0;
  }

  /** How many requests were answered. */
  long answered() {
    return answered;
  }

  /** How many echo messages had a wrong checksum, or replies other data than their request. */
  long corrupt() {
    return corrupt;
  }

  /** How many packets were nothing that the host understands. */
  long other() {
    return other;
  }

  /** Whether the last request has no right reply yet. */
  boolean isWaiting() {
    return expected >= 0;
  }

  /** Waits for the last request's reply no longer. */
  void giveUp() {
    expected = -1;
  }

  /** Takes the packets of a batch that pass, and adds what it answers to another. */
  void receive(PacketBatch batch, long nowNanos, PacketBatch answers) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.passes(i)) {
        receive(batch, i, nowNanos, answers);
      }
    }
  }

  private void receive(PacketBatch batch, int index, long nowNanos, PacketBatch answers) {
    byte[] slab = batch.slab();
    int offset = batch.offset(index);
    if (Ipv4Fields.version(slab, offset) != (six ? 6 : 4)) {
      other++;
      return;
    }
    ReassemblyResult result = six ? offer6(batch, index, nowNanos) : offer(batch, index, nowNanos);
    switch (result) {
      case NOT_A_FRAGMENT -> take(slab, offset, answers);
      case COMPLETE -> {
        if (six) {
          take(whole6.array(), whole6.arrayOffset(), answers);
        } else {
          take(whole.slab(), whole.offset(0), answers);
        }
      }
      case HELD -> {}
      default -> other++;
    }
  }

  private ReassemblyResult offer(PacketBatch batch, int index, long nowNanos) {
    whole.clear();
    return reassembler.offer(batch, index, nowNanos, whole);
  }

  private ReassemblyResult offer6(PacketBatch batch, int index, long nowNanos) {
    whole6.clear();
    try {
      int length = batch.length(index);
      ByteBuf packet = Unpooled.wrappedBuffer(batch.slab(), batch.offset(index), length);
      return reassembler6.offer(packet, nowNanos, whole6);
    } catch (MalformedPacketException e) {
      return ReassemblyResult.MALFORMED;
    }
  }

  private void take(byte[] bytes, int offset, PacketBatch answers) {
    int icmp;
    int length;
    boolean ours;
    if (six) {
      long upper = Ipv6Fields.upperLayer(bytes, offset);
      ours = upper != Ipv6Fields.MALFORMED && Ipv6Fields.protocolOf(upper) == IpProtocol.ICMPV6;
      int header = ours ? Ipv6Fields.offsetOf(upper) : 0;
      icmp = offset + header;
      length = Ipv6Fields.totalLength(bytes, offset) - header;
    } else {
      ours = Ipv4Fields.protocol(bytes, offset) == IpProtocol.ICMP;
      int header = Ipv4Fields.headerLength(bytes, offset);
      icmp = offset + header;
      length = Ipv4Fields.totalLength(bytes, offset) - header;
    }
    if (!ours || length < ICMP_HEADER || !isBetweenUs(bytes, offset)) {
      other++;
    } else if (checksum(remote, local, bytes, icmp, length) != 0) {
      corrupt++;
    } else {
      takeIcmp(bytes, icmp, length, answers);
    }
  }

  private boolean isBetweenUs(byte[] bytes, int offset) {
    if (local instanceof Ipv6Address us && remote instanceof Ipv6Address them) {
      return Ipv6Fields.destinationHigh(bytes, offset) == us.high()
          && Ipv6Fields.destinationLow(bytes, offset) == us.low()
          && Ipv6Fields.sourceHigh(bytes, offset) == them.high()
          && Ipv6Fields.sourceLow(bytes, offset) == them.low();
    }
    return Ipv4Fields.destination(bytes, offset) == ((Ipv4Address) local).value()
        && Ipv4Fields.source(bytes, offset) == ((Ipv4Address) remote).value();
  }

  private void takeIcmp(byte[] bytes, int icmp, int length, PacketBatch answers) {
    int type = BigEndian.getUnsignedByte(bytes, icmp);
    if (type == requestType) {
      int to = start(length, answers);
      System.arraycopy(bytes, icmp + 4, answers.slab(), to + 4, length - 4);
      finish(replyType, to, length, answers.slab());
      answered++;
    } else if (type == replyType && BigEndian.getUnsignedShort(bytes, icmp + 4) == IDENTIFIER) {
      takeReply(bytes, icmp, length);
    } else {
      other++;
    }
  }

  private void takeReply(byte[] bytes, int icmp, int length) {
    int number = BigEndian.getUnsignedShort(bytes, icmp + 6);
    if (number != expected) {
      other++; // too late
      return;
    }
    boolean right = length == ICMP_HEADER + expectedSize;
    for (int i = 0; right && i < expectedSize; i++) {
      right = bytes[icmp + ICMP_HEADER + i] == pattern(number, i);
    }
    if (right) {
      expected = -1;
    } else {
      corrupt++;
    }
  }

  /** Data that differ from byte to byte and from request to request. */
  private static byte pattern(int number, int position) {
    return (byte) (number * 89 + position * 7 + (position >> 8));
  }

  /**
   * Adds an echo request to a batch and waits for its reply from now on.
   *
   * @param size the bytes of its data, 0 to {@link #MAX_SIZE}
   */
  void request(int size, PacketBatch into) {
    int number = sequence++ & 0xffff;
    int length = ICMP_HEADER + size;
    int to = start(length, into);
    byte[] slab = into.slab();
    BigEndian.putShort(slab, to + 4, IDENTIFIER);
    BigEndian.putShort(slab, to + 6, number);
    for (int i = 0; i < size; i++) {
      slab[to + ICMP_HEADER + i] = pattern(number, i);
    }
    finish(requestType, to, length, slab);
    expected = number;
    expectedSize = size;
  }

  /** Adds a packet to the peer with a header, and says where its ICMP message is to stand. */
  private int start(int length, PacketBatch into) {
    if (local instanceof Ipv6Address us && remote instanceof Ipv6Address them) {
      int at = into.offset(into.addUninitialized(Ipv6Fields.HEADER_LENGTH + length));
      Ipv6Fields.write(into.slab(), at, 0, 0, length, IpProtocol.ICMPV6, TTL, us, them);
      return at + Ipv6Fields.HEADER_LENGTH;
    }
    int total = Ipv4Fields.MIN_HEADER_LENGTH + length;
    int at = into.offset(into.addUninitialized(total));
    // The kernel would write another where it finds 0.
    identification = identification % 0xffff + 1;
    Ipv4Fields.write(
        into.slab(),
        at,
        /* tos= */ 0,
        total,
        identification,
        /* flagsAndOffset= */ 0,
        TTL,
        IpProtocol.ICMP,
        /* source= */ ((Ipv4Address) local).value(),
        /* destination= */ ((Ipv4Address) remote).value());
    return at + Ipv4Fields.MIN_HEADER_LENGTH;
  }

  private void finish(int type, int icmp, int length, byte[] slab) {
    slab[icmp] = (byte) type;
    slab[icmp + 1] = 0;
    BigEndian.putShort(slab, icmp + 2, 0);
    BigEndian.putShort(slab, icmp + 2, checksum(local, remote, slab, icmp, length));
  }

  private int checksum(IpAddress source, IpAddress destination, byte[] bytes, int at, int length) {
    return six
        ? TransportChecksum.of(source, destination, IpProtocol.ICMPV6, bytes, at, length)
        : InternetChecksum.of(bytes, at, length);
  }
}
