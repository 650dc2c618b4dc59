package dev.zuido.pppoe.ppp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What we want of IPv6CP's option (RFC 5072 section 4.1). */
final class Ipv6cpNegotiator implements NetworkNegotiator {
  /** The bit of an identifier that says that it is unique in the world; a random one is not. */
  private static final long UNIVERSAL = 1L << 57;

  private final Core core;
  private final long configured;
  private long local;
  private long peer;
  private long proposed;
  private boolean rejected;
  private boolean demanded;

  Ipv6cpNegotiator(Core core, long configured) {
    this.core = core;
    this.configured = configured;
  }

  @Override
  public PppOutput up() {
    return new PppOutput.Ipv6Up(local, peer);
  }

  @Override
  public PppOutput down() {
    return new PppOutput.Ipv6Down();
  }

  @Override
  public void begin() {
    local = configured;
    peer = 0;
    proposed = 0;
    rejected = false;
    demanded = false;
  }

  @Override
  public List<ConfigurationOption> request() {
    return rejected ? List.of() : List.of(new Ipv6cpOption.InterfaceIdentifier(local).toOption());
  }

  @Override
  public Judgement judge(ConfigurationOption option) {
    if (option.type() != Ipv6cpOption.INTERFACE_IDENTIFIER) {
      return Judgement.REFUSED;
    }
    if (Ipv6cpOption.of(option) instanceof Ipv6cpOption.InterfaceIdentifier identifier
        && identifier.value() != 0
        && identifier.value() != local) {
      return Judgement.GOOD;
    }
    return new Judgement.Better(proposal());
  }

  private ConfigurationOption proposal() {
    proposed = randomIdentifier();
    return new Ipv6cpOption.InterfaceIdentifier(proposed).toOption();
  }

  private long randomIdentifier() {
    long identifier;
    do {
      identifier = core.secrets.nextLong() & ~UNIVERSAL;
    } while (identifier == 0 || identifier == local || identifier == proposed);
    return identifier;
  }

  /** The option is asked for once: a peer that then has it not does not know it. */
  @Override
  public List<ConfigurationOption> missing(List<ConfigurationOption> request) {
    boolean there = request.stream().anyMatch(o -> o.type() == Ipv6cpOption.INTERFACE_IDENTIFIER);
    if (there || demanded) {
      return List.of();
    }
    demanded = true;
    return List.of(proposal());
  }

  @Override
  public void accepted(List<ConfigurationOption> request) {
    peer = 0;
    for (ConfigurationOption option : request) {
      if (Ipv6cpOption.of(option) instanceof Ipv6cpOption.InterfaceIdentifier identifier) {
        peer = identifier.value();
      }
    }
  }

  @Override
  public void acknowledged() {}

  @Override
  public void naked(List<ConfigurationOption> options) {
    for (ConfigurationOption option : options) {
      if (Ipv6cpOption.of(option) instanceof Ipv6cpOption.InterfaceIdentifier identifier) {
        // One that is what we have proposed to the peer would be the same on both sides.
        boolean usable = identifier.value() != 0 && identifier.value() != proposed;
        local = usable ? identifier.value() : randomIdentifier();
      }
    }
  }

  @Override
  public void rejected(List<ConfigurationOption> options) {
    rejected = true;
  }

  @Override
  public @Nullable Disagreement disagreement() {
    return null;
  }
}
