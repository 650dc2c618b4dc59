package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.LinkLocalSignaling;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * Whether the link-local signalling block of a packet may be used (RFC 5613). A block that may not
 * is passed over; the packet itself is processed whatever the block looks like.
 */
final class SignalingCheck {
  private SignalingCheck() {}

  /**
   * What is wrong with the block of a packet that has been found authentic; null if nothing, or if
   * there is no block.
   */
  static @Nullable DropReason judge(OspfPacket packet, InterfaceAuthentication authentication) {
    if (!packet.options().has(Options.L)) {
      return null;
    }
    LinkLocalSignaling block = packet.lls();
    if (block == null || !block.isWellFormed()) {
      return DropReason.LLS_MALFORMED;
    }
    PacketAuthentication received = packet.header().authentication();
    if (received instanceof PacketAuthentication.Cryptographic crypto) {
      CryptographicKey key = authentication.keyOf(received);
      boolean authentic = key != null && key.verify(block, crypto.sequence());
      return authentic ? null : DropReason.LLS_AUTHENTICATION;
    }
    if (received.isCryptographic()) {
      return DropReason.LLS_AUTHENTICATION;
    }
    return block.hasValidChecksum() ? null : DropReason.LLS_CHECKSUM;
  }
}
