package dev.zuido.router;

import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.PolicyAction;
import dev.zuido.esp.SaCounters;
import dev.zuido.esp.SaParameters;
import dev.zuido.esp.SecurityAssociation;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeSnapshot;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.EspCipher;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.show.CryptoMapReport;
import dev.zuido.router.show.IpsecSaReport;
import dev.zuido.router.show.IsakmpSaReport;
import dev.zuido.wire.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show crypto} commands answer. */
final class CryptoShow {
  private static final long NANOS = 1_000_000_000L;

  private final RouterParts parts;

  CryptoShow(RouterParts parts) {
    this.parts = parts;
  }

  // ---- ISAKMP

  IsakmpSaReport isakmpSas(boolean detailed, long nowNanos) {
    IkeEngine ike = parts.controlPlane().ike();
    if (ike == null) {
      return new IsakmpSaReport(false, detailed, List.of());
    }
    IkeSnapshot snapshot = ike.snapshot();
    List<IsakmpSaReport.IsakmpSa> rows =
        snapshot.isakmpSas().stream().map(sa -> isakmpSa(sa, snapshot, nowNanos)).toList();
    return new IsakmpSaReport(true, detailed, rows);
  }

  private IsakmpSaReport.IsakmpSa isakmpSa(
      IkeSnapshot.IsakmpSaView sa, IkeSnapshot snapshot, long nowNanos) {
    boolean known = sa.lifetimeSeconds() > 0;
    long pairs = snapshot.childSas().stream().filter(pair -> pair.peer().equals(sa.peer())).count();
    return new IsakmpSaReport.IsakmpSa(
        sa.peer(),
        sa.local().address(),
        sa.local().port(),
        sa.remote().address(),
        sa.remote().port(),
        sa.initiator() ? "initiator" : "responder",
        sa.state(),
        sa.current(),
        sa.initiatorCookie().toString(),
        sa.responderCookie().toString(),
        proposal(sa.proposal()),
        known ? (Long) sa.lifetimeSeconds() : null,
        known ? (Long) left(sa.lifetimeSeconds(), sa.establishedNanos(), nowNanos) : null,
        sa.local().port() == UdpEncapsulation.PORT || sa.remote().port() == UdpEncapsulation.PORT,
        sa.localBehindNat(),
        sa.remoteBehindNat(),
        deadPeerDetection(parts.config().isakmpKeepalive()),
        (int) pairs);
  }

  /** The policy of the configuration that was agreed on, in its own words. */
  private IsakmpSaReport.@Nullable Proposal proposal(String agreed) {
    for (IsakmpPolicy policy : parts.config().isakmpPolicies()) {
      if (IkeMapping.proposal(policy).toString().equals(agreed)) {
        return new IsakmpSaReport.Proposal(
            policy.encryption().iosName(),
            policy.hash().iosName(),
            policy.authentication().iosName(),
            policy.group());
      }
    }
    return null;
  }

  private static IsakmpSaReport.@Nullable DeadPeerDetection deadPeerDetection(
      @Nullable IsakmpKeepalive keepalive) {
    return keepalive == null
        ? null
        : new IsakmpSaReport.DeadPeerDetection(
            keepalive.periodic() ? "periodic" : "on-demand",
            keepalive.periodSeconds(),
            keepalive.retrySeconds(),
            IsakmpKeepalive.RETRIES);
  }

  private static long left(long lifetimeSeconds, long sinceNanos, long nowNanos) {
    return Math.max(0, lifetimeSeconds * NANOS - (nowNanos - sinceNanos)) / NANOS;
  }

  // ---- IPsec

  IpsecSaReport ipsecSas(long nowNanos) {
    IkeEngine ike = parts.controlPlane().ike();
    List<IkeSnapshot.ChildSaView> pairs = ike == null ? List.of() : ike.snapshot().childSas();
    List<IpsecSaReport.ProtectedInterface> rows = new ArrayList<>();
    for (RouterInterface each : parts.interfaces()) {
      CryptoPolicy crypto = each.crypto();
      if (crypto == null) {
        continue;
      }
      SaCounters counters = crypto.boundary().counters();
      List<IpsecSaReport.Policy> policies = new ArrayList<>();
      for (SecurityPolicy policy : crypto.boundary().policies().policies()) {
        if (policy.action() == PolicyAction.PROTECT) {
          policies.add(policy(crypto, policy, pairs, nowNanos));
        }
      }
      rows.add(
          new IpsecSaReport.ProtectedInterface(
              each.name(),
              crypto.mapName(),
              each.address(),
              each.mtu(),
              counters.packets(EspVerdict.NO_SA),
              counters.packets(EspVerdict.CLEARTEXT),
              counters.packets(EspVerdict.UNKNOWN_SPI),
              policies));
    }
    return new IpsecSaReport(rows);
  }

  private IpsecSaReport.Policy policy(
      CryptoPolicy crypto,
      SecurityPolicy policy,
      List<IkeSnapshot.ChildSaView> pairs,
      long nowNanos) {
    var database = parts.controlPlane().associations();
    List<InboundSa> inbound =
        database.inboundAssociations().stream()
            .filter(sa -> policy.equals(database.policyOf(sa)))
            .toList();
    List<OutboundSa> outbound =
        database.outboundAssociations().stream()
            .filter(sa -> policy.equals(database.policyOf(sa)))
            .toList();
    OutboundSa sending = database.outbound(policy);
    List<IpsecSaReport.IpsecSa> receivers = new ArrayList<>();
    for (InboundSa sa : inbound) {
      boolean newest = sa == inbound.get(inbound.size() - 1);
      receivers.add(
          association(
              sa,
              sa.parameters(),
              EspVerdict.OPENED,
              newest,
              sa.highestSequence(),
              pairs,
              nowNanos));
    }
    List<IpsecSaReport.IpsecSa> senders = new ArrayList<>();
    for (OutboundSa sa : outbound) {
      senders.add(
          association(
              sa,
              sa.parameters(),
              EspVerdict.SEALED,
              sa == sending,
              sa.sequence(),
              pairs,
              nowNanos));
    }
    return new IpsecSaReport.Policy(
        policy.name(),
        peer(crypto, policy, inbound, outbound),
        selector(policy.selector()),
        receivers,
        senders);
  }

  private static @Nullable String peer(
      CryptoPolicy crypto,
      SecurityPolicy policy,
      List<InboundSa> inbound,
      List<OutboundSa> outbound) {
    CryptoPolicy.ChildName negotiated = crypto.children().get(policy.name());
    if (negotiated != null) {
      return negotiated.peer();
    }
    List<SecurityAssociation> all = new ArrayList<>(outbound);
    all.addAll(inbound);
    return all.isEmpty() ? null : all.get(0).parameters().remote().toString();
  }

  private static IpsecSaReport.Selector selector(TrafficSelector selector) {
    return new IpsecSaReport.Selector(
        selector.local().toString(),
        selector.localPorts().toString(),
        selector.remote().toString(),
        selector.remotePorts().toString(),
        selector.protocol() == TrafficSelector.ANY_PROTOCOL
            ? "ip"
            : IpProtocol.name(selector.protocol()));
  }

  private static IpsecSaReport.IpsecSa association(
      SecurityAssociation sa,
      SaParameters parameters,
      EspVerdict good,
      boolean active,
      long sequence,
      List<IkeSnapshot.ChildSaView> pairs,
      long nowNanos) {
    IkeSnapshot.ChildSaView pair = pairOf(parameters, good == EspVerdict.OPENED, pairs);
    UdpEncapsulation udp = parameters.udpEncapsulation();
    EspIntegrity integrity = parameters.suite().integrity();
    long kilobytes = parameters.lifetime().hardKilobytes();
    long usedKilobytes = sa.counters().bytes() >> 10;
    return new IpsecSaReport.IpsecSa(
        Integer.toUnsignedLong(parameters.spi()),
        active,
        parameters.suite().encryption().toString(),
        integrity == EspIntegrity.NONE ? "none" : integrity.toString(),
        lower(parameters.mode()),
        parameters.local(),
        parameters.remote(),
        udp == null ? null : new IpsecSaReport.UdpPorts(udp.localPort(), udp.remotePort()),
        sa.counters().packets(good),
        sa.counters().bytes(),
        refused(sa.counters()),
        sequence,
        good == EspVerdict.OPENED ? (Integer) parameters.replayWindow() : null,
        pair == null ? null : (Long) pair.lifetimeSeconds(),
        pair == null
            ? null
            : (Long) left(pair.lifetimeSeconds(), pair.establishedNanos(), nowNanos),
        kilobytes == 0 ? null : (Long) kilobytes,
        kilobytes == 0 ? null : (Long) Math.max(0, kilobytes - usedKilobytes));
  }

  /** IKE's view of an SA, which knows its age; null of one that was keyed by hand. */
  private static IkeSnapshot.@Nullable ChildSaView pairOf(
      SaParameters sa, boolean inbound, List<IkeSnapshot.ChildSaView> pairs) {
    for (IkeSnapshot.ChildSaView pair : pairs) {
      boolean same = inbound ? pair.inboundSpi() == sa.spi() : pair.outboundSpi() == sa.spi();
      // Outbound SPIs are the peers' choice: two may choose the same.
      if (same && (inbound || pair.remoteEnd().address().equals(sa.remote()))) {
        return pair;
      }
    }
    return null;
  }

  private static Map<String, Long> refused(SaCounters counters) {
    return CounterNames.occurred(
        EspVerdict.class,
        verdict -> verdict.passes() || verdict == EspVerdict.DUMMY ? 0 : counters.packets(verdict));
  }

  // ---- Crypto maps

  CryptoMapReport cryptoMaps() {
    List<CryptoMapReport.Entry> rows = new ArrayList<>();
    for (CryptoMap map : parts.config().cryptoMaps()) {
      map.entries().forEach(entry -> rows.add(entry(entry, interfacesOf(map))));
    }
    for (CryptoMap map : parts.config().dynamicMaps()) {
      List<String> interfaces =
          parts.config().cryptoMaps().stream()
              .filter(user -> user.entries().stream().anyMatch(each -> standsFor(each, map)))
              .flatMap(user -> interfacesOf(user).stream())
              .toList();
      map.entries().forEach(entry -> rows.add(entry(entry, interfaces)));
    }
    return new CryptoMapReport(rows);
  }

  private List<String> interfacesOf(CryptoMap map) {
    return parts.config().interfaces().stream()
        .filter(each -> map.name().equals(each.cryptoMap()))
        .map(each -> each.name().toString())
        .toList();
  }

  private static boolean standsFor(CryptoMapEntry entry, CryptoMap map) {
    return entry.keying() instanceof Keying.Dynamic dynamic && dynamic.map().equals(map.name());
  }

  private CryptoMapReport.Entry entry(CryptoMapEntry entry, List<String> interfaces) {
    RouterConfig config = parts.config();
    String listName = entry.accessList();
    List<AccessRule> rules =
        listName == null
            ? List.of()
            : config.accessList(listName).map(AccessList::rules).orElse(List.of());
    Keying keying = entry.keying();
    boolean negotiated = keying instanceof Keying.Isakmp || keying instanceof Keying.Template;
    long seconds = entry.lifetimeSeconds().orElse(config.ipsecDefaults().lifetimeSeconds());
    long kilobytes = entry.lifetimeKilobytes().orElse(config.ipsecDefaults().lifetimeKilobytes());
    return new CryptoMapReport.Entry(
        entry.mapName(),
        entry.sequence(),
        words(keying),
        keying instanceof Keying.Dynamic dynamic ? dynamic.map() : null,
        entry.description(),
        entry.peers().stream().map(Object::toString).toList(),
        listName,
        rules.stream().map(AccessRule::toString).toList(),
        entry.transformSets().stream()
            .flatMap(name -> config.transformSet(name).stream())
            .map(CryptoShow::transformSet)
            .toList(),
        entry.pfsGroup().isPresent() ? (Integer) entry.pfsGroup().getAsInt() : null,
        negotiated ? (Long) seconds : null,
        negotiated ? (Long) kilobytes : null,
        interfaces);
  }

  private static String words(Keying keying) {
    if (keying instanceof Keying.Isakmp) {
      return "ipsec-isakmp";
    }
    if (keying instanceof Keying.Dynamic) {
      return "dynamic";
    }
    return keying instanceof Keying.Manual ? "ipsec-manual" : "template";
  }

  private static CryptoMapReport.TransformSet transformSet(
      dev.zuido.router.config.TransformSet set) {
    EspCipher cipher = set.cipher();
    return new CryptoMapReport.TransformSet(
        set.name(),
        cipher.iosName(),
        cipher.authenticates() ? null : set.integrity().iosName(),
        set.mode().iosName());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
