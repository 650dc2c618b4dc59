package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;

/**
 * Which OSPF process a report is about.
 *
 * @param processId its number in the configuration
 * @param routerId its Router ID
 */
public record OspfProcessId(int processId, Ipv4Address routerId) {
  /** An area in text: small ones as a number, which is how they are configured. */
  static String area(Ipv4Address areaId) {
    return areaId.value() >>> 16 == 0 ? Integer.toString(areaId.value()) : areaId.toString();
  }
}
