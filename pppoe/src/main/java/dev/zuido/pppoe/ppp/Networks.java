package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network protocols of a link in its network phase (RFC 1661 section 3.6). */
final class Networks {
  private final Core core;
  private final List<NetworkProtocol> protocols = new ArrayList<>();
  private final @Nullable IpcpNegotiator ipcp;
  private long deadline = PppLink.NO_DEADLINE;
  private long upSince = -1;

  Networks(Core core) {
    this.core = core;
    PppConfig config = core.config;
    PppConfig.IpcpConfig ipv4 = config.ipcp();
    this.ipcp = ipv4 == null ? null : new IpcpNegotiator(ipv4, config.timers().maxFailure());
    if (ipcp != null) {
      protocols.add(new NetworkProtocol(core, PppProtocol.IPCP, ipcp));
    }
    Long interfaceId = config.ipv6InterfaceId();
    if (interfaceId != null) {
      protocols.add(
          new NetworkProtocol(core, PppProtocol.IPV6CP, new Ipv6cpNegotiator(core, interfaceId)));
    }
  }

  /** The protocol with a number, or null if it is refused. */
  @Nullable NetworkProtocol find(int protocol) {
    for (NetworkProtocol network : protocols) {
      if (network.protocol() == protocol && !network.isRefused()) {
        return network;
      }
    }
    return null;
  }

  /** Whether it is a datagram of a protocol that is negotiated here. */
  boolean isDatagram(int protocol) {
    return protocols.stream()
        .anyMatch(network -> network.datagrams() == protocol && !network.isRefused());
  }

  boolean isUp(int protocol) {
    NetworkProtocol network = find(protocol);
    return network != null && network.control().isOpened();
  }

  AutomatonState state(int protocol) {
    NetworkProtocol network = find(protocol);
    return network == null ? AutomatonState.INITIAL : network.control().state();
  }

  /** The addresses, if IPv4 is open. */
  @Nullable IpcpNegotiator addresses() {
    return isUp(PppProtocol.IPCP) ? ipcp : null;
  }

  /** When the phase has begun, -1 if it has not. */
  long upSince() {
    return upSince;
  }

  /**
   * Gives the peer an address; null refuses IPv4 until there is one.
   *
   * @param started whether the network phase has begun
   */
  void assign(@Nullable Ipv4Address address, boolean started, long now) {
    for (NetworkProtocol network : protocols) {
      if (network.protocol() == PppProtocol.IPCP && ipcp != null) {
        if (address == null) {
          network.refuse("there is no address for the peer", now);
        } else {
          ipcp.assign(address);
          network.permit(started, now);
        }
      }
    }
  }

  /** The network phase begins. */
  void start(long now) {
    upSince = now;
    protocols.forEach(network -> network.start(now));
    boolean none = !protocols.isEmpty() && protocols.stream().allMatch(NetworkProtocol::isRefused);
    deadline = none ? now : now + core.config.timers().networkNanos();
  }

  /** The network phase is over. */
  void stop(long now) {
    upSince = -1;
    deadline = PppLink.NO_DEADLINE;
    protocols.forEach(network -> network.stop(now));
  }

  /** The peer rejects a protocol: a control protocol's, or that of its datagrams. */
  void rejected(int protocol, long now) {
    for (NetworkProtocol network : protocols) {
      if (network.protocol() == protocol || network.datagrams() == protocol) {
        network.rejected(now);
      }
    }
  }

  long deadline() {
    long earliest = deadline;
    for (NetworkProtocol network : protocols) {
      earliest = Math.min(earliest, network.deadline());
    }
    return earliest;
  }

  /** Runs the timers that are due. */
  void timeout(long now) {
    protocols.forEach(network -> network.timeout(now));
  }

  /**
   * Why a link in its network phase has to end: no protocol can open any more, or none has been
   * open for too long. Null if it has not to.
   */
  @Nullable Disagreement hopelessness(long now) {
    if (protocols.stream().anyMatch(network -> network.control().isOpened())) {
      deadline = PppLink.NO_DEADLINE;
      protocols.forEach(network -> network.watch(now));
      return null;
    }
    boolean hope = protocols.isEmpty();
    Disagreement first = null;
    for (NetworkProtocol network : protocols) {
      Disagreement failure = network.failure();
      hope |= failure == null;
      first = first == null ? failure : first;
    }
    if (!hope) {
      return first;
    }
    if (deadline == PppLink.NO_DEADLINE) {
      deadline = now + core.config.timers().networkNanos();
    }
    return deadline <= now
        ? new Disagreement(PppEnd.NO_NETWORK_PROTOCOL, "no network protocol is open")
        : null;
  }
}
