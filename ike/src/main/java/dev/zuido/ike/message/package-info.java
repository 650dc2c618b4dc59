/**
 * The messages of ISAKMP as IKEv1 uses them: RFC 2408 (messages and payloads), RFC 2407 (the IPsec
 * DOI), RFC 2409 (IKE), RFC 3706 (dead peer detection) and RFC 3947 (NAT traversal).
 *
 * <p>A message is a header and a chain of payloads. In the clear, both decode in one step:
 *
 * <pre>{@code
 * IsakmpMessage message = IsakmpMessage.decode(datagram);
 * SecurityAssociation offer = message.payload(SecurityAssociation.class).orElseThrow();
 * }</pre>
 *
 * <p>Of an encrypted message the header is read first; whoever holds the keys decrypts the rest and
 * then reads the chain, whose padding is kept apart:
 *
 * <pre>{@code
 * IsakmpHeader header = IsakmpHeader.decode(datagram);
 * byte[] plain = cipher.decrypt(key, iv, ciphertext);
 * PayloadChain chain = PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plain));
 * }</pre>
 *
 * <p><b>One rule holds everywhere: what decodes encodes again to the same bytes.</b> Therefore a
 * hash over an encoded payload body is a hash over what the peer sent. The order and the form of
 * attributes, payload types that are not known and padding are kept; what could not be kept is
 * refused. RESERVED fields other than zero discard the message, as RFC 2408 sections 2.5.2 and 5.3
 * have it (in a decrypted message they are the usual sign of a wrong key).
 *
 * <p>Decoders are bounded: see {@link dev.zuido.ike.message.PayloadChain#MAX_PAYLOADS}, {@link
 * dev.zuido.ike.message.SecurityAssociation#MAX_PROPOSALS}, {@link
 * dev.zuido.ike.message.SecurityAssociation#MAX_TRANSFORMS}, {@link
 * dev.zuido.ike.message.Transform#MAX_ATTRIBUTES} and {@link
 * dev.zuido.ike.message.Delete#MAX_SPIS}. Numbers of open registries are plain ints, so that every
 * value can be carried; the classes of constants give their names.
 *
 * <p>Whether a message is legal at its place in an exchange is not judged here.
 */
@NullMarked
package dev.zuido.ike.message;

import org.jspecify.annotations.NullMarked;
