package dev.zuido.router;

import dev.zuido.router.config.DialerIdle;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * When a Dialer interface dials, and what is interesting to it.
 *
 * @param name the Dialer interface
 * @param physical the interface of the Ethernet
 * @param enabled whether neither of them is shut down
 * @param onDemand whether traffic raises the line and its absence ends it
 * @param idle when it is ended, of a line on demand
 * @param interest which packets are interesting
 * @param maxAttempts attempts in a row that may fail before the Dialer gives up, 0 for no limit
 * @param address its address; null if that is negotiated
 * @param user the name with which it proves itself, empty if it cannot
 * @param largestMtu the largest packet that a session may ever carry, in bytes
 */
record DialPlan(
    IosInterfaceName name,
    IosInterfaceName physical,
    boolean enabled,
    boolean onDemand,
    DialerIdle idle,
    Interest interest,
    int maxAttempts,
    @Nullable Ipv4Address address,
    String user,
    int largestMtu) {

  /**
   * Which packets are interesting, as {@code dialer-list} says.
   *
   * @param any whether any is, if no access list is asked
   * @param filter the access list that is asked, or null
   */
  record Interest(boolean any, @Nullable AccessFilter filter) {
    /** No packet: there is no {@code dialer-group}. */
    static final Interest NONE = new Interest(false, null);

    boolean in(byte[] bytes, int offset) {
      return filter == null ? any : filter.permits(bytes, offset);
    }
  }

  boolean isNegotiated() {
    return address == null;
  }
}
