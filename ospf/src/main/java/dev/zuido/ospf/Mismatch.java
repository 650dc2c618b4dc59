package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/** Why no adjacency forms with a router that can be heard, or why it is of no use. */
public sealed interface Mismatch {
  /** One line of plain English, for a log and for {@code show} commands. */
  String explain();

  /** HelloInterval, in seconds. */
  record HelloInterval(int ours, int theirs) implements Mismatch {
    @Override
    public String explain() {
      return "hello interval " + ours + " against " + theirs;
    }
  }

  /** RouterDeadInterval, in seconds. */
  record DeadInterval(long ours, long theirs) implements Mismatch {
    @Override
    public String explain() {
      return "dead interval " + ours + " against " + theirs;
    }
  }

  /** The network mask on a broadcast network. */
  record NetworkMask(Ipv4Address ours, Ipv4Address theirs) implements Mismatch {
    @Override
    public String explain() {
      return "network mask " + ours + " against " + theirs;
    }
  }

  /** The subnet of the neighbor's address. */
  record Subnet(Ipv4Address ours, int prefixLength, Ipv4Address theirs) implements Mismatch {
    @Override
    public String explain() {
      return "address " + theirs + " is not on the network of " + ours + "/" + prefixLength;
    }
  }

  /** The Area ID. */
  record Area(Ipv4Address ours, Ipv4Address theirs) implements Mismatch {
    @Override
    public String explain() {
      return "area " + ours + " against " + theirs;
    }
  }

  /** The N-bit: one side takes the area for a not-so-stubby area (RFC 3101). */
  record NssaCapability(boolean ours, boolean theirs) implements Mismatch {
    @Override
    public String explain() {
      return ours ? "the area is NSSA only here" : "the neighbor takes the area for an NSSA";
    }
  }

  /** The E-bit: one side takes the area for a stub area. */
  record ExternalCapability(boolean ours, boolean theirs) implements Mismatch {
    @Override
    public String explain() {
      return ours ? "the neighbor takes the area for a stub area" : "the area is stub only here";
    }
  }

  /** The interface MTU, in bytes. */
  record Mtu(int ours, int theirs) implements Mismatch {
    @Override
    public String explain() {
      return "MTU " + ours + " against " + theirs;
    }
  }

  /** Two routers have the same Router ID. */
  record DuplicateRouterId(Ipv4Address routerId) implements Mismatch {
    @Override
    public String explain() {
      return "duplicate router ID " + routerId;
    }
  }

  /** Two routers of an area have the same Router ID, and each overrides the other's LSAs. */
  record DuplicateRouterIdInArea(Ipv4Address routerId, Ipv4Address areaId) implements Mismatch {
    @Override
    public String explain() {
      return "another router in area " + areaId + " has router ID " + routerId;
    }
  }

  /** The neighbor is heard, but does not list this router for RouterDeadInterval. */
  record OneWay() implements Mismatch {
    @Override
    public String explain() {
      return "the neighbor does not hear this router's Hellos";
    }
  }

  /**
   * Hellos pass, but what is sent again and again is not answered: the usual cause is a path that
   * carries less than the interface's MTU says.
   *
   * @param state the state of the conversation in which there is no progress
   * @param mtu the interface's MTU, in bytes
   */
  record NoProgress(NeighborState state, int mtu) implements Mismatch {
    @Override
    public String explain() {
      return (state == NeighborState.FULL
              ? "LSAs are not acknowledged"
              : "no progress in state " + state.shortName())
          + ": packets of up to "
          + mtu
          + " bytes may not get through";
    }
  }

  /**
   * One side takes the network for a point-to-point link, the other for one with a Designated
   * Router: the adjacency becomes full, but the two describe different links.
   *
   * @param ours whether this side elects a Designated Router
   * @param theirs whether the neighbor's router-LSA has a link to a transit network
   */
  record NetworkType(boolean ours, boolean theirs) implements Mismatch {
    @Override
    public String explain() {
      return "network type " + name(ours) + " against " + name(theirs);
    }

    private static String name(boolean electsDesignatedRouter) {
      return electsDesignatedRouter ? "with a Designated Router" : "point-to-point";
    }
  }

  /** Another router has the interface's address. */
  record DuplicateAddress(Ipv4Address address) implements Mismatch {
    @Override
    public String explain() {
      return "another router has the address " + address;
    }
  }

  /** The authentication type: 0 none, 1 simple, 2 cryptographic, 3 with extended sequence. */
  record AuthenticationType(int ours, int theirs) implements Mismatch {
    @Override
    public String explain() {
      return "authentication type " + ours + " against " + theirs;
    }
  }

  /** The Key ID of cryptographic authentication. */
  record KeyId(long ours, long theirs) implements Mismatch {
    @Override
    public String explain() {
      return "authentication key ID " + ours + " against " + theirs;
    }
  }

  /** The key is known, but this is not the time to accept it. */
  record KeyNotValid(long keyId) implements Mismatch {
    @Override
    public String explain() {
      return "authentication key ID " + keyId + " is not valid now";
    }
  }

  /**
   * The TTL (RFC 5082): the packets have come too far, or the neighbor sends without TTL security.
   *
   * @param least the TTL that is asked for
   * @param theirs the TTL that packets come with
   */
  record TtlSecurity(int least, int theirs) implements Mismatch {
    @Override
    public String explain() {
      return "TTL " + theirs + ", at least " + least + " with TTL security";
    }
  }

  /** A further router is heard on a point-to-point link, which joins a single pair of routers. */
  record SeveralNeighbors(Ipv4Address present, Ipv4Address further) implements Mismatch {
    @Override
    public String explain() {
      return "router " + further + " is heard on the point-to-point link with router " + present;
    }
  }

  /** The password or digest is wrong. */
  record AuthenticationFailed() implements Mismatch {
    @Override
    public String explain() {
      return "authentication failed";
    }
  }
}
