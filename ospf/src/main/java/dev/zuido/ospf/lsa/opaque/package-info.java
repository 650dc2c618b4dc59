/**
 * What is in opaque LSAs whose opaque type is known: traffic engineering (RFC 3630), grace-LSAs
 * (RFC 3623), Router Information (RFC 7770), and the attributes of prefixes and links (RFC 7684).
 *
 * <p>The engine floods opaque LSAs without looking into them. An application that is told of one,
 * or a {@code show} command, decodes it:
 *
 * <pre>{@code
 * if (output instanceof OspfOutput.OpaqueChanged changed) {
 *   int opaqueType = OpaqueLsa.opaqueType(changed.header().linkStateId());
 *   try {
 *     OpaqueBody body = OpaqueBody.decode(opaqueType, changed.information());
 *     if (body instanceof TrafficEngineeringLsa engineering) {
 *       ...
 *     }
 *   } catch (MalformedPacketException malformed) {
 *     ...                                          // show the bytes
 *   }
 * }
 * }</pre>
 *
 * <p>All bodies are TLVs. Each is looked at within the bounds of the one around it; a TLV that says
 * it is longer than what is there, or shorter than its type needs, makes the whole body malformed.
 * TLVs and sub-TLVs of other types are kept as {@link dev.zuido.ospf.lsa.opaque.Tlv}.
 */
@NullMarked
package dev.zuido.ospf.lsa.opaque;

import org.jspecify.annotations.NullMarked;
