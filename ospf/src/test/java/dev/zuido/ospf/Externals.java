package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** External destinations and the LSAs about them, in the tests of several routers. */
final class Externals {
  private Externals() {}

  static OspfCommand announce(String prefix, boolean type2, int metric, String forwardingAddress) {
    return new OspfCommand.AnnounceExternal(
        new ExternalDestination(
            Ipv4Prefix.parse(prefix), metric, type2, Ipv4Address.parse(forwardingAddress), 0));
  }

  static OspfCommand announce(String prefix, boolean type2, int metric) {
    return announce(prefix, type2, metric, "0.0.0.0");
  }

  static OspfCommand withdraw(String prefix) {
    return new OspfCommand.WithdrawExternal(Ipv4Prefix.parse(prefix));
  }

  /** An AS-external-LSA of router 7 about the n-th of some networks. */
  static Lsa lsa(int number, int sequence) {
    Ipv4Prefix prefix = new Ipv4Prefix(new Ipv4Address(0xac10_0000 + (number << 8)), 24);
    return Lsa.originate(
        new Options(Options.E),
        prefix.address(),
        Configs.routerId(7),
        sequence,
        AsExternalLsa.of(prefix.mask(), true, 1, Ipv4Address.UNSPECIFIED, 0));
  }

  /** The AS-external-LSAs of an engine, each as "ID/length by router: E2 20 via address". */
  static List<String> asExternals(OspfEngine engine, long now) {
    return texts(engine.database().asWide(), LsaType.AS_EXTERNAL, now);
  }

  /** The same for the NSSA-LSAs of an area, with "P" at the end if the P-bit is set. */
  static List<String> nssaLsas(OspfEngine engine, Ipv4Address areaId, long now) {
    return texts(Objects.requireNonNull(engine.database().area(areaId)), LsaType.NSSA, now);
  }

  private static List<String> texts(LsaStore store, int type, long now) {
    List<String> texts = new ArrayList<>();
    for (LsaEntry entry : store.entriesOfType(type)) {
      if (!entry.isMaxAgeAt(now)) {
        AsExternalLsa body = (AsExternalLsa) entry.lsa().body();
        AsExternalLsa.Route route = body.route();
        boolean propagate = entry.lsa().header().options().has(0x08);
        texts.add(
            entry.key().linkStateId()
                + "/"
                + Integer.bitCount(body.networkMask().value())
                + " by "
                + entry.key().advertisingRouter()
                + (route.type2() ? ": E2 " : ": E1 ")
                + route.metric()
                + " via "
                + route.forwardingAddress()
                + (propagate ? " P" : ""));
      }
    }
    return texts;
  }
}
