/**
 * Link state advertisements (RFC 2328 section 12 and appendix A.4).
 *
 * <p>An {@link dev.zuido.ospf.lsa.Lsa} is a header, a decoded {@link dev.zuido.ospf.lsa.LsaBody}
 * and the bytes that it came in: what is flooded on is byte for byte what was received, only the
 * age differs. An {@link dev.zuido.ospf.lsa.LsaKey} names the thing that an LSA describes; the
 * instances of one key are ordered by {@link dev.zuido.ospf.lsa.LsaHeader#compareInstances}.
 *
 * <pre>{@code
 * Lsa lsa = Lsa.decode(in);
 * if (lsa.isIntact() && lsa.header().isNewerThan(held.headerAt(nowNanos))) {
 *   lsa.encode(out, lsa.header().age() + transmitDelaySeconds);
 * }
 *
 * Lsa own = Lsa.originate(Options.E, routerId, routerId, LsaHeader.INITIAL_SEQUENCE,
 *     new RouterLsa(0, links));
 * }</pre>
 *
 * <p>Types 1 to 5 and 7 have records. The body of an opaque LSA (9, 10, 11) is kept as it came;
 * that of any other type too, as an {@link dev.zuido.ospf.lsa.UnknownLsa}.
 */
@NullMarked
package dev.zuido.ospf.lsa;

import org.jspecify.annotations.NullMarked;
