package dev.zuido.router;

import dev.zuido.pppoe.PppoeSnapshot;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Dialer interface that dials, at a moment: what whoever runs a router beside a host's stack has
 * to know of it.
 *
 * @param name the Dialer interface
 * @param physical the interface of the Ethernet
 * @param carriesIpv4 whether packets pass; with a line on demand the line protocol may be up while
 *     they do not
 * @param address its address at the moment; null if that is negotiated and there is no session
 * @param peer the concentrator's address; null without a session, or if it has told none
 * @param mtu the largest IPv4 packet that leaves through it, in bytes
 * @param nameServers what the concentrator told of name servers, if it was asked
 * @param session discovery, session and PPP in full; no secret is in it
 */
public record DialerStatus(
    IosInterfaceName name,
    IosInterfaceName physical,
    boolean carriesIpv4,
    @Nullable Ipv4Address address,
    @Nullable Ipv4Address peer,
    int mtu,
    List<Ipv4Address> nameServers,
    PppoeSnapshot session) {
  /** Copies the list. */
  public DialerStatus {
    nameServers = List.copyOf(nameServers);
  }

  static DialerStatus of(RouterInterface owner, DialerLine line, long nowNanos) {
    var agreed = line.isInForce() ? line.addresses() : null;
    return new DialerStatus(
        line.plan().name(),
        line.plan().physical(),
        line.isInForce(),
        owner.address(),
        agreed == null || agreed.peer().isUnspecified() ? null : agreed.peer(),
        owner.mtu(),
        agreed == null ? List.of() : agreed.nameServers(),
        line.snapshot(nowNanos));
  }
}
