package dev.zuido.gre;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;

/** The endpoints of a tunnel as numbers, compared with those of packets. */
final class OuterMatch {
  private final boolean ipv4;
  private final int protocol;
  private final long localHigh;
  private final long localLow;
  private final long remoteHigh;
  private final long remoteLow;

  OuterMatch(GreTunnelConfig config) {
    this.ipv4 = config.isOverIpv4();
    this.protocol = config.udp() == null ? IpProtocol.GRE : IpProtocol.UDP;
    this.localHigh = high(config.local());
    this.localLow = low(config.local());
    this.remoteHigh = high(config.remote());
    this.remoteLow = low(config.remote());
  }

  private static long high(IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.high() : 0;
  }

  private static long low(IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.low() : ((Ipv4Address) address).value();
  }

  boolean ipv4() {
    return ipv4;
  }

  /** 47, or 17 for GRE in UDP. */
  int protocol() {
    return protocol;
  }

  /** Whether a packet of the tunnel's family goes from here to the peer. */
  boolean isToPeer(byte[] bytes, int ip) {
    return ipv4
        ? Ipv4Fields.source(bytes, ip) == (int) localLow
            && Ipv4Fields.destination(bytes, ip) == (int) remoteLow
        : Ipv6Fields.sourceLow(bytes, ip) == localLow
            && Ipv6Fields.destinationLow(bytes, ip) == remoteLow
            && Ipv6Fields.sourceHigh(bytes, ip) == localHigh
            && Ipv6Fields.destinationHigh(bytes, ip) == remoteHigh;
  }

  /** Whether a packet of the tunnel's family comes from the peer to here. */
  boolean isFromPeer(byte[] bytes, int ip) {
    return ipv4
        ? Ipv4Fields.source(bytes, ip) == (int) remoteLow
            && Ipv4Fields.destination(bytes, ip) == (int) localLow
        : Ipv6Fields.sourceLow(bytes, ip) == remoteLow
            && Ipv6Fields.destinationLow(bytes, ip) == localLow
            && Ipv6Fields.sourceHigh(bytes, ip) == remoteHigh
            && Ipv6Fields.destinationHigh(bytes, ip) == localHigh;
  }

  /** Whether a packet of the tunnel's family is for the peer. */
  boolean isForPeer(byte[] bytes, int ip) {
    return ipv4
        ? Ipv4Fields.destination(bytes, ip) == (int) remoteLow
        : Ipv6Fields.destinationLow(bytes, ip) == remoteLow
            && Ipv6Fields.destinationHigh(bytes, ip) == remoteHigh;
  }

  /** The sum of the addresses and of the protocol for UDP's pseudo-header. */
  long pseudoHeaderSum() {
    long sum = protocol;
    for (long word : new long[] {localHigh, localLow, remoteHigh, remoteLow}) {
      // An IPv4 address is sign-extended: its upper half is no part of it.
      sum += (ipv4 ? 0 : word >>> 32) + (word & 0xffff_ffffL);
    }
    return sum;
  }
}
