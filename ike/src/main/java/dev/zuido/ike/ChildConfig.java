package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What quick mode negotiates with a peer: one pair of IPsec SAs for one pair of selectors.
 *
 * @param name unique within the peer
 * @param local the traffic's selector on our side; the peer must have the mirror image. Of a
 *     template's child both selectors are the widest that are accepted: what the peer asks for has
 *     to lie inside, and in transport mode to be the two hosts themselves
 * @param remote the traffic's selector on the peer's side
 * @param mode transport or tunnel
 * @param proposals the suites of ESP and AH in the order of preference, 1 to 16: alternatives, of
 *     which one is agreed on
 * @param pfsGroup the group of a fresh Diffie-Hellman exchange for perfect forward secrecy, or null
 *     for none; as responder, whoever has one insists on it and whoever has none accepts any
 * @param lifetimeSeconds the lifetime offered, 30 to 2^31 - 1; what holds where the peer's is
 *     another is for {@link PeerOptions#lifetimes} to say
 * @param lifetimeKilobytes the lifetime in kilobytes offered, or 0 for no limit
 * @param extendedSequenceNumbers whether sequence numbers may have 64 bits
 */
public record ChildConfig(
    String name,
    TrafficSelector local,
    TrafficSelector remote,
    EncapsulationMode mode,
    List<IpsecProposal> proposals,
    @Nullable DhGroup pfsGroup,
    long lifetimeSeconds,
    long lifetimeKilobytes,
    ExtendedSequenceNumbers extendedSequenceNumbers) {
  /** IOS's default: one hour. */
  public static final long DEFAULT_LIFETIME_SECONDS = 3_600;

  /** IOS's default: 4 608 000 kB. */
  public static final long DEFAULT_LIFETIME_KILOBYTES = 4_608_000;

  /** The most suites that one child offers. */
  public static final int MAX_PROPOSALS = 16;

  /** Checks the ranges. */
  public ChildConfig {
    proposals = List.copyOf(proposals);
    if (proposals.isEmpty() || proposals.size() > MAX_PROPOSALS) {
      throw new IllegalArgumentException("child " + name + " needs 1 to 16 proposals");
    }
    if (lifetimeSeconds < 30 || lifetimeSeconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("child " + name + ": a lifetime is at least 30 s");
    }
    if (lifetimeKilobytes < 0 || lifetimeKilobytes > 0xffff_ffffL) {
      throw new IllegalArgumentException("child " + name + ": the kilobytes do not fit 32 bits");
    }
  }

  /** A child whose sequence numbers have 32 bits. */
  public ChildConfig(
      String name,
      TrafficSelector local,
      TrafficSelector remote,
      EncapsulationMode mode,
      List<? extends IpsecProposal> proposals,
      @Nullable DhGroup pfsGroup,
      long lifetimeSeconds,
      long lifetimeKilobytes) {
    this(
        name,
        local,
        remote,
        mode,
        List.copyOf(proposals),
        pfsGroup,
        lifetimeSeconds,
        lifetimeKilobytes,
        ExtendedSequenceNumbers.NONE);
  }

  /** The same for a part of the traffic. */
  ChildConfig narrowedTo(TrafficSelector newLocal, TrafficSelector newRemote) {
    return new ChildConfig(
        name,
        newLocal,
        newRemote,
        mode,
        proposals,
        pfsGroup,
        lifetimeSeconds,
        lifetimeKilobytes,
        extendedSequenceNumbers);
  }

  /** The same with another choice for extended sequence numbers. */
  public ChildConfig withExtendedSequenceNumbers(ExtendedSequenceNumbers choice) {
    return new ChildConfig(
        name, local, remote, mode, proposals, pfsGroup, lifetimeSeconds, lifetimeKilobytes, choice);
  }

  /** A child without PFS and with the default lifetimes. */
  public static ChildConfig of(
      String name,
      TrafficSelector local,
      TrafficSelector remote,
      EncapsulationMode mode,
      List<? extends IpsecProposal> proposals) {
    return new ChildConfig(
        name,
        local,
        remote,
        mode,
        proposals,
        null,
        DEFAULT_LIFETIME_SECONDS,
        DEFAULT_LIFETIME_KILOBYTES);
  }
}
