package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cipher with every hash, and every group, in both modes and by both methods. */
class PhaseOneMatrixTest {
  private static final List<AggressiveMode> MODES =
      List.of(AggressiveMode.OFF, AggressiveMode.INITIATE);

  static Stream<Arguments> ciphersAndHashes() {
    return Stream.of(IkeCipher.values())
        .flatMap(cipher -> Stream.of(IkeHash.values()).map(hash -> Arguments.of(cipher, hash)));
  }

  @ParameterizedTest
  @MethodSource("ciphersAndHashes")
  void everyCipherWithEveryHash(IkeCipher cipher, IkeHash hash) {
    for (AggressiveMode mode : MODES) {
      for (AuthenticationMethod method : AuthenticationMethod.values()) {
        negotiates(new IkeProposal(cipher, hash, method, DhGroup.CURVE_25519, 3_600), mode);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DhGroup.class)
  void everyGroup(DhGroup group) {
    boolean slow = group.publicLength() > 512;
    for (AggressiveMode mode : slow ? List.of(AggressiveMode.INITIATE) : MODES) {
      negotiates(
          new IkeProposal(
              IkeCipher.AES_256_CBC,
              IkeHash.SHA2_256,
              AuthenticationMethod.PRE_SHARED_KEY,
              group,
              3_600),
          mode);
    }
  }

  private static void negotiates(IkeProposal proposal, AggressiveMode mode) {
    Pair pair =
        new Pair(
            7,
            Site.config(true, change(true, proposal, mode)),
            Site.config(false, change(false, proposal, mode)));
    pair.a.initiate(0);
    // An answer of more than three times the first message's length waits until that comes again.
    pair.run(6 * Pair.SECOND);
    assertTrue(pair.usable(), () -> mode + " " + proposal + pair.a.outputs);
    for (Site site : List.of(pair.a, pair.b)) {
      assertEquals(proposal.toString(), site.phaseOnes().get(0).proposal());
    }
  }

  private static UnaryOperator<PeerConfig> change(
      boolean atA, IkeProposal proposal, AggressiveMode mode) {
    return p ->
        AggressiveModeTest.mode(
            p.with(
                p.localIdentity(),
                null,
                List.of(
                    proposal.authentication() == AuthenticationMethod.PRE_SHARED_KEY
                        ? p.credentials().get(0)
                        : atA ? TestCertificates.siteA() : TestCertificates.siteB()),
                List.of(proposal)),
            mode);
  }
}
