package dev.zuido.testkit;

/** What a {@link VirtualHost} counts. */
public enum HostCounter {
  /** Packets taken in, fragments included. */
  RECEIVED,
  /** Not an IPv4 packet, or a wrong header checksum. */
  MALFORMED,
  /** For another address. */
  NOT_FOR_ME,
  /** A wrong ICMP or TCP checksum, or a message that is too short. */
  BAD_MESSAGE,
  /** Echo requests answered. */
  ECHOES_ANSWERED,
  /** ICMP errors taken in. */
  ICMP_ERRORS,
  /** TCP segments for no connection. */
  NO_CONNECTION,
  /** Connections refused because there are too many. */
  TOO_MANY_CONNECTIONS,
  /** Packets of a protocol that nobody asked for. */
  UNKNOWN_PROTOCOL
}
