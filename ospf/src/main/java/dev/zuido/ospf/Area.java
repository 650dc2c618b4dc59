package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/** An area that the router attaches to (RFC 2328 section 6). */
final class Area {
  private OspfAreaConfig config;
  final Database database;

  /** Who else originates this router's router-LSA; null if nobody does. */
  LinkExamination.@Nullable Impostor impostor;

  Area(OspfAreaConfig config, LsaStore store) {
    this.config = config;
    this.database = Database.ofArea(this, store);
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

  /** Whether AS-external-LSAs and type 11 LSAs stay outside: a stub area or an NSSA. */
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
