package dev.zuido.ospf.lsa;

import dev.zuido.wire.Ipv4Address;

/**
 * What identifies an LSA, whatever its instance (RFC 2328 section 12.1).
 *
 * @param type the LS type, 0 to 255: see {@link LsaType}
 * @param linkStateId the piece of the routing domain that is described; its meaning depends on the
 *     type
 * @param advertisingRouter the Router ID of the originator
 */
public record LsaKey(int type, Ipv4Address linkStateId, Ipv4Address advertisingRouter)
    implements Comparable<LsaKey> {
  /** Checks the range of the type. */
  public LsaKey {
    if ((type & ~0xff) != 0) {
      throw new IllegalArgumentException("an LS type has 8 bits: " + type);
    }
  }

  /** Orders by type, then Link State ID, then advertising router, all unsigned. */
  @Override
  public int compareTo(LsaKey other) {
    if (type != other.type) {
      return Integer.compare(type, other.type);
    }
    int byId = linkStateId.compareTo(other.linkStateId);
    return byId != 0 ? byId : advertisingRouter.compareTo(other.advertisingRouter);
  }

  /**
   * Mixed, since numbers of routers and networks often differ in a few bits alone, and a router-LSA
   * has the same one twice.
   */
  @Override
  public int hashCode() {
    int mixed = (linkStateId.value() * 0x9e37_79b9 + advertisingRouter.value()) * 0x85eb_ca6b;
    return (mixed ^ mixed >>> 15) + type;
  }

  @Override
  public String toString() {
    return LsaType.nameOf(type) + " " + linkStateId + " of " + advertisingRouter;
  }
}
