/**
 * The five OSPF packets (RFC 2328 A.3) and their authentication (appendix D).
 *
 * <p>A packet is a record with an {@link dev.zuido.ospf.packet.OspfHeader}. {@link
 * dev.zuido.ospf.packet.OspfPacket#decode} takes the whole payload of an IP packet of protocol 89:
 * the OSPF packet as long as its length field says, then the message digest if there is one, then a
 * link-local signalling block (RFC 5613) if the L bit announces it. Version, lengths and the packet
 * checksum are judged there; who may say what is the engine's to judge.
 *
 * <pre>{@code
 * OspfPacket packet = OspfPacket.decode(in);              // payload of the IP packet
 * switch (packet.header().authentication()) {
 *   case Cryptographic a when key.verify(in, start, source) -> ...
 * }
 *
 * var header = new OspfHeader(routerId, areaId, key.authentication(sequence));
 * new LinkStateAcknowledgmentPacket(header, headers).encode(out);
 * key.sign(out, start, source);                           // only for cryptographic authentication
 * }</pre>
 */
@NullMarked
package dev.zuido.ospf.packet;

import org.jspecify.annotations.NullMarked;
