package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a concentrator serves.
 *
 * @param address its Ethernet address
 * @param name its AC-Name
 * @param serviceNames the services that it offers; an empty name is always accepted
 * @param linkMtu the largest Ethernet payload, in bytes: above 1500 larger PPP payloads are agreed
 *     (RFC 4638)
 * @param maxSessions the most sessions at once, 1 to 65534
 * @param maxSessionsPerStation the most sessions of one Ethernet address
 * @param ppp how each session's link negotiates; its peer address is what {@link #addresses} says
 * @param addresses the address of a caller, by its name (empty if it need not prove one); null to
 *     refuse IPv4
 */
public record AccessConcentratorConfig(
    MacAddress address,
    String name,
    List<String> serviceNames,
    int linkMtu,
    int maxSessions,
    int maxSessionsPerStation,
    PppConfig ppp,
    Function<String, @Nullable Ipv4Address> addresses) {
  /** Copies the list and checks the ranges. */
  public AccessConcentratorConfig {
    serviceNames = List.copyOf(serviceNames);
    if (address.isGroup()) {
      throw new IllegalArgumentException(address + " is no address of a station");
    }
    if (maxSessions < 1 || maxSessions > SessionTable.MAX_SESSIONS || maxSessionsPerStation < 1) {
      throw new IllegalArgumentException("a concentrator has 1 to 65534 sessions");
    }
    PppoeClientConfig.checkLinkMtu(linkMtu);
    int names = PppoeClientConfig.bytes(name);
    for (String service : serviceNames) {
      names += PppoeTag.HEADER_LENGTH + PppoeClientConfig.bytes(service);
    }
    if (names > PppoeClientConfig.MAX_NAME) {
      throw new IllegalArgumentException("the names do not fit into an offer");
    }
  }
}
