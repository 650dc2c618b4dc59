package dev.zuido.testkit.gre;

import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.wire.ByteString;

/**
 * A packet for a tunnel.
 *
 * @param receiver the tunnel, as its receiving end is configured
 * @param packet what arrives: an IP packet with GRE in it, and perhaps link padding behind it
 * @param payload the packet or frame inside: what decapsulation has to leave if it accepts the
 *     packet
 */
public record GreCase(GreTunnelConfig receiver, ByteString packet, ByteString payload) {}
