package dev.zuido.router;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.SessionKey;
import dev.zuido.router.config.TransformSet;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SAs whose keys stand in the configuration ({@code crypto map … ipsec-manual}): they are there
 * from the start, have no lifetime, and nobody replaces them.
 *
 * <p>They have no replay protection: a peer counts from 1 again whenever it starts, with the same
 * keys (RFC 4303 section 5).
 */
final class StaticSas {
  private final RouterConfig config;
  private final InstalledSas installed;
  private final SecureRandom random;
  private final IpsecAudit audit;

  /**
   * An installer.
   *
   * @param installed is told the inbound SPIs, so that IKE is not given one of them
   * @param random the source of IVs
   * @param audit where the SAs note what they refuse
   */
  StaticSas(RouterConfig config, InstalledSas installed, SecureRandom random, IpsecAudit audit) {
    this.config = config;
    this.installed = installed;
    this.random = random;
    this.audit = audit;
  }

  /**
   * Installs the SAs of an interface's crypto map, two for each entry that has keys.
   *
   * @param crypto the crypto map at work
   * @throws UnsupportedConfigurationException if an entry is not complete, or the database refuses
   */
  void install(CryptoPolicy crypto) {
    List<CryptoMapEntry> entries =
        config.cryptoMap(crypto.mapName()).map(map -> map.entries()).orElse(List.of());
    for (CryptoMapEntry entry : entries) {
      if (entry.keying() instanceof Keying.Manual keys) {
        install(crypto, entry, keys);
      }
    }
  }

  private void install(CryptoPolicy crypto, CryptoMapEntry entry, Keying.Manual keys) {
    SecurityPolicy policy =
        require(entry, crypto.manualPolicy(entry.sequence()), "has no policy of its own");
    SessionKey inbound = require(entry, keys.inbound(), "has no inbound session key");
    SessionKey outbound = require(entry, keys.outbound(), "has no outbound session key");
    TransformSet set = transformSet(entry);
    SecurityAssociationDatabase associations = crypto.boundary().associations();
    // Nothing of these SAs depends on the time: the clock's origin will do as their beginning.
    try (EspKeys in = keys(set, inbound);
        EspKeys out = keys(set, outbound)) {
      InboundSa receiving =
          new InboundSa(
              parameters(crypto, entry, set, policy, inbound), in, EspCrypto.platform(), 0);
      OutboundSa sending =
          new OutboundSa(
              parameters(crypto, entry, set, policy, outbound),
              out,
              EspCrypto.platform(),
              random,
              0);
      receiving.auditTo(audit.log());
      sending.auditTo(audit.log());
      if (!installed.reserve((int) inbound.spi())
          || !associations.install(policy, receiving)
          || !associations.install(policy, sending)) {
        throw new UnsupportedConfigurationException(
            entry.section(), "there is no room for its SAs, or one has the SPI of another");
      }
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigurationException(entry.section(), String.valueOf(e.getMessage()));
    }
  }

  private TransformSet transformSet(CryptoMapEntry entry) {
    if (entry.transformSets().size() != 1) {
      throw new UnsupportedConfigurationException(
          entry.section(), "session keys are those of one transform set");
    }
    TransformSet set =
        require(
            entry,
            config.transformSet(entry.transformSets().get(0)).orElse(null),
            "names no transform set");
    if (set.cipher().isCounterMode() && !config.staticCounterModeKeys()) {
      throw new UnsupportedConfigurationException(
          entry.section(),
          set.cipher().iosName() + " must not have session keys (RFC 4106 section 2)");
    }
    return set;
  }

  private SaParameters parameters(
      CryptoPolicy crypto,
      CryptoMapEntry entry,
      TransformSet set,
      SecurityPolicy policy,
      SessionKey key) {
    EspMode mode =
        switch (set.mode()) {
          case TUNNEL -> EspMode.TUNNEL;
          case TRANSPORT -> EspMode.TRANSPORT;
        };
    return SaParameters.of(
            (int) key.spi(), mode, suite(set), crypto.local(), CryptoMapping.onlyPeer(entry))
        .withSelector(policy.selector())
        .withTunnelHeader(crypto.tunnelHeader())
        // RFC 4303 section 3.3.3: after a restart the peer counts from 1 again, with the same keys.
        .withoutReplayProtection();
  }

  private static EspSuite suite(TransformSet set) {
    return SuiteMapping.suite(set);
  }

  /** Cuts the salt off the cipher's key. */
  private static EspKeys keys(TransformSet set, SessionKey key) {
    byte[] cipher = key.cipherBytes();
    byte[] authenticator = key.authenticatorBytes();
    int keyLength = Math.max(0, cipher.length - set.cipher().saltLength());
    byte[] encryption = Arrays.copyOf(cipher, keyLength);
    byte[] salt = Arrays.copyOfRange(cipher, keyLength, cipher.length);
    try {
      return EspKeys.of(suite(set), encryption, salt, authenticator);
    } finally {
      for (byte[] secret : List.of(cipher, authenticator, encryption, salt)) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  private static <T> T require(CryptoMapEntry entry, @Nullable T value, String otherwise) {
    if (value == null) {
      throw new UnsupportedConfigurationException(entry.section(), "it " + otherwise);
    }
    return value;
  }
}
