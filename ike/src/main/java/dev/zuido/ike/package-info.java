/**
 * IKEv1 (RFC 2407, RFC 2408, RFC 2409) for gateways: an engine without sockets, threads or clocks.
 *
 * <p>Phase 1 is main mode or aggressive mode, with pre-shared keys or with RSA signatures and
 * certificates. Phase 2 is quick mode with and without perfect forward secrecy, for ESP and AH.
 * Around them there are informational exchanges with verified hashes (RFC 2409 section 5.7),
 * INITIAL-CONTACT (RFC 2407 section 4.6.3.3), rekeying of both phases, dead peer detection (RFC
 * 3706), NAT traversal (RFC 3947 and the drafts 02 and 03 before it), and long messages in
 * fragments.
 *
 * <h2>How to drive it</h2>
 *
 * <p>An {@link dev.zuido.ike.IkeEngine} serves many peers. It is built from an {@link
 * dev.zuido.ike.IkeConfig} of {@link dev.zuido.ike.PeerConfig}s, which have {@link
 * dev.zuido.ike.ChildConfig}s. It is fed datagrams, commands and the time, and gives one ordered
 * stream of {@linkplain dev.zuido.ike.IkeOutput outputs}:
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
 *     } else if (output instanceof IkeOutput.MoveSa move) {
 *       esp.move(move.saId(), move.source(), move.destination(), move.udpEncapsulation());
 *     } else if (output instanceof IkeOutput.Compute compute) {
 *       results.add(compute.task().run());   // here, or on another thread
 *     } else {
 *       log(output);
 *     }
 *   }
 *   // then handle each answer and each result, and drain again;
 *   // engine.nextDeadline() says when to call engine.handleTimeout(now)
 * }
 * }</pre>
 *
 * <p>The inbound SA is installed before the message that invites the peer to use it is sent. While
 * a pair is being replaced, the initiator keeps sending on the old outbound SA until the peer uses
 * the new pair ({@link dev.zuido.ike.IkeCommand.SaUsed}) or two seconds have passed. {@link
 * dev.zuido.ike.IkeOutput.RemoveSa} says when an SA is to go.
 *
 * <p>Failures and notices are sentences that say what differs and what to check. Each message that
 * is sent or accepted is an output too, by the names of its payloads, and with every field if
 * {@link dev.zuido.ike.WireTrace#FIELDS} is asked for; never with a secret. A whole run can be
 * recorded and repeated byte by byte ({@link dev.zuido.ike.transcript}): what is recorded is
 * secret.
 *
 * <h2>Who the peers are</h2>
 *
 * <p>Both sides prove themselves by a {@link dev.zuido.ike.Credential}: a pre-shared key (RFC 2409
 * section 5.4) or an RSA key with an X.509 certificate (section 5.1). Which one is negotiated like
 * the rest of an {@link dev.zuido.ike.IkeProposal}. The identity that a peer then has is checked
 * against {@link dev.zuido.ike.PeerConfig#remoteIdentity}; with a certificate it has to be named
 * there too ({@link dev.zuido.ike.CertificateTrust}), and a fixed peer behind a translator has to
 * have one configured, since its address says nothing then. The date for that comes from a clock in
 * the configuration. Signing and verifying are {@link dev.zuido.ike.ComputeTask}s.
 *
 * <p>In main mode the pre-shared key is chosen by the peer's address. Aggressive mode says the
 * identity first, so that it can choose: by address, host name, user name or key ID. Aggressive
 * mode is off unless {@link dev.zuido.ike.PeerOptions#aggressiveMode} asks for it, for the reasons
 * that stand at {@link dev.zuido.ike.AggressiveMode}. Its third message is sent encrypted and taken
 * in either form; it is repeated until phase 2 shows that it has arrived. {@link
 * dev.zuido.ike.PreSharedKeyStrength} tells weak keys; the engine takes them all the same.
 *
 * <h2>NAT traversal</h2>
 *
 * <p>Phase 1 finds translators (RFC 3947): both sides announce it, and compare hashes of the
 * addresses in messages 3 and 4 of main mode, 2 and 3 of aggressive mode. Where one was found, or
 * one side {@linkplain dev.zuido.ike.NatTraversal pretends one}, the initiator's next message (main
 * mode's fifth, aggressive mode's third) and all that follow go to port 4500, and quick mode
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
 * <p>A {@link dev.zuido.ike.PeerConfig} of a whole prefix is a template, and so is one of a single
 * address with {@link dev.zuido.ike.PeerOptions#callsOnly}. Its peers begin by themselves; each
 * gets a name when it has proved itself, and is forgotten when its last SA has gone. One is told
 * from another by identity and, where that is an address, by the address at which it is seen, so
 * that many can stand behind one translator. What such a peer may protect is what it asks for
 * within the template's selectors. Two of them may ask for the same addresses: whether that can be
 * is the driver's to say, with {@link dev.zuido.ike.IkeCommand.SaRefused}. Several templates may
 * cover the same addresses and differ in the identity ({@link dev.zuido.ike.IkeConfig#peers}).
 *
 * <h2>Phase 2</h2>
 *
 * <p>Quick mode negotiates every suite of ESP that has a number in IKEv1 ({@link
 * dev.zuido.ike.EspProposal}), AH ({@link dev.zuido.ike.AhProposal}; not through translators), both
 * as alternatives, extended sequence numbers (RFC 4304, {@link
 * dev.zuido.ike.ExtendedSequenceNumbers}), selectors that are hosts, subnets or ranges, and
 * lifetimes by a {@linkplain dev.zuido.ike.LifetimePolicy policy}, with RESPONDER-LIFETIME.
 *
 * <p>Of the quick modes that are wanted with a peer a few are begun at once, and the others wait
 * ({@link dev.zuido.ike.IkeLimits#ownQuickModes}). What waits is not lost with the ISAKMP SA, but
 * what is new is given up if no other can be made.
 *
 * <h2>The life of SAs</h2>
 *
 * <p>Each SA is rekeyed before its end, by a margin that is partly random ({@link
 * dev.zuido.ike.RekeyPolicy}), and each pair too when the driver says that it has carried enough
 * ({@link dev.zuido.ike.IkeCommand.LifetimeExceeded}). What fails is tried again, after growing
 * waits, as long as there is something to be rekeyed; what was only asked for is given up after one
 * failure, and the next packet asks again. An outbound SA goes when its successor's is installed,
 * so that a driver that refuses the successor leaves a pair that works; the inbound SA of a pair
 * that was replaced stays until its lifetime ends or the peer deletes it.
 *
 * <p>Both sides may rekey at once. Of quick modes that cross the one whose initiator has the
 * greater nonce wins: its responder gives up its own unless that is answered already, and if both
 * are completed both sides send on the winner and end the other. Of main or aggressive modes that
 * cross it is the one with the greater initiator cookie. The third message of a quick mode may be
 * lost: its responder repeats the second until it comes, and the first packet on the new inbound SA
 * stands for it.
 *
 * <p>A new ISAKMP SA takes over all children of the one before. Who has begun it uses it at once;
 * who has answered cannot know that its last message arrived, and uses it when the peer has sent
 * something under it (the next probe of dead peer detection goes over it for that), at the latest
 * after the time of the repetitions, or when the one before goes. The one before ends that time
 * later, so that all that is repeated under it is still answered.
 *
 * <p>The end of an ISAKMP SA ends no child, whether its lifetime is over or the peer deletes it
 * (RFC 2408 section 5.15: a delete names the SAs that it is about; IOS does the same): the next
 * exchange begins with phase 1. A quick mode that was under way is tried again under the next
 * ISAKMP SA. An end that is our decision is told to the peer, by a delete for each SA under the
 * ISAKMP SA in use; nobody confirms a delete, and one that is repeated or comes too late has no
 * effect. Who ends a child ({@link dev.zuido.ike.IkeCommand.Terminate}) ends its quick modes too;
 * but a peer that has asked for a new pair before it hears of that gets one.
 *
 * <p>Dead peer detection probes only whom has announced that he answers; while there is an ISAKMP
 * SA with another one, nothing finds that one dead. The older keepalive of IOS is answered, and
 * never sent. An unknown SPI is reported ({@link dev.zuido.ike.IkeCommand.InvalidSpi}) under an
 * ISAKMP SA at most once a second; where there is none, {@link
 * dev.zuido.ike.PeerOptions#invalidSpiRecovery} lets a phase 1 begin, at most every ten seconds.
 *
 * <h2>Fragments</h2>
 *
 * <p>Long messages go in fragments as Cisco cuts them, in both directions, to peers that announce
 * it ({@link dev.zuido.ike.PeerOptions#fragmentation}; {@link dev.zuido.ike.FragmentLimits} has the
 * sizes and what is kept of incomplete messages). A first message is neither cut nor taken in
 * fragments, also with {@link dev.zuido.ike.Fragmentation#FORCE}: nobody has announced anything by
 * then. Nothing authenticates a fragment: who sees them can spoil a message, which then waits until
 * it is sent again.
 *
 * <h2>Limits and costs</h2>
 *
 * <p>What peers cost: {@link dev.zuido.ike.IkeLimits} says how much memory they take. Time is taken
 * by Diffie-Hellman, three quarters of a handshake in group 14, and that is what {@link
 * dev.zuido.ike.IkeOutput.Compute} hands out, with signatures: a driver that computes on another
 * thread keeps a peer with a slow group from holding the others up. Otherwise the engine does
 * nothing until a deadline; no work goes over all peers.
 *
 * <p>A responder sends the address of a first message at most three times the bytes that came from
 * it, and nothing unasked, until somebody there has answered with our cookie. Half-open exchanges
 * are bounded in all and per address; where one more comes, the oldest goes: of templates before
 * those of peers at addresses of their own, of those that nothing but a first message came from
 * before the others. So a flood from all addresses keeps out nobody who is configured at his own,
 * and a template's peer gets in if fewer than {@link dev.zuido.ike.IkeLimits#halfOpen} first
 * messages come within its round trip. A half-open exchange keeps 3.1 kB, 4.2 kB if it is a
 * template's, and at most 10 kB more of a first message that is as long as can be.
 *
 * <p>Aggressive mode gives what it has to: it shows both identities, lets whoever asks find out
 * which identities are configured, and with a pre-shared key shows a hash by which a weak key is
 * found. Each of its first messages makes a responder compute; at most 16 are computed at a time,
 * over all peers. With certificates its second message may be more than three times as long as the
 * first: then it is dropped as {@link dev.zuido.ike.DropReason#AMPLIFICATION}, and sent when the
 * first comes again, seconds later. Our own first message is padded to a packet for that, which
 * makes room for 3.7 kB: a chain of two certificates with keys of 2 048 bits. The quick mode that
 * follows at once is kept, one message of at most 4 096 bytes for an exchange, while the signature
 * of the third message is verified. After four messages of an exchange whose signature or
 * certificate proves nothing no more are verified in it.
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
 *   <li>What stands behind the HASH in the last messages of phase 1 (INITIAL-CONTACT, lifetimes)
 *       can be garbled, but not written: it is not heeded then, or a garbled lifetime ends the
 *       ISAKMP SA early. Blocks added behind the very last one leave both sides with an ISAKMP SA
 *       under which they do not understand each other.
 *   <li>The commit flag, which is ignored.
 * </ul>
 *
 * <p>Nothing that is not authenticated changes an established SA. An error notify in the clear is
 * reported as a {@link dev.zuido.ike.IkeOutput.Notice}; a first message opens a half-open exchange
 * in a bounded table and no more.
 *
 * <h2>What is not there</h2>
 *
 * <ul>
 *   <li>Encryption with RSA (RFC 2409 sections 5.2 and 5.3), for good, see {@link
 *       dev.zuido.ike.AuthenticationMethod}; DSS and ECDSA signatures, hybrid authentication, XAUTH
 *       and mode-config. New group mode is read and refused.
 *   <li>Certificates as PKCS #7, PGP or in other encodings; certificates and revocation lists from
 *       the network.
 *   <li>ChaCha20-Poly1305 and AES-CMAC, which have no number in IKEv1, and HMAC-SHA-256 cut to 96
 *       bits, which old kernels had under the number of the one with 128.
 *   <li>Several protocols for the same packets (AH with ESP, IPComp): such an alternative is never
 *       chosen; where an offer has others, one of those is.
 *   <li>Several pairs by one quick mode: a message with two SA payloads is dropped.
 *   <li>Selectors that are names, masks with holes or ranges of ports. A selector has one protocol
 *       or all, and one port or all.
 *   <li>Narrowing for a fixed peer: its responder wants the mirror image of its selectors.
 *   <li>The commit bit: it is ignored, and a person is told once. Lifetimes of an ISAKMP SA in
 *       kilobytes: they are ignored, since it never carries so much.
 *   <li>RESPONDER-LIFETIME where it comes without the SA that it is about: it is obeyed in quick
 *       mode's second message and main mode's sixth, and of an ISAKMP SA in an informational
 *       message.
 * </ul>
 */
@NullMarked
package dev.zuido.ike;

import org.jspecify.annotations.NullMarked;
