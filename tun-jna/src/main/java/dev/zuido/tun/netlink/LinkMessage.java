package dev.zuido.tun.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The link messages of rtnetlink (RFC 3549 section 3.1.1.1): {@code struct ifinfomsg} and its
 * attributes.
 *
 * <pre>
 *   | family 1 | 0 1 | type 2 | index 4 | flags 4 | changed flags 4 |
 * </pre>
 */
final class LinkMessage {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFF_UP = 1;
  static final int IFF_RUNNING = 0x40;
  private static final int FIXED_BYTES = 16;

  private LinkMessage() {}

  static NetlinkRequest dump() {
    return request("list the interfaces", RTM_GETLINK, NetlinkRequest.DUMP, 0, 0, 0);
  }

  static NetlinkRequest request(
      String operation, int type, int messageFlags, int interfaceIndex, int flags, int changed) {
    return new NetlinkRequest(operation, type, messageFlags)
        .put8(0)
        .put8(0)
        .put16(0)
        .put32(interfaceIndex)
        .put32(flags)
        .put32(changed);
  }

  /**
   * Whether a message is about an interface as such. Bridges report their ports with messages of
   * the same types: there a removal says that the interface has left the bridge.
   */
  static boolean isAboutALink(NetlinkReply reply) {
    return (reply.type() == RTM_NEWLINK || reply.type() == RTM_DELLINK)
        && reply.body().limit() >= FIXED_BYTES
        && reply.body().get(0) == 0;
  }

  static int index(NetlinkReply reply) {
    return reply.body().getInt(4);
  }

  /** The interface of a message {@link #isAboutALink}; what is not in it is 0 or empty. */
  static NetworkLink decode(NetlinkReply reply) {
    ByteBuffer body = reply.body();
    int flags = body.getInt(8);
    byte[] name = NetlinkReply.bytesAttribute(body, FIXED_BYTES, IFLA_IFNAME);
    String text =
        name == null || name.length == 0
            ? ""
            : new String(name, 0, name.length - 1, StandardCharsets.US_ASCII);
    return new NetworkLink(
        body.getInt(4),
        text,
        NetlinkReply.intAttribute(body, FIXED_BYTES, IFLA_MTU, 0),
        (flags & IFF_UP) != 0,
        (flags & IFF_RUNNING) != 0);
  }
}
