/**
 * Reads and writes configurations as Cisco IOS command text.
 *
 * <p>{@link dev.zuido.router.config.ios.IosReader} takes text as it is typed, as {@code show
 * running-config} prints it, or as it looks when copied from a page that lost the indentation: a
 * line belongs to the section that was opened last if that section knows it, and otherwise leaves
 * the section. Keywords may be shortened to any beginning that is unique at their place. Every line
 * gets one report: done, accepted without effect, or refused with the column and the reason; no
 * input makes the reader throw. {@link dev.zuido.router.config.ios.IosWriter} prints a
 * configuration in its canonical form.
 *
 * <pre>{@code
 * ConfigReport report = IosReader.read(text);
 * System.out.print(report.render());
 * if (report.config() != null) {
 *   System.out.print(IosWriter.write(report.config(), IosWriter.Secrets.HIDDEN));
 * }
 * }</pre>
 *
 * <p>What departs from IOS:
 *
 * <ul>
 *   <li>{@code crypto ipsec nat-transparency force} is an extension: ESP goes in UDP even where no
 *       address translator was found. A report says so of the line.
 *   <li>{@code esp-aes-ctr}, {@code esp-aes-ccm}, and with short ICVs {@code esp-gcm8}, {@code
 *       esp-gcm12}, {@code esp-aes-ccm8} and {@code esp-aes-ccm12}, with {@code 128}, {@code 192}
 *       or {@code 256}, {@code esp-chacha20-poly1305}, {@code esp-aes-xcbc-mac} and {@code
 *       esp-aes-cmac} are extensions of a transform set. A report says so. {@code
 *       esp-chacha20-poly1305} and {@code esp-aes-cmac} go with session keys only, since IKEv1
 *       cannot name them.
 *   <li>Aggressive mode is accepted only after {@code no crypto isakmp aggressive-mode disable};
 *       IOS accepts it where nothing is said. It is begun with a peer whose {@code crypto isakmp
 *       peer} or {@code crypto isakmp profile} says so, as on IOS.
 *   <li>Certificates and keys are files in PEM, which {@code certificate file}, {@code key file}
 *       and {@code ca file} of a {@code crypto pki trustpoint} name; IOS enrolls them and keeps
 *       them in its own memory. Revocation lists are not asked for.
 *   <li>A {@code crypto isakmp profile} is for one peer: it has one {@code match identity}, with
 *       {@code key-id} and {@code dn} as extensions.
 *   <li>{@code crypto isakmp identity key-id}, a line of the ASA, {@code crypto isakmp
 *       fragmentation force}, and the groups 17, 18 and 31 are extensions. Messages of IKE are
 *       fragmented where the peer knows how, unless {@code no crypto isakmp fragmentation} is
 *       given.
 *   <li>A {@code crypto isakmp key … hostname} is for a peer whose address {@code ip host} gives,
 *       or who says this name in aggressive mode; names are not looked up.
 *   <li>Lifetimes of SAs begin at 60 seconds, where IOS has 120.
 *   <li>NAT keepalives are sent every 20 seconds (RFC 3948) unless another interval or {@code no
 *       crypto isakmp nat keepalive} is given; IOS sends none by default.
 *   <li>{@code set session-key} takes keys of exactly the length that the transform set has. The
 *       cipher key of a counter mode ends with its salt of 4 bytes, 3 of {@code esp-aes-ccm}; it is
 *       refused unless {@link dev.zuido.router.config.ios.ReaderOptions} lets it pass, since each
 *       start repeats the nonces of the one before (RFC 4106 section 2).
 *   <li>Of several keys for OSPF's message digests packets are signed with the one of the highest
 *       number, and each is accepted; IOS signs with the one that was given last, and with all
 *       while a neighbour has another.
 *   <li>Lifetimes of a key chain's keys are in UTC.
 *   <li>{@code max-metric router-lsa on-shutdown} is an extension.
 *   <li>A pool has one PPPoE line and one Dialer, and an Ethernet with PPPoE has no IP of its own.
 *   <li>CHAP and PAP prove us by one name and one password; a {@code username} has a password, and
 *       never one that IOS has hashed.
 *   <li>{@code timers throttle spf} sets the delays of RFC 8405.
 * </ul>
 *
 * <p>A command is one row of one of the {@code …Commands} classes: the mode that knows it, its
 * pattern, and its effect.
 *
 * <pre>{@code
 * mode.does("ip mtu <bytes:68-65535>", (port, a) -> port.ipMtu(a.optionalInteger("bytes")));
 * }</pre>
 */
@NullMarked
package dev.zuido.router.config.ios;

import org.jspecify.annotations.NullMarked;
