package dev.zuido.router.config.ios;

import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.KeyAlgorithm;
import dev.zuido.router.config.KeyChain;
import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfAttachment;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfDistance;
import dev.zuido.router.config.OspfInterfaceConfig;
import dev.zuido.router.config.OspfNetwork;
import dev.zuido.router.config.OspfNssa;
import dev.zuido.router.config.OspfOptions;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRestart;
import dev.zuido.router.config.OspfVirtualLink;
import dev.zuido.router.config.Secret;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes what concerns OSPF: the process, the interfaces' lines, key chains. */
final class OspfWriter {
  private final IosWriter out;

  OspfWriter(IosWriter out) {
    this.out = out;
  }

  // ---- Interfaces

  void port(OspfInterfaceConfig ospf) {
    OspfAttachment attachment = ospf.attachment();
    if (attachment != null) {
      out.sub(attachment.toString());
    }
    if (ospf.networkType() != null) {
      out.sub("ip ospf network " + ospf.networkType().iosName());
    }
    out.subGiven("ip ospf hello-interval", ospf.helloSeconds());
    out.subGiven("ip ospf dead-interval", ospf.deadSeconds());
    out.subGiven("ip ospf retransmit-interval", ospf.retransmitSeconds());
    out.subGiven("ip ospf transmit-delay", ospf.transmitDelaySeconds());
    out.subGiven("ip ospf priority", ospf.priority());
    out.subGiven("ip ospf cost", ospf.cost());
    if (ospf.mtuIgnore()) {
      out.sub("ip ospf mtu-ignore");
    }
    ospf.prefixSuppression()
        .ifPresent(on -> out.sub("ip ospf prefix-suppression" + (on ? "" : " disable")));
    ospf.ttlSecurityHops()
        .ifPresent(
            hops -> out.sub("ip ospf ttl-security " + (hops == 0 ? "disable" : "hops " + hops)));
    if (ospf.authentication() != null) {
      out.sub("ip ospf authentication" + words(ospf.authentication(), ospf.keyChain()));
    }
    if (ospf.authenticationKey() != null) {
      out.sub("ip ospf authentication-key 0 " + out.shown(ospf.authenticationKey()));
    }
    for (MessageDigestKey key : ospf.messageDigestKeys()) {
      out.sub("ip ospf message-digest-key " + key.id() + " md5 0 " + out.shown(key.key()));
    }
  }

  private static String words(OspfAuthenticationType type, @Nullable String keyChain) {
    String word = type.iosName().isEmpty() ? "" : " " + type.iosName();
    return type == OspfAuthenticationType.KEY_CHAIN ? word + " " + keyChain : word;
  }

  // ---- Key chains

  void keyChain(KeyChain chain) {
    out.line(chain.section());
    for (KeyChain.Key key : chain.keys()) {
      out.sub("key " + key.id());
      Secret secret = key.secret();
      if (secret != null) {
        out.sub(" key-string 0 " + out.shown(secret));
      }
      if (key.algorithm() != KeyAlgorithm.MD5) {
        out.sub(" cryptographic-algorithm " + key.algorithm().iosName());
      }
      out.subGiven(" accept-lifetime", key.accept());
      out.subGiven(" send-lifetime", key.send());
    }
  }

  // ---- The process

  void process(OspfProcess ospf) {
    out.line(ospf.section());
    out.subGiven("router-id", ospf.routerId());
    switch (ospf.adjacencyLog()) {
      case OFF -> out.sub("no log-adjacency-changes");
      case FULL_AND_DOWN -> out.sub("log-adjacency-changes");
      case DETAIL -> out.sub("log-adjacency-changes detail");
    }
    if (ospf.referenceBandwidthMbps() != OspfProcess.DEFAULT_REFERENCE_BANDWIDTH_MBPS) {
      out.sub("auto-cost reference-bandwidth " + ospf.referenceBandwidthMbps());
    }
    options(ospf.options());
    ospf.areas().forEach(this::area);
    ospf.summaryAddresses().forEach(each -> out.sub(each.toString()));
    ospf.redistributions().forEach(each -> out.sub(each.toString()));
    if (ospf.passiveByDefault()) {
      out.sub("passive-interface default");
    }
    for (IosInterfaceName name : ospf.passiveExceptions()) {
      out.sub((ospf.passiveByDefault() ? "no " : "") + "passive-interface " + name);
    }
    ospf.networks().stream().map(OspfNetwork::toString).forEach(out::sub);
    ospf.neighbors().forEach(each -> out.sub(each.toString()));
    OspfDefaultRoute route = ospf.defaultRoute();
    if (route != null) {
      out.sub("default-information originate" + route.options());
    }
    distance(ospf.options().distance());
  }

  private void options(OspfOptions options) {
    if (!options.rfc1583()) {
      out.sub("no compatible rfc1583");
    }
    if (!options.opaque()) {
      out.sub("no capability opaque");
    }
    if (options.prefixSuppression()) {
      out.sub("prefix-suppression");
    }
    out.subGiven("ttl-security all-interfaces hops", options.ttlSecurityHops());
    out.subGiven("max-lsa", options.maxLsa());
    if (options.maxMetric() != null) {
      out.sub(options.maxMetric().toString());
    }
    out.subGiven("timers throttle spf", options.spfThrottle());
    out.subGiven("timers throttle lsa", options.lsaThrottle());
    restart(options.restart());
    out.subGiven("default-metric", options.defaultMetric());
    if (options.maximumPaths() != OspfOptions.DEFAULT_MAXIMUM_PATHS) {
      out.sub("maximum-paths " + options.maximumPaths());
    }
  }

  private void restart(OspfRestart restart) {
    if (restart.restarts()) {
      boolean plain = restart.intervalSeconds() == OspfRestart.DEFAULT_INTERVAL_SECONDS;
      out.sub("nsf ietf" + (plain ? "" : " restart-interval " + restart.intervalSeconds()));
    }
    if (!restart.helps()) {
      out.sub("nsf ietf helper disable");
    }
    if (restart.strict()) {
      out.sub("nsf ietf helper strict-lsa-checking");
    }
  }

  private void distance(OspfDistance distance) {
    if (distance.equals(OspfDistance.DEFAULT)) {
      return;
    }
    out.sub(
        distance.isUniform()
            ? "distance " + distance.intraArea()
            : "distance ospf intra-area "
                + distance.intraArea()
                + " inter-area "
                + distance.interArea()
                + " external "
                + distance.external());
  }

  // ---- Areas

  private void area(OspfArea area) {
    String head = "area " + area.id() + " ";
    OspfAuthenticationType type = area.authentication();
    if (type != null) {
      out.sub(head + "authentication" + words(type, null));
    }
    String summaries = area.summaries() ? "" : " no-summary";
    switch (area.kind()) {
      case NORMAL -> {}
      case STUB -> out.sub(head + "stub" + summaries);
      case NSSA -> nssa(head, area.nssa(), summaries);
    }
    area.defaultCost().ifPresent(cost -> out.sub(head + "default-cost " + cost));
    area.ranges().forEach(range -> out.sub(head + range));
    area.virtualLinks().forEach(link -> virtualLink(head, link));
  }

  private void nssa(String head, OspfNssa nssa, String summaries) {
    OspfDefaultRoute route = nssa.defaultRoute();
    out.sub(
        head
            + "nssa"
            + (nssa.redistribution() ? "" : " no-redistribution")
            + (route == null
                ? ""
                : " default-information-originate" + route.options().replace(" always", ""))
            + summaries);
    if (nssa.translateAlways()) {
      out.sub(head + "nssa translate type7 always");
    }
  }

  private void virtualLink(String head, OspfVirtualLink link) {
    String line = head + "virtual-link " + link.neighborId();
    OspfInterfaceConfig settings = link.settings();
    OspfAuthenticationType type = settings.authentication();
    out.sub(
        line
            + (type == null ? "" : " authentication" + words(type, settings.keyChain()))
            + given(" hello-interval ", settings.helloSeconds())
            + given(" retransmit-interval ", settings.retransmitSeconds())
            + given(" transmit-delay ", settings.transmitDelaySeconds())
            + given(" dead-interval ", settings.deadSeconds()));
    Secret password = settings.authenticationKey();
    if (password != null) {
      out.sub(line + " authentication-key 0 " + out.shown(password));
    }
    for (MessageDigestKey key : settings.messageDigestKeys()) {
      out.sub(line + " message-digest-key " + key.id() + " md5 0 " + out.shown(key.key()));
    }
  }

  private static String given(String keyword, OptionalInt value) {
    return value.isPresent() ? keyword + value.getAsInt() : "";
  }
}
