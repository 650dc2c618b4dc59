package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;

/** An area that the router attaches to (RFC 2328 section 6). */
final class Area {
  final OspfAreaConfig config;
  final Database database;

  Area(OspfAreaConfig config, Database database) {
    this.config = config;
    this.database = database;
  }

  Ipv4Address id() {
    return config.areaId();
  }

  boolean isStub() {
    return !config.type().externalRoutingCapability();
  }

  boolean isNssa() {
    return config.type() == AreaType.NSSA;
  }

  /** The optional capabilities in this area: the E-bit, unless it is a stub area or NSSA. */
  Options options() {
    return isStub() ? Options.NONE : new Options(Options.E);
  }

  /** What Hellos say: the N-bit too, which other packets do not have (RFC 3101 appendix A). */
  Options helloOptions() {
    return isNssa() ? options().with(Options.NP) : options();
  }

  /**
   * The optional capabilities that the router's own LSAs declare: the E-bit, unless it is a stub
   * area, and the DC-bit, which says that the router understands DoNotAge (RFC 1793 section 2.1).
   */
  Options lsaOptions() {
    return options().with(Options.DC);
  }
}
