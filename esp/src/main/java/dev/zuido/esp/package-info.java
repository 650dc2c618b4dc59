/**
 * IPsec ESP (RFC 4303) and the IPsec architecture around it (RFC 4301): security associations,
 * replay protection, the security policy.
 *
 * <p>An SA protects packets in one direction. {@link dev.zuido.esp.OutboundSa} seals and {@link
 * dev.zuido.esp.InboundSa} opens the packets of a {@link dev.zuido.wire.PacketBatch} where they
 * lie, without allocating per packet, and leaves an {@link dev.zuido.esp.EspVerdict} on each:
 *
 * <pre>{@code
 * EspSuite suite = new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA1_96);
 * SaParameters out = SaParameters.of(peersSpi, EspMode.TRANSPORT, suite, here, there);
 * try (EspKeys keys = EspKeys.ofKeyMaterial(suite, keyMaterial)) {
 *   OutboundSa sa = new OutboundSa(out, keys, EspCrypto.platform(), secureRandom, nowNanos);
 *   sa.seal(batch);                  // every packet is SEALED, or dropped with its reason
 *   wan.send(batch);
 * }
 * }</pre>
 *
 * <p>A router puts an {@link dev.zuido.esp.IpsecBoundary} before an interface: it joins the ordered
 * policies ({@link dev.zuido.esp.SecurityPolicyDatabase}) with the SAs that the key exchange has
 * installed ({@link dev.zuido.esp.SecurityAssociationDatabase}), and drops what would leave or
 * enter against the policy. A {@link dev.zuido.esp.PolicyLookup} remembers flows, so that a packet
 * costs the same for one policy and for ten thousand:
 *
 * <pre>{@code
 * boundary.outbound(batch);          // or with the time, if packets may wait for their SA
 * for (SecurityPolicy p; (p = boundary.pollAcquire()) != null; ) {
 *   keyExchange.negotiate(p, nowNanos);
 * }
 * wan.send(batch);
 *
 * wan.receive(batch);
 * boundary.inbound(batch);           // ESP and AH are opened, what is clear has to be let by
 *
 * while (boundary.release(waited, nowNanos) > 0) {  // after an SA was installed
 *   wan.send(waited);
 * }
 *
 * associations.expire(nowNanos);     // by associations.nextDeadline(), and after each burst
 * for (SaEvent e; (e = associations.poll()) != null; ) { ... }
 * }</pre>
 *
 * <p>{@link dev.zuido.esp.EspSuite} also computes what a suite adds to a packet, to the byte: the
 * tunnel's MTU follows from {@link dev.zuido.esp.SaParameters#maxInner}.
 *
 * <p>An SA that is keyed by hand is made without replay protection ({@link
 * dev.zuido.esp.SaParameters#withoutReplayProtection}). Where a translator on the way changes its
 * mapping, the inbound SA sees where the peer is now, and the outbound one can be redirected:
 *
 * <pre>{@code
 * if (in.lastSourcePort() != 0 && in.lastSourcePort() != out.destinationPort()) {
 *   out.redirect(in.lastSourcePort());
 * }
 * }</pre>
 *
 * <p>Algorithms: NULL, DES, 3DES and AES-CBC, AES-CTR, AES-GCM, AES-CCM, ChaCha20-Poly1305, NULL
 * with AES-GMAC; HMAC with MD5, SHA-1 and SHA-2, AES-XCBC, AES-CMAC; each names RFC 8221's verdict.
 * Transport and tunnel mode over IPv4 and IPv6, either in either; UDP encapsulation (RFC 3948) with
 * the correction of checksums in transport mode; extended sequence numbers, found again after a
 * long loss; ECN through the tunnel (RFC 6040); dummy packets and TFC padding ({@link
 * dev.zuido.esp.OutboundSa#sealDummy}, {@link dev.zuido.esp.TfcPadding}). Not here: aggregation and
 * fragmentation inside of ESP (RFC 9347) and compression (RFC 3173). Fragments are reassembled
 * before they come here, and whoever sends fragments a packet before it is sealed, or after.
 *
 * <p>An outbound SA remembers the path MTU that routers report, if what they quote is its packet:
 *
 * <pre>{@code
 * IcmpQuote quote = IcmpQuote.of(slab, offset, length);        // a packet that has arrived
 * OutboundSa sender = quote == null ? null : associations.sender(quote);
 * if (sender != null && sender.learnPathMtu(quote, nowNanos)) { ... }
 * int longest = sa.maxInner(linkMtu, nowNanos);                // what still fits unfragmented
 * }</pre>
 *
 * <p>What RFC 4301 wants to be audited, SAs and boundaries write into an {@link
 * dev.zuido.esp.AuditLog}, a few events per second and SA at most:
 *
 * <pre>{@code
 * association.auditTo(log);
 * for (AuditEvent e; (e = log.poll()) != null; ) { ... }
 * }</pre>
 */
@NullMarked
package dev.zuido.esp;

import org.jspecify.annotations.NullMarked;
