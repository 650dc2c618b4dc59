package dev.zuido.ospf;

import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** An interface's authentication at work (RFC 2328 appendix D.4 and D.5). */
final class InterfaceAuthentication {
  private final OspfAuthentication config;
  private final Ipv4Address routerId;
  private final OspfInterfaceConfig interfaceConfig;
  private final OspfStore store;
  private final @Nullable CryptographicKey key;

  InterfaceAuthentication(
      OspfInterfaceConfig interfaceConfig, Ipv4Address routerId, OspfStore store) {
    this.config = interfaceConfig.authentication();
    this.interfaceConfig = interfaceConfig;
    this.routerId = routerId;
    this.store = store;
    this.key =
        config instanceof OspfAuthentication.Cryptographic crypto
            ? new CryptographicKey(crypto.keyId(), crypto.algorithm(), crypto.secret())
            : null;
  }

  /** The key that signs packets; null without cryptographic authentication. */
  @Nullable CryptographicKey key() {
    return key;
  }

  /** Bytes that follow a packet. */
  int trailerLength() {
    return key == null ? 0 : key.algorithm().digestLength();
  }

  /** The header of the next packet to send. */
  OspfHeader header() {
    PacketAuthentication authentication = PacketAuthentication.Null.NONE;
    if (config instanceof OspfAuthentication.Simple simple) {
      authentication = new PacketAuthentication.SimplePassword(simple.password());
    } else if (key != null) {
      long sequence = store.cryptographicSequenceNumber(interfaceConfig.id()) & 0xffff_ffffL;
      authentication = key.authentication(sequence);
    }
    return new OspfHeader(routerId, interfaceConfig.areaId(), authentication);
  }

  /**
   * What is wrong with a packet's authentication; null if nothing.
   *
   * @param packet the encoded packet
   * @param start where it begins
   */
  @Nullable Mismatch judge(PacketAuthentication received, ByteBuf packet, int start) {
    if (config instanceof OspfAuthentication.Null) {
      return received instanceof PacketAuthentication.Null ? null : typeMismatch(0, received);
    }
    if (config instanceof OspfAuthentication.Simple simple) {
      if (!(received instanceof PacketAuthentication.SimplePassword password)) {
        return typeMismatch(PacketAuthentication.SIMPLE_PASSWORD, received);
      }
      boolean matches =
          new PacketAuthentication.SimplePassword(simple.password()).matches(password);
      return matches ? null : new Mismatch.AuthenticationFailed();
    }
    if (!(received instanceof PacketAuthentication.Cryptographic crypto) || key == null) {
      return typeMismatch(PacketAuthentication.CRYPTOGRAPHIC, received);
    }
    if (crypto.keyId() != key.keyId()) {
      return new Mismatch.KeyId(key.keyId(), crypto.keyId());
    }
    return key.verify(packet, start) ? null : new Mismatch.AuthenticationFailed();
  }

  private static Mismatch typeMismatch(int ours, PacketAuthentication received) {
    return new Mismatch.AuthenticationType(ours, received.type());
  }
}
