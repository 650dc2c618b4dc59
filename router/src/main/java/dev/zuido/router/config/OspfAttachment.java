package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;

/**
 * An {@code ip ospf … area} line: OSPF runs on the interface whatever the network lines say.
 *
 * @param processId the process
 * @param area the area
 */
public record OspfAttachment(int processId, Ipv4Address area) {
  /** The line. */
  @Override
  public String toString() {
    return "ip ospf " + processId + " area " + area;
  }
}
