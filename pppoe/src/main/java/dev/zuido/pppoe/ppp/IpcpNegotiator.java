package dev.zuido.pppoe.ppp;

import dev.zuido.pppoe.ppp.PppConfig.IpcpConfig;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What we want of IPCP's options (RFC 1332 section 3, RFC 1877). */
final class IpcpNegotiator implements NetworkNegotiator {
  private static final int[] DNS_TYPES = {IpcpOption.PRIMARY_DNS, IpcpOption.SECONDARY_DNS};

  private final IpcpConfig config;
  private final int maxFailure;
  private Ipv4Address address = Ipv4Address.UNSPECIFIED;
  private boolean addressRejected;
  private @Nullable Ipv4Address offered;
  private int insisted;
  private final @Nullable Ipv4Address[] dns = new Ipv4Address[2];
  private @Nullable Disagreement disagreement;
  private Ipv4Address peer = Ipv4Address.UNSPECIFIED;
  private @Nullable Ipv4Address wantedPeer;

  IpcpNegotiator(IpcpConfig config, int maxFailure) {
    this.config = config;
    this.maxFailure = maxFailure;
    this.wantedPeer = config.peer();
  }

  /** The peer gets this address: from its next request on. */
  void assign(Ipv4Address address) {
    wantedPeer = address;
  }

  /** Our address, once IPCP is open. */
  Ipv4Address local() {
    return address;
  }

  /** The peer's address, once IPCP is open; 0.0.0.0 if it has told none. */
  Ipv4Address peer() {
    return peer;
  }

  /** The name servers that the peer has told, once IPCP is open. */
  List<Ipv4Address> nameServers() {
    List<Ipv4Address> servers = new ArrayList<>();
    for (Ipv4Address server : dns) {
      if (server != null && !server.isUnspecified()) {
        servers.add(server);
      }
    }
    return servers;
  }

  @Override
  public PppOutput up() {
    return new PppOutput.Ipv4Up(address, peer, nameServers());
  }

  @Override
  public PppOutput down() {
    return new PppOutput.Ipv4Down();
  }

  @Override
  public void begin() {
    address = config.local();
    addressRejected = false;
    offered = null;
    insisted = 0;
    for (int i = 0; i < dns.length; i++) {
      dns[i] = config.wantsNameServers() ? Ipv4Address.UNSPECIFIED : null;
    }
    disagreement = null;
    peer = Ipv4Address.UNSPECIFIED;
  }

  @Override
  public List<ConfigurationOption> request() {
    List<ConfigurationOption> options = new ArrayList<>();
    if (!addressRejected) {
      options.add(new IpcpOption.IpAddress(address).toOption());
    }
    Ipv4Address primary = dns[0];
    if (primary != null) {
      options.add(new IpcpOption.PrimaryDns(primary).toOption());
    }
    Ipv4Address secondary = dns[1];
    if (secondary != null) {
      options.add(new IpcpOption.SecondaryDns(secondary).toOption());
    }
    return options;
  }

  @Override
  public Judgement judge(ConfigurationOption option) {
    return switch (option.type()) {
      case IpcpOption.IP_ADDRESS -> judgeAddress(IpcpOption.of(option));
      case IpcpOption.PRIMARY_DNS -> judgeNameServer(option, 0);
      case IpcpOption.SECONDARY_DNS -> judgeNameServer(option, 1);
      default -> Judgement.REFUSED;
    };
  }

  private Judgement judgeAddress(IpcpOption option) {
    Ipv4Address wanted = wantedPeer;
    Ipv4Address asked =
        option instanceof IpcpOption.IpAddress ip ? ip.address() : Ipv4Address.UNSPECIFIED;
    if (wanted != null) {
      return option instanceof IpcpOption.IpAddress && asked.equals(wanted)
          ? Judgement.GOOD
          : new Judgement.Better(new IpcpOption.IpAddress(wanted).toOption());
    }
    // We have no address to give, so one that is none can only be refused.
    return isUsable(asked) ? Judgement.GOOD : Judgement.REFUSED;
  }

  private Judgement judgeNameServer(ConfigurationOption option, int index) {
    if (index >= config.nameServers().size()) {
      return Judgement.REFUSED;
    }
    Ipv4Address server = config.nameServers().get(index);
    ConfigurationOption good =
        index == 0
            ? new IpcpOption.PrimaryDns(server).toOption()
            : new IpcpOption.SecondaryDns(server).toOption();
    return option.equals(good) ? Judgement.GOOD : new Judgement.Better(good);
  }

  @Override
  public List<ConfigurationOption> missing(List<ConfigurationOption> request) {
    Ipv4Address wanted = wantedPeer;
    boolean there = request.stream().anyMatch(o -> o.type() == IpcpOption.IP_ADDRESS);
    return wanted == null || there
        ? List.of()
        : List.of(new IpcpOption.IpAddress(wanted).toOption());
  }

  @Override
  public void accepted(List<ConfigurationOption> request) {
    peer = Ipv4Address.UNSPECIFIED;
    for (ConfigurationOption option : request) {
      if (IpcpOption.of(option) instanceof IpcpOption.IpAddress ip) {
        peer = ip.address();
      }
    }
    Ipv4Address wanted = wantedPeer;
    if (wanted != null && !peer.equals(wanted)) {
      disagreement =
          new Disagreement(PppEnd.NO_AGREEMENT, "the peer does not take the address " + wanted);
    }
  }

  @Override
  public void acknowledged() {
    if (address.isUnspecified()) {
      disagreement = new Disagreement(PppEnd.NO_AGREEMENT, "the peer gives us no address");
    }
  }

  @Override
  public void naked(List<ConfigurationOption> options) {
    for (ConfigurationOption option : options) {
      IpcpOption meaning = IpcpOption.of(option);
      if (meaning instanceof IpcpOption.IpAddress ip && !addressRejected) {
        nakedAddress(ip.address());
      } else if (meaning instanceof IpcpOption.PrimaryDns server) {
        nakedNameServer(0, server.address());
      } else if (meaning instanceof IpcpOption.SecondaryDns server) {
        nakedNameServer(1, server.address());
      }
    }
  }

  private void nakedAddress(Ipv4Address other) {
    boolean open = config.local().isUnspecified() || config.acceptsOther();
    if (open && isUsable(other)) {
      address = other;
      return;
    }
    offered = other;
    insisted++;
    if (insisted > maxFailure) {
      disagreement = otherAddress(other);
    }
  }

  private Disagreement otherAddress(Ipv4Address other) {
    String detail =
        config.local().isUnspecified()
            ? "the peer gives us the address " + other + ", which is none"
            : "our address is " + address + " and the peer wants us to have " + other;
    return new Disagreement(PppEnd.NO_AGREEMENT, detail);
  }

  private void nakedNameServer(int index, Ipv4Address server) {
    if (dns[index] != null) {
      // A peer that proposes 0.0.0.0 has none.
      dns[index] = server.isUnspecified() ? null : server;
    }
  }

  @Override
  public void rejected(List<ConfigurationOption> options) {
    for (ConfigurationOption option : options) {
      for (int i = 0; i < DNS_TYPES.length; i++) {
        if (option.type() == DNS_TYPES[i]) {
          dns[i] = null;
        }
      }
      if (option.type() == IpcpOption.IP_ADDRESS) {
        addressRejected = true;
        Ipv4Address other = offered;
        if (other != null) {
          disagreement = otherAddress(other);
        } else if (address.isUnspecified()) {
          disagreement = new Disagreement(PppEnd.NO_AGREEMENT, "the peer gives us no address");
        }
      }
    }
  }

  @Override
  public @Nullable Disagreement disagreement() {
    return disagreement;
  }

  /** Whether a host can have the address. */
  private static boolean isUsable(Ipv4Address candidate) {
    return !candidate.isUnspecified()
        && !candidate.isMulticast()
        && !candidate.isLoopback()
        && !candidate.equals(Ipv4Address.BROADCAST);
  }
}
