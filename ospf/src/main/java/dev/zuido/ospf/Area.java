package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;

/** An area that the router attaches to (RFC 2328 section 6). */
final class Area {
  private OspfAreaConfig config;
  final Database database;

  Area(OspfAreaConfig config, Database database) {
    this.config = config;
    this.database = database;
  }

  Ipv4Address id() {
    return config.areaId();
  }

  OspfAreaConfig config() {
    return config;
  }

  void reconfigure(OspfAreaConfig changed) {
    config = changed;
  }

  boolean isStub() {
    return !config.type().externalRoutingCapability();
  }

  /** The optional capabilities in this area: the E-bit, unless it is a stub area. */
  Options options() {
    return isStub() ? Options.NONE : new Options(Options.E);
  }
}
