package dev.zuido.tun.netlink;

import dev.zuido.tun.system.Linux;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The route messages of rtnetlink (RFC 3549 section 3.1.1): {@code struct rtmsg} and its
 * attributes.
 *
 * <pre>
 *   | family 1 | dst_len 1 | src_len 1 | tos 1 | table 1 | protocol 1
 *   | scope 1 | type 1 | flags 4 |
 * </pre>
 */
final class RouteMessage {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int RTM_GETROUTE = 26;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PRIORITY = 6;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_MULTIPATH = 9;
  private static final int TABLE_MAIN = 254;
  private static final int SCOPE_UNIVERSE = 0;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_NOWHERE = 255;
  static final int ANY_PROTOCOL = 0;
  private static final int TYPE_ANY = 0;
  private static final int TYPE_UNICAST = 1;
  private static final int TYPE_BLACKHOLE = 6;
  private static final int SOURCE_LENGTH = 2;
  private static final int TOS = 3;
  private static final int FIXED_BYTES = 12;
  private static final int NEXT_HOP_BYTES = 8;

  private RouteMessage() {}

  static NetlinkRequest change(KernelRoute route, int flags) {
    requireProtocol(route.protocol());
    List<KernelNextHop> hops = route.nextHops();
    boolean onLink =
        route.prefix() instanceof Ipv4Prefix
            && !hops.isEmpty()
            && hops.stream().allMatch(hop -> hop.gateway() == null);
    NetlinkRequest request =
        start(
            "add a route to " + route.prefix(),
            RTM_NEWROUTE,
            NetlinkRequest.ACK | flags,
            route.prefix(),
            route.protocol(),
            onLink ? SCOPE_LINK : SCOPE_UNIVERSE,
            hops.isEmpty() ? TYPE_BLACKHOLE : TYPE_UNICAST);
    request.attribute(RTA_PRIORITY, (int) route.metric());
    IpAddress source = route.source();
    if (source != null) {
      request.attribute(RTA_PREFSRC, source.toBytes());
    }
    if (hops.size() == 1) {
      KernelNextHop hop = hops.get(0);
      request.attribute(RTA_OIF, hop.interfaceIndex());
      putGateway(request, hop);
    } else if (!hops.isEmpty()) {
      int all = request.begin(RTA_MULTIPATH);
      for (KernelNextHop hop : hops) {
        int one = request.beginNextHop(hop.weight(), hop.interfaceIndex());
        putGateway(request, hop);
        request.end(one);
      }
      request.end(all);
    }
    return request;
  }

  /** To the kernel, 0 stands for any or for its own. */
  private static void requireProtocol(int protocol) {
    if (protocol == ANY_PROTOCOL) {
      throw new IllegalArgumentException("a route is made and removed under a protocol above 0");
    }
  }

  private static void putGateway(NetlinkRequest request, KernelNextHop hop) {
    IpAddress gateway = hop.gateway();
    if (gateway != null) {
      request.attribute(RTA_GATEWAY, gateway.toBytes());
    }
  }

  static NetlinkRequest removal(KernelRoute route) {
    requireProtocol(route.protocol());
    return start(
            "remove the route to " + route.prefix(),
            RTM_DELROUTE,
            NetlinkRequest.ACK,
            route.prefix(),
            route.protocol(),
            SCOPE_NOWHERE,
            TYPE_ANY)
        .attribute(RTA_PRIORITY, (int) route.metric());
  }

  private static NetlinkRequest start(
      String operation,
      int messageType,
      int flags,
      IpPrefix prefix,
      int protocol,
      int scope,
      int type) {
    return fixed(
            new NetlinkRequest(operation, messageType, flags),
            RouteNetlink.family(prefix.address()),
            prefix.length(),
            protocol,
            scope,
            type)
        .attribute(RTA_DST, prefix.address().toBytes());
  }

  static NetlinkRequest dump(int family, int protocol) {
    return fixed(
        new NetlinkRequest("list the routes", RTM_GETROUTE, NetlinkRequest.DUMP),
        family,
        0,
        protocol,
        0,
        TYPE_ANY);
  }

  private static NetlinkRequest fixed(
      NetlinkRequest request, int family, int length, int protocol, int scope, int type) {
    return request
        .put8(family)
        .put8(length)
        .put8(0)
        .put8(0)
        .put8(TABLE_MAIN)
        .put8(protocol)
        .put8(scope)
        .put8(type)
        .put32(0);
  }

  /** The route of a reply; empty if it is of another table or kind, or for some packets only. */
  static Optional<KernelRoute> decode(NetlinkReply reply) {
    ByteBuffer body = reply.body();
    if (reply.type() != RTM_NEWROUTE || body.limit() < FIXED_BYTES) {
      return Optional.empty();
    }
    int family = body.get(0);
    int type = body.get(7) & 0xff;
    if (body.get(SOURCE_LENGTH) != 0
        || body.get(TOS) != 0
        || (body.get(4) & 0xff) != TABLE_MAIN
        || (family != Linux.AF_INET && family != Linux.AF_INET6)
        || (type != TYPE_UNICAST && type != TYPE_BLACKHOLE)) {
      return Optional.empty();
    }
    byte[] destination = NetlinkReply.bytesAttribute(body, FIXED_BYTES, RTA_DST);
    if (destination == null) {
      destination = new byte[family == Linux.AF_INET ? Ipv4Address.LENGTH : Ipv6Address.LENGTH];
    }
    List<KernelNextHop> hops = type == TYPE_BLACKHOLE ? List.of() : nextHops(body);
    if (type == TYPE_UNICAST && hops.isEmpty()) {
      // Without hops it would read as a blackhole.
      return Optional.empty();
    }
    return Optional.of(
        new KernelRoute(
            prefix(destination, body.get(1) & 0xff),
            NetlinkReply.intAttribute(body, FIXED_BYTES, RTA_PRIORITY, 0) & 0xffffffffL,
            body.get(5) & 0xff,
            hops,
            addressAttribute(body, FIXED_BYTES, RTA_PREFSRC)));
  }

  private static List<KernelNextHop> nextHops(ByteBuffer body) {
    ByteBuffer several = NetlinkReply.attribute(body, FIXED_BYTES, RTA_MULTIPATH);
    if (several == null) {
      int index = NetlinkReply.intAttribute(body, FIXED_BYTES, RTA_OIF, 0);
      return index < 1
          ? List.of()
          : List.of(new KernelNextHop(index, addressAttribute(body, FIXED_BYTES, RTA_GATEWAY), 1));
    }
    List<KernelNextHop> hops = new ArrayList<>();
    int position = 0;
    while (hops.size() < KernelRoute.MAX_NEXT_HOPS
        && position + NEXT_HOP_BYTES <= several.limit()) {
      int length = several.getShort(position) & 0xffff;
      if (length < NEXT_HOP_BYTES || position + length > several.limit()) {
        break;
      }
      ByteBuffer one = NetlinkReply.slice(several, position, length);
      hops.add(
          new KernelNextHop(
              one.getInt(4),
              addressAttribute(one, NEXT_HOP_BYTES, RTA_GATEWAY),
              (one.get(3) & 0xff) + 1));
      position += NetlinkReply.aligned(length);
    }
    return hops;
  }

  private static @Nullable IpAddress addressAttribute(ByteBuffer in, int from, int type) {
    byte[] bytes = NetlinkReply.bytesAttribute(in, from, type);
    return bytes == null ? null : address(bytes);
  }

  static IpAddress address(byte[] bytes) {
    return bytes.length == Ipv4Address.LENGTH
        ? Ipv4Address.ofBytes(bytes)
        : Ipv6Address.ofBytes(bytes);
  }

  private static IpPrefix prefix(byte[] bytes, int length) {
    return address(bytes) instanceof Ipv4Address v4
        ? new Ipv4Prefix(v4, length)
        : new Ipv6Prefix(Ipv6Address.ofBytes(bytes), length);
  }
}
