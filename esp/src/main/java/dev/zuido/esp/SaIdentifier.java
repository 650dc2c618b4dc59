package dev.zuido.esp;

/**
 * By what an arriving packet is told to belong to an inbound SA (RFC 4301 section 4.1). Where
 * several SAs have an SPI, the one that the most is compared of and fits is taken.
 */
public enum SaIdentifier {
  /** The SPI alone, at whichever of our addresses: an SA between two hosts, of which one moves. */
  SPI,
  /** SPI and destination: the usual SA between two hosts, and any-source multicast. */
  SPI_DESTINATION,
  /** SPI, destination and source: source-specific multicast. */
  SPI_DESTINATION_SOURCE
}
