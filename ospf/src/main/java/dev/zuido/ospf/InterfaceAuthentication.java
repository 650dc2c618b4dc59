package dev.zuido.ospf;

import dev.zuido.ospf.OspfAuthentication.Lifetime;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An interface's authentication at work (RFC 2328 appendix D.4 and D.5, RFC 7474). */
final class InterfaceAuthentication {
  private final Core core;
  private final OspfInterfaceConfig interfaceConfig;
  private final OspfAuthentication config;
  private final boolean extended;
  private final List<HeldKey> keys = new ArrayList<>();
  private boolean expiryTold;

  /** A key and when it is used. */
  private record HeldKey(CryptographicKey key, Lifetime send, Lifetime accept) {}

  /**
   * What the next packet begins with.
   *
   * @param key what it is signed with; null without cryptographic authentication
   */
  record Stamp(OspfHeader header, @Nullable CryptographicKey key) {}

  InterfaceAuthentication(Core core, OspfInterfaceConfig interfaceConfig) {
    this.core = core;
    this.interfaceConfig = interfaceConfig;
    this.config = interfaceConfig.authentication();
    this.extended =
        config instanceof OspfAuthentication.KeyChain chain && chain.extendedSequenceNumbers();
    if (config instanceof OspfAuthentication.Cryptographic crypto) {
      CryptographicKey key =
          new CryptographicKey(crypto.keyId(), crypto.algorithm(), crypto.secret());
      keys.add(new HeldKey(key, Lifetime.ALWAYS, Lifetime.ALWAYS));
    } else if (config instanceof OspfAuthentication.KeyChain chain) {
      for (OspfAuthentication.Key key : chain.keys()) {
        keys.add(new HeldKey(made(key), key.send(), key.accept()));
      }
    }
  }

  private CryptographicKey made(OspfAuthentication.Key key) {
    return extended
        ? CryptographicKey.extended(key.keyId(), key.algorithm(), key.secret())
        : new CryptographicKey((int) key.keyId(), key.algorithm(), key.secret());
  }

  /** Bytes that follow a packet, whichever key it is signed with. */
  int trailerLength() {
    int longest = 0;
    for (HeldKey each : keys) {
      longest = Math.max(longest, each.key().trailerLength());
    }
    return longest;
  }

  /** Header and key of the next packet to send; null if no key may be used yet. */
  @Nullable Stamp stamp() {
    if (config instanceof OspfAuthentication.Simple simple) {
      return new Stamp(header(new PacketAuthentication.SimplePassword(simple.password())), null);
    }
    if (keys.isEmpty()) {
      return new Stamp(header(PacketAuthentication.Null.NONE), null);
    }
    CryptographicKey key = sendingKey();
    if (key == null) {
      return null;
    }
    long sequence =
        extended
            ? core.extendedSequence.next()
            : core.store.cryptographicSequenceNumber(interfaceConfig.id()) & 0xffff_ffffL;
    return new Stamp(header(key.authentication(sequence)), key);
  }

  private OspfHeader header(PacketAuthentication authentication) {
    return new OspfHeader(core.routerId, interfaceConfig.areaId(), authentication);
  }

  /**
   * Of the keys whose time it is, the one with the most recent KeyStartGenerate (section D.4.3).
   * The last key of all stays in use after its end, and that is told (section D.3).
   */
  private @Nullable CryptographicKey sendingKey() {
    if (keys.size() == 1 && keys.get(0).send().equals(Lifetime.ALWAYS)) {
      return keys.get(0).key();
    }
    long time = core.store.wallClockSeconds();
    HeldKey valid = null;
    HeldKey expired = null;
    for (HeldKey each : keys) {
      if (each.send().includes(time)) {
        if (valid == null || each.send().fromSeconds() >= valid.send().fromSeconds()) {
          valid = each;
        }
      } else if (each.send().fromSeconds() <= time
          && (expired == null || each.send().untilSeconds() >= expired.send().untilSeconds())) {
        expired = each;
      }
    }
    if (valid != null) {
      expiryTold = false;
      return valid.key();
    }
    if (expired == null) {
      return null;
    }
    if (!expiryTold) {
      expiryTold = true;
      core.outbox.event(new OspfOutput.LastKeyExpired(interfaceConfig.id(), expired.key().keyId()));
    }
    return expired.key();
  }

  /** The Key ID that explanations name as this router's own. */
  private long ownKeyId() {
    CryptographicKey key = sendingKey();
    return key == null ? keys.get(0).key().keyId() : key.keyId();
  }

  /** Whether a key may be accepted now: it is its time, or it was the last key of all. */
  private boolean isAcceptable(HeldKey key) {
    if (key.accept().equals(Lifetime.ALWAYS)) {
      return true;
    }
    long time = core.store.wallClockSeconds();
    if (key.accept().includes(time)) {
      return true;
    }
    if (key.accept().fromSeconds() > time) {
      return false;
    }
    for (HeldKey each : keys) {
      boolean begun = each.accept().fromSeconds() <= time;
      if (begun && each.accept().untilSeconds() > key.accept().untilSeconds()) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is wrong with a packet's authentication; null if nothing.
   *
   * @param packet the encoded packet
   * @param start where it begins
   * @param source where it came from
   */
  @Nullable Mismatch judge(
      PacketAuthentication received, ByteBuf packet, int start, Ipv4Address source) {
    if (received.type() != ownType()) {
      return new Mismatch.AuthenticationType(ownType(), received.type());
    }
    if (config instanceof OspfAuthentication.Simple simple) {
      boolean matches =
          received instanceof PacketAuthentication.SimplePassword password
              && new PacketAuthentication.SimplePassword(simple.password()).matches(password);
      return matches ? null : new Mismatch.AuthenticationFailed();
    }
    if (keys.isEmpty()) {
      return null;
    }
    long keyId = keyIdOf(received);
    HeldKey key = find(keyId);
    if (key == null) {
      return new Mismatch.KeyId(ownKeyId(), keyId);
    }
    if (!isAcceptable(key)) {
      return new Mismatch.KeyNotValid(keyId);
    }
    return key.key().verify(packet, start, source) ? null : new Mismatch.AuthenticationFailed();
  }

  /** The AuType of the interface. */
  private int ownType() {
    if (config instanceof OspfAuthentication.Simple) {
      return PacketAuthentication.SIMPLE_PASSWORD;
    }
    if (keys.isEmpty()) {
      return PacketAuthentication.NULL;
    }
    return extended
        ? PacketAuthentication.EXTENDED_CRYPTOGRAPHIC
        : PacketAuthentication.CRYPTOGRAPHIC;
  }

  /** The key that a received packet names; null if there is none. */
  @Nullable CryptographicKey keyOf(PacketAuthentication received) {
    HeldKey key = received.isCryptographic() ? find(keyIdOf(received)) : null;
    return key == null ? null : key.key();
  }

  private @Nullable HeldKey find(long keyId) {
    for (HeldKey each : keys) {
      if (each.key().keyId() == keyId) {
        return each;
      }
    }
    return null;
  }

  private static long keyIdOf(PacketAuthentication received) {
    if (received instanceof PacketAuthentication.ExtendedCryptographic crypto) {
      return crypto.keyId();
    }
    return received instanceof PacketAuthentication.Cryptographic crypto ? crypto.keyId() : -1;
  }
}
