package dev.zuido.testkit.gre;

import dev.zuido.gre.EnhancedGreConfig;
import dev.zuido.wire.ByteString;

/**
 * A packet for a PPTP session.
 *
 * @param receiver the session, as its receiving end is configured
 * @param packet what arrives: an IPv4 packet with enhanced GRE in it, and perhaps more behind it
 * @param payload the PPP packet inside; empty for an acknowledgment
 */
public record EnhancedGreCase(EnhancedGreConfig receiver, ByteString packet, ByteString payload) {}
