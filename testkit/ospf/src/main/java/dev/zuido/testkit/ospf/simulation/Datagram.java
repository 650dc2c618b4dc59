package dev.zuido.testkit.ospf.simulation;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;

/**
 * A packet that comes in.
 *
 * @param interfaceId the interface of the router that takes it
 * @param source the IP source
 * @param destination the IP destination
 * @param packet the OSPF packet
 */
public record Datagram(
    int interfaceId, Ipv4Address source, Ipv4Address destination, ByteString packet) {}
