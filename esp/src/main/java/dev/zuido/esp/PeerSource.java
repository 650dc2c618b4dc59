package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import org.jspecify.annotations.Nullable;

/** Where the newest packet of an encapsulated inbound SA came from. */
final class PeerSource {
  private boolean six;
  private int ipv4;
  private long high;
  private long low;
  private int port;

  /** Notes a packet's source, unless its port is none. */
  void note(byte[] slab, int outer, int udp) {
    int from = BigEndian.getUnsignedShort(slab, udp);
    if (from == 0) {
      return;
    }
    port = from;
    six = Ipv4Fields.version(slab, outer) == 6;
    if (six) {
      high = Ipv6Fields.sourceHigh(slab, outer);
      low = Ipv6Fields.sourceLow(slab, outer);
    } else {
      ipv4 = Ipv4Fields.source(slab, outer);
    }
  }

  int port() {
    return port;
  }

  int ipv4() {
    return six ? 0 : ipv4;
  }

  @Nullable IpAddress address() {
    if (port == 0) {
      return null;
    }
    return six ? new Ipv6Address(high, low) : new Ipv4Address(ipv4);
  }
}
