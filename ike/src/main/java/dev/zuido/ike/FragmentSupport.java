package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cisco's fragmentation of IKEv1 messages: how it is announced, and how a message is cut. The
 * fragments have the header of a message of phase 1 that is not encrypted, with the exchange type
 * of phase 1 and message ID 0, since some receivers take no others.
 */
final class FragmentSupport {
  /** Fragments of main and aggressive mode are understood. */
  private static final int CAN_PHASE_ONE = 0x8000_0000;

  /** What racoon looks for in aggressive mode; Cisco's own IDs have both bits. */
  private static final int CAN_AGGRESSIVE_MODE = 0x4000_0000;

  private static final int CAPABILITIES = 4;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int UDP_HEADER = 8;
  private static final int NO_FLAGS = 0;
  private static final int NO_ID = 0;

  /** Header of the message, header of the payload, and what stands before the piece. */
  private static final int FRAGMENT_HEADERS =
      IsakmpHeader.LENGTH + Payload.HEADER_LENGTH + Fragment.FIXED_LENGTH;

  private FragmentSupport() {}

  /** The vendor ID of our first message of phase 1; none if fragmentation is off for the peer. */
  static List<VendorId> announcement(IsakmpSa sa) {
    if (sa.peer().config().options().fragmentation() == Fragmentation.OFF) {
      return List.of();
    }
    byte[] prefix = KnownVendor.FRAGMENTATION.id().toArray();
    byte[] id = Arrays.copyOf(prefix, prefix.length + CAPABILITIES);
    boolean aggressive = sa.exchangeName() == ExchangeName.AGGRESSIVE_MODE;
    BigEndian.putInt(id, prefix.length, CAN_PHASE_ONE | (aggressive ? CAN_AGGRESSIVE_MODE : 0));
    return List.of(new VendorId(ByteString.of(id)));
  }

  /**
   * Whether a vendor ID says that its sender understands fragments; Windows' has no capabilities.
   */
  static boolean isAnnouncedBy(ByteString vendorId) {
    ByteString prefix = KnownVendor.FRAGMENTATION.id();
    if (!vendorId.startsWith(prefix)) {
      return false;
    }
    int rest = vendorId.length() - prefix.length();
    return rest == 0
        || (rest >= CAPABILITIES
            && (BigEndian.getInt(vendorId.toArray(), prefix.length()) & CAN_PHASE_ONE) != 0);
  }

  /** Bytes of the IP packet in which so many bytes of a message go along a path. */
  static int packetBytes(UdpPath path, int messageBytes) {
    boolean v4 = path.remote().address() instanceof Ipv4Address;
    int marker = NonEspMarker.isNeededAt(path.local()) ? NonEspMarker.LENGTH : 0;
    return (v4 ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER + marker + messageBytes;
  }

  /**
   * Cuts a message.
   *
   * @param message the whole message
   * @param exchangeType that of phase 1
   * @param id the fragment ID
   * @param packetBytes the longest packet
   */
  static List<ByteString> cut(
      IsakmpSa sa, ByteString message, int exchangeType, int id, UdpPath path, int packetBytes) {
    int room = packetBytes - packetBytes(path, FRAGMENT_HEADERS);
    List<ByteString> datagrams = new ArrayList<>();
    for (int offset = 0; offset < message.length(); offset += room) {
      int length = Math.min(room, message.length() - offset);
      int flags = offset + length == message.length() ? Fragment.FLAG_LAST : 0;
      int number = datagrams.size() + 1;
      PayloadChain chain =
          PayloadChain.of(new Fragment(id, number, flags, message.slice(offset, length)));
      ByteBuf out = Unpooled.buffer(packetBytes);
      IsakmpMessage.of(
              sa.initiatorCookie(), sa.responderCookie(), exchangeType, NO_FLAGS, NO_ID, chain)
          .encode(out);
      datagrams.add(ByteString.read(out, out.readableBytes()));
    }
    return datagrams;
  }
}
