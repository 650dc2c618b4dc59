package dev.zuido.testkit.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MacAddress;

/**
 * What a frame has to agree with: what both sides know at that moment.
 *
 * @param receiver whom the frame is for
 * @param sender the other side
 * @param serviceName the service that the client asks for; the concentrator has it
 * @param hostUniq what the client has sent as Host-Uniq
 * @param cookie what the concentrator has given to the client
 * @param sessionId the number of their session, or one that a new session may have; 1 to 65533
 */
public record PppoeFacts(
    MacAddress receiver,
    MacAddress sender,
    String serviceName,
    ByteString hostUniq,
    ByteString cookie,
    int sessionId) {}
