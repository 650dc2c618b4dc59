package dev.zuido.tun.netlink;

import dev.zuido.wire.IpAddress;

/**
 * An address that an interface has.
 *
 * @param interfaceIndex the number of the interface
 * @param address the address
 * @param prefixLength of the network on the link; where the address was given with a peer's, of the
 *     peer's
 */
public record InterfaceAddress(int interfaceIndex, IpAddress address, int prefixLength) {}
