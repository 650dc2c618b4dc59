package dev.zuido.esp;

import dev.zuido.wire.IpAddress;

/** What an SA was negotiated to be, as far as ESP and AH have it in common (RFC 4301 section 4). */
public sealed interface IpsecParameters permits SaParameters, AhParameters {
  /** The SPI, not 0. */
  int spi();

  /** Transport or tunnel. */
  EspMode mode();

  /** Our address: outbound the outer source, inbound the outer destination. */
  IpAddress local();

  /** The peer's address. */
  IpAddress remote();

  /** The traffic that the SA is for. */
  TrafficSelector selector();

  /** The replay window in packets, or {@link SaParameters#NO_REPLAY_PROTECTION}. */
  int replayWindow();

  /** Whether sequence numbers have 64 bits. */
  boolean extendedSequenceNumbers();

  /** Soft and hard limits. */
  SaLifetime lifetime();

  /** How tunnel mode makes the outer header. */
  TunnelHeader tunnelHeader();
}
