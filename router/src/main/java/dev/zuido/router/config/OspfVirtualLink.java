package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;

/**
 * An {@code area … virtual-link} line (RFC 2328, section 15).
 *
 * @param neighborId the router ID of the border router at the other end
 * @param settings its intervals and keys; nothing else of it is looked at
 */
public record OspfVirtualLink(Ipv4Address neighborId, OspfInterfaceConfig settings) {}
