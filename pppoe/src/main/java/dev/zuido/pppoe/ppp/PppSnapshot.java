package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link at a moment.
 *
 * @param phase the phase
 * @param lcp LCP's state
 * @param ipcp IPCP's state
 * @param ipv6cp IPv6CP's state
 * @param localMru the largest information field that we take, as negotiated
 * @param peerMru the largest that the peer takes
 * @param localMagic our magic number, 0 if none was negotiated
 * @param peerMagic the peer's
 * @param weProve how we prove ourselves, or null
 * @param peerProves how the peer proves itself, or null
 * @param peerName whom the peer proved to be, or the name in its challenge; null if neither
 * @param localAddress our IPv4 address, or null
 * @param peerAddress the peer's, or null
 * @param nameServers what the peer told of name servers
 * @param upSinceNanos when the network phase began, -1 if the link is not there
 * @param echoesSent Echo-Requests of ours
 * @param echoesAnswered those that the peer has answered
 * @param echoesTaken Echo-Requests of the peer
 */
public record PppSnapshot(
    PppPhase phase,
    AutomatonState lcp,
    AutomatonState ipcp,
    AutomatonState ipv6cp,
    int localMru,
    int peerMru,
    int localMagic,
    int peerMagic,
    @Nullable AuthenticationProtocol weProve,
    @Nullable AuthenticationProtocol peerProves,
    @Nullable String peerName,
    @Nullable Ipv4Address localAddress,
    @Nullable Ipv4Address peerAddress,
    List<Ipv4Address> nameServers,
    long upSinceNanos,
    long echoesSent,
    long echoesAnswered,
    long echoesTaken) {
  /** Copies the list. */
  public PppSnapshot {
    nameServers = List.copyOf(nameServers);
  }
}
