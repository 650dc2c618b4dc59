package dev.zuido.router.config.ios;

import dev.zuido.router.config.AccessEntry;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.CryptoMap;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.DialerList;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IpsecDefaults;
import dev.zuido.router.config.IpsecHandling;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.NatTransparency;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.router.config.SessionKey;
import dev.zuido.router.config.StaticRoute;
import dev.zuido.router.config.TransformSet;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.config.TunnelKeepalive;
import dev.zuido.router.config.TunnelPathMtu;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration as {@code show running-config} prints it: full keywords, canonical names,
 * sub-mode lines indented by one blank, nothing that is a default. Written with its secrets, the
 * text reads back as an equal configuration.
 */
public final class IosWriter {
  /** Whether the text shows the pre-shared keys. */
  public enum Secrets {
    /** A mask stands in their place. */
    HIDDEN,
    /** As they are: for storing, never for printing. */
    SHOWN
  }

  private final StringBuilder text = new StringBuilder();
  private final RouterConfig config;
  private final Secrets secrets;

  private IosWriter(RouterConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /** The text of a configuration. */
  public static String write(RouterConfig config, Secrets secrets) {
    return new IosWriter(config, secrets).run();
  }

  private String run() {
    given("hostname", config.hostname());
    given("ip domain name", config.domainName());
    config.hosts().forEach((name, address) -> line("ip host " + name + " " + address));
    config.users().forEach(new AccessLineWriter(this)::user);
    new IsakmpWriter(this, config).write();
    keepalive(config.isakmpKeepalive());
    natTransparency(config.natTransparency());
    ipsecDefaults(config.ipsecDefaults());
    ipsecHandling(config.ipsecHandling());
    config.transformSets().forEach(this::transformSet);
    Stream.concat(config.dynamicMaps().stream(), config.cryptoMaps().stream())
        .map(CryptoMap::entries)
        .forEach(entries -> entries.forEach(this::cryptoMapEntry));
    config.keyChains().forEach(new OspfWriter(this)::keyChain);
    config.interfaces().forEach(this::port);
    OspfProcess ospf = config.ospf();
    if (ospf != null) {
      new OspfWriter(this).process(ospf);
    }
    config.staticRoutes().stream().map(StaticRoute::toString).forEach(this::line);
    config.accessLists().forEach(this::accessList);
    config.dialerLists().stream().map(DialerList::toString).forEach(this::line);
    line("end");
    return text.toString();
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  void sub(String line) {
    text.append(' ').append(line).append('\n');
  }

  private void given(String keyword, @Nullable Object value) {
    if (value != null) {
      line(keyword + " " + value);
    }
  }

  void subGiven(String keyword, @Nullable Object value) {
    if (value != null) {
      sub(keyword + " " + value);
    }
  }

  void subGiven(String keyword, OptionalInt value) {
    value.ifPresent(number -> sub(keyword + " " + number));
  }

  private void keepalive(@Nullable IsakmpKeepalive keepalive) {
    if (keepalive != null) {
      boolean plain = keepalive.retrySeconds() == IsakmpKeepalive.DEFAULT_RETRY_SECONDS;
      line(
          "crypto isakmp keepalive "
              + keepalive.periodSeconds()
              + (plain ? "" : " " + keepalive.retrySeconds())
              + (keepalive.periodic() ? " periodic" : ""));
    }
  }

  private void natTransparency(NatTransparency nat) {
    if (nat.keepaliveSeconds() == 0) {
      line("no crypto isakmp nat keepalive");
    } else if (nat.keepaliveSeconds() != NatTransparency.DEFAULT.keepaliveSeconds()) {
      line("crypto isakmp nat keepalive " + nat.keepaliveSeconds());
    }
    if (!nat.udpEncapsulation()) {
      line("no crypto ipsec nat-transparency udp-encapsulation");
    }
    if (nat.forced()) {
      line("crypto ipsec nat-transparency force");
    }
  }

  private void ipsecDefaults(IpsecDefaults values) {
    String head = "crypto ipsec security-association ";
    if (values.lifetimeSeconds() != IpsecDefaults.IOS.lifetimeSeconds()) {
      line(head + "lifetime seconds " + values.lifetimeSeconds());
    }
    if (values.lifetimeKilobytes() != IpsecDefaults.IOS.lifetimeKilobytes()) {
      line(head + "lifetime kilobytes " + values.lifetimeKilobytes());
    }
    if (values.replayWindow() != IpsecDefaults.IOS.replayWindow()) {
      line(head + "replay window-size " + values.replayWindow());
    }
    if (values.extendedSequenceNumbers()) {
      line(head + "esn");
    }
  }

  private void ipsecHandling(IpsecHandling handling) {
    if (handling.dfBit() != IpsecHandling.IOS.dfBit()) {
      line("crypto ipsec df-bit " + handling.dfBit().iosName());
    }
    if (handling.fragmentation() != IpsecHandling.IOS.fragmentation()) {
      line("crypto ipsec fragmentation " + handling.fragmentation().iosName());
    }
  }

  private void transformSet(TransformSet set) {
    String transforms = set.cipher().iosName() + " " + set.integrity().iosName();
    line(set.section() + " " + transforms.strip());
    sub("mode " + set.mode().iosName());
  }

  private void cryptoMapEntry(CryptoMapEntry entry) {
    Keying keying = entry.keying();
    String kind =
        keying instanceof Keying.Dynamic dynamic
            ? " ipsec-isakmp dynamic " + dynamic.map()
            : keying instanceof Keying.Isakmp
                ? " ipsec-isakmp"
                : keying instanceof Keying.Manual ? " ipsec-manual" : "";
    line(entry.section() + kind);
    subGiven("description", entry.description());
    entry.peers().forEach(peer -> sub("set peer " + peer));
    if (keying instanceof Keying.Manual keys) {
      sessionKey("inbound", keys.inbound());
      sessionKey("outbound", keys.outbound());
    }
    entry
        .lifetimeSeconds()
        .ifPresent(value -> sub("set security-association lifetime seconds " + value));
    entry
        .lifetimeKilobytes()
        .ifPresent(value -> sub("set security-association lifetime kilobytes " + value));
    if (!entry.transformSets().isEmpty()) {
      sub("set transform-set " + String.join(" ", entry.transformSets()));
    }
    subGiven("set isakmp-profile", entry.isakmpProfile());
    entry.pfsGroup().ifPresent(group -> sub("set pfs group" + group));
    subGiven("match address", entry.accessList());
  }

  private void sessionKey(String direction, @Nullable SessionKey key) {
    if (key != null) {
      sub(
          "set session-key "
              + direction
              + " esp "
              + key.spi()
              + (key.cipher() == null ? "" : " cipher " + shown(key.cipher()))
              + (key.authenticator() == null
                  ? ""
                  : " authenticator " + shown(key.authenticator())));
    }
  }

  /** A secret, or its mask. */
  String shown(Secret secret) {
    return secrets == Secrets.SHOWN ? secret.reveal() : secret.toString();
  }

  private void port(InterfaceConfig port) {
    line(port.section());
    subGiven("description", port.description());
    subGiven("bandwidth", port.bandwidthKbps());
    subGiven("mtu", port.mtu());
    for (InterfaceAddress held : port.addresses()) {
      sub(
          "ip address "
              + held.address()
              + " "
              + held.prefix().mask()
              + (held.secondary() ? " secondary" : ""));
    }
    subGiven("ip unnumbered", port.unnumbered());
    new AccessLineWriter(this).port(port);
    if (port.accessGroupIn() != null) {
      sub("ip access-group " + port.accessGroupIn() + " in");
    }
    if (port.accessGroupOut() != null) {
      sub("ip access-group " + port.accessGroupOut() + " out");
    }
    subGiven("ip mtu", port.ipMtu());
    subGiven("ip tcp adjust-mss", port.adjustMss());
    new OspfWriter(this).port(port.ospf());
    TunnelConfig tunnel = port.tunnel();
    if (tunnel != null) {
      tunnel(tunnel);
    }
    subGiven("crypto map", port.cryptoMap());
    if (port.dfBit() != null) {
      sub("crypto ipsec df-bit " + port.dfBit().iosName());
    }
    if (port.fragmentation() != null) {
      sub("crypto ipsec fragmentation " + port.fragmentation().iosName());
    }
    if (port.shutdown()) {
      sub("shutdown");
    }
  }

  private void tunnel(TunnelConfig tunnel) {
    TunnelKeepalive keepalive = tunnel.keepalive();
    if (keepalive != null) {
      sub("keepalive " + keepalive.periodSeconds() + " " + keepalive.retries());
    }
    subGiven("tunnel source", tunnel.source());
    subGiven("tunnel destination", tunnel.destination());
    tunnel.key().ifPresent(key -> sub("tunnel key " + key));
    if (tunnel.checksum()) {
      sub("tunnel checksum");
    }
    if (tunnel.sequenceDatagrams()) {
      sub("tunnel sequence-datagrams");
    }
    TunnelPathMtu path = tunnel.pathMtu();
    if (path != null) {
      String line = "tunnel path-mtu-discovery";
      sub(line);
      if (!path.ageMinutes().equals(TunnelPathMtu.DEFAULT.ageMinutes())) {
        OptionalInt age = path.ageMinutes();
        sub(line + " age-timer " + (age.isPresent() ? age.getAsInt() : "infinite"));
      }
      if (path.leastMtu() != TunnelPathMtu.DEFAULT.leastMtu()) {
        sub(line + " min-mtu " + path.leastMtu());
      }
    }
    tunnel.tos().ifPresent(tos -> sub("tunnel tos " + tos));
    if (tunnel.ttl() != TunnelConfig.DEFAULT_TTL) {
      sub("tunnel ttl " + tunnel.ttl());
    }
  }

  private void accessList(AccessList list) {
    line(list.section());
    for (AccessEntry entry : list.entries()) {
      boolean standard = list.kind() == AccessList.Kind.STANDARD;
      String body =
          standard && entry instanceof AccessRule rule ? rule.toStandardString() : entry.toString();
      sub(entry.sequence() + " " + body);
    }
  }
}
