package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;

/** An SA of the {@link SecurityAssociationDatabase}, what it is installed under and found by. */
final class SaEntry {
  final SecurityPolicy policy;
  final SecurityAssociation association;
  final SaIdentifier identifier;
  final int spi;

  /**
   * Whether every packet of the policy is within the SA's selectors, unless it hides what they see.
   */
  final boolean coversPolicy;

  boolean softReported;

  /** The place in {@link SaGroups}, checked there. */
  int group;

  private final TrafficSelector selector;
  private final boolean ipv6;
  private final long localHigh;
  private final long localLow;
  private final long remoteHigh;
  private final long remoteLow;

  SaEntry(SecurityPolicy policy, SecurityAssociation association, SaIdentifier identifier) {
    IpsecParameters parameters = association.parameters();
    this.policy = policy;
    this.association = association;
    this.identifier = identifier;
    this.spi = parameters.spi();
    this.selector = parameters.selector();
    this.coversPolicy = selector.contains(policy.selector());
    this.ipv6 = parameters.local() instanceof Ipv6Address;
    this.localHigh = high(parameters.local());
    this.localLow = low(parameters.local());
    this.remoteHigh = high(parameters.remote());
    this.remoteLow = low(parameters.remote());
  }

  /** The first 64 bits of an address, IPv4 in the highest 32. */
  static long high(IpAddress address) {
    return address instanceof Ipv4Address v4
        ? (long) v4.value() << 32
        : ((Ipv6Address) address).high();
  }

  static long low(IpAddress address) {
    return address instanceof Ipv6Address v6 ? v6.low() : 0;
  }

  boolean isInbound() {
    return association instanceof InboundSa || association instanceof AhInboundSa;
  }

  boolean isEsp() {
    return association instanceof InboundSa || association instanceof OutboundSa;
  }

  /** Whether another packet can be sealed, of an outbound SA. */
  boolean isUsable() {
    return association instanceof OutboundSa esp
        ? esp.isUsable()
        : association instanceof AhOutboundSa ah && ah.isUsable();
  }

  /** The last sequence number of an outbound SA that has used it, or 0. */
  long exhaustedAt() {
    if (association instanceof OutboundSa esp) {
      return esp.isExhausted() ? esp.sequence() : 0;
    }
    return association instanceof AhOutboundSa ah && ah.isExhausted() ? ah.sequence() : 0;
  }

  /**
   * Whether a packet of the policy is within the SA's selectors too. One that hides ports, or its
   * protocol, is not where they select by them (RFC 4301 section 7.3).
   */
  boolean takes(byte[] bytes, int offset) {
    if (coversPolicy
        && (selector.protocol() == TrafficSelector.ANY_PROTOCOL
            || !UpperLayer.hides(UpperLayer.of(bytes, offset)))) {
      return true;
    }
    return selector.matchesOutbound(bytes, offset);
  }

  /** Whether the SA would take the packet, if it showed what it hides. */
  boolean wouldTake(byte[] bytes, int offset) {
    return selector.mayMatchOutbound(bytes, offset);
  }

  /** Whether an arriving packet of the SPI has the addresses that the SA asks for. */
  boolean hasAddresses(FlowKey key) {
    return switch (identifier) {
      case SPI -> true;
      case SPI_DESTINATION -> isTo(key);
      case SPI_DESTINATION_SOURCE ->
          isTo(key) && key.remoteHigh == remoteHigh && key.remoteLow == remoteLow;
    };
  }

  private boolean isTo(FlowKey key) {
    return key.ipv6 == ipv6 && key.localHigh == localHigh && key.localLow == localLow;
  }

  /** Whether packets could not be told to belong to the one or the other. */
  boolean collidesWith(SaEntry other) {
    if (spi != other.spi || identifier != other.identifier) {
      return false;
    }
    return switch (identifier) {
      case SPI -> true;
      case SPI_DESTINATION -> sameLocal(other);
      case SPI_DESTINATION_SOURCE -> sameLocal(other) && sameRemote(other);
    };
  }

  private boolean sameLocal(SaEntry other) {
    return association.parameters().local().equals(other.association.parameters().local());
  }

  boolean sameRemote(SaEntry other) {
    return association.parameters().remote().equals(other.association.parameters().remote());
  }

  /** Sends the packets of a part of a batch that pass through the SA. */
  void process(PacketBatch batch, int from, int to) {
    if (association instanceof OutboundSa esp) {
      esp.seal(batch, from, to);
    } else if (association instanceof InboundSa esp) {
      esp.open(batch, from, to);
    } else if (association instanceof AhOutboundSa ah) {
      ah.protect(batch, from, to);
    } else if (association instanceof AhInboundSa ah) {
      ah.verify(batch, from, to);
    }
  }
}
