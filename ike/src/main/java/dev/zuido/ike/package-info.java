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
 * <p>What the engine does: main mode with pre-shared keys (RFC 2409 section 5.4), quick mode with
 * and without perfect forward secrecy (section 5.5), informational exchanges with verified hashes
 * (section 5.7), rekeying of both phases, INITIAL-CONTACT (RFC 2407 section 4.6.3.3), dead peer
 * detection. What it does not: aggressive mode, signatures, NAT traversal, IKE fragmentation, AH,
 * IPComp, the commit bit (which is ignored).
 *
 * <p>Nothing that is not authenticated changes an established SA. An error notify in the clear is
 * reported as a {@link dev.zuido.ike.IkeOutput.Notice}; a first message opens a half-open exchange
 * in a bounded table and no more.
 */
@NullMarked
package dev.zuido.ike;

import org.jspecify.annotations.NullMarked;
