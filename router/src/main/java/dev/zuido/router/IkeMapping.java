package dev.zuido.router;

import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.ExtendedSequenceNumbers;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.IpsecProposal;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.PortMatch;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.TransformSet;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a configuration's crypto sections mean to the IKE engine. */
final class IkeMapping {
  private static final TrafficSelector ANYTHING = TrafficSelector.subnet(Ipv4Prefix.DEFAULT);

  private IkeMapping() {}

  static IkeProposal proposal(IsakmpPolicy policy) {
    IkeCipher cipher =
        switch (policy.encryption()) {
          case DES -> IkeCipher.DES_CBC;
          case TRIPLE_DES -> IkeCipher.TRIPLE_DES_CBC;
          case AES_128 -> IkeCipher.AES_128_CBC;
          case AES_192 -> IkeCipher.AES_192_CBC;
          case AES_256 -> IkeCipher.AES_256_CBC;
        };
    IkeHash hash =
        switch (policy.hash()) {
          case MD5 -> IkeHash.MD5;
          case SHA1 -> IkeHash.SHA1;
          case SHA2_256 -> IkeHash.SHA2_256;
          case SHA2_384 -> IkeHash.SHA2_384;
          case SHA2_512 -> IkeHash.SHA2_512;
        };
    AuthenticationMethod authentication =
        switch (policy.authentication()) {
          case PRE_SHARED_KEY -> AuthenticationMethod.PRE_SHARED_KEY;
          case RSA_SIGNATURES -> AuthenticationMethod.RSA_SIGNATURES;
        };
    return new IkeProposal(
        cipher,
        hash,
        authentication,
        group(policy.section(), policy.group()),
        policy.lifetimeSeconds());
  }

  static DhGroup group(String section, int number) {
    return DhGroup.ofAttribute(number)
        .orElseThrow(
            () ->
                new UnsupportedConfigurationException(
                    section, "Diffie-Hellman group " + number + " is not known"));
  }

  /**
   * What one permitting rule of a crypto map's access list negotiates.
   *
   * @param rule null for anything that a peer may ask for
   */
  static ChildConfig child(
      RouterConfig config, CryptoMapEntry entry, @Nullable AccessRule rule, String name) {
    List<TransformSet> sets = new ArrayList<>();
    for (String setName : entry.transformSets()) {
      sets.add(
          config
              .transformSet(setName)
              .orElseThrow(
                  () ->
                      new UnsupportedConfigurationException(
                          entry.section(), "there is no transform set " + setName)));
    }
    if (sets.stream().map(TransformSet::mode).distinct().count() != 1) {
      throw new UnsupportedConfigurationException(
          entry.section(), "its transform sets have different modes");
    }
    return new ChildConfig(
        name,
        rule == null ? ANYTHING : selector(entry, rule, rule.source(), rule.sourcePorts()),
        rule == null
            ? ANYTHING
            : selector(entry, rule, rule.destination(), rule.destinationPorts()),
        switch (sets.get(0).mode()) {
          case TUNNEL -> EncapsulationMode.TUNNEL;
          case TRANSPORT -> EncapsulationMode.TRANSPORT;
        },
        sets.stream().<IpsecProposal>map(IkeMapping::suite).toList(),
        entry.pfsGroup().isPresent() ? group(entry.section(), entry.pfsGroup().getAsInt()) : null,
        entry.lifetimeSeconds().orElse(config.ipsecDefaults().lifetimeSeconds()),
        entry.lifetimeKilobytes().orElse(config.ipsecDefaults().lifetimeKilobytes()),
        config.ipsecDefaults().extendedSequenceNumbers()
            ? ExtendedSequenceNumbers.ALLOWED
            : ExtendedSequenceNumbers.NONE);
  }

  /**
   * A caller's child where the caller is a single host, which IKE does not narrow down: in
   * transport mode all that it may ask for is between the two addresses.
   */
  static ChildConfig toHost(ChildConfig child, Ipv4Address local, Ipv4Prefix caller) {
    Ipv4Prefix ours = Ipv4Prefix.host(local);
    TrafficSelector here =
        new TrafficSelector(ours, child.local().protocol(), child.local().port());
    TrafficSelector there =
        new TrafficSelector(caller, child.remote().protocol(), child.remote().port());
    boolean fits =
        child.mode() == EncapsulationMode.TRANSPORT
            && child.local().contains(here)
            && child.remote().contains(there);
    if (!fits) {
      return child;
    }
    return new ChildConfig(
        child.name(),
        here,
        there,
        child.mode(),
        child.proposals(),
        child.pfsGroup(),
        child.lifetimeSeconds(),
        child.lifetimeKilobytes(),
        child.extendedSequenceNumbers());
  }

  private static TrafficSelector selector(
      CryptoMapEntry entry, AccessRule rule, AddressMatch addresses, PortMatch ports) {
    Ipv4Prefix prefix =
        addresses
            .prefix()
            .orElseThrow(
                () ->
                    new UnsupportedConfigurationException(
                        entry.section(),
                        "the wildcard of '" + rule + "' is no prefix, which IKE cannot say"));
    int port =
        switch (ports.operator()) {
          case ANY -> 0;
          case EQ -> ports.first();
          default ->
              throw new UnsupportedConfigurationException(
                  entry.section(), "IKE cannot say the ports of '" + rule + "'");
        };
    return new TrafficSelector(prefix, rule.protocol().orElse(0), port);
  }

  /**
   * The suite of a transform set.
   *
   * @throws UnsupportedConfigurationException if IKEv1 has no name for an algorithm
   */
  static EspProposal suite(TransformSet set) {
    EspEncryption encryption =
        switch (set.cipher()) {
          case NULL -> EspEncryption.NULL;
          case DES -> EspEncryption.DES_CBC;
          case TRIPLE_DES -> EspEncryption.TRIPLE_DES_CBC;
          case AES_CBC_128, AES_CBC_192, AES_CBC_256 -> EspEncryption.AES_CBC;
          case AES_GCM_128, AES_GCM_192, AES_GCM_256 -> EspEncryption.AES_GCM_16;
          case AES_GCM_8_128, AES_GCM_8_192, AES_GCM_8_256 -> EspEncryption.AES_GCM_8;
          case AES_GCM_12_128, AES_GCM_12_192, AES_GCM_12_256 -> EspEncryption.AES_GCM_12;
          case AES_GMAC_128, AES_GMAC_192, AES_GMAC_256 -> EspEncryption.AES_GMAC;
          case AES_CTR_128, AES_CTR_192, AES_CTR_256 -> EspEncryption.AES_CTR;
          case AES_CCM_128, AES_CCM_192, AES_CCM_256 -> EspEncryption.AES_CCM_16;
          case AES_CCM_8_128, AES_CCM_8_192, AES_CCM_8_256 -> EspEncryption.AES_CCM_8;
          case AES_CCM_12_128, AES_CCM_12_192, AES_CCM_12_256 -> EspEncryption.AES_CCM_12;
          case CHACHA20_POLY1305 -> throw unnegotiable(set);
        };
    EspIntegrity integrity =
        switch (set.integrity()) {
          case NONE -> EspIntegrity.NONE;
          case HMAC_MD5_96 -> EspIntegrity.HMAC_MD5_96;
          case HMAC_SHA1_96 -> EspIntegrity.HMAC_SHA1_96;
          case HMAC_SHA2_256_128 -> EspIntegrity.HMAC_SHA2_256_128;
          case HMAC_SHA2_384_192 -> EspIntegrity.HMAC_SHA2_384_192;
          case HMAC_SHA2_512_256 -> EspIntegrity.HMAC_SHA2_512_256;
          case AES_XCBC_96 -> EspIntegrity.AES_XCBC_MAC_96;
          case AES_CMAC_96 -> throw unnegotiable(set);
        };
    return new EspProposal(
        encryption, encryption.hasKeyLength() ? set.cipher().keyBits() : 0, integrity);
  }

  private static UnsupportedConfigurationException unnegotiable(TransformSet set) {
    return new UnsupportedConfigurationException(
        set.section(), "IKEv1 has no number for " + set.unnegotiable());
  }
}
