package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.wire.MacAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a client dials.
 *
 * @param address the Ethernet address of our interface
 * @param serviceName the service that is asked for, empty for any (RFC 2516 section 5.1)
 * @param concentrator the name of the only access concentrator that we take, or null for any
 * @param linkMtu the largest Ethernet payload of the interface, in bytes: above 1500 the client
 *     offers larger PPP payloads (RFC 4638)
 * @param ppp how the link on top negotiates; its MRU is lowered to what the session carries
 * @param timers how long and how often the client tries
 */
public record PppoeClientConfig(
    MacAddress address,
    String serviceName,
    @Nullable String concentrator,
    int linkMtu,
    PppConfig ppp,
    PppoeTimers timers) {
  /** The most bytes of names: with them a PADI and what a relay adds pass (section 5.1). */
  static final int MAX_NAME = 1024;

  /** Checks the ranges. */
  public PppoeClientConfig {
    if (address.isGroup()) {
      throw new IllegalArgumentException(address + " is no address of a station");
    }
    checkLinkMtu(linkMtu);
    if (bytes(serviceName) > MAX_NAME) {
      throw new IllegalArgumentException("the service name has more than 1024 bytes");
    }
  }

  static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** PPP's information field has 128 bytes at least, and its length is a number of 16 bits. */
  static void checkLinkMtu(int linkMtu) {
    int mtu = linkMtu - PppoeSession.PAYLOAD_OVERHEAD;
    if (mtu < 128 || mtu > 0xffff - 2) {
      throw new IllegalArgumentException("an Ethernet payload of " + linkMtu + " bytes");
    }
  }

  /** Any service of any concentrator, over an Ethernet of 1500 bytes. */
  public static PppoeClientConfig of(MacAddress address, PppConfig ppp) {
    return new PppoeClientConfig(address, "", null, 1500, ppp, PppoeTimers.DEFAULT);
  }

  /** The same for one service. */
  public PppoeClientConfig withServiceName(String value) {
    return new PppoeClientConfig(address, value, concentrator, linkMtu, ppp, timers);
  }

  /** The same for one concentrator. */
  public PppoeClientConfig withConcentrator(@Nullable String value) {
    return new PppoeClientConfig(address, serviceName, value, linkMtu, ppp, timers);
  }

  /** The same over another Ethernet. */
  public PppoeClientConfig withLinkMtu(int value) {
    return new PppoeClientConfig(address, serviceName, concentrator, value, ppp, timers);
  }

  /** The same with other timers. */
  public PppoeClientConfig withTimers(PppoeTimers value) {
    return new PppoeClientConfig(address, serviceName, concentrator, linkMtu, ppp, value);
  }
}
