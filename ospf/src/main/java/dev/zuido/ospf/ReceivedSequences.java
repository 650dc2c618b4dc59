package dev.zuido.ospf;

import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.ospf.packet.PacketType;
import java.util.EnumMap;
import java.util.Map;

/**
 * The cryptographic sequence numbers that a neighbor has used: with AuType 2 they never fall (RFC
 * 2328 section D.5.3), with AuType 3 they grow with each packet of a type (RFC 7474 section 2).
 */
final class ReceivedSequences {
  private long highest;

  /** By packet type; 0 before the first, since the first number of a router is at least 1. */
  private final Map<PacketType, Long> highestOfType = new EnumMap<>(PacketType.class);

  /** Whether a packet was sent before, or not after, one that has been accepted. */
  boolean isReplay(PacketAuthentication authentication, PacketType type) {
    if (authentication instanceof PacketAuthentication.Cryptographic crypto) {
      return crypto.sequence() < highest;
    }
    return authentication instanceof PacketAuthentication.ExtendedCryptographic crypto
        && Long.compareUnsigned(crypto.sequence(), highestOfType.getOrDefault(type, 0L)) <= 0;
  }

  /** Notes the number of a packet that was accepted as authentic. */
  void accepted(PacketAuthentication authentication, PacketType type) {
    if (authentication instanceof PacketAuthentication.Cryptographic crypto) {
      highest = crypto.sequence();
    } else if (authentication instanceof PacketAuthentication.ExtendedCryptographic crypto) {
      highestOfType.put(type, crypto.sequence());
    }
  }

  /** "Also set to zero whenever the neighbor's state transitions to Down" (section D.3). */
  void forget() {
    highest = 0;
    highestOfType.clear();
  }
}
