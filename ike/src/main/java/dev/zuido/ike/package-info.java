/**
 * IKEv1 (RFC 2407, RFC 2408, RFC 2409): main mode and quick mode for gateways, with dead peer
 * detection (RFC 3706), as an engine without sockets, threads or clocks.
 *
 * <p>An {@link dev.zuido.ike.IkeEngine} serves many peers. It is fed datagrams, commands and the
 * time, and gives one ordered stream of {@linkplain dev.zuido.ike.IkeOutput outputs}:
 *
 * <pre>{@code
 * IkeEngine engine = new IkeEngine(config, secrets, jitter, inboundSpis, traffic);
 * engine.handle(new IkeCommand.Initiate("site-b", "gre"), now);
 * drain();
 *
 * void drain() {
 *   for (IkeOutput output; (output = engine.poll(out.clear())) != null; ) {
 *     if (output instanceof IkeOutput.Transmit to) {
 *       socket.send(out, to.local(), to.remote());
 *     } else if (output instanceof IkeOutput.InstallSa install) {
 *       esp.install(install.sa());
 *       answers.add(new IkeCommand.SaInstalled(install.sa().id()));
 *     } else if (output instanceof IkeOutput.RemoveSa remove) {
 *       esp.remove(remove.saId());
 *     } else if (output instanceof IkeOutput.Compute compute) {
 *       results.add(compute.task().run());   // here, or on another thread
 *     } else {
 *       log(output);
 *     }
 *   }
 *   // then handle each answer and each result, and drain again
 * }
 * }</pre>
 *
 * <p>The inbound SA is installed before the message that invites the peer to use it is sent. While
 * a pair is being replaced, the initiator keeps sending on the old outbound SA until the peer uses
 * the new pair ({@link dev.zuido.ike.IkeCommand.SaUsed}) or two seconds have passed; every inbound
 * SA stays until its lifetime ends or the peer deletes it.
 *
 * <h2>NAT traversal</h2>
 *
 * <p>Main mode finds translators (RFC 3947): both sides announce it, messages 3 and 4 compare
 * hashes of the addresses. Where one was found, or one side {@linkplain dev.zuido.ike.NatTraversal
 * pretends one}, the initiator's message 5 and all that follows go to port 4500, and quick mode
 * negotiates ESP in UDP; {@link dev.zuido.ike.SaParameters#udpEncapsulation} has the ports. What
 * comes to port 4500 is given to the engine as it came, and what the engine sends from there is
 * sent as it is: the non-ESP marker is the engine's. ESP on that port is the driver's. A keepalive
 * goes to the peer when neither a message nor, by the {@link dev.zuido.ike.TrafficClock}, a packet
 * has for a while.
 *
 * <p>The peer's port is nothing to hold on to: its translator may give it another at any time. The
 * engine follows when a message comes from elsewhere that is authenticated <em>and</em> cannot be
 * an old one sent again (a probe with a new sequence number, an answer to a nonce of ours), or when
 * the driver has seen such a packet of ESP ({@link dev.zuido.ike.IkeCommand.PeerSeenAt}). Then it
 * says {@link dev.zuido.ike.IkeOutput.MoveSa}. Who is behind a translator himself follows nobody
 * (RFC 3947 section 7): if the peer's translator gives it another port, the peer's probes stay
 * unanswered, and it begins anew. In transport mode each side names the ends by the addresses that
 * it knows; the selectors in {@code SaParameters} are always those that packets match here, and
 * {@link dev.zuido.ike.SaParameters#originalAddresses} says what they were before translation.
 *
 * <h2>Templates</h2>
 *
 * <p>A {@link dev.zuido.ike.PeerConfig} of a whole prefix is a template. Its peers begin by
 * themselves; each gets a name when it has proved that it knows the key, and is forgotten when its
 * last SA has gone. One is told from another by identity and, where that is an address, by the
 * address at which it is seen, so that many can stand behind one translator. What such a peer may
 * protect is what it asks for within the template's selectors. Two of them may ask for the same
 * addresses: whether that can be is the driver's to say, with {@link
 * dev.zuido.ike.IkeCommand.SaRefused}.
 *
 * <h2>Limits</h2>
 *
 * <p>What the engine does: main mode with pre-shared keys (RFC 2409 section 5.4), quick mode with
 * and without perfect forward secrecy (section 5.5), informational exchanges with verified hashes
 * (section 5.7), rekeying of both phases, INITIAL-CONTACT (RFC 2407 section 4.6.3.3), dead peer
 * detection, NAT traversal by RFC 3947 and the drafts 02 and 03 before it. What it does not:
 * aggressive mode, signatures, XAUTH and mode-config, IKE fragmentation, the older keepalive of IOS.
 *
 * <p>In phase 2 it negotiates every suite of ESP that has a number in IKEv1 ({@link
 * dev.zuido.ike.EspProposal}), AH ({@link dev.zuido.ike.AhProposal}; not through translators), both as
 * alternatives, extended sequence numbers (RFC 4304), and lifetimes by a {@linkplain
 * dev.zuido.ike.LifetimePolicy policy}, with RESPONDER-LIFETIME. What it does not:
 *
 * <ul>
 *   <li>ChaCha20-Poly1305 and AES-CMAC have no number in IKEv1; HMAC-SHA-256 cut to 96 bits, which
 *       old kernels had under the number of the one with 128, is not offered.
 *   <li>An alternative of several protocols (AH and ESP for the same packets, IPComp) is never
 *       chosen; where an offer has others, one of those is.
 *   <li>One quick mode makes one pair: a message with two SA payloads is dropped.
 *   <li>A selector is a host, a subnet or a range, with one protocol or all and one port or all;
 *       names, masks with holes and ranges of ports are refused.
 *   <li>The responder of a fixed peer wants the mirror image of its selectors; it narrows nothing.
 *   <li>The commit bit is ignored, and a person is told once. Lifetimes of an ISAKMP SA in kilobytes
 *       are ignored: it never carries so much.
 *   <li>RESPONDER-LIFETIME is obeyed where it comes with the SA it is about, in quick mode's second
 *       message and main mode's sixth, and of an ISAKMP SA in an informational message too.
 *       Nothing but its encryption protects it in the sixth message: garbled it can end the ISAKMP
 *       SA early, and no more.
 * </ul>
 *
 * <p>What peers cost: {@link dev.zuido.ike.IkeLimits} says how much memory they take. Time is taken
 * by Diffie-Hellman, three quarters of a handshake in group 14, and that is what {@link
 * dev.zuido.ike.IkeOutput.Compute} hands out: a driver that computes on another thread keeps a peer
 * with a slow group from holding the others up. Otherwise the engine does nothing until a deadline;
 * no work goes over all peers.
 *
 * <h2>What IKEv1 does not authenticate</h2>
 *
 * <p>Whoever can alter messages of a handshake on their way can do this with it unnoticed, and no
 * more ({@code EveryBitTest} alters every bit of every message):
 *
 * <ul>
 *   <li>Vendor IDs, their types and the types of other payloads that may be missing: dead peer
 *       detection, NAT traversal or fragmentation are not used, though both sides have them.
 *   <li>NAT-D payloads: a translator is seen where none is, so that messages and ESP go in UDP to
 *       port 4500, or the handshake fails.
 *   <li>The responder's SA payload, since the hashes cover the initiator's alone: the initiator
 *       takes other lifetimes for agreed on. Algorithms that it has not offered it refuses.
 *   <li>What stands behind the HASH in the last messages of phase 1 (INITIAL-CONTACT, lifetimes) can
 *       be garbled, but not written, and is then not heeded. Blocks added behind the very last one
 *       leave both sides with an ISAKMP SA under which they do not understand each other.
 *   <li>The commit flag, which is ignored.
 * </ul>
 *
 * <p>Nothing that is not authenticated changes an established SA. An error notify in the clear is
 * reported as a {@link dev.zuido.ike.IkeOutput.Notice}; a first message opens a half-open exchange
 * in a bounded table and no more.
 */
@NullMarked
package dev.zuido.ike;

import org.jspecify.annotations.NullMarked;
