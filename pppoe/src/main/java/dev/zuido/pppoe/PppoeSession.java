package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppEnd;
import dev.zuido.pppoe.ppp.PppLink;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.pppoe.ppp.PppProtocol;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session of either side: its number, the other station, and the PPP link (RFC 2516 section 6).
 */
final class PppoeSession {
  /** Bytes before a datagram. */
  static final int OVERHEAD = PppoeFrames.HEADER_LENGTH + 2;

  /** The largest PPP information field over an Ethernet of 1500 bytes (RFC 2516 section 7). */
  static final int MTU = 1492;

  /** What PPPoE and PPP put before an information field. */
  static final int PAYLOAD_OVERHEAD = 8;

  private final int id;
  private final MacAddress peer;
  private final int mtu;
  private final PppLink link;
  private final byte[] header = new byte[PppoeFrames.HEADER_LENGTH];

  /** What the data path asks the link for: as it was when the link was drained. */
  private boolean ipv4Up;

  private boolean ipv6Up;
  private int sendMtu;

  private final ByteBuf scratch =
      Unpooled.buffer(PppoeFrames.HEADER_LENGTH + PppLink.PACKET_CAPACITY);

  PppoeSession(
      int id, MacAddress local, MacAddress peer, int mtu, PppConfig ppp, SecureRandom secrets) {
    this.id = id;
    this.peer = peer;
    this.mtu = mtu;
    PppConfig limited =
        ppp.withMru(Math.min(ppp.mru(), mtu)).withPeerMruLimit(Math.min(ppp.peerMruLimit(), mtu));
    this.link = new PppLink(limited, secrets);
    this.sendMtu = mtu;
    PppoeFrames.putSessionHeader(header, 0, peer, local, id);
  }

  /**
   * The largest PPP information field that an Ethernet carries (RFC 4638 section 5.1).
   *
   * @param linkMtu the largest Ethernet payload
   * @param maxPayload the PPP-Max-Payload on which both sides agree, 0 if they do not
   */
  static int mtu(int linkMtu, int maxPayload) {
    int agreed = maxPayload > MTU ? maxPayload : MTU;
    return Math.min(agreed, linkMtu - PAYLOAD_OVERHEAD);
  }

  int id() {
    return id;
  }

  MacAddress peer() {
    return peer;
  }

  /** The largest PPP information field that the session carries. */
  int mtu() {
    return mtu;
  }

  PppLink link() {
    return link;
  }

  /** The largest datagram that may be sent: what the session carries and the peer takes. */
  int sendMtu() {
    return sendMtu;
  }

  /** Whether IPv4 datagrams may be sent and taken in. */
  boolean isIpv4Up() {
    return ipv4Up;
  }

  /** Whether datagrams of any kind may be sent and taken in. */
  boolean isUp() {
    return ipv4Up || ipv6Up;
  }

  /** Puts the headers before a datagram. */
  PppoeVerdict encapsulate(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int at = batch.offset(index);
    int length = batch.length(index);
    int version = length == 0 ? 0 : (slab[at] & 0xff) >> 4;
    if (version != 4 && version != 6) {
      return PppoeVerdict.BAD_PAYLOAD;
    }
    if (!(version == 4 ? ipv4Up : ipv6Up)) {
      return PppoeVerdict.NOT_CONNECTED;
    }
    if (!batch.isWhole(index)) {
      return PppoeVerdict.NOT_SEGMENTED;
    }
    if (length > sendMtu) {
      return PppoeVerdict.TOO_LONG;
    }
    if (batch.headroom(index) < OVERHEAD) {
      return PppoeVerdict.NO_HEADROOM;
    }
    int start = at - OVERHEAD;
    System.arraycopy(header, 0, slab, start, PppoeFrames.HEADER_LENGTH);
    PppoeFrames.putPayloadLength(slab, start, length + 2);
    int protocol = version == 4 ? PppProtocol.IPV4 : PppProtocol.IPV6;
    BigEndian.putShort(slab, at - 2, protocol);
    batch.replace(index, start, OVERHEAD + length, PppoeVerdict.ENCAPSULATED);
    return PppoeVerdict.ENCAPSULATED;
  }

  /**
   * Takes the headers away from a datagram.
   *
   * @return {@link PppoeVerdict#CONTROL} if the frame is for the link
   */
  PppoeVerdict decapsulate(PacketBatch batch, int index) {
    byte[] slab = batch.slab();
    int at = batch.offset(index);
    int protocol = BigEndian.getUnsignedShort(slab, at + PppoeFrames.HEADER_LENGTH);
    boolean ipv4 = protocol == PppProtocol.IPV4;
    if (!ipv4 && protocol != PppProtocol.IPV6) {
      return PppoeVerdict.CONTROL;
    }
    if (!(ipv4 ? ipv4Up : ipv6Up)) {
      return PppoeVerdict.NOT_OPEN;
    }
    int length = PppoeFrames.payloadLength(slab, at) - 2;
    int start = at + OVERHEAD;
    int shortest = ipv4 ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv6Fields.HEADER_LENGTH;
    if (length < shortest || (slab[start] & 0xff) >> 4 != (ipv4 ? 4 : 6)) {
      return PppoeVerdict.MALFORMED;
    }
    batch.replace(index, start, length, PppoeVerdict.DECAPSULATED);
    // The port could not know where the datagram begins.
    batch.setEcn(index, ipv4 ? slab[start + 1] : (slab[start + 1] & 0xff) >> 4);
    return PppoeVerdict.DECAPSULATED;
  }

  /** Gives the link the packet of a frame. */
  void handle(PacketBatch batch, int index, long now) {
    byte[] slab = batch.slab();
    int at = batch.offset(index);
    int length = PppoeFrames.payloadLength(slab, at);
    link.handle(Unpooled.wrappedBuffer(slab, at + PppoeFrames.HEADER_LENGTH, length), now);
  }

  /**
   * Drains the link.
   *
   * @param frames takes what is to be sent
   * @param news takes what is to be known
   * @return why the link has ended, or null if it has not
   */
  PppOutput.@Nullable Ended drain(Consumer<ByteString> frames, Consumer<PppOutput> news) {
    PppOutput.Ended ended = null;
    while (true) {
      scratch.setIndex(0, PppoeFrames.HEADER_LENGTH);
      PppOutput output = link.poll(scratch);
      if (output == null) {
        ipv4Up = link.isIpv4Up();
        ipv6Up = link.isIpv6Up();
        sendMtu = Math.min(mtu, link.peerMru());
        return ended;
      }
      if (output instanceof PppOutput.Transmit transmit) {
        frames.accept(frame(transmit.length()));
      } else {
        news.accept(output);
        if (output instanceof PppOutput.Ended end) {
          ended = end;
        }
      }
    }
  }

  /** Why a session has ended whose link has ended. */
  static PppoeEnd end(PppOutput.Ended ended) {
    return ended.reason() == PppEnd.CLOSED
        ? new PppoeEnd.HungUp()
        : new PppoeEnd.PppEnded(ended.reason(), ended.detail());
  }

  /**
   * Why a session has ended that is gone: what PPP had to say before is more to the point, unless
   * the PADT alone has words. pppd closes PPP and says why; pppoe-server's PADT behind it says that
   * pppd has ended.
   *
   * @param seen what we saw of it: a PADT, or the line
   * @param last the end of the link, which was told that nothing is below any more
   */
  static PppoeEnd end(PppoeEnd seen, PppOutput.@Nullable Ended last) {
    if (last == null || last.reason() == PppEnd.LOWER_DOWN) {
      return seen;
    }
    PppoeEnd known = end(last);
    boolean explained = seen instanceof PppoeEnd.Terminated padt && !padt.text().isEmpty();
    boolean wordless = last.detail().isEmpty() && !isProofFailure(known);
    return explained && wordless ? seen : known;
  }

  /** Whether it has ended because of who we are. */
  static boolean isProofFailure(PppoeEnd end) {
    return end instanceof PppoeEnd.PppEnded ppp
        && (ppp.reason() == PppEnd.PROOF_REFUSED || ppp.reason() == PppEnd.PROOF_IMPOSSIBLE);
  }

  private ByteString frame(int length) {
    byte[] frame = new byte[PppoeFrames.HEADER_LENGTH + length];
    scratch.getBytes(0, frame);
    System.arraycopy(header, 0, frame, 0, PppoeFrames.HEADER_LENGTH);
    PppoeFrames.putPayloadLength(frame, 0, length);
    return ByteString.of(frame);
  }
}
