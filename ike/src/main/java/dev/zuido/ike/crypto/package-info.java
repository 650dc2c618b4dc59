/**
 * The keys of IKEv1 as pure functions (RFC 2409 sections 5 and 5.5, Appendix B).
 *
 * <p>Both sides agree on a shared secret, and phase 1 makes its keys of it:
 *
 * <pre>{@code
 * DhKeyPair mine = DhGroup.MODP_2048.generate(random);
 * Secret gxy = mine.agree(peersKeyExchange.data());
 * IkeCipher cipher = IkeCipher.AES_256_CBC;
 * PhaseOneKeys keys =
 *     PhaseOneKeys.ofPresharedKey(IkeHash.SHA2_256, cipher, exchange, psk, gxy);
 * byte[] hashI = keys.hashI(idBodyOfInitiator);
 * byte[] ciphertext = cipher.encrypt(keys.cipherKey(), keys.initialIv(), paddedPlaintext);
 * }</pre>
 *
 * <p>Secrets are {@link dev.zuido.ike.crypto.Secret}s: they do not show themselves, compare in
 * constant time and are wiped by {@code close}. Randomness comes only from the {@link
 * java.security.SecureRandom} that is handed in, and is drawn byte by byte, so that one seed gives
 * the same keys on every JDK.
 *
 * <p>What takes the same time for every private value: our public values in MODP groups, and all of
 * Curve25519. What does not: the shared secret in MODP groups, which {@link java.math.BigInteger}
 * computes, and in ECP groups. Private values are drawn for one exchange and used for no other, so
 * that nobody can measure one twice. Algorithms that RFC 8247 deprecates work and say so: {@code
 * isDeprecated()}.
 */
@NullMarked
package dev.zuido.ike.crypto;

import org.jspecify.annotations.NullMarked;
