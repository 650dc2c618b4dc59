package dev.zuido.ospf;

import dev.zuido.ospf.lsa.FloodingScope;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.wire.Ipv4Address;

/** Where an opaque LSA is flooded: RFC 5250's types 9, 10 and 11. */
public sealed interface OpaqueScope {
  /** The scope's LS type: 9, 10 or 11. */
  int lsType();

  /** How far that is. */
  default FloodingScope floodingScope() {
    return LsaType.scopeOf(lsType());
  }

  /** The network of one interface: type 9. */
  record Link(int interfaceId) implements OpaqueScope {
    @Override
    public int lsType() {
      return LsaType.OPAQUE_LINK;
    }
  }

  /** An area: type 10. */
  record InArea(Ipv4Address areaId) implements OpaqueScope {
    @Override
    public int lsType() {
      return LsaType.OPAQUE_AREA;
    }
  }

  /** All areas but stub areas and NSSAs: type 11. */
  record As() implements OpaqueScope {
    @Override
    public int lsType() {
      return LsaType.OPAQUE_AS;
    }
  }
}
