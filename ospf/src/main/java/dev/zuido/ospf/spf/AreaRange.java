package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/**
 * An area address range (RFC 2328 section 3.5 and appendix C.2): networks of an area that its
 * border routers tell other areas as one.
 *
 * @param areaId the area
 * @param prefix the range
 * @param advertise whether the range is told; if not, its networks stay hidden
 */
public record AreaRange(Ipv4Address areaId, Ipv4Prefix prefix, boolean advertise) {}
