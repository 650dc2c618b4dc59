package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.esp.EspSuite;
import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeProposal;
import dev.zuido.router.config.DhGroups;
import dev.zuido.router.config.EncapsulationMode;
import dev.zuido.router.config.EspCipher;
import dev.zuido.router.config.EspIntegrity;
import dev.zuido.router.config.IkeAuthentication;
import dev.zuido.router.config.IkeEncryption;
import dev.zuido.router.config.IkeHash;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.TransformSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every suite that can be configured is one that the engines have, with the same sizes. */
final class SuiteMappingTest {
  static Stream<TransformSet> transformSets() {
    List<TransformSet> all = new ArrayList<>();
    for (EspCipher cipher : EspCipher.values()) {
      for (EspIntegrity integrity : EspIntegrity.values()) {
        if (cipher.authenticates() == (integrity == EspIntegrity.NONE)) {
          all.add(new TransformSet("X", cipher, integrity, EncapsulationMode.TRANSPORT));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("transformSets")
  void aTransformSetIsASuiteOfEsp(TransformSet set) {
    EspSuite suite = SuiteMapping.suite(set);
    if (set.isNegotiable()) {
      assertEquals(suite, InstalledSas.suite(IkeMapping.suite(set)));
    } else {
      assertThrows(UnsupportedConfigurationException.class, () -> IkeMapping.suite(set));
    }
    assertEquals(set.cipher().saltLength(), suite.encryption().saltLength());
    assertEquals(set.cipher().isCounterMode(), suite.encryption().isCounterMode());
    assertEquals(set.integrity().keyLength(), suite.integrity().keyLength());
    assertEquals(set.icvLength(), suite.icvLength());
    assertEquals(set.cipher().alignment(), suite.alignment());
    assertEquals(set.cipher().ivLength(), suite.encryption().ivLength());
    // A key of DES has a parity bit per byte.
    int keyBits = set.cipher().keyBits();
    boolean parity = keyBits == 56 || keyBits == 168;
    assertEquals(parity ? keyBits / 7 : keyBits / 8, suite.encryption().keyLength());
    assertEquals(greLength(suite), set.protectedGreLength(1_000, 4));
  }

  /** What IKE negotiates it can also key: KEYMAT holds key and salt. */
  @ParameterizedTest
  @MethodSource("transformSets")
  void theKeyExchangeDerivesAsMuchAsEspTakes(TransformSet set) {
    if (set.isNegotiable()) {
      EspSuite suite = SuiteMapping.suite(set);
      EspProposal proposal = IkeMapping.suite(set);
      assertEquals(
          suite.keyMaterialLength(),
          proposal.encryptionKeyBytes() + proposal.integrity().keyBytes());
      assertEquals(suite.encryption().transformId(), proposal.encryption().transformId());
      assertEquals(
          suite.integrity().authenticationAlgorithm(), proposal.integrity().attributeValue());
    }
  }

  private static int greLength(EspSuite suite) {
    return suite.sealedLength(20 + 4 + 1_000, dev.zuido.esp.EspMode.TRANSPORT, false);
  }

  @ParameterizedTest
  @EnumSource
  void everyPhaseOneCipherIsOfferedWithEveryHashAndGroup(IkeEncryption encryption) {
    for (IkeHash hash : IkeHash.values()) {
      for (int group : DhGroups.NUMBERS) {
        IkeProposal proposal =
            IkeMapping.proposal(
                new IsakmpPolicy(1, encryption, hash, IkeAuthentication.PRE_SHARED_KEY, group, 60));
        assertEquals(group, proposal.group().attributeValue());
        assertEquals(60, proposal.lifetimeSeconds());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyForSignaturesIsOne(IkeHash hash) {
    IsakmpPolicy policy =
        new IsakmpPolicy.Builder(1)
            .hash(hash)
            .authentication(IkeAuthentication.RSA_SIGNATURES)
            .build();
    assertEquals(AuthenticationMethod.RSA_SIGNATURES, IkeMapping.proposal(policy).authentication());
  }
}
