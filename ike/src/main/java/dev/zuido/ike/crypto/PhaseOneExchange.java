package dev.zuido.ike.crypto;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.ByteString;

/**
 * What both sides have said in the clear in phase 1 and what its keys and hashes depend on (RFC
 * 2409 section 5). The nonces and the SA are bodies of payloads, without the generic header.
 *
 * @param initiatorCookie CKY-I
 * @param responderCookie CKY-R
 * @param initiatorPublicValue g^xi
 * @param responderPublicValue g^xr
 * @param initiatorNonce Ni_b
 * @param responderNonce Nr_b
 * @param initiatorSa SAi_b, everything that the initiator offered, as it was sent
 */
public record PhaseOneExchange(
    Cookie initiatorCookie,
    Cookie responderCookie,
    ByteString initiatorPublicValue,
    ByteString responderPublicValue,
    ByteString initiatorNonce,
    ByteString responderNonce,
    ByteString initiatorSa) {}
